"""HTML tables → tables of the outline, merged cells at every place they cover."""

from __future__ import annotations

from typing import Any

from kejian.ingest.outline import Table
from kejian.ingest.spans import Span, spread
from kejian.ingest.webpage_text import is_hidden, lines_of

LAYOUT_CONTENT = ("h1", "h2", "h3", "h4", "h5", "h6", "table")


def is_layout(element: Any) -> bool:
    """Whether a table only arranges the page: it says so, has a single cell, or holds headings or tables."""
    cells = list(element.iter("td", "th"))
    presented = element.get("role") in ("presentation", "none")
    return presented or len(cells) < 2 or next(element.iterdescendants(*LAYOUT_CONTENT), None) is not None


def table(element: Any) -> Table | None:
    """The table in ``element``; None where no cell has text."""
    rows = [row for part in ("thead", "tbody", "tfoot") for row in _rows(element, part)]
    grid = spread([[_span(cell) for cell in row.iterchildren("td", "th")] for row in rows])
    return Table(grid) if any(cell.lines for row in grid for cell in row) else None


def _rows(element: Any, part: str) -> list[Any]:
    """The rows of one kind of section; rows outside of any belong to the body."""
    rows = [row for row in element.iter("tr") if not is_hidden(row)]
    parents = {"thead": ("thead",), "tfoot": ("tfoot",), "tbody": ("tbody", "table")}[part]
    return [row for row in rows if row.getparent().tag in parents]


def _span(cell: Any) -> Span:
    rows, columns = _number(cell.get("rowspan")), _number(cell.get("colspan"))
    return Span(tuple(lines_of(cell)), 1 << 16 if rows == 0 else rows, max(columns, 1))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 1
