"""What a question is asked of: decks and search of one moment, and how the live ones are found and mended."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from kejian.corpus.errors import SetupError
from kejian.index.builder import Builder
from kejian.index.dense import DamagedIndex
from kejian.index.generation import Generation
from kejian.index.lock import LockedHome, owner_lock
from kejian.index.memory import collector_waiting
from kejian.index.query import QueryEncoder
from kejian.index.search import HybridSearch
from kejian.index.shelf import Shelf
from kejian.ingest.model import Deck

OnMessage = Callable[[str], None]


@dataclass(frozen=True)
class Snapshot:
    """Decks and search that fit together. ``search`` is None where there is nothing to find."""

    revision: str
    decks: tuple[Deck, ...] = ()
    search: HybridSearch | None = None


class Snapshots:
    """The live snapshot of a home, loaded again when the live generation is another one."""

    def __init__(self, home: Path, shelf: Shelf, queries: QueryEncoder, on_message: OnMessage) -> None:
        self._home = home
        self._shelf = shelf
        self.queries = queries
        self._say = on_message
        self._generation: Generation | None = None
        self._snapshot: Snapshot | None = None
        self._loading = Lock()

    def live(self, builder: Builder | None) -> Snapshot:
        """The snapshot of the live generation; of the one before where that is damaged and cannot be built now.

        ``builder`` is None where the home cannot be written.

        Raises:
            SetupError: no generation can be used, and none can be built.
        """
        with self._loading:
            if self._snapshot is None or not self.is_live(self._snapshot):
                self._generation = self._load(builder)
                self._snapshot = _snapshot(self._generation, self.queries)
            return self._snapshot

    def is_live(self, snapshot: Snapshot) -> bool:
        """Whether ``snapshot`` is of the live generation, and undamaged as far as has been seen; loads nothing."""
        return snapshot.revision == self._shelf.current() and not (snapshot.search and snapshot.search.damaged)

    def keeps(self, snapshot: Snapshot) -> bool:
        """Whether the generation of ``snapshot`` is still there; none that holds a removed deck is kept."""
        return snapshot.revision in self._shelf.names()

    def close(self) -> None:
        """Let go of the files of the live generation."""
        with self._loading:
            if self._generation:
                self._generation.close()
            self._generation = self._snapshot = None

    def _load(self, builder: Builder | None) -> Generation | None:
        name = self._shelf.current()
        generation, problem = self._try(name)
        if not problem and builder and builder.is_behind(generation.manifest if generation else None):
            problem = "索引落后于资料库(上次写入中断)"
        if problem and builder and self._rebuild(builder, name, problem):
            if generation:
                generation.close()
            return self._open(self._shelf.current())
        return generation if generation or not problem else self._previous(name, problem)

    def _try(self, name: str) -> tuple[Generation | None, str]:
        """The generation, or what is wrong with it; neither where there never was one."""
        if not name:
            return None, "索引的指针丢失" if self._shelf.names() else ""
        try:
            return self._open(name), ""
        except DamagedIndex as error:
            return None, error.what

    def _open(self, name: str) -> Generation:
        with collector_waiting():
            return self._shelf.open(name, read_only=not os.access(self._home, os.W_OK))

    def _rebuild(self, builder: Builder, seen: str, problem: str) -> bool:
        """Whether there is a new live generation, built here or by another process meanwhile."""
        with suppress(LockedHome), owner_lock(self._home, patience=0):
            if self._shelf.current() == seen:
                self._say(f"{problem},正在由资料库重建索引")
                try:
                    builder.rebuild(self.queries)
                    self._shelf.prune()
                except SetupError as error:  # an older index, if there is one, is better than none
                    self._say(str(error))
        return self._shelf.current() != seen

    def _previous(self, seen: str, problem: str) -> Generation:
        for name in self._shelf.names():
            generation, _ = self._try(name) if name != seen else (None, "")
            if generation:
                self._say(f"{problem},暂用前一版索引 {name}")
                return generation
        raise SetupError(f"{problem},请重新执行 kejian ingest")


def _snapshot(generation: Generation | None, queries: QueryEncoder) -> Snapshot:
    if generation is None:
        return Snapshot("")
    search = HybridSearch(generation, queries) if generation.entries else None
    return Snapshot(generation.name, generation.decks, search)
