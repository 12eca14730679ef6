"""Decks made from one source as Markdown and as .pptx say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parents[2]
DECKS = sorted([*(ROOT / "corpus/decks").glob("*.md"), *(ROOT / "tests/decks").glob("*.md")])


def _facts(deck: Deck) -> set[tuple[object, ...]]:
    return {(s.number, f.subject, f.aspect, f.text, f.inferred) for s in deck.slides for f in s.facts}


def _relations(deck: Deck) -> set[tuple[object, ...]]:
    return {(s.number, r.chain, r.child, r.path, r.inferred) for s in deck.slides for r in s.relations}


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_both_forms_say_the_same(path: Path) -> None:
    terms = TermBase.bundled()
    written, drawn = (read_deck(path.with_suffix(suffix), terms) for suffix in (".md", ".pptx"))
    assert _facts(written) == _facts(drawn)
    assert _relations(written) == _relations(drawn)
    assert [(s.number, s.title) for s in written.slides] == [(s.number, s.title) for s in drawn.slides]
    assert written.warnings == drawn.warnings == ()
