"""A table of a slide as a grid: its cells are found in the source, its columns and rows sized by what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kejian.ingest.model import Block
from kejian.ui.slide_frame import Frame
from kejian.ui.slide_text import Row
from kejian.ui.textfit import LINE_HEIGHT, Line, width, wrap

SEPARATOR = " | "  # between two cells in the source
LARGEST, SMALLEST, STEP = 16.0, 6.0, 0.5
PADDING = 5.0
NARROWEST = 3.0  # em

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """A laid-out table: its cells as frames, and the lines of text in them."""

    cells: tuple[Frame, ...]
    rows: tuple[Row, ...]


def lay_out(frame: Frame, source: str, blocks: Sequence[Block]) -> Table:
    """The table in ``frame``, at the largest type size at which it fits; ``blocks`` are the blocks in it."""
    grid = Grid(frame, source, tuple((block.start, block.end) for block in blocks))
    spans = grid.spans()
    widths = grid.widths(spans)
    size = LARGEST
    while size > SMALLEST and sum(grid.heights(spans, widths, size)) > frame.height:
        size -= STEP
    heights = grid.heights(spans, widths, size)
    spare = max(frame.height - sum(heights), 0.0) / len(heights)
    cells = tuple(_cells(frame, spans, widths, [height + spare for height in heights]))
    return Table(cells, tuple(row for cell in cells for row in grid.rows(cell, size)))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in the source: a line a row, cells between separators; ``said`` are its blocks."""

    frame: Frame
    source: str
    said: tuple[Span, ...]

    def spans(self) -> list[list[Span]]:
        """The span of every cell, row by row: a separator inside a block is part of its text."""
        inside = {at for start, end in self.said for at in range(start, end)}
        rows = []
        start = self.frame.start
        for line in self.source[self.frame.start : self.frame.end].split("\n"):
            found = (start + at for at in range(len(line)) if line.startswith(SEPARATOR, at))
            cuts = [at for at in found if at not in inside]
            edges = [start, *(edge for at in cuts for edge in (at, at + len(SEPARATOR))), start + len(line)]
            rows.append(list(zip(edges[::2], edges[1::2], strict=True)))
            start += len(line) + 1
        return rows

    def widths(self, spans: Sequence[Sequence[Span]]) -> list[float]:
        """Columns share the width by the square root of their longest cell: a long one does not take all."""
        columns = range(max(map(len, spans)))
        longest = [max(width(self.source[slice(*row[c])]) for row in spans if c < len(row)) for c in columns]
        weights = [max(length, NARROWEST) ** 0.5 for length in longest]
        return [self.frame.width * weight / sum(weights) for weight in weights]

    def heights(self, spans: Sequence[Sequence[Span]], widths: Sequence[float], size: float) -> list[float]:
        """The height each row needs at a type size."""
        return [
            max(len(self.lines(span, across, size)) for span, across in zip(row, widths, strict=False))
            * size
            * LINE_HEIGHT
            + PADDING
            for row in spans
        ]

    def lines(self, span: Span, across: float, size: float) -> list[Line]:
        """The lines of a cell of width ``across``: each block of it begins a line."""
        within = [(start, end) for start, end in self.said if span[0] <= start and end <= span[1]]
        limit = max((across - 2 * PADDING) / size, 1.0)
        return [line for start, end in within or [span] for line in wrap(self.source[start:end], limit, start)]

    def rows(self, cell: Frame, size: float) -> Iterator[Row]:
        """The lines of a cell at their places."""
        for number, line in enumerate(self.lines((cell.start, cell.end), cell.width, size)):
            y = cell.y + PADDING / 2 + number * size * LINE_HEIGHT
            yield Row(line, cell.x + PADDING, y, size, cell.role)


def _cells(
    frame: Frame, spans: Sequence[Sequence[Span]], widths: Sequence[float], heights: Sequence[float]
) -> Iterator[Frame]:
    lefts = list(accumulate(widths, initial=frame.x))
    tops = list(accumulate(heights, initial=frame.y))
    for r, row in enumerate(spans):
        for c, (start, end) in enumerate(row):
            role = "heading" if r == 0 or c == 0 else "cell"
            yield Frame(lefts[c], tops[r], widths[c], heights[r], start, end, "cell", role)
