"""How far the scores of the two legs can be trusted for one query, and rankings: pure functions.

Every candidate carries both its cosine and its BM25, whichever leg found it; so no rank has to stand in for a score.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Item = TypeVar("Item", bound=Hashable)

# Calibration: benchmarks/README.md. Fitted on two sets, checked on the third.
CROWD = 5  # where so many passages have nearly the best BM25, it tells little about which of them is meant
FULL_WEIGHT_SHARE = 0.5  # share of the best BM25 that the fifth best has: up to here BM25 counts fully,
NO_WEIGHT_SHARE = 0.9  # from here on not at all
RRF_CONSTANT = 60  # Cormack, Clarke and Büttcher 2009
SAMPLE_ROWS = 4096  # the spread of a larger collection is taken from this many of its rows


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of a query's cosines over the collection."""

    mean: float
    deviation: float

    def z(self, cosines: Scores) -> Scores:
        """``cosines`` in standard deviations above the mean; all 0 where every passage is equally near."""
        if self.deviation < 1e-6:
            return np.zeros_like(cosines)
        scores: Scores = ((cosines - self.mean) / self.deviation).astype(np.float32)
        return scores


def spread_of(cosines: Scores) -> Spread:
    """The spread of ``cosines``, those of the whole collection or of ``sample_rows``."""
    return Spread(float(np.mean(cosines, dtype=np.float64)), float(np.std(cosines, dtype=np.float64)))


def sample_rows(total: int, size: int = SAMPLE_ROWS) -> Rows:
    """Rows to take the spread from: all of a small collection, else ``size`` at even distances."""
    if total <= size:
        return np.arange(total, dtype=np.int64)
    return np.linspace(0, total - 1, size).astype(np.int64)


def lexical_weight(share: Scores) -> float:
    """How much BM25 counts for this query, 0–1, by how far the best passage stands out from the fifth best.

    ``share`` is BM25 divided by its maximum. A wording that many passages have in common finds them all and ranks
    them by accident of length and repetition; there the dense leg decides.
    """
    if len(share) < CROWD:
        return 1.0
    crowd = float(np.partition(share, -CROWD)[-CROWD])
    return min(1.0, max(0.0, (NO_WEIGHT_SHARE - crowd) / (NO_WEIGHT_SHARE - FULL_WEIGHT_SHARE)))


def fused_ranking(rows: Rows, scores: Scores, k: int) -> list[tuple[int, float]]:
    """The ``k`` best ``(row, score)``, best first; equal scores in the order of rows."""
    order = np.lexsort((rows, -scores))[:k]
    return [(int(rows[at]), float(scores[at])) for at in order]


def reciprocal_rank_fusion(rankings: Sequence[Sequence[Item]], k: int) -> list[tuple[Item, float]]:
    """The ``k`` best items by the sum of 1 / (60 + rank), for comparison with the ranker."""
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (RRF_CONSTANT + rank)
    # The sort is stable: equal ones stay in the order in which the first ranking has them.
    return sorted(scores.items(), key=lambda entry: -entry[1])[:k]
