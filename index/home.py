"""A home: all state of one library in one folder; files come in here, and questions find a snapshot to be asked of.

<home>/library.sqlite     the library database (or another one, by URL)
<home>/index/             generations, see shelf.py
<home>/terms.yaml         the user's own terms, beside the bundled ones
<home>/owner.lock         held by the one process that writes
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from kejian.corpus.errors import SetupError, UsageError
from kejian.corpus.terms import BUNDLED_TERMS, TermBase
from kejian.index.builder import Builder
from kejian.index.intake import Intake, find_files
from kejian.index.library import Library, sqlite_url
from kejian.index.lock import owner_lock
from kejian.index.model import Encoder
from kejian.index.picture_texts import PictureReader
from kejian.index.query import QueryEncoder
from kejian.index.records import Records
from kejian.index.report import DeckSummary, IngestReport, OnProgress, Progress, silent
from kejian.index.shelf import Shelf
from kejian.index.snapshot import OnMessage, Snapshot, Snapshots
from kejian.ingest.deck_reader import DeckReader
from kejian.ingest.model import Deck, content_id

__all__ = ["Home", "Snapshot"]

LOG = logging.getLogger(__name__)
DATABASE, INDEX, TERMS = "library.sqlite", "index", "terms.yaml"


class Home:
    """One library. Reading needs no lock; ``ingest`` and ``remove`` take it. Safe to use from several threads."""

    def __init__(self, path: Path, library: Library | None, shelf: Shelf, snapshots: Snapshots) -> None:
        """``library`` is None where the home can only be read. See ``open``."""
        self.path = path
        self._library = library
        self._shelf = shelf
        self._snapshots = snapshots

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        encoder: Callable[[], Encoder],
        database_url: str | None = None,
        chroma_url: str | None = None,
        on_message: OnMessage = LOG.warning,
    ) -> Home:
        """Open the home at ``path``, made where there is none; ``encoder`` is called when it is first needed.

        ``on_message`` is told, in one Chinese line, when the index has to be rebuilt or an older one is used.

        Raises:
            SetupError: the folder cannot be made, or cannot be written and holds no index, or its database is
                unusable.
        """
        path = Path(path).expanduser().resolve()
        library = Library.open(database_url or sqlite_url(str(path / DATABASE))) if _is_writable(path) else None
        owner = content_id(library.meta("id") if library else "", path, length=12)
        shelf = Shelf(path / INDEX, owner, chroma_url)
        return cls(path, library, shelf, Snapshots(path, shelf, QueryEncoder(encoder), on_message))

    def close(self) -> None:
        """Let go of every file; snapshots taken before must not be asked any more."""
        self._snapshots.close()
        if self._library:
            self._library.close()

    def __enter__(self) -> Home:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written here: no ingestion, no traces."""
        return self._library is None

    @cached_property
    def terms(self) -> TermBase:
        """The bundled term base with the home's own terms.

        Raises:
            SetupError: the home's file of terms cannot be read.
        """
        own = self.path / TERMS
        return TermBase.read(BUNDLED_TERMS, own) if own.exists() else TermBase.bundled()

    @cached_property
    def records(self) -> Records:
        """Conversations and feedback.

        Raises:
            SetupError: the home cannot be written.
        """
        return Records(self._writable())

    def ingest(
        self,
        paths: Iterable[Path | str],
        on_progress: OnProgress | None = None,
        sent_as: Mapping[Path, str] | None = None,
    ) -> IngestReport:
        """Take in files and folders, then build one generation if anything changed.

        A file that is refused is a report with its ``error`` and stops no other. ``sent_as`` names the files that
        were sent and lie at their paths for the moment only (see ``Intake.take_in``).

        Raises:
            SetupError: another process writes, the home cannot be written, or model or index are unusable.
        """
        started, show, names = time.monotonic(), on_progress or silent, sent_as or {}
        found = find_files(Path(path).expanduser() for path in paths)
        with owner_lock(self.path), DeckReader(self.terms) as decks, self._pictures(decks, show) as reader:
            intake = Intake(self._writable(), self._snapshots.queries.encoder, reader, show)
            reports = []
            for number, file in enumerate(found.files, start=1):
                name = names.get(file, "")
                reports.append(intake.take_in(file, name))
                show(Progress("read", number, len(found.files), name or str(file)))
            if self._builder().refresh(intake.encoder, show):
                self._shelf.prune()
        return IngestReport(tuple(reports), tuple(map(str, found.skipped)), round(time.monotonic() - started, 3))

    def draft(self, path: Path) -> tuple[str, tuple[str, ...]]:
        """An extract of lost layout as Markdown to correct, and what was doubtful in it; nothing is taken in.

        Raises:
            RefusedFile: the file is no text, or has nothing to read.
        """
        with DeckReader(self.terms) as decks:
            return decks.draft(path)

    def decks(self) -> tuple[DeckSummary, ...]:
        """What is in the library, in the order in which it came (paths are unknown where it can only be read)."""
        return self._library.decks() if self._library else tuple(map(_summary, self.snapshot().decks))

    def deck(self, called: str) -> Deck:
        """The deck of this id or title, with all that was read from it.

        Raises:
            UsageError: no deck, or more than one, is called that.
        """
        decks = {deck.id: deck for deck in self.snapshot().decks}
        return decks[_choose(called, map(_summary, decks.values())).id]

    def remove(self, deck: str, before_forgetting: Callable[[], object] | None = None) -> DeckSummary:
        """Remove the deck of this id or title, with every generation that still holds it.

        ``before_forgetting`` is called when there is a live generation without the deck, and those before it are
        still there.

        Raises:
            UsageError: no deck, or more than one, is called that.
            SetupError: another process writes, or the home cannot be written.
        """
        with owner_lock(self.path):
            chosen = _choose(deck, self._writable().decks())
            self._writable().remove(chosen.id)
            self._builder().rebuild(self._snapshots.queries)
            try:
                if before_forgetting:
                    before_forgetting()
            finally:
                self._shelf.prune(kept=1)
        return chosen

    def reindex(self) -> tuple[DeckSummary, ...]:
        """Build the index anew by the words of the term base, from what was read; the decks in it.

        Nothing that has its vector is embedded. Facts and aspects stay as they were read.

        Raises:
            SetupError: another process writes, or the home cannot be written.
        """
        with owner_lock(self.path):
            decks = self._writable().decks()
            if decks:
                self._builder().rebuild(self._snapshots.queries)
                self._shelf.prune()
        return decks

    def snapshot(self) -> Snapshot:
        """The live decks and search; cheap while the live generation stays the same.

        Raises:
            SetupError: no generation can be used, and none can be built.
        """
        return self._snapshots.live(None if self.read_only else self._builder())

    def is_live(self, snapshot: Snapshot) -> bool:
        """Whether ``snapshot()`` would give ``snapshot`` again; loads nothing."""
        return self._snapshots.is_live(snapshot)

    def keeps(self, snapshot: Snapshot) -> bool:
        """Whether ``snapshot`` may still be asked while a newer one is loaded: no deck of it was removed since."""
        return self._snapshots.keeps(snapshot)

    def save_trace(self, trace_id: str, record: dict[str, Any]) -> None:
        """Keep the record of an answer.

        Raises:
            SetupError: the home cannot be written.
        """
        self._writable().save_trace(trace_id, record)

    def trace(self, trace_id: str) -> dict[str, Any] | None:
        """The record of an answer; None where there is none, or the home can only be read."""
        return self._library.trace(trace_id) if self._library else None

    def _writable(self) -> Library:
        if self._library is None:
            raise _not_writable(self.path)
        return self._library

    def _pictures(self, decks: DeckReader, show: OnProgress) -> PictureReader:
        return PictureReader(self._writable(), decks, show)

    def _builder(self) -> Builder:
        return Builder(self._writable(), self._shelf, self.terms)


