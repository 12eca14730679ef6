"""Memory: no old text in new files, and no looking for garbage while very much is read that is none."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

M_PERTURB = -6  # glibc's malloc.h: fill memory with a byte when it is handed out, and when it comes back
FILLING = 0xAA
_depth, _changing = 0, Lock()


@contextmanager
def filled_allocations() -> Iterator[None]:
    """Inside, all memory handed out by glibc is filled first; elsewhere than on glibc nothing happens.

    hnswlib saves its link slots whole, used or not: what the process had freed before, removed slides for one, was
    found in ``data_level0.bin`` of every second new index.
    """
    _fill(+1)
    try:
        yield
    finally:
        _fill(-1)


def _fill(step: int) -> None:
    global _depth
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    with _changing:
        _depth += step
        if set_option is not None:
            set_option(M_PERTURB, FILLING if _depth else 0)


@contextmanager
def collector_waiting() -> Iterator[None]:
    """Inside, no garbage is looked for: while a million objects are made, all of them would be looked at repeatedly."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
