"""The ranker: one score for each candidate of a query, from its meaning, its words, and what the others look like.

A conditional logit (McFadden 1974) with four terms, none of which depends on the scale of a score or on the length
of a question. Fitted by benchmarks/fit_ranker.py; figures in benchmarks/README.md, data in benchmarks/ranker.json.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kejian.index.fusion import Scores, Spread, lexical_weight

# Log-odds ÷ 10, so that a good hit has about 1; rounded from benchmarks/ranker.json.
WEIGHTS = (0.36, 0.39, 0.67, 0.18)  # of nearness, wording, borne_out, fullness
DENSE_SCALE = 5.0  # a relevant passage stands some 5 standard deviations above the mean of the collection ...
USUAL_PASSAGES = 2_000  # ... in one of this size
LEAST_FULLNESS, MOST_FULLNESS = -1.0, 1.5


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known of the candidates of one query, one value each; among them are the rows with the best BM25."""

    cosines: Scores
    lexical: Scores  # BM25 over passage and context
    borne_out: Scores  # idf-weighted share of the query that the passage itself says, 0 to 1
    fullness: Scores  # logarithm of the length of the passage over that of its context
    collection: int  # passages there are


def candidate_scores(candidates: Candidates, spread: Spread) -> Scores:
    """Score of each candidate; grows with its cosine, its BM25 and ``borne_out``."""
    scores: Scores = (features(candidates, spread) @ np.array(WEIGHTS)).astype(np.float32)
    return scores


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What the terms of ``features`` add to the score of one candidate; their sum is the score."""

    nearness: float
    wording: float
    borne_out: float
    fullness: float


def score_parts(candidates: Candidates, spread: Spread) -> list[ScoreParts]:
    """The parts of each score of ``candidate_scores``."""
    weighed = features(candidates, spread) * np.array(WEIGHTS)
    return [ScoreParts(*map(float, row)) for row in weighed]


def features(candidates: Candidates, spread: Spread) -> NDArray[np.float64]:
    """The terms of the score, shape ``(candidates, 4)``.

    1. The z-score of the cosine ÷ 5, squared with its sign: a passage far above the collection says more than the
       distance alone, and a vague question, to which nothing is near, leaves the choice to its words. Chance alone
       reaches higher among many passages, the best of n some √(2 ln n): the z-score is put in proportion to that.
    2. BM25 ÷ its maximum, weighted by how far the best passage stands out (``lexical_weight``).
    3. ``borne_out``: a passage is found by its headings too, but what answers stands in itself.
    4. ``fullness``, where wording does not tell passages apart: one shorter than its headings resembles the question
       through them only.
    """
    chance = math.sqrt(math.log(max(candidates.collection, 3)) / math.log(USUAL_PASSAGES))
    z = spread.z(candidates.cosines) / (DENSE_SCALE * chance)
    best = float(candidates.lexical.max(initial=0.0))
    share = candidates.lexical / best if best > 0 else np.zeros_like(candidates.lexical)
    weight = lexical_weight(share)
    full = np.clip(candidates.fullness, LEAST_FULLNESS, MOST_FULLNESS)
    columns = (z * np.abs(z), weight * share, candidates.borne_out, (1.0 - weight) * full)
    return np.stack([column.astype(np.float64) for column in columns], axis=1)


def borne_out(weights: Mapping[str, float], texts: Sequence[str]) -> Scores:
    """Share of the ``weights`` of terms that occur in each of ``texts`` (searchable form); 0 without terms."""
    total = sum(weights.values())
    if not total:
        return np.zeros(len(texts), dtype=np.float32)
    said = [sum(weight for term, weight in weights.items() if term in text) for text in texts]
    return np.array(said, dtype=np.float32) / np.float32(total)


def fullness(text: str, context: str) -> float:
    """Logarithm of the length of ``text`` over that of its ``context``; ten characters more on both sides."""
    return math.log((len(text) + 10) / (len(context) + 10))
