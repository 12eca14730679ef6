"""What the limited child that reads decks runs (``python -m``): a path in, a Deck as plain values out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kejian.corpus.terms import TermBase
from kejian.ingest.limited_work import Work, serve
from kejian.ingest.plain import to_plain
from kejian.ingest.read import read_deck
from kejian.ingest.typed import typed


def prepare(setup: Any) -> Work:
    """A reader with the term base that ``setup`` holds."""
    terms = typed(TermBase, setup)

    def read(request: Any, _payload: bytes) -> Any:
        return to_plain(read_deck(Path(request["path"]), terms))

    return read


if __name__ == "__main__":
    serve(prepare)
