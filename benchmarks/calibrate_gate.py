"""Fits the two judges of assistant/gate.py and says how far they can be trusted.

    python benchmarks/calibrate_gate.py [--bench FOLDER] [--queries N]

Passages: a question on a public set is asked of the half of the passages that has its answer (answerable) and of the
other half (unanswerable); the best hit is judged. Fitted on cmrc2018, checked on drcd. Facts: the gold questions of
three decks; the best fact is right when it says a key point. Checked by leaving one deck out. Writes
benchmarks/calibration.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.beir import slides_of
from kejian.assistant.evaluation.beir_data import Dataset
from kejian.assistant.evaluation.matching import missed_points
from kejian.assistant.gate import evidence_of
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.select import points_around, rank_points
from kejian.corpus.gold_questions import GoldQuestion, read_gold
from kejian.corpus.terms import TermBase
from kejian.index.encoder import open_encoder
from kejian.index.model import Encoder
from kejian.index.transient import transient_search
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parent.parent
DECKS = {
    "bpr": (ROOT / "corpus/decks/bpr.pptx", ROOT / "corpus/gold/bpr.jsonl"),
    "handbook": (ROOT / "tests/decks/handbook.pptx", ROOT / "tests/decks/handbook.jsonl"),
    "products": (ROOT / "tests/decks/products.pptx", ROOT / "tests/decks/products.jsonl"),
}
Rows = list[tuple[list[float], bool]]


@dataclass(frozen=True)
class Snapshot:
    revision: str
    decks: tuple[Deck, ...]
    search: Any


def passage_rows(folder: Path, encoder: Encoder, most: int) -> Rows:
    """Evidence of the best hit, and whether it is the passage with the answer."""
    data = Dataset.read(folder)
    slides = list(slides_of(data))
    rows: Rows = []
    for half in (0, 1):
        deck = Deck(f"half{half}", folder.name, "", tuple(slides[half::2]))
        with transient_search([deck], encoder) as search:
            assistant = Assistant(Snapshot("", (deck,), search), TermBase.bundled())
            for key, question in list(data.queries.items())[: most // 2]:
                asked = assistant.inquiry(question)
                if asked.hits:
                    evidence = evidence_of(asked, asked.hits[0])
                    features = [evidence.covered, evidence.rarest, min(evidence.dense_z, 6.0)]
                    rows.append((features, data.grades[key].get(_document(slides, asked), 0) > 0))
    return rows


def _document(slides: Sequence[Any], asked: Inquiry) -> str:
    place = asked.place_of(asked.hits[0])
    return place.slide.id if place else ""


def fact_rows(deck: Deck, questions: Sequence[GoldQuestion], encoder: Encoder, named: bool) -> Iterator[Any]:
    """Words borne out and nearness of the best fact, and whether it says a key point; right or silent only."""
    terms = TermBase.bundled()
    with transient_search([deck], encoder, terms.words) as search:
        assistant = Assistant(Snapshot("", (deck,), search), terms)
        for question in questions:
            asked = assistant.inquiry(question.question)
            subject = asked.subject if not asked.asks("who") else None
            if question.turns or not asked.words or (subject is not None) != named or (named and asked.aspects):
                continue
            pool = points_around(asked.knowledge, subject) if subject else list(asked.knowledge.points)
            scored = rank_points(pool, asked.words, asked.weights, asked.knowledge)
            if not scored:
                continue
            best = max(scored, key=lambda s: s.score + 0.3 * asked.z_of(s.point))
            said = best.point.fact.indexed_text
            right = question.expect == "answer" and len(missed_points(said, question.points)) < len(question.points)
            if right or question.expect == "refusal":
                yield [best.score, min(asked.z_of(best.point), 6.0)], right


def fitted(rows: Rows) -> tuple[LogisticRegression, NDArray[np.float64], NDArray[np.bool_]]:
    features = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows])
    return LogisticRegression(C=10, max_iter=1000).fit(features, right), features, right


def quality(model: LogisticRegression, rows: Rows) -> dict[str, float]:
    """Shares at probability 0.5: right ones answered, wrong ones answered, all judged rightly."""
    features, right = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    answered = model.predict_proba(features)[:, 1] >= 0.5
    return {
        "rows": len(rows),
        "right_answered": round(float(answered[right].mean()), 3),
        "wrong_answered": round(float(answered[~right].mean()), 3),
        "accuracy": round(float((answered == right).mean()), 3),
    }


def coefficients(model: LogisticRegression) -> list[float]:
    return [round(float(value), 2) for value in (model.intercept_[0], *model.coef_[0])]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--queries", type=int, default=600)
    options = parser.parse_args(argv)
    encoder = open_encoder(None)
    result: dict[str, Any] = {}
    if options.bench.is_dir():
        rows = {name: passage_rows(options.bench / name, encoder, options.queries) for name in ("cmrc2018", "drcd")}
        model, *_ = fitted(rows["cmrc2018"])
        result["passages"] = {"coefficients": coefficients(model)}
        result["passages"] |= {name: quality(model, found) for name, found in rows.items()}
    else:
        sys.stderr.write(f"{options.bench} 不存在,跳过段落部分\n")
    for named in (False, True):
        by_deck = {
            name: list(fact_rows(read_deck(deck, TermBase.bundled()), read_gold(gold), encoder, named))
            for name, (deck, gold) in DECKS.items()
        }
        everything = [row for rows in by_deck.values() for row in rows]
        model, *_ = fitted(everything)
        found: dict[str, Any] = {"coefficients": coefficients(model), "all": quality(model, everything)}
        for left_out, rows_out in by_deck.items():
            rest = [row for name, rows in by_deck.items() if name != left_out for row in rows]
            found[f"left out: {left_out}"] = quality(fitted(rest)[0], rows_out)
        result["facts, subject named" if named else "facts, no subject named"] = found
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (ROOT / "benchmarks" / "calibration.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
