"""From the library to a live generation: when one is built, and of what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kejian.corpus.terms import TermBase
from kejian.index.entry import entries_of, facts_of
from kejian.index.library import Library
from kejian.index.manifest import Contents, Manifest, Model, words_digest
from kejian.index.model import Encoder, Vectors
from kejian.index.names import LibraryNames
from kejian.index.query import QueryEncoder, model_of
from kejian.index.report import OnProgress, silent
from kejian.index.shelf import Shelf
from kejian.index.vectors import embed_missing, load_vectors, missing_texts
from kejian.ingest.model import Deck
from kejian.ingest.plain import from_plain, to_plain

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
        embed_missing(self.library, _texts(decks), encoder, on_progress)
        names = LibraryNames.of(decks, self.terms)
        wanted = (self.library.meta("id"), revision, encoder.fingerprint, words_digest(names.words))
        live = self.shelf.live()
        if live and (live.library, live.revision, live.fingerprint, live.words) == wanted:
            return False
        if not live and not decks:
            return False
        self._publish(revision, decks, names, self._note(encoder), on_progress)
        return True

    def rebuild(self, queries: QueryEncoder) -> None:
        """Build a generation of what the library holds, with the model noted there, which is hardly ever opened."""
        revision, decks = self.library.read()
        texts = _texts(decks)
        model = self._noted()
        if missing_texts(self.library, texts, model.fingerprint):
            embed_missing(self.library, texts, queries.encoder)
            model = self._note(queries.encoder)
        self._publish(revision, decks, LibraryNames.of(decks, self.terms), model)

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

    def _publish(
        self,
        revision: int,
        decks: tuple[Deck, ...],
        names: LibraryNames,
        model: Model,
        on_progress: OnProgress = silent,
    ) -> None:
        entries, facts = entries_of(decks), facts_of(decks)
        contents = Contents(
            library=self.library.meta("id"),
            revision=revision,
            model=model,
            decks=decks,
            entries=entries,
            vectors=self._vectors([entry.passage.indexed_text for entry in entries], model),
            fact_vectors=self._vectors([entry.fact.indexed_text for entry in facts], model),
            names=names,
        )
        self.shelf.publish(contents, on_progress)

    def _vectors(self, texts: Sequence[str], model: Model) -> Vectors:
        return load_vectors(self.library, texts, model.fingerprint)


def _texts(decks: Iterable[Deck]) -> list[str]:
    return [text for deck in decks for slide in deck.slides for text in slide.indexed_texts]
