"""Where the contents of a slide go: the largest type at which everything fits. All lengths are in points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, takewhile
from typing import TypeAlias

from kejian.corpus.chart_plan import Box, Frame, chart_bottom, fitting_size, natural_width, plan_chart
from kejian.corpus.deck_source import (
    Chart,
    Element,
    Entry,
    Paragraph,
    Points,
    Records,
    Row,
    Section,
    SlideSource,
    Table,
    Texts,
)
from kejian.corpus.errors import UsageError
from kejian.corpus.text_metrics import LINE, text_height, text_width

WIDTH, HEIGHT = 960.0, 540.0  # 16:9
TITLE = Frame(30, 16, 900, 40)
CONTENT = Frame(30, 66, 900, 444)
SIZES = tuple(half / 2 for half in range(40, 15, -1))  # 20 down to 8 points
SPACE = 8.0  # between one item and the next
CELL_X, CELL_Y = 4.0, 2.0  # margins of a table cell
INDENT = 0.9  # of a bullet, as a multiple of the font size


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a text box: plain, bulleted, numbered, or a heading."""

    text: str
    mark: str = ""  # "", "bullet", "number", "heading"


@dataclass(frozen=True, slots=True)
class TextPlan:
    frame: Frame
    lines: tuple[Line, ...]
    size: float


@dataclass(frozen=True, slots=True)
class TablePlan:
    """``rows[0]`` holds the column heads; ``levels`` says which rows are sub-units."""

    frame: Frame
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[Texts, ...], ...]
    levels: tuple[int, ...]
    size: float


@dataclass(frozen=True, slots=True)
class ChartPlan:
    heading: str
    heading_frame: Frame
    boxes: tuple[Box, ...]
    size: float

    @property
    def frame(self) -> Frame:
        head = self.heading_frame
        return replace(head, height=chart_bottom(self.boxes) - head.top)


Plan: TypeAlias = TextPlan | TablePlan | ChartPlan


def plan_slide(slide: SlideSource) -> tuple[Plan, ...]:
    """Everything under the title, in reading order.

    Raises:
        UsageError: not even at the smallest type does the slide hold its contents.
    """
    footnotes = _footnotes(slide)
    room = CONTENT if not footnotes else replace(CONTENT, height=footnotes[0].frame.top - SPACE - CONTENT.top)
    for size in SIZES:
        plans = tuple(_stacked(slide.body, room, size))
        if max(plan.frame.bottom for plan in plans) <= room.bottom:
            return (*plans, *footnotes)
    raise UsageError(f"第 {slide.number} 页「{slide.title}」放不下,请删减内容或拆成两页")


def _footnotes(slide: SlideSource) -> tuple[TextPlan, ...]:
    if not slide.footnotes:
        return ()
    size = 10.0
    height = text_height(slide.footnotes, CONTENT.width, size)
    frame = Frame(CONTENT.left, CONTENT.bottom - height, CONTENT.width, height)
    return (TextPlan(frame, tuple(map(Line, slide.footnotes)), size),)


def _stacked(body: Sequence[Element], room: Frame, size: float) -> Iterator[Plan]:
    """The items one under the other."""
    top = room.top
    for element in body:
        plans = list(_planned(element, replace(room, top=top), size))
        yield from plans
        top = max(plan.frame.bottom for plan in plans) + SPACE


def _planned(element: Element, room: Frame, size: float) -> Iterator[Plan]:
    match element:
        case Paragraph() | Points():
            yield _text(tuple(_lines(element)), room, size)
        case Table():
            yield _table((element.columns, *element.rows), room, size)
        case Records():
            yield from _records(element, room, size)
        case Chart():
            yield _chart("", element, room, size)
        case Row():
            yield from _side_by_side(element.body, room, size)
        case Section():
            yield from _section(element, room, size)


def _section(section: Section, room: Frame, size: float) -> Iterator[Plan]:
    """The heading together with what it stands over: a chart, or the texts that come first."""
    first = section.body[0]
    if isinstance(first, Chart):
        plan: Plan = _chart(section.heading, first, room, size)
        rest = section.body[1:]
    else:
        texts = list(takewhile(lambda element: isinstance(element, Paragraph | Points), section.body))
        lines = [line for element in texts for line in _lines(element)]
        plan = _text((Line(section.heading, "heading"), *lines), room, size)
        rest = section.body[len(texts) :]
    yield plan
    top = plan.frame.bottom + SPACE / 2
    yield from _stacked(rest, Frame(room.left, top, room.width, room.bottom - top), size)


