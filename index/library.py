"""The library database: the one truth about decks, what was read from them, their vectors and the traces of answers."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from kejian.corpus.errors import RefusedFile, SetupError, UsageError
from kejian.index import rows
from kejian.index.memory import collector_waiting
from kejian.index.report import DeckSummary
from kejian.index.rows import Change
from kejian.index.tables import META, SCHEMA, TRACES, add_columns, forget_deleted, open_engine, schema_version
from kejian.ingest.model import Deck


class Library:
    """Every method is one transaction. Many may read at once; who changes decks holds the home's lock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = RLock()

    @classmethod
    def open(cls, url: str) -> Library:
        """Open the database at a SQLAlchemy URL and make its tables where there are none.

        Raises:
            SetupError: it cannot be reached or written, or another version of the program made it.
        """
        try:
            library = cls(open_engine(url))
        except (SQLAlchemyError, ImportError) as error:
            raise SetupError(f"数据库地址用不了({_cause(error)}),请检查 KEJIAN_DATABASE_URL") from error
        try:
            library._prepare()
        except BaseException:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def add(self, deck: Deck, path: str, pictures: Collection[str] = ()) -> Change:
        """Take ``deck`` in, as read from ``path``; ``pictures`` are the keys of those whose text it holds.

        The same content again changes nothing (found under another path, that path is noted); new content of a
        known path keeps the deck's id and replaces only the slides that differ, and so does a corrected draft of it.

        Raises:
            RefusedFile: a text holds characters that the database cannot store.
        """
        try:
            with self.write() as connection:
                change = rows.add_deck(connection, deck, path)
                rows.set_pictures(connection, change.deck_id, pictures)
                return change
        except UnicodeEncodeError as error:
            bad = error.object[error.start : error.end]
            raise RefusedFile(f"{path}:含有无法保存的字符 {bad!r},请删去后再试") from error

    def path_of(self, digest: str) -> str | None:
        """The path that a file of these bytes was last taken in from; None where it never was."""
        with self.reading() as connection:
            return rows.path_of(connection, digest)

    def corrected_by(self, digest: str) -> DeckSummary | None:
        """The deck of a corrected draft that took the place of the file of these bytes; None where there is none."""
        with self.reading() as connection:
            return rows.corrected_by(connection, digest)

    def remove(self, deck_id: str) -> Change:
        """Remove a deck with all that was made from it.

        Raises:
            UsageError: there is no such deck.
        """
        with self.write() as connection:
            slides = rows.remove_deck(connection, deck_id)
        if slides is None:
            raise UsageError(f"资料库里没有「{deck_id}」,kejian decks 列出全部课件")
        forget_deleted(self.engine)
        return Change(deck_id, removed=slides)

    def decks(self) -> tuple[DeckSummary, ...]:
        """What is in the library, in the order in which it came."""
        with self.reading() as connection:
            return rows.summaries(connection)

    def read(self) -> tuple[int, tuple[Deck, ...]]:
        """The revision, and every deck with all that was read from it, as of one moment."""
        with self.reading() as connection, collector_waiting():
            return int(rows.meta(connection, "revision")), rows.read_decks(connection)

    @property
    def revision(self) -> int:
        """Grows by one with every change of the decks."""
        return int(self.meta("revision"))

    def meta(self, name: str) -> str:
        """A named value of the library itself; "" where it was never set."""
        with self.reading() as connection:
            return rows.meta(connection, name)

    def set_meta(self, name: str, value: str) -> None:
        """Keep a named value."""
        with self.write() as connection:
            rows.set_meta(connection, name, value)

    def save_trace(self, trace_id: str, record: dict[str, Any]) -> None:
        """Keep the record of an answer; a second one of the same id replaces the first."""
        with self.write() as connection:
            connection.execute(delete(TRACES).where(TRACES.c.id == trace_id))
            connection.execute(insert(TRACES).values(id=trace_id, record=record))

    def trace(self, trace_id: str) -> dict[str, Any] | None:
        """The record kept under ``trace_id``."""
        with self.reading() as connection:
            record: dict[str, Any] | None = connection.scalar(select(TRACES.c.record).where(TRACES.c.id == trace_id))
            return record

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database.

        Raises:
            SetupError: the database does not answer or is damaged.
        """
        try:
            with self.engine.connect() as connection, connection.begin():
                yield connection
        except SQLAlchemyError as error:
            raise SetupError(f"{self._name} 读不出来({_cause(error)}),请检查路径、权限和数据库") from error

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed at the end.

        Raises:
            SetupError: the database cannot be written.
        """
        try:
            # Threads wait for each other here: left to SQLite they would sleep and ask again, for a tenth of a second
            # each time, and the last of thirty would wait a second.
            with (
                self._writing,
                self.engine.connect().execution_options(write=True) as connection,
                connection.begin(),
            ):
                yield connection
        except SQLAlchemyError as error:
            raise SetupError(f"{self._name} 写不进去({_cause(error)}),请检查磁盘空间、权限和数据库") from error

    @property
    def _name(self) -> str:
        url = self.engine.url
        is_file = url.get_backend_name() == "sqlite" and url.database
        return f"资料库 {url.database if is_file else url.render_as_string(hide_password=True)}"

    def _prepare(self) -> None:
        with self.reading() as connection:
            known = self.engine.dialect.has_table(connection, META.name)
        if not known:
            with self.write() as connection:
                _make_tables(connection)
        elif self.meta("schema") == schema_version(added=False):
            with self.write() as connection:
                _add_columns(connection)
        if (found := self.meta("schema")) != schema_version():
            raise SetupError(
                f"{self._name} 由另一版本的课件程序建立(表结构 {found or '不明'},本程序 {schema_version()}),"
                "请改用原来的版本,或用 --home 另选一个目录、或删去这个资料库,再重新 kejian ingest"
            )


def _make_tables(connection: Connection) -> None:
    SCHEMA.create_all(connection)
    if not rows.meta(connection, "schema"):  # else another process was first
        for name, value in {"schema": schema_version(), "revision": "0", "id": uuid.uuid4().hex}.items():
            rows.set_meta(connection, name, value)


def _add_columns(connection: Connection) -> None:
    if rows.meta(connection, "schema") == schema_version(added=False):  # else another process was first
        add_columns(connection)
        rows.set_meta(connection, "schema", schema_version())


def sqlite_url(path: str) -> str:
    """The URL of an SQLite file."""
    return str(make_url("sqlite://").set(database=path))


def _cause(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