def _is_writable(path: Path) -> bool:
    """Whether the home can be written; False only where it can still be read.

    Raises:
        SetupError: it can be neither.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"资料库目录 {path} 建不了({error.strerror}),请检查权限,或用 --home 另选一个目录") from error
    if os.access(path, os.W_OK | os.X_OK):
        return True
    if Shelf(path / INDEX, "").names():
        return False
    raise _not_writable(path)


def _not_writable(path: Path) -> SetupError:
    return SetupError(f"资料库目录 {path} 不能写入,请检查权限,或用 --home 另选一个目录")


def _choose(called: str, decks: Iterable[DeckSummary]) -> DeckSummary:
    found = [deck for deck in decks if called in (deck.id, deck.title)]
    if not found:
        raise UsageError(f"资料库里没有「{called}」,kejian decks 列出全部课件")
    if len(found) > 1:
        raise UsageError(f"有 {len(found)} 份课件都叫「{called}」,请改用编号:{'、'.join(deck.id for deck in found)}")
    return found[0]


def _summary(deck: Deck) -> DeckSummary:
    facts = sum(len(slide.facts) for slide in deck.slides)
    passages = sum(len(slide.passages) for slide in deck.slides)
    return DeckSummary(deck.id, deck.title, "", len(deck.slides), facts, passages)
