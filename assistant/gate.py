"""Is there enough evidence to answer from passages at all?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kejian.assistant.evidence import coverage
from kejian.assistant.inquiry import Inquiry
from kejian.corpus.normalize import searchable
from kejian.index.model import Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a passage has to say for itself: all three grow with how well it fits the question."""

    covered: float  # idf-weighted share of the question's content words found in passage and headings, 0 to 1
    dense_z: float  # cosine above the collection's mean for this question, in standard deviations
    fact_z: float  # the same of the nearest fact in it; of the passage itself where it has no facts


# Logistic regression on questions that no fact answers; fitted by benchmarks/calibrate_gate.py. The data and the
# figures reached are in benchmarks/calibration.json; rounded, and written in by hand.
BIAS, COVERED, DENSE, FACT = -5.69, 1.42, 0.88, 0.62
MOST_Z = 6.0
ANSWERED_FROM = 0.35


@dataclass(frozen=True, slots=True)
class FactModel:
    """Logistic regression on how much of the question's words a fact bears out (0 to 1) and how near it is (z)."""

    bias: float
    lexical: float
    nearness: float

    def probability(self, lexical: float, z: float) -> float:
        """Probability that the fact answers the question."""
        return 1 / (1 + math.exp(-(self.bias + self.lexical * lexical + self.nearness * min(z, MOST_Z))))

    @property
    def least_lexical(self) -> float:
        """What a fact must at least bear out of the question to be taken, however near it is."""
        return -(self.bias + self.nearness * MOST_Z) / self.lexical


# With the subject named, facts are its own and meaning says less: all of them are near.
UNNAMED = FactModel(-6.72, 4.21, 1.64)
NAMED = FactModel(-1.85, 4.39, 0.07)
# ... and of its own facts only those are left that give a number in the unit asked for.
NAMED_QUANTITY = FactModel(-1.05, 4.39, 0.07)


def evidence_of(inquiry: Inquiry, hit: Hit) -> Evidence:
    """Evidence of one hit for the whole question."""
    place = inquiry.place_of(hit)
    title = f"{place.deck.title} {place.slide.title}" if place else ""
    paths = " ".join(heading for block in place.slide.blocks for heading in block.path) if place else ""
    text = searchable(f"{title} {paths} {hit.text}")
    nearest = max((inquiry.z_of(point) for point in inquiry.points_in(hit)), default=hit.dense_z)
    return Evidence(coverage(inquiry.told_words, text, inquiry.weights), hit.dense_z, nearest)


def probability(evidence: Evidence) -> float:
    """Probability that the passage answers the question."""
    near = DENSE * min(evidence.dense_z, MOST_Z) + FACT * min(evidence.fact_z, MOST_Z)
    return 1 / (1 + math.exp(-(BIAS + COVERED * evidence.covered + near)))
