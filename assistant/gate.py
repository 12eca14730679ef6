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
    rarest: float  # how much of the question's rarest content word is found there, 0 to 1
    dense_z: float  # cosine above the collection's mean for this question, in standard deviations


# Logistic regression: answerable against unanswerable questions; fitted by benchmarks/calibrate_gate.py. The data and
# the figures reached are in benchmarks/calibration.json; rounded, and written in by hand.
BIAS, COVERED, RAREST, DENSE = -8.39, 4.82, 0.55, 1.21
ANSWERED_FROM = 0.5


@dataclass(frozen=True, slots=True)
class FactModel:
    """Logistic regression on how much of the question's words a fact bears out (0 to 1) and how near it is (z)."""

    bias: float
    lexical: float
    nearness: float

    def probability(self, lexical: float, z: float) -> float:
        """Probability that the fact answers the question."""
        return 1 / (1 + math.exp(-(self.bias + self.lexical * lexical + self.nearness * min(z, 6.0))))


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
    words = inquiry.all_words
    rarest = max(words, key=inquiry.weights.of, default="")
    return Evidence(
        coverage(words, text, inquiry.weights),
        coverage([rarest], text, inquiry.weights) if rarest else 0.0,
        hit.dense_z,
    )


def probability(evidence: Evidence) -> float:
    """Probability that the passage answers the question."""
    logit = BIAS + COVERED * evidence.covered + RAREST * evidence.rarest + DENSE * min(evidence.dense_z, 6.0)
    return 1 / (1 + math.exp(-logit))
