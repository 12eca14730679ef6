"""Whether a change of the code leaves every answer as it is: `python benchmarks/same_answers.py FILE`.

Asks all gold questions of the three decks of this repository, and other wordings of them, and compares the complete
answers (without their times and the ids of their traces) with those in FILE, a JSON object by deck and question; where
there is no FILE it is written. Run it before a change that is only to make things faster, and again after it: 0
differences. `--gold` leaves the other wordings out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.variants import Variants
from kejian.corpus.gold_questions import GoldQuestion, read_gold
from kejian.index.encoder import open_encoder
from kejian.index.home import Home

ROOT = Path(__file__).parents[1]
DECKS = {
    "corpus/decks/bpr.pptx": "corpus/gold/bpr.jsonl",
    "tests/decks/handbook.pptx": "tests/decks/handbook.jsonl",
    "tests/decks/products.pptx": "tests/decks/products.jsonl",
}
ALWAYS_DIFFER = ("timing_ms", "trace")  # a trace is named by the generation it was answered from
SHOWN, LONGEST_SHOWN = 10, 600


def main(file: Path, only_gold: bool) -> int:
    """Write or compare; 1 where an answer differs."""
    found = {
        key: answer for deck, gold in DECKS.items() for key, answer in answers(ROOT / deck, ROOT / gold, only_gold)
    }
    if not file.exists():
        file.write_text(json.dumps(found, ensure_ascii=False, indent=0), encoding="utf-8")
        sys.stdout.write(f"{len(found)} answers written\n")
        return 0
    before = json.loads(file.read_text(encoding="utf-8"))
    differing = sorted(key for key in found if before.get(key) != found[key])
    for key in differing[:SHOWN]:
        was = before.get(key, {})
        fields = {name: (was.get(name), value) for name, value in found[key].items() if was.get(name) != value}
        sys.stdout.write(f"{key}: {str(fields)[:LONGEST_SHOWN]}\n")
    sys.stdout.write(f"{len(found)} answers, {len(differing)} differ\n")
    return 1 if differing else 0


def answers(deck: Path, gold: Path, only_gold: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every answer over ``deck`` to the questions in ``gold`` and their variants, by what was asked."""
    encoder = open_encoder(None)
    with TemporaryDirectory() as folder, Home.open(folder, encoder=lambda: encoder) as home:
        home.ingest([deck])
        assistant = Assistant(home.snapshot(), home.terms)
        variants = None if only_gold else Variants.of_library(assistant.knowledge)
        for question, turns in asked(read_gold(gold), variants):
            # As stored: tuples are lists.
            answer = json.loads(json.dumps(assistant.ask(question, turns).to_json()))
            kept = {name: value for name, value in answer.items() if name not in ALWAYS_DIFFER}
            yield f"{deck.stem} {' / '.join((*turns, question))}", kept


def asked(gold: list[GoldQuestion], variants: Variants | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions with the turns before them; variants of those that stand alone."""
    for question in gold:
        yield question.question, tuple(question.turns)
        if variants and not question.turns:
            yield from ((variant.question, ()) for variant in variants.of(question.question))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--gold" in sys.argv[2:]))
