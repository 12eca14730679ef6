"""What composers work with: the question as read, the library's knowledge, and retrieval on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from kejian.assistant.evidence import Weights
from kejian.assistant.knowledge import Aspect, Entity, Knowledge, Place, Point
from kejian.assistant.reading import Lexicon, Reading
from kejian.index.model import FactHit, Hit


class Search(Protocol):
    """Hybrid retrieval, best hit first."""

    def search(self, query: str, k: int = 10) -> list[Hit]: ...

    def facts(self, query: str, k: int = 10) -> list[FactHit]: ...


NEAR_FACTS = 200


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
        return merged(self.search.search(wording, 20) for wording in self.wordings)

    @property
    def has_searched(self) -> bool:
        """Whether passages were looked for."""
        return "hits" in self.__dict__

    @cached_property
    def wordings(self) -> tuple[str, ...]:
        """The question as asked, and in the library's words where it has others for what was said."""
        formal = self.reading.text
        for word in sorted(self.all_words, key=len, reverse=True):
            if not self.weights.known(word) and (others := self.weights.other_words(word)):
                formal = formal.replace(word, others[0])
        return (self.question, formal) if formal != self.reading.text else (self.question,)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Content words of the question outside subjects and aspects."""
        return self.told_apart(self.reading.rest)

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """Content words of the whole question, names and aspects included."""
        return self.told_apart(self.lexicon.content_words(self.question))

    @cached_property
    def told_words(self) -> tuple[str, ...]:
        """Content words of the whole question without those that only ask: no passage is to say 多少 or 为什么."""
        return self.telling(self.all_words)

    def telling(self, words: Iterable[str]) -> tuple[str, ...]:
        """``words`` without those that only ask."""
        cues = self.lexicon.cues
        return tuple(word for word in words if word not in cues.asking and word not in cues.units)

    def told_apart(self, words: Iterable[str]) -> tuple[str, ...]:
        """Words as far apart as the dictionary tells (市场预测: 市场, 预测), freed of glued fillers (会换: 换)."""
        pieces: list[str] = []
        for word in words:
            if self.weights.other_words(word):
                pieces.append(word)
                continue
            whole = self.weights.known(word) or len(word) != 2 or word.isascii()
            freed = [c for c in word if not self.lexicon.is_filler(c)] if not whole else []
            pieces += freed if len(freed) == 1 else self._parts(word) or self._known_end(word)
        return tuple(dict.fromkeys(pieces))

    def _known_end(self, word: str) -> list[str]:
        """A word that neither dictionary nor library has, cut before the part that the library says (挑印厂: 印厂)."""
        if self.weights.known(word) or word.isascii():
            return [word]
        ends = (cut for cut in range(1, len(word) - 1) if self.weights.known(word[cut:]))
        cut = next(ends, 0)
        return [word[:cut], word[cut:]] if cut else [word]

    def _parts(self, word: str) -> list[str]:
        """The shorter words that make up a word of three characters or more, but for one character at most."""
        parts, position = [], 0
        for part in sorted(self.lexicon.parts_of(word), key=lambda part: (word.find(part), -len(part))):
            if len(part) > 1 and (start := word.find(part)) >= position:
                parts.append(part)
                position = start + len(part)
        return parts if len(word) > 2 and len("".join(parts)) >= len(word) - 1 else []

    @cached_property
    def nearness(self) -> dict[tuple[str, str], float]:
        """How near facts are to the question in meaning: z-scores by slide and fact."""
        found = (hit for wording in self.wordings for hit in self.search.facts(wording, NEAR_FACTS))
        nearest: dict[tuple[str, str], float] = {}
        for hit in found:
            key = (hit.slide_id, hit.fact_id)
            nearest[key] = max(hit.z, nearest.get(key, hit.z))
        return nearest

    def z_of(self, point: Point) -> float:
        """The fact's nearness in meaning, 0 where it is not among the nearest."""
        return max(self.nearness.get((point.place.slide.id, point.fact.id), 0.0), 0.0)

    @cached_property
    def near_points(self) -> list[Point]:
        """The facts nearest to the question in meaning, in reading order."""
        slides = {slide for slide, _ in self.nearness}
        points = (point for slide in slides for point in self.knowledge.points_of_slide.get(slide, ()))
        near = (point for point in points if (point.place.slide.id, point.fact.id) in self.nearness)
        return sorted(near, key=lambda point: point.number)

    def place_of(self, hit: Hit) -> Place | None:
        return self.knowledge.place_at.get((hit.deck_id, hit.slide_id))

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


def merged(rankings: Iterable[Sequence[Hit]]) -> list[Hit]:
    """Hits of several wordings of one question, each passage once, with the better of its scores; best first."""
    best: dict[tuple[str, str, str], Hit] = {}
    for hit in (hit for ranking in rankings for hit in ranking):
        key = (hit.deck_id, hit.slide_id, hit.passage_id)
        if key not in best or best[key].score < hit.score:
            best[key] = hit
    return sorted(best.values(), key=lambda hit: -hit.score)
