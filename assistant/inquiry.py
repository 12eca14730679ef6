"""What composers work with: the question as read, the library's knowledge, and retrieval on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from kejian.assistant.evidence import Weights
from kejian.assistant.knowledge import Aspect, Entity, Knowledge, Place, Point
from kejian.assistant.reading import Lexicon, Reading
from kejian.index.model import Hit


class Search(Protocol):
    """Hybrid retrieval, best hit first."""

    def search(self, query: str, k: int = 10) -> list[Hit]: ...


@dataclass
class Inquiry:
    """One self-contained question against one snapshot. Hits are fetched when first asked for."""

    question: str
    reading: Reading
    knowledge: Knowledge
    lexicon: Lexicon
    weights: Weights
    search: Search
    notes: list[str] = field(default_factory=list)  # for the trace

    @cached_property
    def hits(self) -> Sequence[Hit]:
        return self.search.search(self.question, 20)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Content words of the question outside subjects and aspects."""
        return self.told_apart(self.reading.rest)

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Content words of the whole question, names and aspects included."""
        return self.told_apart(self.lexicon.content_words(self.question))

    def told_apart(self, words: Iterable[str]) -> tuple[str, ...]:
        """Words, with one the library never has freed of the filler glued to it (会换: 换)."""
        pieces: list[str] = []
        for word in words:
            whole = self.weights.known(word) or len(word) != 2 or word.isascii()
            parts = [c for c in word if not self.lexicon.is_filler(c)] if not whole else []
            pieces += parts if len(parts) == 1 else self._known_parts(word) or [word]
        return tuple(dict.fromkeys(pieces))

    def _known_parts(self, word: str) -> list[str]:
        """The shorter words in one the library never has (发工资: 工资), where it has those."""
        if self.weights.known(word):
            return []
        return [part for part in self.lexicon.parts_of(word) if self.weights.known(part)]

    def place_of(self, hit: Hit) -> Place | None:
        return self._places.get((hit.deck_id, hit.slide_id))

    @cached_property
    def _places(self) -> dict[tuple[str, str], Place]:
        return {place.key: place for place in self.knowledge.places}

    def points_in(self, hit: Hit) -> list[Point]:
        """Facts that stand in the passage of ``hit``."""
        place = self.place_of(hit)
        if place is None:
            return []
        inside = (p for p in self.knowledge.points_on.get(place.key, []))
        return [p for p in inside if p.fact.start >= hit.start and p.fact.end <= hit.end]

    def asks(self, *intents: str) -> bool:
        return any(intent in self.reading.intents for intent in intents)

    @property
    def subject(self) -> Entity | None:
        return self.reading.subjects[0] if self.reading.subjects else None

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        return self.reading.aspects
