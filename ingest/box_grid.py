"""Tables that are drawn as boxes: side by side, or apart with heads over the columns and left of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from kejian.ingest.drawing import Drawn, Frame

TOUCHING = 38_100  # EMU, 3 points: how far neighbours drawn by hand are apart, or overlap
FEWEST_ROWS, FEWEST_COLUMNS = 3, 2
Rows = list[list[Drawn]]


def box_grids(boxes: Sequence[Drawn]) -> list[Rows]:
    """The tables among ``boxes``, as rows from top to bottom, each from left to right."""
    ordered = sorted(boxes, key=lambda box: (box.groups, box.frame.top, box.frame.left))
    found: list[Rows] = []
    for _, run in groupby(ordered, key=lambda box: (box.groups, box.frame.top, box.frame.bottom)):
        row = list(run)
        if len(row) < FEWEST_COLUMNS or not all(_touch(a.frame, b.frame) for a, b in pairwise(row)):
            continue
        if found and _continues(found[-1][-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return [rows for rows in found if len(rows) >= FEWEST_ROWS]


def inner_cells(boxes: Sequence[Drawn], is_corner: Callable[[Drawn], bool]) -> set[int]:
    """The indices of boxes that stand under heads and right of heads at once, where the corner is empty or names them.

    Every row below the heads holds a box more than their row, and one to each of them.
    """
    found: set[int] = set()
    rows = list(_rows(boxes))
    for number, row in enumerate(rows):
        heads = row[1:] if is_corner(row[0]) else row
        if len(heads) < FEWEST_COLUMNS:
            continue
        below = [cells for cells in _below(rows[number + 1 :], len(heads)) if _stands_under(heads, cells)]
        if len(below) >= FEWEST_COLUMNS:
            found |= {cell.index for cells in below for cell in cells[1:]}
    return found


def _rows(boxes: Sequence[Drawn]) -> Iterator[list[Drawn]]:
    """Boxes of one height beside each other, from top to bottom."""
    rest = sorted(boxes, key=lambda box: (box.frame.top, box.frame.left))
    while rest:
        first = rest[0].frame
        row = [b for b in rest if max(abs(b.frame.top - first.top), abs(b.frame.bottom - first.bottom)) <= TOUCHING]
        rest = [box for box in rest if box not in row]
        yield sorted(row, key=lambda box: box.frame.left)


def _below(rows: Sequence[list[Drawn]], heads: int) -> Iterator[list[Drawn]]:
    """The rows in succession that have a box more than there are ``heads``."""
    for row in rows:
        if len(row) != heads + 1:
            return
        yield row


def _stands_under(heads: Sequence[Drawn], row: Sequence[Drawn]) -> bool:
    pairs = zip(heads, row[1:], strict=True)
    centred = all(2 * h.frame.left < c.frame.left + c.frame.right < 2 * h.frame.right for h, c in pairs)
    return centred and row[0].frame.right <= heads[0].frame.left + TOUCHING


def _touch(left: Frame, right: Frame) -> bool:
    return abs(right.left - left.right) <= TOUCHING


def _continues(above: list[Drawn], row: list[Drawn]) -> bool:
    """Whether a row stands right below another and has its columns."""
    if len(above) != len(row) or above[0].groups != row[0].groups:
        return False
    alike = all(
        abs(upper.frame.left - lower.frame.left) <= TOUCHING and abs(upper.frame.right - lower.frame.right) <= TOUCHING
        for upper, lower in zip(above, row, strict=True)
    )
    return alike and abs(row[0].frame.top - above[0].frame.bottom) <= TOUCHING
