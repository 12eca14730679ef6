"""One writer at a time: the lock of a home, which the operating system takes back when its owner dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kejian.corpus.errors import SetupError


class LockedHome(SetupError):
    """Another process writes the home."""


LOCK, OWNER = "owner.lock", "owner.pid"
PATIENCE = 1.0  # seconds


@contextmanager
def owner_lock(home: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Own ``home`` for writing.

    Raises:
        LockedHome: another process owns it.
        SetupError: the lock cannot be made.
    """
    lock = FileLock(home / LOCK, timeout=patience)
    try:
        lock.acquire()
        (home / OWNER).write_text(str(os.getpid()), encoding="ascii")
    except Timeout as error:
        raise LockedHome(f"资料库正由进程 {_owner(home)} 写入,请稍后再试") from error
    except OSError as error:
        lock.release()
        why = f"资料库目录 {home} 不能写入({error.strerror})"
        raise SetupError(f"{why},请检查权限和磁盘空间,或用 --home 另选一个目录") from error
    try:
        yield
    finally:
        lock.release()


def _owner(home: Path) -> str:
    try:
        return (home / OWNER).read_text(encoding="ascii").strip() or "?"
    except OSError:
        return "?"
