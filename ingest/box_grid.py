"""Tables that are drawn as boxes side by side: every row has the same columns, and neighbours touch."""

from __future__ import annotations

from collections.abc import Sequence
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
