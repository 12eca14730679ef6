"""``.csv`` → outline: one page with one table."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from kejian.corpus.errors import RefusedFile
from kejian.ingest.files import decode
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.regions import MOST_CELLS, Sheet, parts
from kejian.ingest.wording import one_line

DELIMITERS = ",\t;|，"
SAMPLE_LINES = 50
DECLARED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # a first line for Excel


def read_delimited(content: bytes, path: Path) -> Outline:
    """The outline of a table in text form.

    Raises:
        RefusedFile: it is no text, its quotes do not fit, or it has more than 100,000 cells.
    """
    text, warnings = decode(content, path)
    declared = DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    try:
        sign = declared[1] if declared else delimiter(text)
        rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=sign) if row]
    except csv.Error as error:
        raise RefusedFile(f"{path} 无法按 .csv 读取({error}),请检查引号是否成对,或另存为 .xlsx") from error
    cells = {(r, c): lines for r, row in enumerate(rows) for c, cell in enumerate(row) if (lines := lines_of(cell))}
    height, width = len(rows), max(map(len, rows), default=0)
    if height * width > MOST_CELLS:
        raise RefusedFile(f"{path} 有 {height} 行 {width} 列,超过 {MOST_CELLS} 格的上限,请拆分后再收入")
    found = tuple(parts(Sheet(cells)))
    return Outline("", (Page(found),) if any(not isinstance(p, Item) or p.text for p in found) else (), warnings)


def lines_of(cell: str) -> tuple[str, ...]:
    """The paragraphs of a cell."""
    return tuple(line for line in map(one_line, cell.splitlines()) if line)


def delimiter(text: str) -> str:
    r"""The sign that cuts most of the first lines into the same number of cells; a comma where none does.

    >>> delimiter("部门;职责\n市场部;策划,推广\n"), delimiter("甲\t乙\n1\t2")
    (';', '\t')
    """
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    return max(DELIMITERS, key=lambda sign: (_evenness(lines, sign), -DELIMITERS.index(sign)))


def _evenness(lines: list[str], sign: str) -> tuple[float, int]:
    """(share of lines with the commonest number of cells above one, that number)."""
    try:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return 0.0, 0
    width, count = counts.most_common(1)[0] if counts else (0, 0)
    return count / len(lines) if lines else 0.0, width
