"""The cells of a table at their places in its grid, found by the blocks that were read in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kejian.ingest.model import Block

SEPARATOR = " | "  # between two cells in the source


@dataclass(frozen=True, slots=True)
class TableCell:
    """The cell that says ``[start, end)`` of the source; an empty one says nothing."""

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.row + self.rows):
            yield from ((row, column) for column in range(self.column, self.column + self.columns))


def cells_of(source: str, start: int, end: int, blocks: Sequence[Block]) -> tuple[TableCell, ...]:
    """The cells of the table ``source[start:end]``, row by row, the empty ones among them; ``blocks`` are its blocks.

    Tables that were read before the places of cells were kept are cut into lines and cells at separators.
    """
    placed = [block for block in blocks if len(block.cell) == 4]
    if not placed or len(placed) < len(blocks):
        return tuple(_cut(source, start, end, blocks))
    found = [_cell(list(group)) for _, group in groupby(placed, key=lambda block: block.cell)]
    taken = {place for cell in found for place in cell.places}
    down, across = (1 + max(place[axis] for place in taken) for axis in (0, 1))
    free = ((row, column) for row in range(down) for column in range(across) if (row, column) not in taken)
    empty = [TableCell(start, start, row, column) for row, column in free]
    return tuple(sorted((*found, *empty), key=lambda cell: (cell.row, cell.column)))


def _cell(blocks: Sequence[Block]) -> TableCell:
    return TableCell(blocks[0].start, blocks[-1].end, *blocks[0].cell)


def _cut(source: str, start: int, end: int, blocks: Sequence[Block]) -> Iterator[TableCell]:
    """A line a row, cells between separators; a separator inside a block is part of its text."""
    inside = {at for block in blocks for at in range(block.start, block.end)}
    for row, line in enumerate(source[start:end].split("\n")):
        found = (start + at for at in range(len(line)) if line.startswith(SEPARATOR, at))
        cuts = [at for at in found if at not in inside]
        edges = [start, *(edge for at in cuts for edge in (at, at + len(SEPARATOR))), start + len(line)]
        for column, (left, right) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
            yield TableCell(left, right, row, column)
        start += len(line) + 1
