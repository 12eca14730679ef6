"""DrawingML tables → tables of the outline, merged cells at every place they cover."""

from __future__ import annotations

from typing import Any

from kejian.ingest.outline import Cell, Table, filled
from kejian.ingest.pptx_text import A, bullet_kind, paragraph_text, paragraphs
from kejian.ingest.wording import one_line

MOST_CELLS = 20_000
STYLED = {"firstCol", "lastRow", "lastCol", "bandRow", "bandCol"}


def table(element: Any, shape: int) -> Table | None:
    """The table in an a:tbl; None where it has no cell with text."""
    rows = [list(row.iterchildren(f"{A}tc")) for row in element.iterchildren(f"{A}tr")]
    width = max(map(len, rows), default=0)
    if not width or len(rows) * width > MOST_CELLS:
        return None
    grid: list[list[Cell | None]] = [[None] * width for _ in rows]
    for r, row in enumerate(rows):
        for c, element_ in enumerate(row):
            if grid[r][c] is None:
                _place(_cell(element_, r, c, len(rows), width), grid)
    filled = tuple(tuple(cell or Cell((), r, c) for c, cell in enumerate(row)) for r, row in enumerate(grid))
    headless = _is_headless(element.find(f"{A}tblPr"))
    return Table(filled, shape, headless=headless) if any(c.lines for row in filled for c in row) else None


def _is_headless(properties: Any) -> bool:
    """Whether the author has switched the first row's looks off; programs that know no such looks say nothing."""
    flags = (
        {key for key, value in properties.attrib.items() if value in ("1", "true")} if properties is not None else ()
    )
    return "firstRow" not in flags and bool(STYLED.intersection(flags))


def tabbed(body: Any, shape: int) -> Table | None:
    """The table that lines with tabs between words draw: two or more, all with as many columns; else None.

    Two columns are keys and values; more have heads in their first line.
    """
    if not any("\t" in (text.text or "") for text in body.iter(f"{A}t")):
        return None
    lines = [(p, paragraph_text(p)) for p in body.iterchildren(f"{A}p")]
    rows = [[(one_line(text),) for text in line.split("\t") if text.strip()] for p, line in lines if line.strip()]
    plain = all("\v" not in line and "\n" not in line and not _is_listed(p) for p, line in lines if line.strip())
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) != 1 or widths == {1} or not plain:
        return None
    return Table(filled([list(row) for row in rows]), shape, headless=widths == {2})


def _is_listed(paragraph: Any) -> bool:
    kind = bullet_kind(paragraph.find(f"{A}pPr"))
    return kind is not None and kind.tag != f"{A}buNone"


def _cell(element: Any, row: int, column: int, height: int, width: int) -> Cell:
    body = element.find(f"{A}txBody")
    lines = tuple(p.text for p in paragraphs(body) if p.text) if body is not None else ()
    rows, columns = (_span(element.get(key)) for key in ("rowSpan", "gridSpan"))
    return Cell(lines, row, column, min(rows, height - row), min(columns, width - column))


def _span(text: str | None) -> int:
    return max(int(text), 1) if text and text.isdigit() and len(text) < 6 else 1


def _place(cell: Cell, grid: list[list[Cell | None]]) -> None:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            if grid[row][column] is None:
                grid[row][column] = cell
