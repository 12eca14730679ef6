"""Intervals, tests and agreement: seeded, so that two runs give the same to the last digit."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
PERMUTATIONS = 10_000
SEED = 20
EXACT_UP_TO = 12  # differences; up to here every one of the 2ⁿ sign patterns is counted

Numbers = NDArray[np.float64]


def resamples(cases: int, times: int = RESAMPLES, seed: int = SEED) -> Numbers:
    """How often each case is drawn in each bootstrap resample, shape ``(times, cases)``."""
    draw = np.random.default_rng(seed)
    return draw.multinomial(cases, np.full(cases, 1 / cases), size=times).astype(np.float64)


def ratio_interval(part: Sequence[float], whole: Sequence[float], draws: Numbers) -> tuple[float, float] | None:
    """95 % percentile bootstrap interval of Σpart / Σwhole over cases (Efron & Tibshirani 1993, §13.3).

    Cases are drawn whole, so that points or citations of one question stay together. None for a share of nothing.
    """
    wholes = draws @ np.asarray(whole, dtype=np.float64)
    kept = wholes > 0
    if not kept.any():
        return None
    shares = np.sort((draws @ np.asarray(part, dtype=np.float64))[kept] / wholes[kept])
    low, high = (shares[max(1, math.ceil(q * len(shares))) - 1] for q in (0.025, 0.975))
    return float(low), float(high)


def permutation_p(differences: Sequence[float], seed: int = SEED) -> float:
    """One-sided p of a loss in paired means: the share of sign patterns whose sum is as low as the one seen.

    Fisher's paired permutation test; exact up to 12 differences that are not 0, else from 10,000 seeded draws, the
    pattern seen counted among them (Phipson & Smyth 2010).

    >>> permutation_p([-1.0, -1.0, 0.0]), permutation_p([0.0])
    (0.25, 1.0)
    """
    moved = np.array([d for d in differences if d], dtype=np.float64)
    if not len(moved):
        return 1.0
    seen = moved.sum() + 1e-9
    if len(moved) <= EXACT_UP_TO:
        signs = 1 - 2 * ((np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1)
        return float(np.mean(signs @ np.abs(moved) <= seen))
    draw = np.random.default_rng(seed)
    signs = 1 - 2 * draw.integers(0, 2, size=(PERMUTATIONS, len(moved)))
    return float((1 + np.sum(signs @ np.abs(moved) <= seen)) / (PERMUTATIONS + 1))


def mcnemar_p(lost: int, won: int) -> float:
    """One-sided exact p of McNemar's test (1947): ``lost`` or more of the questions that changed were lost.

    >>> mcnemar_p(5, 0), mcnemar_p(0, 0), mcnemar_p(1, 1)
    (0.03125, 1.0, 0.75)
    """
    changed = lost + won
    return float(sum(math.comb(changed, k) for k in range(lost, changed + 1)) / 2**changed)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis: its p, and the least p its data could have given."""

    p: float
    least: float


def significant(tested: Sequence[Hypothesis], alpha: float = 0.05) -> list[bool]:
    """Which losses are significant when all are tested together.

    Holm (1979) over those hypotheses that could be significant at all, after Tarone (1990): what could not fall, such
    as a slice in which nothing changed, costs the others nothing.

    >>> significant([Hypothesis(0.02, 0.01), Hypothesis(1.0, 1.0), Hypothesis(0.5, 0.5)])
    [True, False, False]
    """
    count = next((k for k in range(1, len(tested) + 1) if sum(t.least <= alpha / k for t in tested) <= k), 0)
    able = sorted((t.p, at) for at, t in enumerate(tested) if count and t.least <= alpha / count)
    found = [False] * len(tested)
    for rank, (p, at) in enumerate(able):
        if p > alpha / (len(able) - rank):
            break
        found[at] = True
    return found


def kappa(pairs: Sequence[tuple[str, str]], order: Sequence[str], weighted: bool = False) -> float:
    """Cohen's κ of two raters (1960): 1 − observed / expected disagreement; 1 where both always say one thing.

    ``weighted``: disagreement grows with the square of the distance in ``order`` (Cohen 1968), else any is one.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")], "ab")
    0.5
    """
    place = {label: at for at, label in enumerate(order)}

    def cost(one: str, other: str) -> float:
        return float((place[one] - place[other]) ** 2) if weighted else float(one != other)

    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    seen = math.fsum(cost(one, other) for one, other in pairs) / len(pairs)
    chance = math.fsum(cost(a, b) * first[a] * second[b] for a in order for b in order) / len(pairs) ** 2
    return 1 - seen / chance if chance else 1.0


def confusion(pairs: Sequence[tuple[str, str]], order: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """How often the second rater says what, by what the first says."""
    counts = Counter(pairs)
    return {one: {other: counts[one, other] for other in order} for one in order}
