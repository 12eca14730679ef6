"""An assistant over one small deck, read by the real ingest and searched by the real index and model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kejian.assistant.engine import Assistant
from kejian.corpus.terms import Term, TermBase
from kejian.index.encoder import open_encoder
from kejian.index.search import HybridSearch
from kejian.index.transient import transient_search
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck


@dataclass(frozen=True)
class DeckSnapshot:
    """One deck as a snapshot."""

    revision: str
    decks: tuple[Deck, ...]
    search: HybridSearch


@contextmanager
def assistant_over(text: str, folder: Path, *subjects: Term) -> Iterator[Assistant]:
    """An assistant over one Markdown deck; ``subjects`` add aliases to the term base."""
    path = folder / "deck.md"
    path.write_text(text, encoding="utf-8")
    bundled = TermBase.bundled()
    terms = TermBase(subjects, bundled.aspects, bundled.inferred_marks)
    deck = read_deck(path, terms)
    with transient_search([deck], open_encoder(None), terms.words) as search:
        yield Assistant(DeckSnapshot(deck.id, (deck,), search), terms)
