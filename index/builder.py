"""From the library to a live generation: when one is built, and of what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.corpus.terms import TermBase
from kejian.index.entry import Entry, entries_of
from kejian.index.library import Library
from kejian.index.manifest import Contents, Manifest, Model, words_digest
from kejian.index.model import Encoder
from kejian.index.names import library_names
from kejian.index.plain import from_plain, to_plain
from kejian.index.query import QueryEncoder, model_of
from kejian.index.report import OnProgress, silent
from kejian.index.shelf import Shelf
from kejian.index.vectors import embed_missing, load_vectors, missing_texts
from kejian.ingest.model import Deck

MODEL = "model"  # the library's note of the model that its index is built with, in JSON


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds generations. Only for the owner of the home's lock."""

    library: Library
    shelf: Shelf
    terms: TermBase

    def refresh(self, encoder: Encoder, on_progress: OnProgress = silent) -> bool:
        """Build a generation with this model, unless the live one is that already; whether it did."""
        revision, decks = self.library.read()
        entries = entries_of(decks)
        embed_missing(self.library, _texts(entries), encoder, on_progress)
        words = library_names(decks, self.terms)
        wanted = (self.library.meta("id"), revision, encoder.fingerprint, words_digest(words))
        live = self.shelf.live()
        if live and (live.library, live.revision, live.fingerprint, live.words) == wanted:
            return False
        if not live and not decks:
            return False
        self._publish(revision, decks, self._note(encoder), on_progress)
        return True

    def rebuild(self, queries: QueryEncoder) -> None:
        """Build a generation of what the library holds, with the model noted there, which is hardly ever opened."""
        revision, decks = self.library.read()
        texts = _texts(entries_of(decks))
        model = self._noted()
        if missing_texts(self.library, texts, model.fingerprint):
            embed_missing(self.library, texts, queries.encoder)
            model = self._note(queries.encoder)
        self._publish(revision, decks, model, silent)

    def is_behind(self, live: Manifest | None) -> bool:
        """Whether the library has changed since ``live`` was built: a run was killed before it built its own."""
        revision = self.library.revision
        return (live.library, live.revision) != (self.library.meta("id"), revision) if live else revision > 0

    def _note(self, encoder: Encoder) -> Model:
        model = model_of(encoder)
        self.library.set_meta(MODEL, json.dumps(to_plain(model)))
        return model

    def _noted(self) -> Model:
        note = self.library.meta(MODEL)
        return from_plain(Model, json.loads(note)) if note else Model("")

    def _publish(self, revision: int, decks: tuple[Deck, ...], model: Model, on_progress: OnProgress) -> None:
        entries = entries_of(decks)
        contents = Contents(
            library=self.library.meta("id"),
            revision=revision,
            model=model,
            decks=decks,
            entries=entries,
            vectors=load_vectors(self.library, _texts(entries), model.fingerprint),
            words=library_names(decks, self.terms),
        )
        self.shelf.publish(contents, on_progress)


def _texts(entries: Sequence[Entry]) -> list[str]:
    return [entry.passage.indexed_text for entry in entries]
