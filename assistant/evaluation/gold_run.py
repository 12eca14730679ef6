"""The gold questions put to the assistant, and the figures that come of it, in all and per slice."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from kejian.assistant.answer import Answer
from kejian.assistant.evaluation.agreement import ScorerAgreement
from kejian.assistant.evaluation.cases import Case, SlideKey
from kejian.assistant.evaluation.gates import GATES, Gate
from kejian.assistant.evaluation.judging import Found, Judge
from kejian.assistant.evaluation.model_judge import ModelJudgement
from kejian.assistant.evaluation.scores import Scores, scores_of
from kejian.assistant.evaluation.stability import Agreement, Pair, agreements
from kejian.assistant.trace import Trace
from kejian.corpus.gold_questions import GoldQuestion
from kejian.index.model import FactHit, Hit
from kejian.ingest.model import Deck

TOTAL = "合计"
HITS = 50  # passages asked for, so that ten different slides are among them


class Answering(Protocol):
    """Whatever answers questions."""

    def ask(self, question: str, turns: Sequence[str] = (), id: str = "") -> Answer: ...


class Searching(Protocol):
    """Whatever finds passages, and facts near in meaning, best first."""

    def search(self, query: str, k: int = 10) -> list[Hit]: ...

    def facts(self, query: str, k: int = 10) -> list[FactHit]: ...


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds per question, and of the whole run. Not part of the scores: two runs never take the same time."""

    answering: tuple[float, ...]
    searching: tuple[float, ...]
    whole: float


@dataclass(frozen=True)
class GoldReport:
    """Every case in the order of the questions, with the decks it was judged against."""

    cases: tuple[Case, ...]
    decks: tuple[Deck, ...]
    timing: Timing
    gates: tuple[Gate, ...] = GATES
    pairs: tuple[Pair, ...] = ()  # variants of questions, where stability was measured
    scorer: ScorerAgreement | None = None  # how far the scorer agrees with people
    model: ModelJudgement | None = None  # what a language model makes of the answers, beside the rest
    traces: Mapping[str, Trace] = field(default_factory=dict)  # of the wrong answers, by question

    @cached_property
    def total(self) -> Scores:
        return scores_of(self.cases)

    @cached_property
    def slices(self) -> dict[str, Scores]:
        """Scores per slice, in the order in which the slices first appear."""
        names = dict.fromkeys(case.gold.slice for case in self.cases)
        return {name: scores_of([case for case in self.cases if case.gold.slice == name]) for name in names}

    @property
    def wrong(self) -> tuple[Case, ...]:
        """The cases in which something was missed."""
        return tuple(case for case in self.cases if not case.right)

    @property
    def fallen(self) -> tuple[Gate, ...]:
        """The gates that do not hold."""
        total = self.total
        return tuple(gate for gate in self.gates if not gate.holds(total))

    @property
    def holds(self) -> bool:
        return not self.fallen and all(found.holds for found in self.stability.values())

    @cached_property
    def stability(self) -> dict[str, Agreement]:
        """Agreement of answers to variants with those to the questions, per kind of variant."""
        return agreements(self.pairs)


def evaluate_gold(
    assistant: Answering, search: Searching, judge: Judge, questions: Sequence[GoldQuestion]
) -> GoldReport:
    """Ask every question once, in order, and judge the answers.

    Retrieval is measured with the question as the assistant resolved it, so that follow-ups count fairly. The
    assistant may have searched for it already: the seconds of searching may lack those of making its vector.
    """
    started = time.perf_counter()
    if questions:
        search.search(questions[0].question, 1)  # opens what is opened at the first question, outside of the timing
    numbers = {(deck.id, slide.id): slide.number for deck in judge.decks for slide in deck.slides}
    cases, answering, searching = [], [], []
    found: dict[str, tuple[Found, ...]] = {}
    for question in questions:
        begun = time.perf_counter()
        answer = assistant.ask(question.question, question.turns, question.id)
        answered = time.perf_counter()
        hits = search.search(answer.resolved or question.question, HITS)
        answering.append(answered - begun)
        searching.append(time.perf_counter() - answered)
        found[question.id] = (*search.facts(answer.resolved or question.question, HITS), *hits)
        cases.append(judge.case(question, answer, slides_of(hits, numbers)))
    measured = judge.with_rankings(cases, found)
    timing = Timing(tuple(answering), tuple(searching), time.perf_counter() - started)
    return GoldReport(measured, tuple(judge.decks), timing)


def slides_of(hits: Sequence[Hit], numbers: dict[tuple[str, str], int]) -> tuple[SlideKey, ...]:
    """The slides of ``hits`` in the order in which each was first found."""
    return tuple(dict.fromkeys((hit.deck_id, numbers[hit.deck_id, hit.slide_id]) for hit in hits))
