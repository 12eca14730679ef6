"""An organisational structure drawn as a chart, root at the left: names stay horizontal and it fits a narrow page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Structure
from kejian.ui.html import Html, element
from kejian.ui.textfit import Line, width, wrap

TYPE_SIZE = 14.0
LINE_STEP = 20.0
NAME_LIMIT = 9.0  # em to a line of a name
PADDING = 12.0
GAP_ACROSS = 34.0
GAP_DOWN = 10.0
MARK_WIDTH = 11.0  # a digit of a citation mark


@dataclass(frozen=True, slots=True)
class Box:
    """A unit at its place in the chart, in pixels."""

    unit: Structure
    depth: int
    lines: tuple[Line, ...]
    x: float
    y: float
    width: float
    height: float
    parent: Box | None = None

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def chart_svg(structure: Structure) -> Html:
    """The chart as SVG at its natural size; boxes with a source are buttons (``data-cite``)."""
    boxes = _placed(structure)
    across = max(box.x + box.width for box in boxes) + 1
    down = max(box.y + box.height for box in boxes) + 1
    return element(
        "svg",
        [_line(box, box.parent) for box in boxes if box.parent],
        [_drawn(box) for box in boxes],
        cls="kj-chart",
        viewBox=f"-1 -1 {across + 1:.6g} {down + 1:.6g}",
        width=across + 1,
        height=down + 1,
        role="group",
        aria_label=f"{structure.name}的组织结构图，共 {len(boxes)} 个单位",
    )


def _placed(structure: Structure) -> list[Box]:
    columns = _column_edges(structure)
    boxes: list[Box] = []
    _place(structure, 0, 0.0, columns, boxes)
    return _with_parents(structure, boxes)


def _place(unit: Structure, depth: int, top: float, columns: Sequence[float], boxes: list[Box]) -> float:
    """Place a unit and what is under it from ``top`` down, pre-order; returns the lower edge."""
    lines = tuple(name_lines(unit.name))
    wide, high = _size(unit, lines)
    index = len(boxes)
    boxes.append(Box(unit, depth, lines, columns[depth], top, wide, high))
    below = top
    for child in unit.children:
        below = _place(child, depth + 1, below, columns, boxes) + GAP_DOWN
    bottom = max(below - GAP_DOWN if unit.children else top, top + high)
    boxes[index] = Box(unit, depth, lines, columns[depth], top + (bottom - top - high) / 2, wide, high)
    return bottom


def name_lines(name: str) -> list[Line]:
    """A name on as few lines as fit; a long one breaks before the bracket that holds its other name."""
    bracket = max(name.rfind("("), name.rfind("（"))
    if width(name) <= NAME_LIMIT or bracket <= 0:
        return wrap(name, NAME_LIMIT)
    return [*wrap(name[:bracket], NAME_LIMIT), *wrap(name[bracket:], NAME_LIMIT, bracket)]


def _with_parents(structure: Structure, boxes: Sequence[Box]) -> list[Box]:
    linked: list[Box] = []
    above: dict[int, Box] = {}
    for box in boxes:
        parent = above.get(box.depth - 1)
        linked.append(Box(box.unit, box.depth, box.lines, box.x, box.y, box.width, box.height, parent))
        above[box.depth] = linked[-1]
    return linked


def _size(unit: Structure, lines: Sequence[Line]) -> tuple[float, float]:
    text = max(line.width for line in lines) * TYPE_SIZE
    marks = sum(len(str(n)) * MARK_WIDTH + 4 for n in unit.citations)
    return text + marks + 2 * PADDING, len(lines) * LINE_STEP + PADDING


def _column_edges(structure: Structure) -> list[float]:
    """Left edge of each depth: the widest box of a depth sets where the next begins."""
    widest: dict[int, float] = {}
    for depth, unit in _walk(structure, 0):
        widest[depth] = max(widest.get(depth, 0.0), _size(unit, name_lines(unit.name))[0])
    edges = [0.0]
    for depth in range(len(widest)):
        edges.append(edges[-1] + widest[depth] + GAP_ACROSS)
    return edges


def _walk(unit: Structure, depth: int) -> Iterator[tuple[int, Structure]]:
    yield depth, unit
    for child in unit.children:
        yield from _walk(child, depth + 1)


def _line(box: Box, parent: Box) -> Html:
    turn = box.x - GAP_ACROSS / 2
    path = f"M{parent.x + parent.width:.6g} {parent.middle:.6g}H{turn:.6g}V{box.middle:.6g}H{box.x:.6g}"
    return element("path", cls="c-line", d=path)


def _drawn(box: Box) -> Html:
    name, numbers = box.unit.name, box.unit.citations
    source = f"，来源 {'、'.join(map(str, numbers))}" if numbers else ""
    above = f"，上级 {box.parent.unit.name}" if box.parent else ""
    pressed = {"role": "button", "tabindex": 0, "data_cite": numbers[0]} if numbers else {"role": "img"}
    return element(
        "g",
        element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6),
        [_name_line(box, line, number) for number, line in enumerate(box.lines)],
        [_mark(box, position) for position in range(len(numbers))],
        cls=f"c-node c-depth{min(box.depth, 3)}",
        aria_label=f"{name}{above}{source}",
        **pressed,
    )


def _name_line(box: Box, line: Line, number: int) -> Html:
    text = box.unit.name[line.start : line.end]
    y = box.y + PADDING / 2 + number * LINE_STEP + TYPE_SIZE + 1
    length = width(text) * TYPE_SIZE
    return element("text", text, x=box.x + PADDING, y=y, font_size=TYPE_SIZE, textLength=length)


def _mark(box: Box, position: int) -> Html:
    numbers = box.unit.citations
    before = sum(len(str(n)) * MARK_WIDTH + 4 for n in numbers[:position])
    text = max(line.width for line in box.lines) * TYPE_SIZE
    x = box.x + PADDING + text + 6 + before
    return element("text", str(numbers[position]), cls="c-mark", x=x, y=box.y + PADDING + 6)
