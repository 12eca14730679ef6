"""The figures of a set of cases, each with its bootstrap interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.figures import FIGURES
from kejian.assistant.evaluation.metrics import share
from kejian.assistant.evaluation.statistics import ratio_interval, resamples


@dataclass(frozen=True, slots=True)
class Measured:
    """A share from 0 to 1 with its 95 % interval; all None where a set holds nothing to measure it on.

    ``over`` says on how many questions it was measured.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    over: int = 0


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of a set of questions, by their key."""

    questions: int
    figures: dict[str, Measured]

    def __getitem__(self, key: str) -> float | None:
        return self.figures[key].value


def scores_of(cases: Sequence[Case]) -> Scores:
    """All figures of ``cases``: Σ part / Σ whole over questions, which are also what is resampled."""
    draws = resamples(len(cases)) if cases else None
    found = {}
    for figure in FIGURES:
        counts = [figure.count(case) for case in cases]
        parts, wholes = [part for part, _ in counts], [whole for _, whole in counts]
        value = share(math.fsum(parts), math.fsum(wholes))
        between = ratio_interval(parts, wholes, draws) if draws is not None and value is not None else None
        low, high = between or (None, None)
        found[figure.key] = Measured(value, low, high, sum(whole > 0 for whole in wholes))
    return Scores(len(cases), found)
