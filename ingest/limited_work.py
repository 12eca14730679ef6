"""The inside of a limited child: its limits are set before it sees a file, then it does one request after the other."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kejian.corpus.errors import KejianError
from kejian.ingest.frames import LostFrame, receive, send
from kejian.ingest.limited import OUT_OF_MEMORY, Limits
from kejian.ingest.seclusion import die_with_parent, seclude

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Work = Callable[[Any, bytes], Any]
LARGEST_REQUEST = 1 << 30


def serve(prepare: Callable[[Any], Work]) -> None:
    """Answer the parent's requests until it is gone; see ``limited``."""
    die_with_parent()
    source, sink = _streams()
    try:
        started, _ = receive(source, LARGEST_REQUEST)
        limits = Limits(**started["limits"])
        set_limits(limits)
        seclude()
        work: Work = _attempt(sink, lambda: prepare(started["setup"]), answer=False)
        _discard(2)
        while True:
            request, payload = receive(source, LARGEST_REQUEST)
            allow_seconds(limits.cpu_seconds)
            _attempt(sink, lambda: work(request, payload))  # noqa: B023
            allow_memory(min(limits.memory, limits.memory_again))
    except (LostFrame, BrokenPipeError):
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _attempt(sink: IO[bytes], do: Callable[[], Any], *, answer: bool = True) -> Any:
    """Send what became of it: done with its value, refused with the reason, or failed."""
    try:
        value = do()
    except KejianError as error:
        send(sink, ["refused", str(error)])
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told to the parent
        send(sink, ["failed", _named(error)])
    else:
        send(sink, ["done", value if answer else None])
        return value
    return None


def set_limits(limits: Limits) -> None:
    """Bound address space, open files and what is written, as far as the operating system can."""
    if resource is None:
        return
    for kind, most in (
        ("RLIMIT_AS", limits.memory),
        ("RLIMIT_NOFILE", limits.files),
        ("RLIMIT_FSIZE", limits.written),
        ("RLIMIT_CORE", 0),
    ):
        _bound(kind, most, most)


def allow_seconds(seconds: int) -> None:
    """Allow so much processor time from now on; what is used so far does not count."""
    if resource is not None:
        _bound("RLIMIT_CPU", int(time.process_time()) + 1 + seconds, resource.RLIM_INFINITY)


def allow_memory(most: int) -> None:
    """Allow so much address space from now on."""
    if resource is not None:
        _bound("RLIMIT_AS", most, most)


def _bound(kind: str, soft: int, hard: int) -> None:
    """Set a limit, never above the one that is there."""
    number = getattr(resource, kind, None)
    if number is None:
        return
    there = resource.getrlimit(number)[1]
    if there != resource.RLIM_INFINITY:
        soft, hard = min(soft, there), there if hard == resource.RLIM_INFINITY else min(hard, there)
    try:
        resource.setrlimit(number, (soft, hard))
    except (ValueError, OSError):  # macOS does not bound address space
        return


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """What the parent sends and reads; whatever a library prints goes nowhere."""
    sink = os.fdopen(os.dup(1), "wb")
    _discard(1)
    return sys.stdin.buffer, sink


def _discard(descriptor: int) -> None:
    with open(os.devnull, "wb") as nothing:
        os.dup2(nothing.fileno(), descriptor)


def _named(error: BaseException) -> str:
    """``KeyError,wording.py:33``: the error and the last place of our own that it passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    own = [frame for frame in frames if Path(frame.filename).parent == Path(__file__).parent]
    place = (own or frames)[-1] if frames else None
    return type(error).__name__ + (f",{Path(place.filename).name}:{place.lineno}" if place else "")
