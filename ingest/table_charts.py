"""Tables that draw a chart: a head from side to side, those it divides into, and units below each."""

from __future__ import annotations

from collections.abc import Iterator

from kejian.ingest.charts import Edge
from kejian.ingest.layout import Grid, Range
from kejian.ingest.outline import Cell
from kejian.ingest.scope import scope_of
from kejian.ingest.table_heads import Heads
from kejian.ingest.wording import is_name

LEVELS = 2  # rows of heads under the first cell, below which every column is a list
LEAST_UNITS = 0.8  # of the cells of a chart that was drawn as a table, 14 of 15 are units or posts


def draws_chart(heads: Heads) -> bool:
    """Whether the table is nothing but names of units and posts, under one that stands over all of them."""
    if heads.caption is None or len(heads.header) != LEVELS:
        return False
    names = [heads.lexicon.plain(cell.text) for cell in heads.table.cells() if cell.lines]
    units = sum(map(heads.lexicon.words.is_unit, (_post(name) for name in names)))
    return all(map(is_name, names)) and units >= LEAST_UNITS * len(names)


def _post(name: str) -> str:
    """「总经理 李某」 without the holder."""
    return name.split(" ")[0]


def table_edges(source: str, grid: Grid, heads: Heads) -> Iterator[Edge]:
    """Every cell of such a table under the one over it; a list below the heads stands under the last of them."""
    scope = scope_of(grid.sections)
    for row in range(1, len(grid.table.grid)):
        for column, cell in enumerate(grid.table.grid[row]):
            above = _above(heads, row, column)
            if (cell.row, cell.column) != (row, column) or not cell.lines or not above:
                continue
            names = tuple(_name(source, grid, each) for each in above)
            parent = _range(grid, above[-1])
            listed = grid.ranges[cell.row, cell.column] if row >= heads.first_row else (_range(grid, cell),)
            for child in listed:  # each line of a cell below the heads names a unit of its own
                yield Edge(names, source[slice(*child)], child, parent, scope.path, scope.inferred)


def _above(heads: Heads, row: int, column: int) -> tuple[Cell, ...]:
    """The cells over a place, outermost first, down to the last row of heads."""
    cells = (heads.table.grid[r][column] for r in range(min(row, heads.first_row)))
    return tuple(dict.fromkeys(cell for cell in cells if cell.lines))


def _name(source: str, grid: Grid, cell: Cell) -> str:
    return source[slice(*_range(grid, cell))]


def _range(grid: Grid, cell: Cell) -> Range:
    ranges = grid.ranges[cell.row, cell.column]
    return ranges[0][0], ranges[-1][1]
