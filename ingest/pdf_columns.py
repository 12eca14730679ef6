"""Tables without ruling lines: rows of short texts that stand in the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kejian.ingest.outline import Table, filled
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_lines import Line, wrapped

LEAST_ROWS = 3
LEAST_PAIRS = 4  # rows of a table of two columns
LONGEST_KEY = 14  # characters in the first of two columns
ROW_PITCH = 3.0  # of the type size: rows that stand farther apart are no table
WRAP_PITCH = 1.7  # as near stands the second line of a cell
GUTTER = 0.8  # of the type size between columns
ALIGNED = 0.7  # of the type size: as far may the edges of a column's cells differ
PROSE_LINE = 10  # characters
FULL = 0.85  # of the widest line of a column


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table, where it stands, and the lines it is made of."""

    table: Table
    box: Box
    lines: tuple[Line, ...]


@dataclass
class _Column:
    """A column being gathered: its cells by row, each with its lines."""

    cells: dict[int, list[Line]] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        return [line for cell in self.cells.values() for line in cell]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    def is_aligned(self) -> bool:
        """Whether its cells share their left edge, their right edge or their middle."""
        firsts = [cell[0] for cell in self.cells.values()]
        slack = ALIGNED * max(line.size for line in firsts)
        edges = (
            [line.left for line in firsts],
            [line.right for line in firsts],
            [(line.left + line.right) / 2 for line in firsts],
        )
        return any(max(places) - min(places) <= slack for places in edges)

    def is_prose(self) -> bool:
        """Whether most lines fill the column, as those of running text do."""
        widest = self.right - self.left
        full = [line for line in self.lines if line.right - line.left >= FULL * widest and len(line.text) >= PROSE_LINE]
        return len(full) * 2 > len(self.lines)


def aligned_tables(lines: Sequence[Line]) -> list[Aligned]:
    """The tables among ``lines`` that no box and no ruled table holds."""
    free = [line for line in lines if line.table is None and line.box is None]
    return [table for run in _runs(_rows(free)) if (table := _table(run)) is not None]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base <= 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _runs(rows: Sequence[list[Line]]) -> Iterator[list[list[Line]]]:
    """Stretches of rows that may be a table, second lines of cells among them."""
    run: list[list[Line]] = []
    for row in rows:
        if run and (_is_row(row) or _goes_on(row, run)) and row[0].base - run[-1][0].base <= ROW_PITCH * row[0].size:
            run.append(row)
            continue
        yield run
        run = [row] if _is_row(row) else []
    yield run


def _is_row(row: Sequence[Line]) -> bool:
    plain = not any(line.dotted or line.marked for line in row[1:]) and not row[0].dotted
    return len(row) > 1 and plain and max(line.size for line in row) - min(line.size for line in row) < 1


def _goes_on(row: Sequence[Line], run: Sequence[Sequence[Line]]) -> bool:
    near = row[0].base - run[-1][0].base <= WRAP_PITCH * row[0].size
    return len(row) == 1 and near and row[0].left > run[-1][0].right


def _table(run: Sequence[list[Line]]) -> Aligned | None:
    whole = [row for row in run if _is_row(row)]
    while whole and run[-1] is not whole[-1] and not _is_row(run[-1]) and len(run) > 1 and len(run[-1]) > 1:
        run = run[:-1]
    width = max(map(len, whole), default=0)
    if len(whole) < (LEAST_ROWS if width > 2 else LEAST_PAIRS):
        return None
    columns = _columns(run, max(whole, key=len))
    if columns is None or not all(column.is_aligned() for column in columns) or all(c.is_prose() for c in columns):
        return None
    keys = [line for cell in columns[0].cells.values() for line in cell]
    if width == 2 and any(len(line.text) > LONGEST_KEY for line in keys):
        return None
    rows = [[_cell(column.cells.get(number, [])) for column in columns] for number in range(len(whole))]
    lines = [line for column in columns for line in column.lines]
    box = Box(columns[0].left, min(x.top for x in lines), columns[-1].right, max(x.bottom for x in lines))
    return Aligned(Table(filled(rows)), box, tuple(lines))


def _columns(run: Sequence[list[Line]], widest: list[Line]) -> list[_Column] | None:
    """The lines of ``run`` in columns; None where they do not fit in any."""
    spans = [[line.left, line.right] for line in widest]
    columns = [_Column() for _ in widest]
    number = -1
    for row in run:
        number += _is_row(row)
        for line in row:
            at = [n for n, (left, right) in enumerate(spans) if line.left < right and line.right > left]
            if len(at) != 1 or (_is_row(row) and number in columns[at[0]].cells) or number < 0:
                return None
            spans[at[0]] = [min(spans[at[0]][0], line.left), max(spans[at[0]][1], line.right)]
            columns[at[0]].cells.setdefault(number, []).append(line)
    apart = all(b[0] - a[1] >= GUTTER * widest[0].size for a, b in pairwise(spans))
    return columns if apart and all(len(column.cells) > 1 for column in columns) else None


def _cell(lines: Sequence[Line]) -> tuple[str, ...]:
    text = ""
    for line in lines:
        text = wrapped(text, line.text)
    return (text.rstrip("\xad"),) if text else ()
