"""Files that survive a crash: written whole or not at all, and checked by their SHA-256 when they are read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

POINTER = "CURRENT"


def checksums(folder: Path, leave_out: str) -> dict[str, str]:
    """SHA-256 of every file under ``folder`` by its relative name, but not of files named ``leave_out``."""
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in _files(folder) if path.name != leave_out}


def first_damaged(folder: Path, expected: Mapping[str, str]) -> str | None:
    """The name of the first file that cannot be read or differs from its checksum; None where all are whole."""
    for name, digest in expected.items():
        try:
            if file_digest(folder / name) != digest:
                return name
        except OSError:
            return name
    return None


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_tree(folder: Path) -> None:
    """Put every file and folder under ``folder`` on the disk."""
    for path in _files(folder):
        _sync(path)
    for path in [*(path for path in folder.rglob("*") if path.is_dir()), folder, folder.parent]:
        _sync(path)


def point_to(folder: Path, name: str) -> None:
    """Make ``name`` the current one of ``folder``, in one step."""
    waiting = folder / f"{POINTER}.tmp"
    waiting.write_text(name, encoding="ascii")
    _sync(waiting)
    os.replace(waiting, folder / POINTER)
    _sync(folder)


def current(folder: Path) -> str:
    """The current name of ``folder``; "" where there is none."""
    try:
        return (folder / POINTER).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return ""


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
