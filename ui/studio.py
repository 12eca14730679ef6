"""What the tabs beside 问答 need of a library: comparing, structures, decks, taking in and removing, inspecting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.assistant.charts import Chart
    from kejian.assistant.comparables import Comparables
    from kejian.assistant.inspection import Inspection
    from kejian.index.report import DeckSummary, IngestReport, OnProgress
    from kejian.ingest.model import Deck


class Studio(Protocol):
    """A library to work in. Methods are called from several threads at once; errors are ``KejianError``."""

    def comparables(self) -> Comparables: ...

    def compare(self, subjects: Sequence[str], aspects: Sequence[str]) -> Answer: ...

    def charts(self) -> Sequence[Chart]: ...

    def chart(self, called: str) -> Answer: ...

    def unit(self, name: str) -> Answer: ...

    def inspect(self, question: str, turns: Sequence[str], k: int) -> Inspection: ...

    def shelf(self) -> Sequence[DeckSummary]:
        """Every deck with its counts and where it came from."""
        ...

    def deck(self, called: str) -> Deck: ...

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, sent_as: Mapping[Path, str] | None = None
    ) -> IngestReport: ...

    def draft(self, path: Path) -> tuple[str, tuple[str, ...]]: ...

    def remove(self, deck: str) -> DeckSummary: ...
