"""A comparison as a workbook: the matrix on one sheet, the quotations it cites on another.

What a deck says is data, never a formula: cells are written as text, and harmless ones at that, for when the workbook
is saved as CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from kejian.assistant.answer import Answer, Cell, Matrix
from kejian.ui.formulas import harmless

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"对比": (14, 38), "出处": (8, 30, 8, 30, 70)}
SOURCES = ("编号", "课件", "页", "标题", "原文")


def matrix_xlsx(answer: Answer) -> bytes:
    """The workbook of an answer that has a matrix."""
    from openpyxl import Workbook

    assert answer.matrix is not None
    book = Workbook()
    book.remove(book.active)
    _fill(book.create_sheet("对比"), _matrix_rows(answer.matrix))
    _fill(book.create_sheet("出处"), _source_rows(answer))
    with BytesIO() as stream:
        book.save(stream)
        return stream.getvalue()


def _matrix_rows(matrix: Matrix) -> Iterable[Sequence[str]]:
    yield ("方面", *matrix.subjects)
    for row in matrix.rows:
        yield (row.aspect, *map(cell_text, row.cells))


def cell_text(cell: Cell) -> str:
    """What a cell says with its marks, a line a point where each point has a mark of its own."""
    points = cell.text.split("\n")
    if len(points) == len(cell.citations):
        return "\n".join(f"{point}[{n}]" for point, n in zip(points, cell.citations, strict=True))
    return cell.text + "".join(f"[{n}]" for n in cell.citations)


def _source_rows(answer: Answer) -> Iterable[Sequence[str]]:
    yield SOURCES
    for citation in answer.citations:
        yield (f"[{citation.n}]", citation.deck_title, str(citation.slide), citation.title, citation.quote)


def _fill(sheet: Worksheet, rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            cell.value = harmless(text)
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1 or (column == 1 and sheet.title == "对比"):
                cell.font = Font(bold=True)
    widths = WIDTHS[sheet.title]
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = widths[min(column, len(widths)) - 1]
    sheet.freeze_panes = "B2" if sheet.title == "对比" else "A2"
