"""Filled cells of a sheet → its tables, and the lines that stand around them, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kejian.ingest.outline import Cell, Item, Table
from kejian.ingest.wording import BULLET, FOOTNOTE, STEP, is_name

Place = tuple[int, int]  # row, column, from 0
Area = tuple[int, int, int, int]  # top, left, bottom, right; the last two are outside
MOST_CELLS = 100_000


class TooLarge(Exception):
    """A table has more cells than can be read."""


@dataclass(frozen=True)
class Sheet:
    """The cells that hold text, with their paragraphs, and the areas that are merged into their first cell."""

    cells: Mapping[Place, tuple[str, ...]]
    merged: tuple[Area, ...] = ()
    cover: dict[Place, Area] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        """Note which places the merged cells with text cover."""
        last = [max((place[axis] for place in self.cells), default=-1) + 1 for axis in (0, 1)]
        for whole in self.merged:
            area = (*whole[:2], min(whole[2], last[0]), min(whole[3], last[1]))
            size = (area[2] - area[0]) * (area[3] - area[1])
            if (area[0], area[1]) in self.cells and len(self.cover) + size <= MOST_CELLS:
                rows, columns = range(area[0], area[2]), range(area[1], area[3])
                self.cover.update({(r, c): area for r in rows for c in columns})

    @property
    def places(self) -> list[Place]:
        """Everything that is filled, merged cells whole."""
        return sorted({*self.cells, *self.cover})


def parts(sheet: Sheet) -> Iterator[Item | Table]:
    """Every table with the lines above and below it. Blank rows and blank columns divide tables.

    Raises:
        TooLarge: a table has more than 100,000 cells.
    """
    for area in _areas(sheet.places):
        yield from _part(sheet, area)


def _areas(places: list[Place]) -> Iterator[tuple[Area, list[Place]]]:
    """Rectangles around filled places, cut at blank rows, then blank columns, until none is left inside."""
    waiting = [(places, 0, 0)]
    while waiting:
        group, axis, whole = waiting.pop()
        if not group:
            continue
        bands = _bands(group, axis)
        if len(bands) == 1 and whole:
            rows, columns = [p[0] for p in group], [p[1] for p in group]
            yield (min(rows), min(columns), max(rows) + 1, max(columns) + 1), group
        else:
            waiting += [(band, 1 - axis, len(bands) == 1) for band in reversed(bands)]


def _bands(places: list[Place], axis: int) -> list[list[Place]]:
    bands: list[list[Place]] = []
    last = -2
    for place in sorted(places, key=lambda place: place[axis]):
        if place[axis] > last + 1:
            bands.append([])
        bands[-1].append(place)
        last = place[axis]
    return bands


def _part(sheet: Sheet, found: tuple[Area, list[Place]]) -> Iterator[Item | Table]:
    """A table without the title over it and the notes under it, which are lines of their own."""
    (top, left, bottom, right), places = found
    if (bottom - top) * (right - left) > MOST_CELLS:
        raise TooLarge
    if len(places) == 1 or (places[0] in sheet.cover and len({sheet.cover.get(place) for place in places}) == 1):
        yield from _lines(sheet, [(top, left)], heads=True)
        return
    if right - left == 1:
        yield from _list(sheet, [place for place in sorted(places) if place in sheet.cells])
        return
    rows: dict[int, list[Place]] = {row: [] for row in range(top, bottom)}
    for place in sorted(places):
        if place in sheet.cells:
            rows[place[0]].append(place)
    while top < bottom and _stands_alone(sheet, rows[top], range(left, right), first=True):
        yield from _lines(sheet, rows[top], heads=True)
        top += 1
    notes = []
    while top < bottom and _stands_alone(sheet, rows[bottom - 1], range(left, right), first=False):
        bottom -= 1
        notes.append(rows[bottom])
    if top < bottom:
        yield _table(sheet, (top, left, bottom, right))
    for note in reversed(notes):
        yield from _lines(sheet, note, heads=False)


def _stands_alone(sheet: Sheet, row: list[Place], across: range, first: bool) -> bool:
    """Whether the row is one line of text over a table that reaches ``across``, or a remark under one."""
    if len(row) != 1:
        return False
    top, left, bottom, right = sheet.cover.get(row[0], (*row[0], row[0][0] + 1, row[0][1] + 1))
    if bottom - top > 1:
        return False
    if first:
        return len(across) > 1 and (left == across.start or right - left > 1)
    return bool(FOOTNOTE.match(sheet.cells[row[0]][0]))


def _lines(sheet: Sheet, row: list[Place], heads: bool) -> Iterator[Item]:
    for place in row:
        for line in sheet.cells[place]:
            yield Item("heading", line, 1) if heads and is_name(line) else Item("paragraph", line)


def _list(sheet: Sheet, places: list[Place]) -> Iterator[Item]:
    """A single column: its first cell heads what is below it, where it is a name."""
    lines = [line for place in places for line in sheet.cells[place]]
    headed = is_name(lines[0]) and not STEP.match(lines[0]) and not BULLET.match(lines[0])
    if headed:
        yield Item("heading", lines[0], 1)
    for line in lines[headed:]:
        mark = BULLET.match(line)
        text = line[mark.end() :] if mark else line
        told = FOOTNOTE.match(line) and not STEP.match(line)
        yield Item("paragraph", line) if told or not text else Item("bullet", text)


def _table(sheet: Sheet, area: Area) -> Table:
    top, left, bottom, right = area
    made: dict[Place, Cell] = {}
    for r in range(top, bottom):
        for c in range(left, right):
            cover = sheet.cover.get((r, c), (r, c, r + 1, c + 1))
            corner = cover[0], cover[1]
            if corner not in made:
                size = min(cover[2], bottom) - cover[0], min(cover[3], right) - cover[1]
                made[corner] = Cell(sheet.cells.get(corner, ()), corner[0] - top, corner[1] - left, *size)
            made[r, c] = made[corner]
    return Table(tuple(tuple(made[r, c] for c in range(left, right)) for r in range(top, bottom)))