def _lines(element: Element) -> Iterator[Line]:
    match element:
        case Paragraph():
            yield Line(element.text)
        case Points():
            mark = "number" if element.numbered else "bullet"
            yield from (Line(text, mark) for text in element.texts)


def _text(lines: tuple[Line, ...], room: Frame, size: float) -> TextPlan:
    height = sum(text_height([line.text], room.width - _indent(line, size), size) for line in lines)
    return TextPlan(replace(room, height=height), lines, size)


def _indent(line: Line, size: float) -> float:
    return {"bullet": INDENT, "number": 2 * INDENT}.get(line.mark, 0.0) * size


def _chart(heading: str, chart: Chart, room: Frame, size: float) -> ChartPlan:
    fitting = fitting_size(chart.root, room.width, size)
    head = replace(room, height=LINE * size if heading else 0.0)
    boxes = plan_chart(chart.root, Frame(room.left, head.bottom + (3 if heading else 0), room.width, 0), fitting)
    return ChartPlan(heading, head, boxes, fitting)


def _side_by_side(body: Sequence[Element], room: Frame, size: float) -> Iterator[Plan]:
    """Each item gets width in proportion to what it would like to have."""
    wishes = [_wish(element, size) for element in body]
    left, free = room.left, room.width - 2 * SPACE * (len(body) - 1)
    for element, wish in zip(body, wishes, strict=True):
        width = free * wish / sum(wishes)
        yield from _planned(element, replace(room, left=left, width=width), size)
        left += width + 2 * SPACE


def _wish(element: Element, size: float) -> float:
    match element:
        case Chart():
            return natural_width(element.root, size)
        case Paragraph():
            return min(text_width(element.text, size), 24 * size)
        case Points():
            return min(max(text_width(text, size) for text in element.texts) + 2 * size, 24 * size)
        case Section():
            own = text_width(element.heading, size) + size
            return max(own, *(_wish(inner, size) for inner in element.body))
        case Row():
            return sum(_wish(inner, size) for inner in element.body)
        case Table() | Records():
            return 40 * size


def _records(records: Records, room: Frame, size: float) -> Iterator[TablePlan]:
    """The tables side by side, split between entries so that the highest of them is lowest."""
    width = (room.width - SPACE * (records.split - 1)) / records.split
    head = tuple((text,) for text in (records.head, *records.aspects))
    starts = [n for n, entry in enumerate(records.entries) if entry.level == 0 and n > 0]
    splits = [(0, *chosen, len(records.entries)) for chosen in combinations(starts, records.split - 1)]
    tables = [[_entry_table(head, records.entries[a:b], room, width, size) for a, b in pairwise(cut)] for cut in splits]
    for n, table in enumerate(min(tables, key=lambda tables: max(table.frame.height for table in tables))):
        yield replace(table, frame=replace(table.frame, left=room.left + n * (width + SPACE)))


def _entry_table(
    head: tuple[Texts, ...], entries: Sequence[Entry], room: Frame, width: float, size: float
) -> TablePlan:
    rows = (head, *(((entry.name,), *entry.cells) for entry in entries))
    levels = (0, *(entry.level for entry in entries))
    return replace(_table(rows, replace(room, width=width), size), levels=levels)


def _table(rows: Sequence[tuple[Texts, ...] | Texts], room: Frame, size: float) -> TablePlan:
    cells = tuple(tuple((cell,) if isinstance(cell, str) else cell for cell in row) for row in rows)
    widths = _widths(cells, room.width, size)
    heights = tuple(
        max(_cell_height(cell, width, size) for cell, width in zip(row, widths, strict=True)) for row in cells
    )
    frame = replace(room, height=sum(heights))
    return TablePlan(frame, widths, heights, cells, (0,) * len(cells), size)


def _widths(rows: tuple[tuple[Texts, ...], ...], width: float, size: float) -> tuple[float, ...]:
    """First column as wide as its names ask, at most 22%; the others by the square root of their text."""
    first = min(max(text_width(text, size) for row in rows for text in row[0]) + 2 * CELL_X + size, 0.22 * width)
    amounts = [sum(text_width(text, size) for row in rows for text in row[n]) ** 0.5 for n in range(1, len(rows[0]))]
    return (first, *((width - first) * amount / sum(amounts) for amount in amounts))


def _cell_height(texts: Texts, width: float, size: float) -> float:
    indent = INDENT * size if len(texts) > 1 else 0.0
    return max(text_height(texts, width - 2 * CELL_X - indent, size), LINE * size) + 2 * CELL_Y
