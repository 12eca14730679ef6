"""How an answer came about: enough to follow it from question to citation, and to ask it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kejian.assistant.answer import Answer
from kejian.assistant.draft import Draft
from kejian.assistant.gate import ANSWERED_FROM, evidence_of, probability
from kejian.assistant.inquiry import Inquiry

MOST_HITS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which state of the library a question was asked, and what was asked before it."""

    revision: str
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TracedHit:
    """A passage looked at: its ranks in both legs, its scores, and how probably it answers (0 to 1)."""

    deck: str
    slide: int
    text: str
    score: float
    dense_rank: int | None
    lexical_rank: int | None
    dense_z: float
    probability: float


@dataclass(frozen=True, slots=True)
class Trace:
    """From question to citation. ``hits`` is empty where facts answered and no passage was looked for."""

    id: str
    revision: str
    question: str
    turns: tuple[str, ...]
    resolved: str
    wordings: tuple[str, ...]
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]
    intents: tuple[str, ...]
    words: tuple[str, ...]
    path: str
    notes: tuple[str, ...]
    hits: tuple[TracedHit, ...]
    threshold: float
    faults: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def trace_of(answer: Answer, asked: Asked, inquiry: Inquiry, draft: Draft, faults: Sequence[str]) -> Trace:
    """The trace of one answer; ``faults`` are what verification found in a first draft."""
    reading = inquiry.reading
    return Trace(
        id=answer.trace,
        revision=asked.revision,
        question=answer.question,
        turns=asked.turns,
        resolved=answer.resolved,
        wordings=inquiry.wordings,
        subjects=tuple(subject.name for subject in reading.subjects),
        aspects=tuple(aspect.name for aspect in reading.aspects),
        intents=tuple(sorted(reading.intents)),
        words=reading.rest,
        path=draft.why,
        notes=tuple(inquiry.notes),
        hits=tuple(_traced(inquiry)) if inquiry.has_searched else (),
        threshold=ANSWERED_FROM,
        faults=tuple(faults),
    )


def _traced(inquiry: Inquiry) -> Iterator[TracedHit]:
    for hit in inquiry.hits[:MOST_HITS]:
        place = inquiry.place_of(hit)
        if place is not None:
            yield TracedHit(
                place.deck.title,
                place.slide.number,
                hit.text,
                round(hit.score, 4),
                hit.dense_rank,
                hit.lexical_rank,
                round(hit.dense_z, 3),
                round(probability(evidence_of(inquiry, hit)), 3),
            )
