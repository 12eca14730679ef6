"""Fits the weights of index/rank.py, and measures them on sets they were not fitted on.

    python benchmarks/fit_ranker.py [--bench FOLDER] [--queries 1000]

Every family of sets (a set with its variants, see question_sets.py) is left out in turn; the weights fitted on the
others rank it. The shipped weights are fitted on all. Conditional logit: the loss of a question is −log of the
probability given to its right passages together; every set weighs the same; L2. Writes ranker.json beside this file
and prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from question_sets import QuestionSet, read_set
from retrieval import ROOT, SHARED, KeepingEncoder
from scipy.optimize import minimize

from kejian.index.encoder import open_encoder
from kejian.index.fusion import fused_ranking, lexical_weight, reciprocal_rank_fusion
from kejian.index.model import Encoder
from kejian.index.rank import features
from kejian.index.search import Evidence
from kejian.index.transient import transient_search

SETS = {
    "cmrc2018": ("cmrc2018", "cmrc2018-pieces", "cmrc2018-pages"),
    "drcd": ("drcd", "drcd-pieces", "drcd-pages"),
    "dureader-sample": ("dureader-sample",),
}
L2 = 1e-3
SEED = 0
DEPTH = 10
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """One question: its candidates with their documents, and which are right."""

    evidence: Evidence
    features: Floats
    documents: tuple[str, ...]
    gold: frozenset[str]

    @property
    def right(self) -> NDArray[np.bool_]:
        return np.array([document in self.gold for document in self.documents])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=SHARED)
    parser.add_argument("--queries", type=int, default=1000, help="of each set, drawn with a fixed seed")
    options = parser.parse_args()
    encoder = KeepingEncoder(open_encoder(), ROOT / "build" / "vectors")
    cases = {
        name: list(cases_of(read_set(options.bench, name, encoder), encoder, options.queries))
        for family in SETS.values()
        for name in family
    }
    measured = {name: figures for family in SETS for name, figures in _left_out(family, cases)}
    weights = fitted(list(cases.values()))
    result = {
        "l2": L2,
        "seed": SEED,
        "log_odds": weights.round(3).tolist(),
        "weights": (weights / 10).round(2).tolist(),
    }
    Path(__file__).with_name("ranker.json").write_text(
        json.dumps({**result, "left_out": measured}, indent=1) + "\n", encoding="utf-8"
    )
    sys.stdout.write(table(measured))
    return 0


def cases_of(questions: QuestionSet, encoder: Encoder, most: int) -> Iterator[Case]:
    """Cases of ``most`` questions of a set."""
    chosen = np.random.default_rng(SEED).permutation(list(questions.queries))[:most]
    with transient_search([questions.deck], encoder) as search:
        for key in chosen:
            evidence, candidates = search.candidates(questions.queries[key])
            documents = tuple(search.generation.entries[row].slide.id for row in evidence.rows)
            yield Case(evidence, features(candidates, evidence.spread), documents, questions.gold[key])


def fitted(sets: Sequence[Sequence[Case]]) -> Floats:
    """Weights by maximum likelihood with L2, of the features in their order."""
    useful = [(case, 1 / len(cases)) for cases in sets for case in cases if 0 < case.right.sum() < len(case.right)]
    x = np.concatenate([case.features for case, _ in useful])
    right = np.concatenate([case.right for case, _ in useful])
    lengths = [len(case.right) for case, _ in useful]
    starts = np.r_[0, np.cumsum(lengths)[:-1]]
    of = np.repeat(np.arange(len(useful)), lengths)
    share = np.array([weight for _, weight in useful])

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = x @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
        total, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts) + 1e-12
        slope = (odds / total[of] - odds * right / good[of]) * share[of]
        value = (share * (np.log(total) - np.log(good))).sum() + L2 * weights @ weights
        return float(value), x.T @ slope + 2 * L2 * weights

    best: Floats = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return best


Scorer = Callable[[Case], Sequence[int]]  # positions of the candidates, best first


def by_score(case: Case, scores: Floats) -> list[int]:
    """Positions by score, equal ones in the order of rows, as the product ranks."""
    ranked = fused_ranking(case.evidence.rows, scores.astype(np.float32), len(scores))
    return [int(np.searchsorted(case.evidence.rows, row)) for row, _ in ranked]


def _leg(name: str) -> Scorer:
    return lambda case: np.searchsorted(case.evidence.rows, getattr(case.evidence, name)).tolist()


def _rrf(case: Case) -> list[int]:
    return [at for at, _ in reciprocal_rank_fusion([_leg("dense")(case), _leg("lexical")(case)], len(case.documents))]


def _sum(case: Case) -> list[int]:
    """z-score ÷ 5 + weight × BM25 ÷ its maximum: what came before the ranker."""
    evidence = case.evidence
    best = float(evidence.scores.max(initial=0.0)) or 1.0
    share = evidence.scores / best
    return by_score(case, evidence.spread.z(evidence.cosines) / 5 + lexical_weight(share) * share)


def _left_out(family: str, cases: Mapping[str, list[Case]]) -> Iterator[tuple[str, dict[str, dict[str, float]]]]:
    weights = fitted([cases[name] for other, names in SETS.items() if other != family for name in names])
    scorers: dict[str, Scorer] = {
        "dense": _leg("dense"),
        "lexical": _leg("lexical"),
        "rrf": _rrf,
        "sum": _sum,
        "ranker": lambda case: by_score(case, case.features @ weights),
    }
    for name in SETS[family]:
        yield name, {scorer: figures(cases[name], rank) for scorer, rank in scorers.items()}


def figures(cases: Sequence[Case], rank: Scorer) -> dict[str, float]:
    """hit@1, hit@5 and mrr@10, by document."""
    places = []
    for case in cases:
        found = list(dict.fromkeys(case.documents[at] for at in rank(case)))[:DEPTH]
        places.append(next((place for place, document in enumerate(found, 1) if document in case.gold), 0))
    within = {f"hit@{k}": sum(0 < place <= k for place in places) / len(places) for k in (1, 5)}
    reciprocal = sum(1 / place for place in places if place) / len(places)
    return {name: round(value, 3) for name, value in {**within, "mrr@10": reciprocal}.items()}


def table(measured: Mapping[str, dict[str, dict[str, float]]]) -> str:
    """hit@1 / hit@5 / mrr@10 as a Markdown table."""
    scorers = list(next(iter(measured.values())))
    rows = [f"| set | {' | '.join(scorers)} |", "| --- " * (1 + len(scorers)) + "|"]
    for name, by_scorer in measured.items():
        cells = (" / ".join(f"{value:.3f}" for value in by_scorer[scorer].values()) for scorer in scorers)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
