"""The decks of a generation in one file, a deck a line: so that no more than one is there twice while they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from kejian.index.memory import collector_waiting
from kejian.ingest.model import Deck
from kejian.ingest.plain import from_plain, to_plain


def write_decks(path: Path, decks: Iterable[Deck]) -> None:
    """Write ``decks`` into a new file."""
    with path.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for deck in decks:
            file.write(json.dumps(to_plain(deck), ensure_ascii=False) + "\n")


def read_decks(path: Path) -> tuple[Deck, ...]:
    """What ``write_decks`` wrote.

    Raises:
        KeyError: a deck was written by a program whose decks lack what ours have.
    """
    with path.open(encoding="utf-8", errors="surrogatepass") as file, collector_waiting():
        return tuple(from_plain(Deck, json.loads(line)) for line in file)
