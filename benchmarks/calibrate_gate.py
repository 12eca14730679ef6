"""Fits the two judges of assistant/gate.py and says how far they can be trusted.

    python benchmarks/calibrate_gate.py [--deck DECK GOLD]... [--bench FOLDER] [--queries N]

Both on the gold questions of decks: three of the repository, and those given. Passages: the best hits of questions
that no fact answers; a hit is right when it stands on a slide of the answer and says a key point. Facts: the best
fact is right when it says a key point. Checked by leaving out one deck after the other. With --bench the passages are
also judged on public sets: a question is asked of the half of the passages that has its answer and of the other half.
Writes benchmarks/calibration.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from kejian.assistant.compose.quoting import PASSAGES
from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.beir import slides_of
from kejian.assistant.evaluation.beir_data import Dataset
from kejian.assistant.evaluation.matching import missed_points, says
from kejian.assistant.gate import MOST_Z, evidence_of
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.select import points_around, rank_points
from kejian.corpus.gold_questions import GoldQuestion, read_gold
from kejian.corpus.terms import TermBase
from kejian.index.encoder import open_encoder
from kejian.index.model import Encoder, Hit
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
# What a question's wrong hits weigh against its right ones. Less than 7 for questions without an answer, and those of
# the bundled deck begin to be answered: refusal precision and recall are to stay above 0.97 there.
UNANSWERABLE, BESIDE = 7.0, 0.5


@dataclass(frozen=True)
class Snapshot:
    revision: str
    decks: tuple[Deck, ...]
    search: Any


@dataclass(frozen=True)
class Judged:
    """A question that no fact answers: evidence of its best hits, and which of them are right."""

    answerable: bool
    hits: Rows


def judged_passages(assistant: Assistant, questions: Sequence[GoldQuestion]) -> Iterator[Judged]:
    """Questions that come to the judge of passages, whatever it said."""
    for question in questions:
        answer, trace = assistant.ask_with_trace(question.question, question.turns)
        if trace.path != "引用原文" and not any(note.startswith("证据不足") for note in trace.notes):
            continue
        asked = assistant.inquiry(answer.resolved)
        hits = asked.hits[:PASSAGES]
        yield Judged(question.expect == "answer", [(features_of(asked, h), _right(asked, h, question)) for h in hits])


def features_of(asked: Inquiry, hit: Hit) -> list[float]:
    evidence = evidence_of(asked, hit)
    return [evidence.covered, min(evidence.dense_z, MOST_Z), min(evidence.fact_z, MOST_Z)]


def _right(asked: Inquiry, hit: Hit, question: GoldQuestion) -> bool:
    place = asked.place_of(hit)
    there = place is not None and (not question.slides or place.slide.number in question.slides)
    return there and any(says(hit.text, point) for point in question.points)


def fitted_passages(decks: Sequence[Sequence[Judged]]) -> LogisticRegression:
    """Of every question the right hits share one weight and the wrong ones another; a large deck counts less."""
    features, right, weights = [], [], []
    for deck in decks:
        for judged in deck:
            shares = {False: BESIDE if judged.answerable else UNANSWERABLE, True: 1.0}
            for row, is_right in judged.hits:
                features.append(row)
                right.append(is_right)
                alike = sum(other == is_right for _, other in judged.hits)
                weights.append(shares[is_right] / alike / len(deck) ** 0.5)
    scale = sum(len(deck) for deck in decks) / sum(weights)
    return LogisticRegression(max_iter=1000).fit(np.array(features), right, np.array(weights) * scale)


def passage_quality(model: LogisticRegression, judged: Sequence[Judged]) -> dict[str, int]:
    """What becomes of the questions when the best hit above 0.5 is taken."""
    counts = {"answerable": 0, "answered rightly": 0, "answered wrongly": 0, "unanswerable": 0, "answered": 0}
    for question in judged:
        chances = model.predict_proba(np.array([row for row, _ in question.hits]))[:, 1]
        best = int(chances.argmax())
        answered = bool(chances[best] >= 0.5)
        counts["answerable" if question.answerable else "unanswerable"] += 1
        if answered and not question.answerable:
            counts["answered"] += 1
        elif answered:
            counts["answered rightly" if question.hits[best][1] else "answered wrongly"] += 1
    return counts


def passages(by_deck: Mapping[str, Sequence[Judged]]) -> tuple[LogisticRegression, dict[str, Any]]:
    model = fitted_passages(list(by_deck.values()))
    found: dict[str, Any] = {"coefficients": coefficients(model)}
    found["all"] = passage_quality(model, [question for deck in by_deck.values() for question in deck])
    for left_out, judged in by_deck.items():
        rest = fitted_passages([deck for name, deck in by_deck.items() if name != left_out])
        found[f"left out: {left_out}"] = passage_quality(rest, judged)
    left_out_counts = [counts for name, counts in found.items() if name.startswith("left out")]
    found["left out, together"] = {key: sum(counts[key] for counts in left_out_counts) for key in left_out_counts[0]}
    return model, found


def public_rows(folder: Path, encoder: Encoder, most: int) -> Rows:
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
                    right = data.grades[key].get(_document(slides, asked), 0) > 0
                    rows.append((features_of(asked, asked.hits[0]), right))
    return rows


def _document(slides: Sequence[Any], asked: Inquiry) -> str:
    place = asked.place_of(asked.hits[0])
    return place.slide.id if place else ""


def fact_rows(assistant: Assistant, questions: Sequence[GoldQuestion], named: bool) -> Iterator[Any]:
    """Words borne out and nearness of the best fact, and whether it says a key point; right or silent only."""
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
            yield [best.score, min(asked.z_of(best.point), MOST_Z)], right


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


def facts(by_deck: Mapping[str, Rows]) -> dict[str, Any]:
    everything = [row for rows in by_deck.values() for row in rows]
    model, *_ = fitted(everything)
    found: dict[str, Any] = {"coefficients": coefficients(model), "all": quality(model, everything)}
    for left_out, rows_out in by_deck.items():
        rest = [row for name, rows in by_deck.items() if name != left_out for row in rows]
        if {right for _, right in rows_out} == {True, False}:
            found[f"left out: {left_out}"] = quality(fitted(rest)[0], rows_out)
    return found


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deck", type=Path, nargs=2, action="append", default=[], metavar=("DECK", "GOLD"))
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--queries", type=int, default=600)
    options = parser.parse_args(argv)
    encoder, terms = open_encoder(None), TermBase.bundled()
    judged: dict[str, list[Judged]] = {}
    rows: dict[bool, dict[str, Rows]] = {False: {}, True: {}}
    for name, (path, gold) in {**DECKS, **{path.stem: (path, gold) for path, gold in options.deck}}.items():
        deck, questions = read_deck(path, terms), read_gold(gold)
        with transient_search([deck], encoder, terms.words) as search:
            assistant = Assistant(Snapshot("", (deck,), search), terms)
            judged[name] = list(judged_passages(assistant, questions))
            for named in rows:
                rows[named][name] = list(fact_rows(assistant, questions, named))
    model, found = passages(judged)
    for name in ("cmrc2018", "drcd") if options.bench else ():
        found[name] = quality(model, public_rows(options.bench / name, encoder, options.queries))
    result = {"passages": found}
    result |= {f"facts, {'' if named else 'no '}subject named": facts(by_deck) for named, by_deck in rows.items()}
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (ROOT / "benchmarks" / "calibration.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
