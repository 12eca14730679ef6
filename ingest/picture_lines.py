"""Recognised lines of a picture → lines of type, tables, boxes and strokes at their places on a page, in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from statistics import fmean

from kejian.ingest.drawing import Frame
from kejian.ingest.outline import Cell, Table
from kejian.ingest.pdf_columns import aligned_tables
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_items import EMU
from kejian.ingest.pdf_layout import paragraphs
from kejian.ingest.pdf_lines import Line
from kejian.ingest.pdf_paths import Stroke
from kejian.ingest.pdf_slide import Placed as PlacedTable
from kejian.ingest.pdf_tables import Ruled, ruled_tables
from kejian.ingest.picture_rules import boxes_and_strokes
from kejian.ingest.pictures import Seen, SeenLine
from kejian.ingest.wording import BULLET, one_line

TYPE = 0.8  # the type size in a recognised line's height, which includes a margin
SAME_SIZE = 1.18  # heights of lines in one type differ by as much, by the letters they happen to hold
ONE_ROW = 0.3  # of the type size: base lines of lines side by side differ by as much
LEAST_CELLS = 3
PANEL = 0.3  # of the picture: larger boxes are no boxes of a chart


@dataclass(frozen=True, slots=True)
class Placed:
    """A recognised line as a line of type on the page."""

    line: Line
    confidence: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.line.left + self.line.right) / 2, (self.line.top + self.line.bottom) / 2


@dataclass(frozen=True, slots=True)
class Typeset:
    """A picture as a page of type: ``lines`` hold those outside of the tables, and one to stand for each table."""

    placed: tuple[Placed, ...]
    lines: tuple[Line, ...]
    tables: tuple[PlacedTable, ...]
    strokes: tuple[Stroke, ...]


def typeset(seen: Seen, frame: Frame) -> Typeset:
    """The legible text of a picture that stands in ``frame`` (EMU)."""
    placed = tuple(_in_rows(list(_placed_lines(seen, frame))))
    rules = list(_rules(seen, frame))
    grids = [grid for ruled in ruled_tables(rules) if (grid := _grid(ruled, placed)) is not None]
    areas = [grid.box for grid in grids]
    free = [line.line for line in placed if not any(area.holds(*line.middle) for area in areas)]
    loose = [rule for rule in rules if not any(_holds(area, rule) for area in areas)]
    boxes, strokes = boxes_and_strokes(loose)
    lines = _own_boxes([_boxed(line, boxes, frame) for line in free])
    for found in aligned_tables(lines):
        certain = [line.confidence for line in placed if found.box.holds(*line.middle)]
        table = replace(found.table, confidence=round(fmean(certain), 3) if certain else 0.0)
        grids.append(PlacedTable(table, found.box))
        taken = {id(line) for line in found.lines}
        lines = [line for line in lines if id(line) not in taken]
    stand_ins = [_stand_in(number, grid.box) for number, grid in enumerate(grids)]
    return Typeset(placed, (*lines, *stand_ins), tuple(grids), tuple(strokes))


def _holds(area: Box, rule: Box) -> bool:
    return area.holds((rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2)


def _scales(seen: Seen, frame: Frame) -> tuple[float, float]:
    """Points to the pixel, across and down."""
    return frame.width / EMU / max(seen.width, 1), frame.height / EMU / max(seen.height, 1)


def _rules(seen: Seen, frame: Frame) -> Iterator[Box]:
    across, down = _scales(seen, frame)
    x, y = frame.left / EMU, frame.top / EMU
    for left, top, right, bottom in seen.rules:
        yield Box(x + left * across, y + top * down, x + right * across, y + bottom * down)


def _placed_lines(seen: Seen, frame: Frame) -> Iterator[Placed]:
    """The legible lines at their places in ``frame``, their sizes evened out."""
    across, down = _scales(seen, frame)
    sizes = _even([_height(line) * down for line in seen.legible])
    for line, size in zip(seen.legible, sizes, strict=True):
        left, right = (frame.left / EMU + edge * across for edge in (line.left, line.right))
        top, bottom = (frame.top / EMU + edge * down for edge in (line.top, line.bottom))
        base = top + 0.88 * size if line.upright else (top + bottom) / 2 + 0.38 * size
        text = one_line(line.text)
        yield Placed(Line(text, left, right, base, size, False, mark_left=left), line.confidence)


def _in_rows(placed: Sequence[Placed]) -> Iterator[Placed]:
    """The lines from top to bottom, those side by side on one base line from left to right."""
    rows: list[list[Placed]] = []
    for one in sorted(placed, key=lambda one: one.line.base):
        if rows and one.line.base - rows[-1][0].line.base < ONE_ROW * min(one.line.size, rows[-1][0].line.size):
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        base = row[len(row) // 2].line.base
        for one in sorted(row, key=lambda one: one.line.left):
            yield replace(one, line=replace(one.line, base=base))


def _height(line: SeenLine) -> float:
    return line.right - line.left if line.upright else line.bottom - line.top


def _even(heights: Sequence[float]) -> list[float]:
    """Type sizes: heights that are nearly alike are one size, that of the one in their middle."""
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    groups: list[list[int]] = []
    for number in order:
        if groups and heights[number] <= SAME_SIZE * heights[groups[-1][0]]:
            groups[-1].append(number)
        else:
            groups.append([number])
    sizes = [0.0] * len(heights)
    for group in groups:
        for number in group:
            sizes[number] = heights[group[len(group) // 2]] * TYPE
    return sizes


def _boxed(line: Line, boxes: Sequence[Box], frame: Frame) -> Line:
    """A line with the smallest box around it."""
    x, y = (line.left + line.right) / 2, line.base - 0.35 * line.size
    most = PANEL * frame.width / EMU * frame.height / EMU
    around = [box for box in boxes if box.holds(x, y) and box.area < most]
    return replace(line, box=min(around, key=lambda box: box.area)) if around else line


def _own_boxes(lines: Sequence[Line]) -> list[Line]:
    """Lines without the boxes that hold several side by side: shaded rows, frames around a part of the picture."""
    shared = {
        one.box
        for one, two in combinations(lines, 2)
        if one.box is not None and one.box == two.box and abs(one.base - two.base) < ONE_ROW * max(one.size, two.size)
    }
    return [replace(line, box=None) if line.box in shared else line for line in lines]


def _grid(ruled: Ruled, placed: Sequence[Placed]) -> PlacedTable | None:
    """A ruled table with the lines that stand in it; one with hardly any text is none."""
    inside = [line for line in placed if ruled.box.holds(*line.middle)]
    grid: list[list[Cell]] = [[Cell((), r, c) for c in range(ruled.columns)] for r in range(ruled.rows)]
    for field in ruled.fields:
        lines = [replace(line.line, box=field.box) for line in inside if field.box.holds(*line.middle)]
        cell = Cell(tuple(_texts(lines)), field.row, field.column, field.rows, field.columns)
        for row in range(field.row, field.row + field.rows):
            for column in range(field.column, field.column + field.columns):
                grid[row][column] = cell
    table = Table(
        tuple(map(tuple, grid)), confidence=round(fmean(line.confidence for line in inside), 3) if inside else 0.0
    )
    return PlacedTable(table, ruled.box) if sum(bool(c.lines) for c in table.cells()) >= LEAST_CELLS else None


def _texts(lines: Sequence[Line]) -> Iterator[str]:
    """The paragraphs of a cell."""
    for paragraph in paragraphs(sorted(lines, key=lambda line: (round(line.base / max(line.size, 1.0)), line.left))):
        found = BULLET.match(paragraph.text)
        yield paragraph.text[found.end() :] or paragraph.text if found else paragraph.text


def _stand_in(number: int, box: Box) -> Line:
    height = box.bottom - box.top
    return Line("", box.left, box.right, box.bottom - 0.12 * height, height, False, mark_left=box.left, table=number)
