"""Files that a command writes: never over another, and checked before the work begins."""

from __future__ import annotations

from pathlib import Path

from kejian.corpus.errors import UsageError


def check_new(*paths: Path | None) -> None:
    """Hold that none of the files exists yet.

    Raises:
        UsageError: one does.
    """
    for path in paths:
        if path is not None and path.exists():
            raise UsageError(f"{path} 已经存在,没有覆盖;请换一个文件名,或先移走它")
