"""What was recognised in pictures, kept in the library by what they show: none is recognised twice."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from kejian.index.library import Library
from kejian.index.report import OnProgress, Progress
from kejian.index.rows import prune_pictures
from kejian.index.tables import DECK_PICTURES, DECKS, PICTURES
from kejian.ingest.deck_reader import DeckReader
from kejian.ingest.model import Deck
from kejian.ingest.picture_reading import read_recognised
from kejian.ingest.pictures import Pictures, Seen, Wanted
from kejian.ingest.plain import to_plain
from kejian.ingest.recognition import Recognition, engine_name, is_installed
from kejian.ingest.typed import typed


class PictureReader:
    """Reads files with the text of their pictures; without a recogniser, without it. Used as a context."""

    def __init__(self, library: Library, reader: DeckReader, on_progress: OnProgress) -> None:
        self.library = library
        self.reader = reader
        self.on_progress = on_progress
        self.engine = engine_name() if is_installed() else ""
        self._recognition = Recognition()
        self._kept = False

    def read(self, path: Path) -> tuple[Deck, frozenset[str]]:
        """(the deck, the keys of its pictures).

        Raises:
            RefusedFile: the file cannot be taken in.
            SetupError: a process that reads cannot be started.
        """
        if not self.engine:
            pictures = Pictures()
            return self.reader.read(path, pictures), frozenset(pictures.used)
        with self.library.reading() as connection:
            known = _known_to(connection, str(path.resolve()), self.engine)
        return read_recognised(lambda pictures: self.reader.read(path, pictures), self._recognise, known)

    def __enter__(self) -> PictureReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._recognition.close()
        if self._kept and kind is None:  # of files that were refused after all; an interrupted one goes on from here
            with self.library.write() as connection:
                prune_pictures(connection)

    def _recognise(self, wanted: Mapping[str, Wanted]) -> dict[str, Seen]:
        with self.library.reading() as connection:
            found = _known(connection, list(wanted), self.engine)
        started, left = time.monotonic(), [key for key in wanted if key not in found]
        for number, key in enumerate(left):
            self.on_progress(Progress("recognise", number, len(left), _remaining(started, number, len(left))))
            found[key] = self._recognition.recognise(wanted[key])
            if not found[key].fault:
                with self.library.write() as connection:
                    _keep(connection, key, self.engine, found[key])
                self._kept = True
        if left:
            self.on_progress(Progress("recognise", len(left), len(left)))
        return found


def _remaining(started: float, done: int, total: int) -> str:
    """How long the rest will take, by what is done."""
    if not done:
        return ""
    seconds = (time.monotonic() - started) / done * (total - done)
    return f"剩余约 {seconds / 60:.0f} 分钟" if seconds >= 90 else f"剩余约 {max(seconds, 1):.0f} 秒"


def _known(connection: Connection, keys: list[str], engine: str) -> dict[str, Seen]:
    query = select(PICTURES.c.key, PICTURES.c.seen).where(PICTURES.c.engine == engine)
    chunks = (keys[at : at + 500] for at in range(0, len(keys), 500))
    rows = (row for chunk in chunks for row in connection.execute(query.where(PICTURES.c.key.in_(chunk))))
    return {key: _seen(seen) for key, seen in rows}


def _known_to(connection: Connection, path: str, engine: str) -> dict[str, Seen]:
    """The pictures of the deck that was last read from ``path``."""
    joined = PICTURES.join(DECK_PICTURES, DECK_PICTURES.c.picture == PICTURES.c.key).join(DECKS)
    query = select(PICTURES.c.key, PICTURES.c.seen).select_from(joined)
    found = connection.execute(query.where(DECKS.c.path == path, PICTURES.c.engine == engine))
    return {key: _seen(seen) for key, seen in found}


def _keep(connection: Connection, key: str, engine: str, seen: Seen) -> None:
    connection.execute(delete(PICTURES).where(PICTURES.c.key == key))
    connection.execute(insert(PICTURES).values(key=key, engine=engine, seen=json.dumps(to_plain(seen))))


def _seen(text: str) -> Seen:
    return typed(Seen, json.loads(text))
