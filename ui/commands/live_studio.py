"""The library as the tabs beside 问答 use it: always its newest state, by the same assistant as the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.assistant.charts import charts
from kejian.assistant.comparables import Comparables, comparables

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.assistant.charts import Chart
    from kejian.assistant.inspection import Inspection
    from kejian.assistant.trace import Trace
    from kejian.index.home import Home
    from kejian.index.report import DeckSummary, IngestReport, OnProgress
    from kejian.ingest.model import Deck
    from kejian.ui.commands.live_assistant import LiveAssistant


class LiveStudio:
    """A ``kejian.ui.studio.Studio``. Threads may share it."""

    def __init__(self, home: Home, live: LiveAssistant) -> None:
        self._home = home
        self._live = live

    def comparables(self) -> Comparables:
        """Nothing where the library is empty."""
        assistant = self._live.if_any()
        return comparables(assistant.knowledge) if assistant else Comparables((), ())

    def compare(self, subjects: Sequence[str], aspects: Sequence[str]) -> Answer:
        return self._kept(*self._live.current().compare(subjects, aspects))

    def charts(self) -> Sequence[Chart]:
        """None where the library is empty."""
        assistant = self._live.if_any()
        return tuple(charts(assistant.knowledge)) if assistant else ()

    def chart(self, called: str) -> Answer:
        return self._kept(*self._live.current().chart(called))

    def unit(self, name: str) -> Answer:
        return self._kept(*self._live.current().unit(name))

    def inspect(self, question: str, turns: Sequence[str], k: int) -> Inspection:
        found = self._live.current().inspect(question, turns, k)
        self._kept(found.answer, found.trace)
        return found

    def shelf(self) -> Sequence[DeckSummary]:
        return self._home.decks()

    def deck(self, called: str) -> Deck:
        return self._home.deck(called)

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, sent_as: Mapping[Path, str] | None = None
    ) -> IngestReport:
        """What is reported as taken in is answered from."""
        report = self._home.ingest(paths, on_progress, sent_as)
        self._live.renew()
        return report

    def draft(self, path: Path) -> tuple[str, tuple[str, ...]]:
        return self._home.draft(path)

    def remove(self, deck: str) -> DeckSummary:
        """What is reported as removed is not answered from any more; until then questions need not wait."""
        return self._home.remove(deck, before_forgetting=self._live.renew)

    def _kept(self, answer: Answer, trace: Trace) -> Answer:
        """The answer, its trace kept where the library can be written."""
        if not self._home.read_only:
            self._home.save_trace(trace.id, trace.to_json())
        return answer
