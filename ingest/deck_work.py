"""What the limited child that reads decks runs (``python -m``): a path in, a Deck or a draft as plain values out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.extract_draft import read_draft
from kejian.ingest.limited_work import Work, serve
from kejian.ingest.picture_parcels import handed_over
from kejian.ingest.pictures import Pictures, Seen
from kejian.ingest.plain import to_plain
from kejian.ingest.read import read_deck
from kejian.ingest.typed import typed


def prepare(setup: Any) -> Work:
    """A reader with the term base that ``setup`` holds."""
    terms = typed(TermBase, setup)

    def read(request: Any, _payload: bytes) -> Any:
        if "draft" in request:
            return read_draft(Path(request["draft"]), terms)
        known = {key: typed(Seen, seen) for key, seen in request["known"].items()}
        pictures = Pictures(known, request["reason"])
        reply: dict[str, Any] = {"deck": None, "refused": ""}
        try:
            converted = Path(request["converted"]) if request["converted"] else None
            reply["deck"] = to_plain(read_deck(Path(request["path"]), terms, pictures, converted))
        except RefusedFile as error:  # once its pictures are recognised, there may be something to read
            reply["refused"] = str(error)
        return {**reply, "pictures": to_plain(handed_over(pictures))}

    return read


if __name__ == "__main__":
    serve(prepare)
