"""A question under the loupe: what it was taken to mean, every passage with its scores, and why each was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from kejian.assistant.answer import Answer
from kejian.assistant.compose.quoting import PASSAGES
from kejian.assistant.gate import ANSWERED_FROM, evidence_of, probability
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Place
from kejian.assistant.trace import Trace
from kejian.index.model import Hit
from kejian.index.rank import ScoreParts
from kejian.index.search import CANDIDATES, HybridSearch

MOST_INSPECTED = CANDIDATES
FROM_PASSAGES = ("passage", "refusal")  # kinds of answers that passages were looked at for


@dataclass(frozen=True, slots=True)
class InspectedHit:
    """A passage with its place, its ranks and scores in both legs, what the fused ``score`` is made of (``parts``),
    how probably it answers, by which citations it is quoted, and what became of it in one Chinese line."""

    rank: int
    deck: str
    deck_title: str
    slide: int
    title: str
    text: str
    start: int
    end: int
    score: float
    parts: ScoreParts
    dense_rank: int | None
    dense_score: float
    dense_z: float
    lexical_rank: int | None
    lexical_score: float
    probability: float
    cited: tuple[int, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """``legs`` is how many passages each leg puts forward; ``looked_into`` how many of the best may be quoted."""

    answer: Answer
    trace: Trace
    hits: tuple[InspectedHit, ...]
    threshold: float = ANSWERED_FROM
    legs: int = CANDIDATES
    looked_into: int = PASSAGES

    def to_json(self) -> dict[str, Any]:
        """The object that the command line gives; ``trace`` without its hits, which are all in ``hits``."""
        trace = {name: value for name, value in self.trace.to_json().items() if name != "hits"}
        return {**asdict(self), "answer": self.answer.to_json(), "trace": trace}


def inspect_hits(inquiry: Inquiry, search: HybridSearch, answer: Answer, k: int) -> tuple[InspectedHit, ...]:
    """The ``k`` best passages of all wordings of the question, as the answer was looked for in them."""
    found = _merged(search.explained(wording, MOST_INSPECTED) for wording in inquiry.wordings)[:k]
    placed = ((rank, hit, parts, inquiry.place_of(hit)) for rank, (hit, parts) in enumerate(found, start=1))
    hits = [_inspected(inquiry, answer, rank, hit, parts, place) for rank, hit, parts, place in placed if place]
    return tuple(replace(hit, outcome=outcome(hit, answer)) for hit in hits)


def _merged(rankings: Iterable[Sequence[tuple[Hit, ScoreParts]]]) -> list[tuple[Hit, ScoreParts]]:
    """Each passage once, as ``inquiry.merged`` has it."""
    best: dict[tuple[str, str, str], tuple[Hit, ScoreParts]] = {}
    for hit, parts in (one for ranking in rankings for one in ranking):
        key = (hit.deck_id, hit.slide_id, hit.passage_id)
        if key not in best or best[key][0].score < hit.score:
            best[key] = hit, parts
    return sorted(best.values(), key=lambda one: -one[0].score)


def _inspected(inquiry: Inquiry, answer: Answer, rank: int, hit: Hit, parts: ScoreParts, place: Place) -> InspectedHit:
    return InspectedHit(
        rank=rank,
        deck=place.deck.id,
        deck_title=place.deck.title,
        slide=place.slide.number,
        title=place.slide.title,
        text=hit.text,
        start=hit.start,
        end=hit.end,
        score=round(hit.score, 4),
        parts=ScoreParts(*(round(value, 4) for value in asdict(parts).values())),
        dense_rank=hit.dense_rank,
        dense_score=round(hit.dense_score, 4),
        dense_z=round(hit.dense_z, 3),
        lexical_rank=hit.lexical_rank,
        lexical_score=round(hit.lexical_score, 3),
        probability=round(probability(evidence_of(inquiry, hit)), 3),
        cited=_quoted_by(answer, place, hit),
        outcome="",
    )


def _quoted_by(answer: Answer, place: Place, hit: Hit) -> tuple[int, ...]:
    """Numbers of the citations that quote this passage."""
    here = (c for c in answer.citations if (c.deck, c.slide) == (place.deck.id, place.slide.number))
    return tuple(citation.n for citation in here if citation.start < hit.end and hit.start < citation.end)


def outcome(hit: InspectedHit, answer: Answer) -> str:
    """What became of the passage, and where it was left out why."""
    if hit.cited:
        return f"已引用:{''.join(f'[{n}]' for n in hit.cited)}"
    if answer.kind not in FROM_PASSAGES:
        return "没有用到:回答取自事实和结构,不从段落里摘句"
    if hit.rank > PASSAGES:
        return f"没有用到:只在综合前 {PASSAGES} 名里摘句"
    if hit.probability < ANSWERED_FROM:
        return f"没有用到:够回答的概率 {hit.probability:.2f},低于门槛 {ANSWERED_FROM}"
    if answer.kind == "refusal":
        return "没有用到:拒答的理由在段落之外,见“走的路”"
    return "没有用到:段里的句子不如已引用的贴近问题"
