"""Judges the answer to a gold question against the decks of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from kejian.assistant.answer import Answer
from kejian.assistant.evaluation.cases import (
    Case,
    SlideKey,
    dangling_marks,
    expected_slides,
    is_useful,
    refusal_expected,
    said_text,
    unsupported,
)
from kejian.assistant.evaluation.matching import missed_points, said_phrases, says
from kejian.assistant.evaluation.matrices import Matrices
from kejian.assistant.evaluation.metrics import invalid_citations
from kejian.assistant.evaluation.points import Meaning, PointScorer, PointVerdict
from kejian.assistant.evaluation.ranking import measured
from kejian.assistant.evaluation.structures import Edges, Structures
from kejian.assistant.evaluation.subjects import Subjects
from kejian.assistant.evaluation.support import Support
from kejian.corpus.gold_questions import GoldQuestion
from kejian.corpus.terms import TermBase
from kejian.index.model import FactHit, Hit
from kejian.ingest.model import Block, Deck, Slide

BlockKey = tuple[str, str, str]  # deck id, slide id, block id
Found: TypeAlias = Hit | FactHit


@dataclass(frozen=True)
class Judge:
    """``decks`` are the library the answers come from, ``terms`` its term base."""

    decks: Sequence[Deck]
    terms: TermBase
    meaning: Meaning | None = None

    @cached_property
    def scorer(self) -> PointScorer:
        return PointScorer(Subjects.of_decks(self.decks, self.terms), self.meaning)

    @cached_property
    def support(self) -> Support:
        return Support.of_decks(self.decks, self.scorer)

    @cached_property
    def matrices(self) -> Matrices:
        return Matrices(self.decks, self.scorer.subjects, self.terms, self.support)

    @cached_property
    def structures(self) -> Structures:
        return Structures(self.decks, self.scorer.subjects, self.terms)

    def case(self, gold: GoldQuestion, answer: Answer, ranked: tuple[SlideKey, ...] = ()) -> Case:
        """The judgement of one answer; how well retrieval did comes with ``with_rankings``."""
        expected = refusal_expected(gold, answer)
        refused = answer.kind == "refusal"
        counts = expected is False
        relevant = expected_slides(gold, self.decks)
        cited = {(citation.deck, citation.slide) for citation in answer.citations}
        return Case(
            gold=gold,
            answer=answer,
            refusal_expected=expected,
            points=self._points(gold, answer) if counts else (),
            forbidden=tuple(said_phrases(said_text(answer), gold.forbid)),
            uncited_slides=tuple(sorted({number for _, number in relevant - cited})) if counts else (),
            invalid=tuple(citation.n for citation in invalid_citations(answer.citations, self.decks)),
            dangling=tuple(dangling_marks(answer)),
            unsupported=() if refused else tuple(sentence.text for sentence in unsupported(answer)),
            ranked=ranked,
            relevant=relevant,
            useful=is_useful(gold, answer) if refused and expected is not False else None,
            by_span=self.support.of(answer, self.support.span),
            by_slide=self.support.of(answer, self.support.slide),
            cells=self.matrices.cells(answer, gold.question),
            edges=self._edges(gold, answer),
            resolved_right=not missed_points(answer.resolved, gold.resolved) if gold.resolved else None,
        )

    def _points(self, gold: GoldQuestion, answer: Answer) -> tuple[PointVerdict, ...]:
        said, reference = said_text(answer), self._reference(gold)
        asked = " ".join((gold.question, *(variants[0] for variants in gold.resolved)))
        if answer.kind == "refusal":
            return tuple(PointVerdict(point[0], "wrong") for point in gold.points)
        return tuple(self.scorer.verdict(asked, said, point, reference) for point in gold.points)

    def _reference(self, gold: GoldQuestion) -> str:
        return "\n".join(slide.source for slide in self._expected(gold))

    def _expected(self, gold: GoldQuestion) -> list[Slide]:
        keys = sorted(expected_slides(gold, self.decks))
        return [slide for key in keys for slide in self.support.slides.get(key, ())]

    def _edges(self, gold: GoldQuestion, answer: Answer) -> Edges | None:
        if answer.structure is not None:
            return self.structures.edges(answer.structure)
        wanted = gold.expect == "answer" and gold.kinds == ("structure",)
        return Edges(frozenset(), frozenset(), frozenset({("", "")})) if wanted else None

    def with_rankings(self, cases: Sequence[Case], found: Mapping[str, Sequence[Found]]) -> tuple[Case, ...]:
        """``cases`` with their retrieval measured; ``found`` by the id of the question, best first."""
        sought = [case for case in cases if case.gold.expect == "answer"]
        slides = measured({c.gold.id: c.ranked for c in sought}, {c.gold.id: c.relevant for c in sought})
        evidence = {case.gold.id: self.evidence(case.gold) for case in sought}
        ranked = {id: self._blocks(found.get(id, ())) for id, blocks in evidence.items() if blocks}
        blocks = measured(ranked, {id: evidence[id] for id in ranked})
        return tuple(
            replace(case, slides_ranked=slides.get(case.gold.id), blocks_ranked=blocks.get(case.gold.id))
            for case in cases
        )

    def evidence(self, gold: GoldQuestion) -> frozenset[BlockKey]:
        """The blocks of the expected slides that say a key point literally."""
        deck = {slide.id: deck.id for deck in self.decks for slide in deck.slides}
        return frozenset(
            (deck[slide.id], slide.id, block.id)
            for slide in self._expected(gold)
            for block in slide.blocks
            if any(says(block.text, point) for point in gold.points)
        )

    def _blocks(self, found: Iterable[Found]) -> list[BlockKey]:
        """The blocks of facts and passages in the order in which they were found."""
        ranked: dict[BlockKey, None] = {}
        for one in found:
            start, end = self._range(one)
            for block in self._blocks_of.get((one.deck_id, one.slide_id), ()):
                if block.start < end and start < block.end:
                    ranked[one.deck_id, one.slide_id, block.id] = None
        return list(ranked)

    def _range(self, found: Found) -> tuple[int, int]:
        if isinstance(found, Hit):
            return found.start, found.end
        return self._fact_ranges.get((found.slide_id, found.fact_id), (0, 0))

    @cached_property
    def _fact_ranges(self) -> dict[tuple[str, str], tuple[int, int]]:
        slides = (slide for deck in self.decks for slide in deck.slides)
        return {(slide.id, fact.id): (fact.start, fact.end) for slide in slides for fact in slide.facts}

    @cached_property
    def _blocks_of(self) -> dict[tuple[str, str], tuple[Block, ...]]:
        return {(deck.id, slide.id): slide.blocks for deck in self.decks for slide in deck.slides}
