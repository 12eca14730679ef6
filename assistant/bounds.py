"""How well texts can at best bear words out, by the pairs of characters that stand in them: for all texts at once.

Coverage itself is worked out text by text; in a large library that is done only where the bound allows for enough.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kejian.assistant.evidence import MOST_BIGRAMS, SAID_OTHERWISE, Weights
from kejian.index.grams import GramIndex, pairs_of

Bounds = NDArray[np.float64]
ROUNDING = 1e-9


def bounds(index: GramIndex, rows: int, words: Sequence[str], weights: Weights) -> Bounds:
    """For each of the ``rows`` of ``index`` a number not below ``coverage`` of ``words`` by it; 0 without words."""
    total = sum(weights.of(word) for word in words)
    found = np.zeros(rows)
    for word in words:
        found += weights.of(word) * _matched(index, rows, word, weights)
    return found / total + ROUNDING if total else found


def _matched(index: GramIndex, rows: int, word: str, weights: Weights) -> Bounds:
    """1 where ``word`` may stand whole or in part, the share of a synonym where only that may stand."""
    said = np.zeros(rows)
    for other in weights.synonyms.of(word):
        said[index.holding(other)] = SAID_OTHERWISE
    if len(word) < 3 or word.isascii():
        said[index.holding(word)] = 1.0
        return said
    pairs = pairs_of(word)
    times = np.bincount(np.concatenate([index.rows(pair) for pair in pairs]), minlength=rows)
    return np.where(times >= MOST_BIGRAMS * len(pairs) - ROUNDING, 1.0, said)
