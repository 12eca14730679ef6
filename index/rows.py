"""Decks as rows of the library's tables, within a transaction that the caller opened."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from kejian.index.report import DeckSummary
from kejian.index.tables import DECK_PICTURES, DECKS, EMBEDDED, META, PART_TABLES, PARTS, PICTURES, SLIDES, VECTORS
from kejian.ingest.model import Deck, Slide, content_id
from kejian.ingest.plain import from_plain, to_plain

EXTRACTS = ".txt"  # what drafts are made from


@dataclass(frozen=True, slots=True)
class Change:
    """What adding or removing a deck changed, in slides."""

    deck_id: str
    added: int = 0
    unchanged: int = 0
    removed: int = 0


def text_hash(text: str) -> str:
    """The key of a text's vectors."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def add_deck(connection: Connection, deck: Deck, path: str) -> Change:
    """Write what differs between ``deck`` and what is there; see ``Library.add``."""
    known = _known_deck(connection, deck.digest, path) or _extract_corrected(connection, deck.corrects)
    if known is None:
        change = _insert_deck(connection, deck, path)
        _note_correction(connection, deck.corrects, change.deck_id)
        return change
    _note_correction(connection, deck.corrects, known.id)
    old = _keyed_slides(connection, known.id)[known.id]
    if known.digest == deck.digest and known.path != path:
        # Its title may come from the file's name: a copy elsewhere must not turn the deck into another one.
        connection.execute(update(DECKS).where(DECKS.c.id == known.id).values(path=path))
        return Change(known.id, unchanged=len(old))
    head = {"title": deck.title, "digest": deck.digest, "warnings": list(deck.warnings)}
    if tuple(slide for _, slide in old) == deck.slides and all(known._mapping[name] == head[name] for name in head):
        return Change(known.id, unchanged=len(deck.slides))
    connection.execute(update(DECKS).where(DECKS.c.id == known.id).values(**head, path=path))
    added, removed = _replace_slides(connection, known.id, old, deck.slides)
    prune_vectors(connection)
    raise_revision(connection)
    return Change(known.id, added, len(deck.slides) - added, removed)


def remove_deck(connection: Connection, deck_id: str) -> int | None:
    """Delete a deck and what hangs on it; the number of its slides, None where there is no such deck."""
    slides = connection.scalar(select(func.count()).where(SLIDES.c.deck == deck_id)) or 0
    if not connection.execute(delete(DECKS).where(DECKS.c.id == deck_id)).rowcount:
        return None
    prune_vectors(connection)
    prune_pictures(connection)
    raise_revision(connection)
    return slides


def read_decks(connection: Connection) -> tuple[Deck, ...]:
    """Every deck, in the order in which they came."""
    slides = _keyed_slides(connection)
    return tuple(
        Deck(row.id, row.title, row.digest, tuple(slide for _, slide in slides[row.id]), tuple(row.warnings))
        for row in connection.execute(select(DECKS).order_by(DECKS.c.position, DECKS.c.id))
    )


def summaries(connection: Connection) -> tuple[DeckSummary, ...]:
    """Every deck with its counts, in the order in which they came."""
    counts = [_counts(connection, name) for name in ("facts", "passages")]
    per_deck = select(SLIDES.c.deck, func.count()).group_by(SLIDES.c.deck)
    slides = {deck: count for deck, count in connection.execute(per_deck)}
    return tuple(
        DeckSummary(row.id, row.title, row.path, slides.get(row.id, 0), *(count.get(row.id, 0) for count in counts))
        for row in connection.execute(select(DECKS).order_by(DECKS.c.position, DECKS.c.id))
    )


def prune_vectors(connection: Connection) -> None:
    """Delete the vectors of texts that no passage has."""
    for_parts = [select(PART_TABLES[name].c.text_hash) for name in EMBEDDED]
    connection.execute(delete(VECTORS).where(*(VECTORS.c.text_hash.not_in(hashes) for hashes in for_parts)))


def set_pictures(connection: Connection, deck_id: str, pictures: Collection[str]) -> None:
    """Note which pictures a deck has, and delete the texts of those that no deck has."""
    connection.execute(delete(DECK_PICTURES).where(DECK_PICTURES.c.deck == deck_id))
    if pictures:
        rows = [{"deck": deck_id, "picture": picture} for picture in sorted(pictures)]
        connection.execute(insert(DECK_PICTURES), rows)
    prune_pictures(connection)


def prune_pictures(connection: Connection) -> None:
    """Delete what was recognised in pictures that no deck has."""
    connection.execute(delete(PICTURES).where(PICTURES.c.key.not_in(select(DECK_PICTURES.c.picture))))


def meta(connection: Connection, name: str) -> str:
    return connection.scalar(select(META.c.value).where(META.c.name == name)) or ""


def set_meta(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(META).where(META.c.name == name))
    connection.execute(insert(META).values(name=name, value=value))


def raise_revision(connection: Connection) -> None:
    set_meta(connection, "revision", str(int(meta(connection, "revision")) + 1))


def path_of(connection: Connection, digest: str) -> str | None:
    """The path that a file of these bytes was last taken in from; None where it never was."""
    return connection.scalar(select(DECKS.c.path).where(DECKS.c.digest == digest))


