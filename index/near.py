"""The nearest among very many vectors without looking at all of them: those of the nearest clusters, exactly.

An inverted file (Sivic and Zisserman 2003; Jégou et al. 2011): k-means puts the vectors into clusters, a query looks
into those whose centres are nearest. Where there are few vectors there are no clusters, and all of them are looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kejian.index.fusion import Rows, Scores, Spread, sample_rows, spread_of
from kejian.index.model import Vectors

EXACT_ROWS = 20_000  # up to here every vector is looked at
LOOKED_INTO = 0.1  # share of the clusters
ROUNDS, SAMPLED = 6, 32  # of k-means; vectors of a cluster that it is made of
AT_ONCE = 16_384  # vectors that find their cluster together
NAMES = ("order", "ends", "centres")


class NearVectors:
    """Vectors in clusters: ``order`` lists rows cluster by cluster, each up to its ``ends``; none where all count."""

    def __init__(self, vectors: Vectors, order: Rows, ends: Rows, centres: Vectors) -> None:
        """``vectors`` stand in the order of ``order``, or in their own where there are no clusters."""
        self._vectors, self._order, self._ends, self._centres = vectors, order, ends, centres
        self._sample = np.array(vectors[sample_rows(len(vectors))]) if len(centres) else vectors

    @classmethod
    def build(cls, vectors: Vectors) -> NearVectors:
        """Cluster ``vectors``, one row each, where there are many."""
        if len(vectors) <= EXACT_ROWS:
            return cls(vectors, np.empty(0, np.int64), np.empty(0, np.int64), vectors[:0])
        centres = _centres(vectors, round(len(vectors) ** 0.5))
        owner = _nearest(vectors, centres)
        order = np.argsort(owner, kind="stable")
        ends = np.cumsum(np.bincount(owner, minlength=len(centres)))
        return cls(vectors[order], order, ends, centres)

    def nearest(self, vector: NDArray[np.float32], k: int) -> tuple[Rows, Scores, Spread]:
        """The ``k`` nearest rows, nearest first, their cosines, and the spread of all cosines.

        Equal ones come in the order of rows; the spread of many vectors is taken from a sample.
        """
        if not len(self._centres):
            cosines = np.asarray(self._vectors @ vector, dtype=np.float32)
            rows = _best(np.arange(len(cosines)), cosines, k)
            return rows, cosines[rows], spread_of(cosines)
        most = max(1, round(LOOKED_INTO * len(self._centres)))
        chosen = np.argpartition(self._centres @ vector, -most)[-most:]
        spans = [slice(self._ends[c - 1] if c else 0, self._ends[c]) for c in chosen]
        rows = np.concatenate([self._order[span] for span in spans])
        cosines = np.concatenate([self._vectors[span] @ vector for span in spans])
        best = _best(rows, cosines, k)
        return rows[best], cosines[best], spread_of(self._sample @ vector)

    def save(self, folder: Path, name: str) -> None:
        """Write everything into ``folder``."""
        np.save(folder / f"{name}.npy", self._vectors)
        arrays: tuple[NDArray[Any], ...] = (self._order, self._ends, self._centres)
        for part, array in zip(NAMES, arrays, strict=True):
            np.save(folder / f"{name}-{part}.npy", array)

    @classmethod
    def load(cls, folder: Path, name: str) -> NearVectors:
        """Open what ``save`` wrote, mapped into memory."""
        vectors, *parts = (
            np.asarray(np.load(folder / file, mmap_mode="r"))
            for file in (f"{name}.npy", *(f"{name}-{part}.npy" for part in NAMES))
        )
        return cls(vectors, *parts)


def _best(rows: Rows, cosines: Scores, k: int) -> Rows:
    """Places of the ``k`` highest cosines, best first; equal ones in the order of ``rows``."""
    least = np.partition(cosines, -k)[-k] if k < len(cosines) else -np.inf
    chosen = np.flatnonzero(cosines >= least)
    best: Rows = chosen[np.lexsort((rows[chosen], -cosines[chosen]))][:k]
    return best


def _centres(vectors: Vectors, clusters: int) -> Vectors:
    """Centres of k-means over a sample; the same for the same vectors. One that loses all of its own stays."""
    drawn = np.random.default_rng(0).choice(len(vectors), min(len(vectors), SAMPLED * clusters), replace=False)
    sample = np.array(vectors[np.sort(drawn)])
    centres = sample[:: max(1, len(sample) // clusters)][:clusters].copy()
    for _ in range(ROUNDS):
        owner = _nearest(sample, centres)
        summed = np.zeros_like(centres)
        np.add.at(summed, owner, sample)
        lengths = np.linalg.norm(summed, axis=1, keepdims=True)
        centres = np.where(lengths > 0, summed / np.maximum(lengths, 1e-9), centres)
    return centres


def _nearest(vectors: Vectors, centres: Vectors) -> Rows:
    parts = (vectors[start : start + AT_ONCE] @ centres.T for start in range(0, len(vectors), AT_ONCE))
    return np.concatenate([part.argmax(axis=1) for part in parts])
