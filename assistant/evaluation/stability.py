"""Stability: is the same question, put in another way, given the same answer?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from kejian.assistant.answer import Answer
from kejian.assistant.evaluation.metrics import mean, percentile
from kejian.assistant.evaluation.variants import Variant, Variants
from kejian.corpus.gold_questions import GoldQuestion

if TYPE_CHECKING:
    from kejian.assistant.evaluation.gold_run import Answering

RESAMPLES = 1000
SEED = 20
STABLE_FROM = 0.95  # share that has to agree, of each kind of variant (N16)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question's answer beside that of a variant."""

    gold: GoldQuestion
    variant: Variant
    original: Answer
    answer: Answer

    @property
    def agrees(self) -> bool:
        """The same kind of answer, bearing on the same quotations of the same slides."""
        return self.original.kind == self.answer.kind and cited(self.original) == cited(self.answer)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Share of pairs that agree, 0 to 1, with its 95 % interval."""

    pairs: int
    share: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        return self.share >= STABLE_FROM


def cited(answer: Answer) -> frozenset[tuple[str, int, str]]:
    """(deck, slide, quotation) of every citation."""
    return frozenset((citation.deck, citation.slide, citation.quote) for citation in answer.citations)


def stability(assistant: Answering, questions: Sequence[GoldQuestion], variants: Variants) -> tuple[Pair, ...]:
    """Each question and each of its variants asked; earlier turns stay as they are."""
    pairs = []
    for gold in questions:
        original = assistant.ask(gold.question, gold.turns, gold.id)
        for variant in variants.of(gold.question):
            answer = assistant.ask(variant.question, gold.turns, gold.id)
            pairs.append(Pair(gold, variant, original, answer))
    return tuple(pairs)


def spread(questions: Sequence[GoldQuestion], most: int) -> list[GoldQuestion]:
    """At most ``most`` of the questions, evenly spread over them."""
    step = max(1.0, len(questions) / most)
    return [questions[int(i * step)] for i in range(min(most, len(questions)))]


def agreements(pairs: Iterable[Pair]) -> dict[str, Agreement]:
    """Agreement per kind of variant, in order of appearance."""
    kinds: dict[str, list[float]] = {}
    for pair in pairs:
        kinds.setdefault(pair.variant.kind, []).append(float(pair.agrees))
    return {kind: agreement(values) for kind, values in kinds.items()}


def agreement(values: Sequence[float]) -> Agreement:
    """The mean of ``values`` with its percentile bootstrap interval (Efron & Tibshirani 1993, §13.3).

    ``RESAMPLES`` resamples from a fixed seed: two runs give the same interval.

    >>> agreement([1.0, 1.0, 1.0])
    Agreement(pairs=3, share=1.0, low=1.0, high=1.0)
    """
    draw = Random(SEED)
    means = [mean(draw.choices(values, k=len(values))) or 0.0 for _ in range(RESAMPLES)]
    return Agreement(len(values), mean(values) or 0.0, percentile(means, 2.5) or 0.0, percentile(means, 97.5) or 0.0)