def corrected_by(connection: Connection, digest: str) -> DeckSummary | None:
    """The deck, read from a corrected draft, that stands in the place of the extract of this digest."""
    deck = meta(connection, _correction(digest))
    return next((summary for summary in summaries(connection) if summary.id == deck), None) if deck else None


def _extract_corrected(connection: Connection, digest: str) -> Any:
    """The deck that a corrected draft takes the place of: the extract of this digest, or an earlier draft of it."""
    if not digest:
        return None
    row = connection.execute(select(DECKS).where(DECKS.c.digest == digest)).first()
    if row is not None:
        return row if row.path.lower().endswith(EXTRACTS) else None
    return connection.execute(select(DECKS).where(DECKS.c.id == meta(connection, _correction(digest)))).first()


def _note_correction(connection: Connection, digest: str, deck_id: str) -> None:
    if digest:
        set_meta(connection, _correction(digest), deck_id)


def _correction(digest: str) -> str:
    return f"corrected:{digest[:20]}"


def _known_deck(connection: Connection, digest: str, path: str) -> Any:
    for condition in (DECKS.c.digest == digest, DECKS.c.path == path):
        if row := connection.execute(select(DECKS).where(condition).order_by(DECKS.c.position)).first():
            return row
    return None


def _insert_deck(connection: Connection, deck: Deck, path: str) -> Change:
    taken = connection.scalar(select(DECKS.c.id).where(DECKS.c.id == deck.id))
    # A deck keeps its id when its file changes; the old content, coming again from elsewhere, is another deck.
    deck_id = content_id(deck.digest, path, length=12) if taken else deck.id
    position = (connection.scalar(select(func.max(DECKS.c.position))) or 0) + 1
    head = {"title": deck.title, "digest": deck.digest, "path": path, "warnings": list(deck.warnings)}
    connection.execute(insert(DECKS).values(id=deck_id, position=position, **head))
    _replace_slides(connection, deck_id, [], deck.slides)
    raise_revision(connection)
    return Change(deck_id, added=len(deck.slides))


def _replace_slides(
    connection: Connection, deck_id: str, old: list[tuple[int, Slide]], new: tuple[Slide, ...]
) -> tuple[int, int]:
    """Make the slides of a deck ``new``, leaving equal ones in place; how many were added and removed."""
    kept: defaultdict[Slide, list[tuple[int, int]]] = defaultdict(list)
    for key, slide in reversed(old):
        kept[_content(slide)].append((key, slide.position))
    added = []
    for slide in new:
        if not kept[_content(slide)]:
            added.append(slide)
        elif (found := kept[_content(slide)].pop())[1] != slide.position:
            connection.execute(update(SLIDES).where(SLIDES.c.key == found[0]).values(position=slide.position))
    gone = [key for places in kept.values() for key, _ in places]
    for key in gone:
        connection.execute(delete(SLIDES).where(SLIDES.c.key == key))
    for slide in added:
        _insert_slide(connection, deck_id, slide)
    return len(added), len(gone)


def _content(slide: Slide) -> Slide:
    return replace(slide, position=0)


def _insert_slide(connection: Connection, deck_id: str, slide: Slide) -> None:
    row = {name: value for name, value in to_plain(slide).items() if name not in PARTS}
    key = connection.execute(insert(SLIDES).values(deck=deck_id, **row)).inserted_primary_key
    assert key is not None
    for name, table in PART_TABLES.items():
        parts = getattr(slide, name)
        rows = [{**to_plain(part), "slide": key[0], "ordinal": ordinal} for ordinal, part in enumerate(parts)]
        if name in EMBEDDED:
            for part, part_row in zip(parts, rows, strict=True):
                part_row["text_hash"] = text_hash(part.indexed_text)
        if rows:
            connection.execute(insert(table), rows)


def _keyed_slides(connection: Connection, deck_id: str | None = None) -> defaultdict[str, list[tuple[int, Slide]]]:
    """Slides with their database keys, by deck and in order; of all decks, or of one."""
    which = SLIDES.c.deck == deck_id if deck_id else SLIDES.c.deck.is_not(None)
    parts = {name: _read_parts(connection, name, which) for name in PARTS}
    slides: defaultdict[str, list[tuple[int, Slide]]] = defaultdict(list)
    for row in connection.execute(select(SLIDES).where(which).order_by(SLIDES.c.position, SLIDES.c.key)):
        values = {**row._mapping, **{name: found[row.key] for name, found in parts.items()}}
        slides[row.deck].append((row.key, from_plain(Slide, values)))
    return slides


def _read_parts(connection: Connection, name: str, which: Any) -> defaultdict[int, list[Any]]:
    table = PART_TABLES[name]
    query = select(table).join(SLIDES).where(which).order_by(table.c.slide, table.c.ordinal)
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.slide].append(row._mapping)
    return found


def _counts(connection: Connection, name: str) -> dict[str, int]:
    table = PART_TABLES[name]
    query = select(SLIDES.c.deck, func.count()).select_from(table.join(SLIDES)).group_by(SLIDES.c.deck)
    return {deck: count for deck, count in connection.execute(query)}
