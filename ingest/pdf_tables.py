"""Ruling lines of a page → grids: tables whose every cell is drawn, merged cells included; anything else is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_paths import THIN

SNAP = 3.0  # points: rules that are nearer are one
TOUCH = 2.0
SHORTEST = 6.0
MOST_RULES = 1_000
MOST_TRACKS = 150
COVERED = 0.6  # the part of a cell's side that must be ruled


@dataclass(frozen=True, slots=True)
class Field:
    """A cell of a ruled grid: its place, how far it spans, and its rectangle."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table of at least two rows and two columns."""

    box: Box
    rows: int
    columns: int
    fields: tuple[Field, ...]


def ruled_tables(rules: Sequence[Box]) -> list[Ruled]:
    """Every group of touching rules that draws a complete grid."""
    long = [rule for rule in rules if max(_size(rule)) >= SHORTEST and min(_size(rule)) <= THIN]
    if len(long) > MOST_RULES:
        return []
    found = (_Grid(group).table() for group in _touching(long) if len(group) >= 5)
    return [table for table in found if table is not None]


def _size(rule: Box) -> tuple[float, float]:
    return rule.right - rule.left, rule.bottom - rule.top


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """Groups of rules that are connected; a sweep from top to bottom."""
    groups: list[list[Box]] = []
    waiting = set(range(len(rules)))
    while waiting:
        reached = [waiting.pop()]
        for at in reached:
            near = [other for other in waiting if _touch(rules[at], rules[other])]
            waiting.difference_update(near)
            reached += near
        groups.append([rules[at] for at in reached])
    return groups


def _touch(one: Box, two: Box) -> bool:
    across = min(one.right, two.right) - max(one.left, two.left) > -TOUCH
    return across and min(one.bottom, two.bottom) - max(one.top, two.top) > -TOUCH


class _Grid:
    def __init__(self, rules: Sequence[Box]) -> None:
        upright = [rule for rule in rules if _size(rule)[1] > _size(rule)[0]]
        level = [rule for rule in rules if _size(rule)[1] <= _size(rule)[0]]
        self.xs = _tracks([(rule.left + rule.right) / 2 for rule in upright])
        self.ys = _tracks([(rule.top + rule.bottom) / 2 for rule in level])
        self.upright = _spans([((r.left + r.right) / 2, r.top, r.bottom) for r in upright], self.xs)
        self.level = _spans([((r.top + r.bottom) / 2, r.left, r.right) for r in level], self.ys)

    def table(self) -> Ruled | None:
        """The table, if the lines draw one."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        if not (1 < rows <= MOST_TRACKS and 1 < columns <= MOST_TRACKS and self._is_closed()):
            return None
        fields = list(self._fields(rows, columns))
        covered = sum(field.rows * field.columns for field in fields)
        if covered != rows * columns or len({f.row for f in fields}) < 2 or len({f.column for f in fields}) < 2:
            return None
        return Ruled(Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]), rows, columns, tuple(fields))

    def _is_closed(self) -> bool:
        """Whether there are lines all around."""
        top, left, bottom, right = 0, 0, len(self.ys) - 1, len(self.xs) - 1
        over = all(self._is_ruled_over(y, column) for y in (top, bottom) for column in range(right))
        return over and all(self._is_ruled_left(x, row) for x in (left, right) for row in range(bottom))

    def _is_ruled_over(self, y: int, column: int) -> bool:
        return _covers(self.level.get(y, ()), self.xs[column], self.xs[column + 1])

    def _is_ruled_left(self, x: int, row: int) -> bool:
        return _covers(self.upright.get(x, ()), self.ys[row], self.ys[row + 1])

    def _fields(self, rows: int, columns: int) -> Iterator[Field]:
        """Cells from the top left on, each as far as no line ends it; an impossible one ends the attempt."""
        taken: set[tuple[int, int]] = set()
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                wide = next(n for n in range(1, columns + 1) if self._ends_right(row, column + n, columns))
                high = next(n for n in range(1, rows + 1) if self._ends_below(row + n, column, rows))
                places = {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
                if places & taken or self._is_cut(row, column, high, wide):
                    return
                taken |= places
                box = Box(self.xs[column], self.ys[row], self.xs[column + wide], self.ys[row + high])
                yield Field(row, column, high, wide, box)

    def _ends_right(self, row: int, x: int, columns: int) -> bool:
        return x == columns or self._is_ruled_left(x, row)

    def _ends_below(self, y: int, column: int, rows: int) -> bool:
        return y == rows or self._is_ruled_over(y, column)

    def _is_cut(self, row: int, column: int, high: int, wide: int) -> bool:
        """Whether a line runs through the inside of a cell."""
        upright = any(
            self._is_ruled_left(x, r) for x in range(column + 1, column + wide) for r in range(row, row + high)
        )
        return upright or any(
            self._is_ruled_over(y, c) for y in range(row + 1, row + high) for c in range(column, column + wide)
        )


def _tracks(places: Sequence[float]) -> list[float]:
    """Places of rules, those within ``SNAP`` of each other taken together."""
    tracks: list[float] = []
    for place in sorted(places):
        if not tracks or place - tracks[-1] > SNAP:
            tracks.append(place)
    return tracks


def _spans(rules: Sequence[tuple[float, float, float]], tracks: list[float]) -> dict[int, list[tuple[float, float]]]:
    """For every track the stretches that are ruled."""
    spans: dict[int, list[tuple[float, float]]] = {}
    for place, start, end in rules:
        track = min(range(len(tracks)), key=lambda number: abs(tracks[number] - place))
        spans.setdefault(track, []).append((start, end))
    return {track: sorted(found) for track, found in spans.items()}


def _covers(spans: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether the stretches cover most of ``[start, end]``."""
    covered, reach = 0.0, start
    for low, high in spans:
        low, high = max(low, reach), min(high, end)
        if high > low:
            covered += high - low
            reach = high
    return covered >= COVERED * (end - start)
