"""Lines of a page → passages that retrieval can find: up to some 300 characters under one heading path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kejian.ingest.layout import Grid, Line, Range, Sheet
from kejian.ingest.scope import scope_of
from kejian.ingest.wording import SENTENCE_END

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of the source with the headings over it."""

    start: int
    end: int
    path: tuple[str, ...]
    kind: str = ""


def stretches(sheet: Sheet) -> list[Stretch]:
    """The passages of a page, in order, as ranges."""
    return list(_joined(_pieces(sheet)))


def context(deck_title: str, slide_title: str, path: tuple[str, ...]) -> str:
    """What is embedded in front of a passage: deck / slide / headings, each said once."""
    return " / ".join(dict.fromkeys(part for part in (deck_title, slide_title, *path[1:]) if part))


def _pieces(sheet: Sheet) -> Iterator[Stretch]:
    """Lines and table rows that are content; a heading only where nothing stands under it."""
    headed = {section.start for part in sheet.parts if not _is_heading(part) for section in part.sections}
    for part in sheet.parts:
        path = scope_of(part.sections).path
        if isinstance(part, Grid):
            rows = (Stretch(start, end, path, "table") for start, end in part.rows)
            yield from (cut for row in rows for cut in _cut(row, sheet.source))
        elif not _is_heading(part) or (part.start not in headed and not _has_deeper(part, sheet)):
            kind = part.item.kind if part.item.kind in ("note", "footnote", "unit") else ""
            yield from _cut(Stretch(part.start, part.end, path, kind), sheet.source)


def _is_heading(part: Line | Grid) -> bool:
    return isinstance(part, Line) and part.item.kind in ("title", "heading")


def _has_deeper(line: Line, sheet: Sheet) -> bool:
    return any(section.start == line.start for part in sheet.parts for section in part.sections)


def _cut(piece: Stretch, source: str) -> Iterator[Stretch]:
    """``piece`` in parts of at most LONGEST characters, cut behind sentences where possible."""
    start = piece.start
    while piece.end - start > LONGEST:
        window = source[start : start + LONGEST]
        ends = [found.end() for found in SENTENCE_END.finditer(window) if found.end() > LONGEST // 3]
        end = start + (ends[-1] if ends else LONGEST)
        yield from _trimmed((start, end), piece, source)
        start = end
    yield from _trimmed((start, piece.end), piece, source)


def _trimmed(range_: Range, piece: Stretch, source: str) -> Iterator[Stretch]:
    text = source[range_[0] : range_[1]]
    start = range_[0] + len(text) - len(text.lstrip())
    if text.strip():
        yield Stretch(start, start + len(text.strip()), piece.path, piece.kind)


def _joined(pieces: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours under one path together, as long as they are short."""
    current: Stretch | None = None
    for piece in pieces:
        same = current is not None and (current.path, current.kind) == (piece.path, piece.kind)
        if current is not None and same and piece.end - current.start <= LONGEST:
            current = Stretch(current.start, piece.end, piece.path, piece.kind)
            continue
        if current is not None:
            yield current
        current = piece
    if current is not None:
        yield current
