"""``.xlsx`` → outline: every sheet a page, every block of filled cells a table, with the values that Excel stored."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from kejian.corpus.errors import RefusedFile
from kejian.ingest.outline import Item, Outline, Page, Table
from kejian.ingest.package import FAULTS, check_package, damaged
from kejian.ingest.regions import MOST_CELLS, Area, Place, Sheet, TooLarge, parts
from kejian.ingest.wording import one_line
from kejian.ingest.workbook_notes import notes_of
from kejian.ingest.workbook_values import lines_of

GENERIC_NAME = re.compile(r"^(?:sheet|工作表|表|chart)\s*\d*$", re.IGNORECASE)
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UNREAD = {"xl/charts/chart": "图表", "xl/media/": "图片", "xl/diagrams/data": "SmartArt 图示"}
MOST_ROWS = 1_048_576


def read_workbook(content: bytes, path: Path) -> Outline:
    """The outline of a workbook. Formulas are read as the value last computed; those without one are warned about.

    Raises:
        RefusedFile: the package is dangerous, damaged or no workbook, or a sheet has more than 100,000 cells.
    """
    check_package(content, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return _outline(content)
    except TooLarge as error:
        raise RefusedFile(f"{path} 的工作表 {error} 超过 {MOST_CELLS} 格的上限,请拆分后再收入") from None
    except FAULTS as error:
        raise damaged(path, error) from error


def _outline(content: bytes) -> Outline:
    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        pages: list[Page] = []
        said: list[str] = []
        for number, sheet in enumerate(workbook.worksheets, 1):
            marks = _marks(workbook._archive.read(sheet._worksheet_path))
            notes = notes_of(workbook._archive, sheet._worksheet_path)
            hidden = sheet.sheet_state != "visible"
            if items := tuple(_items(sheet, marks.merged, notes)):
                pages.append(Page(items, number, hidden=hidden))
                said += _told(sheet.title, marks, hidden)
        title = one_line(workbook.properties.title or "")
    finally:
        workbook.close()
    return Outline(title, tuple(pages), (*said, *_unread(content)))


def _told(name: str, marks: _Marks, hidden: bool) -> Iterator[str]:
    """What a reader of the sheet has to know."""
    if hidden:
        yield f"工作表 {name} 是隐藏的,内容已照常收入"
    parts = [f"{count} {what}" for count, what in ((marks.rows, "行"), (marks.columns, "列")) if count]
    if parts:
        yield f"工作表 {name} 有 {'、'.join(parts)}是隐藏的,内容已照常收入"
    if marks.missing:
        yield f"工作表 {name} 有 {marks.missing} 个公式没有保存结果,没有读取;请用 Excel 或 WPS 打开后重新保存"


def _items(sheet: Any, merged: tuple[Area, ...], notes: list[tuple[str, str]]) -> Iterator[Item | Table]:
    """The sheet's name, unless it is the program's own, what stands on it, and what is noted on its cells."""
    name = one_line(sheet.title)
    try:
        found = list(parts(Sheet(_cells(sheet), merged)))
    except TooLarge:
        raise TooLarge(name) from None
    if found and name and not GENERIC_NAME.match(name):
        yield Item("title", name)
    yield from found
    yield from (Item("note", f"批注({cell}):{text}") for cell, text in notes)


def _cells(sheet: Any) -> dict[Place, tuple[str, ...]]:
    sheet.reset_dimensions()
    cells: dict[Place, tuple[str, ...]] = {}
    # Rows in between are made up for a row that is numbered beyond; the last there can be is 1,048,576.
    for row in sheet.iter_rows(max_row=MOST_ROWS):
        for cell in row:
            if cell.value is not None and (lines := lines_of(cell.value, cell.number_format)):
                cells[cell.row - 1, cell.column - 1] = lines
        if len(cells) > MOST_CELLS:
            raise TooLarge
    return cells


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a reader of values alone does not see: merged areas, formulas without a value, hidden rows and columns."""

    merged: tuple[Area, ...]
    missing: int
    rows: int
    columns: int


def _marks(markup: bytes) -> _Marks:
    merged: list[Area] = []
    missing = rows = 0
    used: set[int] = set()
    hidden: list[range] = []
    tags = (f"{S}c", f"{S}row", f"{S}mergeCell", f"{S}col")
    for _, element in etree.iterparse(BytesIO(markup), tag=tags, resolve_entities=False, no_network=True):
        if element.tag == f"{S}mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref") or "")
            if None not in (left, top, right, bottom):
                merged.append((top - 1, left - 1, bottom, right))
        elif element.tag == f"{S}c":
            missing += _lacks_value(element)
            if len(element) and (reference := element.get("r")):
                used.add(range_boundaries(reference)[0])
        elif element.tag == f"{S}col":
            hidden += [range(int(element.get("min")), int(element.get("max")) + 1)] if _is_hidden(element) else []
        else:
            rows += _is_hidden(element) and any(len(cell) for cell in element)
            element.clear()
    columns = sum(any(column in span for span in hidden) for column in used)
    return _Marks(tuple(merged), missing, rows, columns)


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") in ("1", "true")


def _lacks_value(cell: Any) -> bool:
    return cell.find(f"{S}f") is not None and not cell.findtext(f"{S}v") and cell.get("t") != "str"


def _unread(content: bytes) -> Iterator[str]:
    """A warning for every kind of drawn thing in the package."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
    for prefix, what in UNREAD.items():
        if count := sum(name.startswith(prefix) for name in names):
            yield f"有 {count} 处{what}没有读取,其中的文字不会被检索到"
