"""How far the scorer of key points agrees with people, on a sample labelled by hand.

``corpus/labels/points.jsonl``: first a line a deck with the names it uses, then a line for each answer and key point
with the label a reader gave it: right, partly or wrong. A third of the questions (``part: check``) was left out while
the scorer was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kejian.assistant.evaluation.points import PointScorer
from kejian.assistant.evaluation.statistics import confusion, kappa
from kejian.assistant.evaluation.subjects import Subjects

LABELS = ("right", "partly", "wrong")
BUNDLED_LABELS = Path(__file__).parents[2] / "corpus" / "labels" / "points.jsonl"
AGREED_FROM = 0.8


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer to ``question`` and one key point; ``how`` says what was done to the answer ("real": nothing)."""

    deck: str
    part: str
    question: str
    point: tuple[str, ...]
    answer: str
    how: str
    label: str


@dataclass(frozen=True, slots=True)
class ScorerAgreement:
    """Cohen's κ of the scorer with the labels, plain and with quadratic weights.

    ``left_out`` is that on the part for checking.
    """

    pairs: int
    kappa: float
    weighted: float
    left_out: float
    differing: tuple[tuple[Labelled, str], ...]
    verdicts: tuple[tuple[str, str], ...]

    @property
    def line(self) -> str:
        """The agreement in one line."""
        return (
            f"要点评分与人工标注({self.pairs} 对):κ = {self.kappa:.3f},加权 κ = {self.weighted:.3f},"
            f"调试时没看过的三分之一 κ = {self.left_out:.3f}"
        )


def read_labels(path: Path = BUNDLED_LABELS) -> tuple[dict[str, Subjects], list[Labelled]]:
    """The names of each deck, and the labelled pairs in the order of the file."""
    names: dict[str, Subjects] = {}
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        if "subjects" in entry:
            siblings = tuple(frozenset(group) for group in entry["siblings"])
            names[entry["deck"]] = Subjects(tuple(map(tuple, entry["subjects"])), siblings)
        else:
            pairs.append(Labelled(**{**entry, "point": tuple(entry["point"])}))
    return names, pairs


@cache
def bundled_agreement() -> ScorerAgreement:
    """The agreement on the sample that ships with the product; some tenths of a second."""
    names, pairs = read_labels()
    scorers = {deck: PointScorer(subjects) for deck, subjects in names.items()}
    return agreement_of(pairs, [_grade(scorers[pair.deck], pair) for pair in pairs])


def agreement_of(pairs: Sequence[Labelled], grades: Sequence[str]) -> ScorerAgreement:
    """``grades`` beside the labels of ``pairs``."""
    verdicts = tuple((pair.label, grade) for pair, grade in zip(pairs, grades, strict=True))
    left_out = [verdict for pair, verdict in zip(pairs, verdicts, strict=True) if pair.part == "check"]
    differing = ((pair, grade) for pair, grade in zip(pairs, grades, strict=True) if pair.label != grade)
    return ScorerAgreement(
        pairs=len(pairs),
        kappa=kappa(verdicts, LABELS),
        weighted=kappa(verdicts, LABELS, weighted=True),
        left_out=kappa(left_out, LABELS),
        differing=tuple(differing),
        verdicts=verdicts,
    )


def _grade(scorer: PointScorer, pair: Labelled) -> str:
    return scorer.verdict(pair.question, pair.answer, pair.point).grade


def agreement_json(found: ScorerAgreement) -> dict[str, Any]:
    """The agreement to four digits, with how often which label met which grade."""
    return {
        "pairs": found.pairs,
        "kappa": round(found.kappa, 4),
        "weighted_kappa": round(found.weighted, 4),
        "left_out_kappa": round(found.left_out, 4),
        "confusion": {one: dict(others) for one, others in confusion(found.verdicts, LABELS).items()},
        "differing": list(_differing(found)),
    }


def _differing(found: ScorerAgreement) -> Iterator[dict[str, str]]:
    for pair, grade in found.differing:
        yield {"question": pair.question, "point": pair.point[0], "how": pair.how, "label": pair.label, "grade": grade}
