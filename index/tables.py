"""The tables of the library database, made from the fields of ingest/model.py, and how a database is opened."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_origin, get_type_hints

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)

from kejian.ingest.model import Block, Fact, Passage, Relation, Slide, content_id

SCHEMA = MetaData()
ADDED = (("blocks", "cell", "'[]'"),)  # columns that libraries of before lack, and what their rows have there
EMBEDDED = ("facts", "passages")  # parts that have vectors, by the hash of their ``indexed_text``
PARTS: dict[str, type] = {"blocks": Block, "facts": Fact, "relations": Relation, "passages": Passage}
BUSY_SECONDS = 30
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def _column(name: str, hint: Any) -> Column[Any]:
    if get_origin(hint) is tuple:
        return Column(name, JSON, nullable=False)
    if hint is bool:
        return Column(name, Boolean, nullable=False)
    if hint == float | None:
        return Column(name, Float, nullable=True)
    if hint in (int, int | None):
        return Column(name, Integer, nullable=hint is not int)
    return Column(name, Text, nullable=False)


def _columns(kind: type) -> list[Column[Any]]:
    hints = get_type_hints(kind)
    return [_column(field.name, hints[field.name]) for field in fields(kind) if field.name not in PARTS]


def _part_table(name: str, *more: Column[Any]) -> Table:
    slide = Column[Any]("slide", ForeignKey("slides.key", ondelete="CASCADE"), primary_key=True)
    return Table(name, SCHEMA, slide, Column("ordinal", Integer, primary_key=True), *_columns(PARTS[name]), *more)


META = Table("meta", SCHEMA, Column("name", String(32), primary_key=True), Column("value", Text, nullable=False))
DECKS = Table(
    "decks",
    SCHEMA,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("warnings", JSON, nullable=False),
)
SLIDES = Table(
    "slides",
    SCHEMA,
    Column("key", Integer, primary_key=True),
    Column("deck", ForeignKey("decks.id", ondelete="CASCADE"), nullable=False, index=True),
    *_columns(Slide),
)
# A vector belongs to a text and a model, not to a passage: what is said twice is embedded once.
PART_TABLES = {
    "blocks": _part_table("blocks"),
    "facts": _part_table("facts", Column("text_hash", String(64), nullable=False, index=True)),
    "relations": _part_table("relations"),
    "passages": _part_table("passages", Column("text_hash", String(64), nullable=False, index=True)),
}
VECTORS = Table(
    "vectors",
    SCHEMA,
    Column("text_hash", String(64), primary_key=True),
    Column("fingerprint", String(255), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little endian
)
PICTURES = Table(
    "pictures",
    SCHEMA,
    Column("key", String(64), primary_key=True),  # the hash of what is shown
    Column("engine", String(64), nullable=False),  # what recognised it
    Column("seen", Text, nullable=False),
)
DECK_PICTURES = Table(
    "deck_pictures",
    SCHEMA,
    Column("deck", ForeignKey("decks.id", ondelete="CASCADE"), primary_key=True),
    Column("picture", String(64), primary_key=True, index=True),
)
TRACES = Table("traces", SCHEMA, Column("id", String(64), primary_key=True), Column("record", JSON, nullable=False))


def schema_version(added: bool = True) -> str:
    """Names the tables with their columns, with those ``ADDED`` or as they were before."""
    lacking = () if added else tuple(f"{table}.{column}:" for table, column, _ in ADDED)
    columns = [
        f"{table.name}.{column.name}:{column.type}" for table in SCHEMA.sorted_tables for column in table.columns
    ]
    return content_id(*sorted(column for column in columns if not column.startswith(lacking)), length=8)


def add_columns(connection: Connection) -> None:
    """Give a library of before the columns that were ``ADDED`` since."""
    for table, name, default in ADDED:
        kind = SCHEMA.tables[table].columns[name].type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {name} {kind} DEFAULT {default} NOT NULL")


def open_engine(url: str) -> Engine:
    """An engine for any SQLAlchemy URL; SQLite runs in WAL mode with every commit on the disk."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # else Python's driver reads outside of transactions
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and then writes fails at once when another one wrote in between.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def forget_deleted(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which still holds what was deleted (other databases see to it themselves)."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
