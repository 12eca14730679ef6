"""The assistant over what a library holds now; while a new one is made, the one before goes on answering."""

from __future__ import annotations

import gc
import logging
import threading
import time
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kejian.assistant.engine import Assistant
from kejian.corpus.errors import KejianError

if TYPE_CHECKING:
    from kejian.index.home import Home
    from kejian.index.snapshot import Snapshot

LOG = logging.getLogger(__name__)
SOON = 1.0  # seconds after which the one before answers while a new one is still being made
ATTEMPTS = 2  # an assistant under way may have begun before the last change of the library


@dataclass(frozen=True)
class _Served:
    """What answers; ``assistant`` is None where the library is empty."""

    snapshot: Snapshot
    assistant: Assistant | None


@dataclass(frozen=True)
class _Making:
    """A new assistant on its way."""

    done: Future[None] = field(default_factory=Future)
    started: float = field(default_factory=time.monotonic)

    def succeeds_soon(self) -> bool:
        """Whether it is there within ``SOON`` of its start; waits that long."""
        left = max(0.0, self.started + SOON - time.monotonic())
        return bool(wait([self.done], left).done) and self.done.exception() is None


class LiveAssistant:
    """Follows the library when it is changed, here or by another process. Threads may share it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._making: _Making | None = None
        self._served: _Served | None = None

    def current(self) -> Assistant:
        """The assistant over what the library holds, or held before where a new one takes long to make.

        Of what was removed nothing is answered any more: until there is one without it every question waits.

        Raises:
            SetupError: the library is empty, or index or terms cannot be used.
        """
        served = self._current()
        # Over an empty snapshot there is none: its error says how to fill the library.
        return served.assistant or Assistant(served.snapshot, self._home.terms)

    def if_any(self) -> Assistant | None:
        """As ``current``; None where the library is empty."""
        return self._current().assistant

    def renew(self) -> None:
        """Wait for the assistant over what the library holds now; the next question tries again where that fails."""
        try:
            for _ in range(ATTEMPTS):
                if self._live() is None:
                    self._under_way().done.result()
        except KejianError:
            return  # said by _make

    def _current(self) -> _Served:
        for _ in range(ATTEMPTS):
            if (live := self._live()) is not None:
                return live
            making, before = self._under_way(), self._served
            if before is not None and self._home.keeps(before.snapshot) and not making.succeeds_soon():
                return before
            making.done.result()
        assert self._served is not None
        return self._served

    def _live(self) -> _Served | None:
        served = self._served
        return served if served is not None and self._home.is_live(served.snapshot) else None

    def _under_way(self) -> _Making:
        """The assistant being made; one begins where there is none."""
        with self._lock:
            if self._making is None or self._making.done.done():
                self._making = _Making()
                threading.Thread(target=self._make, args=[self._making.done], daemon=True).start()
            return self._making

    def _make(self, done: Future[None]) -> None:
        try:
            self._replace()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told to those who wait
            if self._served is not None and self._home.keeps(self._served.snapshot):
                LOG.warning("新的索引还用不了,暂由前一版回答:%s", error)
            done.set_exception(error)
        else:
            done.set_result(None)

    def _replace(self) -> None:
        snapshot, before = self._home.snapshot(), self._served
        if before is not None and before.snapshot is snapshot:
            return
        assistant = Assistant(snapshot, self._home.terms) if snapshot.search is not None else None
        _leave_to_itself()
        if assistant is not None and before is not None and self._home.keeps(before.snapshot):
            assistant.get_ready()
        self._served = _Served(snapshot, assistant)


def _leave_to_itself() -> None:
    """Let the garbage collector pass over what the library is made of: looking at it all takes a second or more, in
    the middle of an answer. It has no cycles, and goes when the next library takes its place."""
    gc.collect()
    gc.freeze()
