"""What was recognised in a picture → items and shapes at their places on the page, by the layout logic of PDF pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from kejian.ingest.drawing import Frame
from kejian.ingest.model import Shape
from kejian.ingest.outline import Cell, Item, Table
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_items import EMU, Body, PageItems, ranked
from kejian.ingest.pdf_layout import Paragraph, paragraphs, regions
from kejian.ingest.pdf_lines import Line
from kejian.ingest.pdf_tables import Ruled, ruled_tables
from kejian.ingest.pictures import Seen, SeenLine
from kejian.ingest.wording import BULLET, one_line

TYPE = 0.8  # the type size in a recognised line's height, which includes a margin
SAME_SIZE = 1.18  # sizes of lines in one type differ by as much, by the letters they happen to hold
LEAST_CELLS = 3
Part = Item | Table


@dataclass(frozen=True, slots=True)
class Shown:
    """A recognised picture: its parts in reading order, and the shapes that they count in from ``first`` on."""

    parts: tuple[Part, ...]
    shapes: tuple[Shape, ...]


def shown(seen: Seen, frame: Frame, first: int, structured: bool) -> Shown:
    """What the picture says that stands in ``frame`` (EMU) of a page with ``first`` shapes so far.

    ``structured``: the picture is the page, its headings and lists are those of the page; else its text is kept as
    text of a picture, with the tables it holds.
    """
    placed = lines_of(seen, frame)
    tables = list(_tables(seen, frame, placed))
    taken = {id(line) for table in tables for line in table.lines}
    rest = [line for line in placed if id(line) not in taken]
    stand_ins = [table.stand_in(number) for number, table in enumerate(tables)]
    lines = [*(line.line for line in rest), *stand_ins]
    found = [
        [_entry(paragraph, tables) for paragraph in paragraphs(region)]
        for region in regions(lines, frame.width > frame.height)
    ]
    body = Body.of(line.line for line in rest)
    levels = ranked((entry, body) for region in found for entry in region if isinstance(entry, Paragraph))
    page = PageItems(levels, body)
    for region in found:
        page.add_region([_drawn(entry, page.shapes) for entry in region])
    certain = {line.line.text: line.confidence for line in rest}
    mean = fmean(line.confidence for line in placed) if placed else 0.0
    parts = (_marked(part, first, certain.get(getattr(part, "text", ""), mean), structured) for part in page.items)
    return Shown(tuple(parts), tuple(page.shapes))


@dataclass(frozen=True, slots=True)
class Placed:
    """A recognised line as a line of type on the page, in points."""

    line: Line
    confidence: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.line.left + self.line.right) / 2, (self.line.top + self.line.bottom) / 2


def lines_of(seen: Seen, frame: Frame) -> list[Placed]:
    """The legible lines at their places in ``frame``, their sizes evened out."""
    across, down = _scales(seen, frame)
    sizes = _even([_height(line) * down for line in seen.legible])
    return [_placed(line, frame, (across, down), size) for line, size in zip(seen.legible, sizes, strict=True)]


def _scales(seen: Seen, frame: Frame) -> tuple[float, float]:
    """Points to the pixel, across and down."""
    return frame.width / EMU / max(seen.width, 1), frame.height / EMU / max(seen.height, 1)


def _height(line: SeenLine) -> float:
    return line.right - line.left if line.upright else line.bottom - line.top


def _even(heights: Sequence[float]) -> list[float]:
    """Type sizes: neighbours in the order of size that are nearly alike are one size, that of their middle."""
    order = sorted(range(len(heights)), key=lambda number: heights[number])
    sizes = [0.0] * len(heights)
    group: list[int] = []
    for number in order:
        if group and heights[number] > SAME_SIZE * heights[group[0]]:
            group = []
        group.append(number)
        size = heights[group[len(group) // 2]] * TYPE
        for member in group:
            sizes[member] = size
    return sizes


def _placed(line: SeenLine, frame: Frame, scales: tuple[float, float], size: float) -> Placed:
    left, right = (frame.left / EMU + edge * scales[0] for edge in (line.left, line.right))
    top, bottom = (frame.top / EMU + edge * scales[1] for edge in (line.top, line.bottom))
    base = top + 0.88 * size if line.upright else (top + bottom) / 2 + 0.38 * size
    return Placed(Line(one_line(line.text), left, right, base, size, False, mark_left=left), line.confidence)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A ruled table with the lines that stand in it."""

    ruled: Ruled
    table: Table
    lines: tuple[Placed, ...]

    def stand_in(self, number: int) -> Line:
        box = self.ruled.box
        height = box.bottom - box.top
        base = box.bottom - 0.12 * height
        return Line("", box.left, box.right, base, height, False, mark_left=box.left, table=number)


def _tables(seen: Seen, frame: Frame, placed: Sequence[Placed]) -> Iterator[_Grid]:
    across, down = _scales(seen, frame)
    left, top = frame.left / EMU, frame.top / EMU
    rules = [Box(left + a * across, top + b * down, left + c * across, top + d * down) for a, b, c, d in seen.rules]
    for ruled in ruled_tables(rules):
        inside = tuple(line for line in placed if ruled.box.holds(*line.middle))
        table = _filled(ruled, inside)
        if sum(bool(cell.lines) for cell in table.cells()) >= LEAST_CELLS:
            yield _Grid(ruled, table, inside)


def _filled(ruled: Ruled, lines: Sequence[Placed]) -> Table:
    grid: list[list[Cell]] = [[Cell((), r, c) for c in range(ruled.columns)] for r in range(ruled.rows)]
    for field in ruled.fields:
        inside = sorted((line.line for line in lines if field.box.holds(*line.middle)), key=_place)
        texts = tuple(paragraph.text for paragraph in paragraphs([replace(line, box=field.box) for line in inside]))
        cell = Cell(tuple(map(_unmarked, texts)), field.row, field.column, field.rows, field.columns)
        for row in range(field.row, field.row + field.rows):
            for column in range(field.column, field.column + field.columns):
                grid[row][column] = cell
    return Table(tuple(map(tuple, grid)), confidence=fmean(line.confidence for line in lines) if lines else 0.0)


def _place(line: Line) -> tuple[float, float]:
    return round(line.base / max(line.size, 1.0)), line.left


def _unmarked(text: str) -> str:
    found = BULLET.match(text)
    return text[found.end() :] or text if found else text


def _entry(paragraph: Paragraph, tables: Sequence[_Grid]) -> Paragraph | _Grid:
    number = paragraph.first.table
    return paragraph if number is None else tables[number]


def _drawn(entry: Paragraph | _Grid, shapes: list[Shape]) -> Paragraph | Table:
    """A table with a shape of its own."""
    if isinstance(entry, Paragraph):
        return entry
    box = entry.ruled.box
    left, top, right, bottom = (round(edge * EMU) for edge in (box.left, box.top, box.right, box.bottom))
    shapes.append(Shape("table", left, top, right - left, bottom - top))
    return replace(entry.table, shape=len(shapes) - 1)


def _marked(part: Part, first: int, confidence: float, structured: bool) -> Part:
    """A part as recognised, its shape counted among those of the page."""
    shape = None if part.shape is None else part.shape + first
    if isinstance(part, Table):
        return replace(part, shape=shape)
    kind = part.kind if structured else "picture"
    level = part.level if structured else 0
    return replace(part, kind=kind, level=level, shape=shape, confidence=round(confidence, 3))
