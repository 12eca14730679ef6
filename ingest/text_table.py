"""Lines of plain text whose cells tabs or upright strokes part → tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kejian.ingest.outline import Table, filled
from kejian.ingest.wording import BULLET, STEP, one_line

PAGE_REFERENCE = re.compile(r"\d{1,4}")
RULE = re.compile(r"[\s|:+=_-]+")


def table_at(lines: Sequence[str]) -> tuple[Table | None, int]:
    r"""The table that ``lines`` open with, and how many of them it takes; (None, 0) where they open with none.

    >>> table, taken = table_at(["部门\t职责", "市场部\t策划", "以上。"])
    >>> [cell.text for cell in table.cells()], taken
    (['部门', '职责', '市场部', '策划'], 2)
    """
    for sign in ("\t", "|"):
        taken = next((n for n, line in enumerate(lines) if sign not in line.rstrip()), len(lines))
        rows = _rows(lines[:taken], sign)
        if rows and _is_table(rows):
            return Table(filled([[(cell,) if cell else () for cell in row] for row in rows])), taken
    return None, 0


def _rows(lines: Sequence[str], sign: str) -> list[list[str]]:
    """The cells of each line; nothing where the lines have not the same number of them."""
    content = [line for line in lines if sign == "\t" or not RULE.fullmatch(line)]
    for gap in (re.escape(sign), re.escape(sign) + "+"):
        rows = [[one_line(cell) for cell in re.split(gap, _bare(line, sign))] for line in content]
        if len({len(row) for row in rows}) == 1:
            kept = [n for n in range(len(rows[0])) if any(row[n] for row in rows)]
            return [[row[n] for n in kept] for row in rows]
    return []


def _bare(line: str, sign: str) -> str:
    """Without the strokes at both ends; a tab in front is an empty cell."""
    return line.rstrip() if sign == "\t" else line.strip().removeprefix(sign).removesuffix(sign)


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Two rows and two columns; not a list whose marks a tab parts from the text, labels, nor a table of contents."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    pairs = len(rows[0]) == 2
    marked = all(_is_mark(row[0]) or row[0].endswith((":", "：")) for row in rows)
    contents = all(PAGE_REFERENCE.fullmatch(row[-1]) for row in rows)
    return not (pairs and (marked or contents))


def _is_mark(text: str) -> bool:
    return not text or any(not sign.sub("", f"{text} ") for sign in (BULLET, STEP)) or text.isdigit()
