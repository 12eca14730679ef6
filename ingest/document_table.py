"""WordprocessingML tables → tables of the outline, merged cells at every place they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kejian.ingest.outline import Table
from kejian.ingest.spans import Span, spread

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins")}
MOST_COLUMNS = 63  # what Word itself allows
Lines = Callable[[Any], tuple[str, ...]]


def is_box(element: Any) -> bool:
    """Whether a w:tbl is a frame around text: it has a single cell."""
    rows = list(_own(element, f"{W}tr"))
    return len(rows) == 1 and len(list(_own(rows[0], f"{W}tc"))) == 1


def table(element: Any, lines: Lines) -> Table | None:
    """The table in a w:tbl, ``lines`` reading each cell; None where no cell has text."""
    rows = [list(_places(row)) for row in _own(element, f"{W}tr")]
    begun = [[place for place in row if not _goes_on(place, rows[r - 1] if r else [])] for r, row in enumerate(rows)]
    grid = spread([[_span(place, rows[r + 1 :], lines) for place in row] for r, row in enumerate(begun)])
    return Table(grid) if any(cell.lines for row in grid for cell in row) else None


Place = tuple[int, int, str, Any]  # column, columns, vertical merge ("", "restart", "continue"), the w:tc or None


def _places(row: Any) -> Iterator[Place]:
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    if column:
        yield 0, column, "", None
    for cell in _own(row, f"{W}tc"):
        columns = max(_number(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 1)
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        kind = "" if merge is None else merge.get(f"{W}val") or "continue"
        yield column, columns, kind, cell
        column += columns


def _goes_on(place: Place, above: list[Place]) -> bool:
    """Whether the place is covered by the cell over it; one that says so without a cell over it begins anew."""
    return place[2] == "continue" and any(other[0] == place[0] and other[2] for other in above)


def _span(place: Place, below: list[list[Place]], lines: Lines) -> Span:
    """The cell with the rows below that go on with it."""
    column, columns, kind, cell = place
    rows = 1
    if kind:
        for row in below:
            if not any(other[0] == column and other[2] == "continue" for other in row):
                break
            rows += 1
    return Span(lines(cell) if cell is not None else (), rows, columns)


def _own(element: Any, tag: str) -> Iterator[Any]:
    """Rows of a table, or cells of a row, those in content controls too."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _own(child, tag)


def _number(element: Any, otherwise: int) -> int:
    text = (element.get(f"{W}val") or "") if element is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
