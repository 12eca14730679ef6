"""The two streams of the command line: results go to standard output, messages to standard error, both in UTF-8."""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kejian.corpus.visible import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

LEAST_SECONDS = 0.5  # before, a rate says nothing
WIDTH_OF_FILES = 120
MOST_NAMED = 10
OnProgress = Callable[[str, int, int], None]  # what is being done, how many are done, how many there are


def use_utf8() -> None:
    """Write UTF-8 whatever the locale; a lone surrogate of an undecodable file name is written as ``\\udcXX``.

    A stream that was closed before the start (``>&-``) swallows what is written.
    """
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write(text: str = "") -> None:
    """One line of the result."""
    sys.stdout.write(text + "\n")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """``value`` as JSON; on one line unless ``indent`` is given."""
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


def write_json(value: Any, *, indent: int | None = None) -> None:
    """``value`` as one JSON text of the result."""
    write(json_text(value, indent=indent))


def say(message: str) -> None:
    """One line to the person at the terminal."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def named(paths: Sequence[str], rest: str) -> str:
    """The first of ``paths``, so that nothing else is lost from sight; ``rest`` says what lists all of them."""
    more = f"……({rest}列出全部)" if len(paths) > MOST_NAMED else ""
    return visible("、".join(paths[:MOST_NAMED])) + more


def typed_text(argument: str) -> str:
    """A command line argument as UTF-8, also where the locale decoded its bytes as something else."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def result_console() -> Console:
    """For tables of the result: as wide as the terminal, or a fixed width in a file or pipe."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDTH_OF_FILES
    return Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)


def finish_output() -> None:
    """Write out what is buffered before a message says why there is no more; give up where that cannot be."""
    try:
        sys.stdout.flush()
    except OSError:
        discard_output()


def discard_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush after a broken pipe stays quiet."""
    with open(os.devnull, "w", encoding="utf-8") as nothing:
        os.dup2(nothing.fileno(), sys.stdout.fileno())


def is_terminal() -> bool:
    """Whether a person watches standard error."""
    return sys.stderr.isatty()


@contextmanager
def progress_bar(label: str) -> Iterator[OnProgress | None]:
    """Bars on a terminal, one for each thing that is done, driven by calling what is yielded.

    None is yielded where nobody watches. A bar counts, and tells how many a second and how long the rest will take;
    called with a ``done`` that is no greater, it starts anew.
    """
    if not is_terminal():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bars = Bars(bar, label)
        yield bars.show


class Bars:
    """A bar for each thing that is done, the newest at the bottom."""

    def __init__(self, bar: Progress, label: str) -> None:
        self._bar = bar
        self._waiting = bar.add_task(label, total=None, pace="")
        self._started: dict[str, tuple[TaskID, float, int]] = {}  # when, and how many were done by then
        self._done: dict[str, int] = {}

    def show(self, what: str, done: int, total: int) -> None:
        """``done`` of ``total`` are done."""
        self._bar.update(self._waiting, visible=False)
        now = time.monotonic()
        if what not in self._started:
            self._started[what] = self._bar.add_task(what, total=total, pace=""), now, done
        elif done <= self._done[what]:
            self._started[what] = self._started[what][0], now, done
        self._done[what] = done
        task, started, before = self._started[what]
        self._bar.update(task, completed=done, total=total, pace=pace(done - before, total - done, now - started))


def pace(done: int, left: int, seconds: float) -> str:
    """How many a second, and how long those that are left will take at that.

    >>> pace(120, 600, 10.0)
    '12.0/秒 剩余约 50 秒'
    >>> pace(10, 90, 100.0)
    '0.1/秒 剩余约 15 分钟'
    """
    if not done or seconds < LEAST_SECONDS:
        return ""
    rate = f"{done / seconds:.1f}/秒"
    remaining = left * seconds / done
    if not left:
        return rate
    return (
        f"{rate} 剩余约 {remaining / 60:.0f} 分钟" if remaining >= 90 else f"{rate} 剩余约 {max(remaining, 1):.0f} 秒"
    )
