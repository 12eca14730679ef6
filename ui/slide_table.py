"""A table of a slide as a grid: its cells stand at their places in it, columns and rows sized by what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kejian.ingest.model import Block
from kejian.ui.slide_frame import Frame
from kejian.ui.slide_text import Row
from kejian.ui.table_cells import TableCell, cells_of
from kejian.ui.textfit import LINE_HEIGHT, Line, width, wrap

LARGEST, SMALLEST, STEP = 16.0, 6.0, 0.5
PADDING = 5.0
NARROWEST = 3.0  # em


@dataclass(frozen=True, slots=True)
class Table:
    """A laid-out table: its cells as frames, and the lines of text in them."""

    cells: tuple[Frame, ...]
    rows: tuple[Row, ...]


def lay_out(frame: Frame, source: str, blocks: Sequence[Block]) -> Table:
    """The table in ``frame``, at the largest type size at which it fits; ``blocks`` are the blocks in it."""
    said = tuple(block for block in blocks if frame.start <= block.start and block.end <= frame.end)
    grid = Grid(frame, source, cells_of(source, frame.start, frame.end, said), said)
    widths = grid.widths()
    size = LARGEST
    while size > SMALLEST and sum(grid.heights(widths, size)) > frame.height:
        size -= STEP
    heights = grid.heights(widths, size)
    spare = max(frame.height - sum(heights), 0.0) / len(heights)
    cells = tuple(_frames(frame, grid.cells, widths, [height + spare for height in heights]))
    return Table(cells, tuple(row for cell in cells for row in grid.rows(cell, size)))


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table that stands in ``frame``; ``said`` are its blocks."""

    frame: Frame
    source: str
    cells: tuple[TableCell, ...]
    said: tuple[Block, ...]

    def widths(self) -> list[float]:
        """Columns share the width by the square root of their longest cell: a long one does not take all."""
        longest = [NARROWEST] * max(cell.column + cell.columns for cell in self.cells)
        for cell in self.cells:
            if cell.columns == 1:
                longest[cell.column] = max(longest[cell.column], width(self.source[cell.start : cell.end]))
        weights = [length**0.5 for length in longest]
        return [self.frame.width * weight / sum(weights) for weight in weights]

    def heights(self, widths: Sequence[float], size: float) -> list[float]:
        """The height each row needs at a type size; a cell over several rows makes the last of them higher."""
        heights = [PADDING] * max(cell.row + cell.rows for cell in self.cells)
        for cell in sorted(self.cells, key=lambda cell: cell.rows):
            across = sum(widths[cell.column : cell.column + cell.columns])
            needed = len(self.lines(cell.start, cell.end, across, size)) * size * LINE_HEIGHT + PADDING
            covered = range(cell.row, cell.row + cell.rows)
            heights[covered[-1]] += max(needed - sum(heights[row] for row in covered), 0.0)
        return heights

    def lines(self, start: int, end: int, across: float, size: float) -> list[Line]:
        """The lines of a cell of width ``across``: each block of it begins a line."""
        within = [(block.start, block.end) for block in self.said if start <= block.start and block.end <= end]
        limit = max((across - 2 * PADDING) / size, 1.0)
        return [line for one, two in within or [(start, end)] for line in wrap(self.source[one:two], limit, one)]

    def rows(self, cell: Frame, size: float) -> Iterator[Row]:
        """The lines of a cell at their places."""
        for number, line in enumerate(self.lines(cell.start, cell.end, cell.width, size)):
            y = cell.y + PADDING / 2 + number * size * LINE_HEIGHT
            yield Row(line, cell.x + PADDING, y, size, cell.role)


def _frames(
    frame: Frame, cells: Sequence[TableCell], widths: Sequence[float], heights: Sequence[float]
) -> Iterator[Frame]:
    lefts = list(accumulate(widths, initial=frame.x))
    tops = list(accumulate(heights, initial=frame.y))
    for cell in cells:
        role = "heading" if cell.row == 0 or cell.column == 0 else "cell"
        left, top = lefts[cell.column], tops[cell.row]
        right, foot = lefts[cell.column + cell.columns], tops[cell.row + cell.rows]
        yield Frame(left, top, right - left, foot - top, cell.start, cell.end, "cell", role)
