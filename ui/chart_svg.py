"""An organisational structure drawn as a chart, root at the left: names stay horizontal and it fits a narrow page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Structure
from kejian.ui.html import Html, element
from kejian.ui.textfit import Line, width, wrap
from kejian.ui.texts import CHINESE, Say

TYPE_SIZE = 14.0
LINE_STEP = 20.0
NAME_LIMIT = 9.0  # em to a line of a name
PADDING = 12.0
GAP_ACROSS = 34.0
GAP_DOWN = 10.0
KNOB = 8.5  # radius
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


def chart_svg(structure: Structure, say: Say = CHINESE, knobs: bool = True) -> Html:
    """The chart as SVG at its natural size.

    Boxes with a source are buttons (``data-cite``), and so is the knob of a unit that has others under it, which folds
    it (left out where ``knobs`` is False: on paper). ``data-box`` is number, number of the parent, x, y, width and
    height: static/chart.js arranges by them anew.
    """
    boxes = _placed(structure)
    across = max(box.x + box.width for box in boxes) + 1
    down = max(box.y + box.height for box in boxes) + 1
    numbers = {id(box): number for number, box in enumerate(boxes)}
    return element(
        "svg",
        [_line(box, box.parent) for box in boxes if box.parent],
        [_drawn(box, numbers, _knob(box, say) if knobs and box.unit.children else None, say) for box in boxes],
        cls="kj-chart",
        viewBox=f"-1 -1 {across + 1:.6g} {down + 1:.6g}",
        width=across + 1,
        height=down + 1,
        role="group",
        aria_label=say("{name}的组织结构图，共 {n} 个单位", name=structure.name, n=len(boxes)),
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
    return element("path", cls="c-line", d=path, fill="none")


def _drawn(box: Box, numbers: Mapping[int, int], knob: Html | None, say: Say) -> Html:
    place = (numbers[id(box)], numbers[id(box.parent)] if box.parent else -1)
    sides = " ".join(f"{value:.6g}" for value in (box.x, box.y, box.width, box.height))
    return element(
        "g",
        _unit(box, say),
        knob,
        cls="c-unit",
        data_box=f"{place[0]} {place[1]} {sides}",
    )


def _unit(box: Box, say: Say) -> Html:
    cited = box.unit.citations
    named = [
        box.unit.name,
        say("上级 {name}", name=box.parent.unit.name) if box.parent else "",
        say("来源 {numbers}", numbers="、".join(map(str, cited))) if cited else "",
    ]
    pressed = {"role": "button", "tabindex": 0, "data_cite": cited[0]} if cited else {"role": "img"}
    return element(
        "g",
        element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=6),
        [_name_line(box, line, number) for number, line in enumerate(box.lines)],
        [_mark(box, position) for position in range(len(cited))],
        cls=f"c-node c-depth{min(box.depth, 3)}",
        aria_label="，".join(part for part in named if part),
        data_unit=box.unit.name,
        **pressed,
    )


def _knob(box: Box, say: Say) -> Html:
    """Folds what is under a unit; while it is folded, how many units that are stands in it."""
    count = sum(1 for _ in _walk(box.unit, 0)) - 1
    x = box.x + box.width + KNOB
    return element(
        "g",
        element("circle", cx=x, cy=box.middle, r=KNOB),
        element("text", "−", x=x, y=box.middle + 4, text_anchor="middle", data_folded=str(count)),
        cls="c-knob",
        role="button",
        tabindex=0,
        aria_expanded="true",
        aria_label=say("{name}之下的 {n} 个单位", name=box.unit.name, n=count),
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
