"""The library as the tabs beside 问答 use it: always its newest state, by the same assistant as the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.assistant.charts import charts
from kejian.assistant.comparables import Comparables, comparables

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.assistant.charts import Chart
    from kejian.assistant.engine import Assistant
    from kejian.assistant.inspection import Inspection
    from kejian.assistant.trace import Trace
    from kejian.index.home import Home
    from kejian.index.report import DeckSummary, IngestReport, OnProgress
    from kejian.ingest.model import Deck


class LiveStudio:
    """A ``kejian.ui.studio.Studio``. Threads may share it."""

    def __init__(self, home: Home, current: Callable[[], Assistant]) -> None:
        """``current`` gives the assistant over what the library holds now."""
        self._home = home
        self._current = current

    def comparables(self) -> Comparables:
        """Nothing where the library is empty."""
        return comparables(self._current().knowledge) if self._is_filled else Comparables((), ())

    def compare(self, subjects: Sequence[str], aspects: Sequence[str]) -> Answer:
        return self._kept(*self._current().compare(subjects, aspects))

    def charts(self) -> Sequence[Chart]:
        """None where the library is empty."""
        return tuple(charts(self._current().knowledge)) if self._is_filled else ()

    def chart(self, called: str) -> Answer:
        return self._kept(*self._current().chart(called))

    def unit(self, name: str) -> Answer:
        return self._kept(*self._current().unit(name))

    def inspect(self, question: str, turns: Sequence[str], k: int) -> Inspection:
        found = self._current().inspect(question, turns, k)
        self._kept(found.answer, found.trace)
        return found

    def shelf(self) -> Sequence[DeckSummary]:
        return self._home.decks()

    def deck(self, called: str) -> Deck:
        return self._home.deck(called)

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, sent_as: Mapping[Path, str] | None = None
    ) -> IngestReport:
        return self._home.ingest(paths, on_progress, sent_as)

    def draft(self, path: Path) -> tuple[str, tuple[str, ...]]:
        return self._home.draft(path)

    def remove(self, deck: str) -> DeckSummary:
        return self._home.remove(deck)

    @property
    def _is_filled(self) -> bool:
        return self._home.snapshot().search is not None

    def _kept(self, answer: Answer, trace: Trace) -> Answer:
        """The answer, its trace kept where the library can be written."""
        if not self._home.read_only:
            self._home.save_trace(trace.id, trace.to_json())
        return answer
