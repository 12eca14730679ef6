"""What this system enforces on a process that reads files: a process tries it on itself and tells.

Run as ``python -P -m kejian.ui.commands.limits_probe``: it cannot be undone, so that it needs a process of its own.
"""

from __future__ import annotations

import json
import sys

from kejian.ingest.limited import Limits
from kejian.ingest.limited_work import set_limits
from kejian.ingest.seclusion import seclude

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Write ``{"memory": bool, "writing": bool, "kernel": bool}`` to standard output."""
    limits = Limits()
    set_limits(limits)
    held = {"memory": _holds("RLIMIT_AS", limits.memory), "writing": _holds("RLIMIT_FSIZE", limits.written)}
    sys.stdout.write(json.dumps({**held, "kernel": seclude()}))


def _holds(kind: str, most: int) -> bool:
    number = getattr(resource, kind, None)
    return number is not None and 0 <= resource.getrlimit(number)[0] <= most


if __name__ == "__main__":
    main()
