"""Becomes another program under limits: ``python -m kejian.ingest.conversion_work PROGRAM ARGUMENT …``."""

from __future__ import annotations

import os
import subprocess
import sys

from kejian.ingest.conversion import LIMITS
from kejian.ingest.limited_work import allow_seconds, set_limits
from kejian.ingest.seclusion import die_with_parent, seclude

if __name__ == "__main__":
    die_with_parent()
    set_limits(LIMITS)
    allow_seconds(LIMITS.cpu_seconds)
    seclude(programs=True)
    if os.name == "nt":  # there, exec returns to who waits before the program is done
        sys.exit(subprocess.run(sys.argv[1:], check=False).returncode)
    os.execv(sys.argv[1], sys.argv[1:])
