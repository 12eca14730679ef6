"""Rows of cells that span → the grid of a table, each merged cell at every place it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kejian.ingest.outline import Cell, Grid

MOST_PLACES = 200_000


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as written in its row: its paragraphs, and how many rows and columns it covers."""

    lines: tuple[str, ...]
    rows: int = 1
    columns: int = 1


def spread(rows: Sequence[Sequence[Span]]) -> Grid:
    """The grid of ``rows``: each cell takes the next free place; what runs over the edge or another cell is cut.

    Raises:
        ValueError: the table has more than 200,000 places.

    >>> [[cell.text for cell in row] for row in spread([[Span(("a",), 2), Span(("b",))], [Span(("c",))]])]
    [['a', 'b'], ['a', 'c']]
    """
    places: dict[tuple[int, int], Cell] = {}
    width = 0
    for r, row in enumerate(rows):
        column = 0
        for span in row:
            while (r, column) in places:
                column += 1
            _place(span, r, column, len(rows), places)
            width = max(width, column + 1)
    if width * len(rows) > MOST_PLACES:
        raise ValueError("table too large")
    trimmed = {cell: _trimmed(cell, width) for cell in dict.fromkeys(places.values())}
    filled = {place: trimmed[cell] for place, cell in places.items()}
    return tuple(tuple(filled.get((r, c)) or Cell((), r, c) for c in range(width)) for r in range(len(rows)))


def _place(span: Span, row: int, column: int, height: int, places: dict[tuple[int, int], Cell]) -> None:
    """Put ``span`` down as a rectangle of free places, as a single one where the table has grown absurd."""
    room = MOST_PLACES - len(places)
    columns = min(span.columns, max(room, 1))
    columns = next((n for n in range(1, columns) if (row, column + n) in places), columns)
    rows = min(span.rows, height - row, max(room // columns, 1))
    rows = next((n for n in range(1, rows) if any((row + n, column + c) in places for c in range(columns))), rows)
    cell = Cell(span.lines, row, column, rows, columns)
    places.update({(row + r, column + c): cell for r in range(rows) for c in range(columns)})


def _trimmed(cell: Cell, width: int) -> Cell:
    """No cell reaches beyond the last column in which one begins."""
    return replace(cell, columns=min(cell.columns, width - cell.column))
