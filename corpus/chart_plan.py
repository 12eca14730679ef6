"""Where the boxes of an organisation chart go. All lengths are in points, the origin is the slide's top left.

The children of a box stand side by side under it; a row of leaves below the first level is stacked instead,
so that wide organisations stay legible.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kejian.corpus.deck_source import Node
from kejian.corpus.text_metrics import LINE, line_count, text_width

GAP = 4.0  # between columns
STEM = 14.0  # between a row of boxes and the next
LEAF_GAP = 3.0  # between the boxes of a stack
LEAF_INDENT = 4.0  # of the boxes of a stack against the box above; their connectors run in it
INSET = 2.5  # between a box's edge and its text
LEGIBLE = 8.0  # below this size of type, short names are broken over two lines instead
SPARE = 0.2  # characters of room beside a name
WIDEST = 1.7  # how far a column may grow beyond what its names need


@dataclass(frozen=True, slots=True)
class Frame:
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Box:
    """One box; ``parent`` is the index of the box above, ``stacked`` says that it stands in a stack."""

    name: str
    frame: Frame
    depth: int
    parent: int | None
    stacked: bool


def natural_width(root: Node, size: float, lines: int = 2) -> float:
    """The least width at which no name takes more than ``lines`` lines; names of up to five characters take one,
    unless ``lines`` is 3.
    """
    return sum(_needed(column, size, lines) + GAP for column in _columns(root))


def fitting_size(root: Node, width: float, wanted: float) -> float:
    """The type size, ``wanted`` at most, at which the chart is ``width`` wide; short names are broken only at need."""
    sizes = [half / 2 for half in range(int(2 * wanted), int(2 * LEGIBLE) - 1, -1)]
    fitting = (size for lines in (2, 3) for size in sizes if natural_width(root, size, lines) <= width)
    return next(fitting, LEGIBLE)


def plan_chart(root: Node, frame: Frame, size: float) -> tuple[Box, ...]:
    """Boxes from the root down, parents before children, within ``frame.width``, from ``frame.top`` down."""
    lines = next((lines for lines in (1, 2) if natural_width(root, size, lines) <= frame.width), 3)
    natural = natural_width(root, size, lines)
    planner = _Planner(size, min(WIDEST, frame.width / natural), lines)
    return tuple(planner.place(root, frame.left + (frame.width - planner.scale * natural) / 2, frame.top))


def chart_bottom(boxes: tuple[Box, ...]) -> float:
    return max(box.frame.bottom for box in boxes)


def is_stack(node: Node, depth: int) -> bool:
    """Whether the children of ``node`` stand one under the other."""
    return depth > 0 and bool(node.children) and not any(child.children for child in node.children)


def _columns(node: Node, depth: int = 0) -> list[tuple[str, ...]]:
    """The names that share each column, from left to right."""
    if is_stack(node, depth) or not node.children:
        return [(node.name, *(child.name for child in node.children))]
    return [column for child in node.children for column in _columns(child, depth + 1)]


def _needed(names: tuple[str, ...], size: float, lines: int) -> float:
    indents = [0.0, *[LEAF_INDENT] * (len(names) - 1)]
    widths = (indent + _name_width(name, size, lines) for name, indent in zip(names, indents, strict=True))
    return max(widths) + 2 * INSET + SPARE * size


def _name_width(name: str, size: float, lines: int) -> float:
    whole = text_width(name, size)
    if whole <= 5 * size and lines < 3:
        return whole
    least = 4 if lines < 3 else min(2, math.ceil(whole / size))
    return max(least * size, math.ceil(whole / size / lines + min(lines - 1, 1) / 2) * size)


def _box_height(name: str, width: float, size: float) -> float:
    return line_count(name, width - 2 * INSET, size, SPARE) * LINE * size + 2 * INSET


@dataclass(frozen=True, slots=True)
class _Planner:
    size: float
    scale: float  # by how much columns are wider than needed
    lines: int  # that a name may take

    def place(self, root: Node, left: float, top: float) -> list[Box]:
        boxes: list[Box] = []
        self._place(root, left + GAP / 2, self._row_tops(root, top), boxes)
        return boxes

    def _place(self, node: Node, left: float, tops: list[float], boxes: list[Box], parent: int | None = None) -> None:
        depth = boxes[parent].depth + 1 if parent is not None else 0
        width = self._box_width(node, depth)
        middle = left + (self._span(node, depth) - GAP) / 2
        frame = Frame(middle - width / 2, tops[depth], width, tops[depth + 1] - STEM - tops[depth])
        index = len(boxes)
        boxes.append(Box(node.name, frame, depth, parent, False))
        if is_stack(node, depth):
            boxes += self._stack(node, index, boxes[index])
            return
        for child in node.children:
            self._place(child, left, tops, boxes, index)
            left += self._span(child, depth + 1)

    def _stack(self, node: Node, index: int, head: Box) -> Iterator[Box]:
        top = head.frame.bottom + 2 * LEAF_GAP
        for child in node.children:
            height = _box_height(child.name, head.frame.width - LEAF_INDENT, self.size)
            frame = Frame(head.frame.left + LEAF_INDENT, top, head.frame.width - LEAF_INDENT, height)
            yield Box(child.name, frame, head.depth + 1, index, True)
            top = frame.bottom + LEAF_GAP

    def _span(self, node: Node, depth: int) -> float:
        """Width of all columns under ``node``, with the gaps around them."""
        return sum(self.scale * (_needed(column, self.size, self.lines) + GAP) for column in _columns(node, depth))

    def _box_width(self, node: Node, depth: int) -> float:
        """A box over several columns is as wide as its name asks; one over its own column fills it."""
        if len(_columns(node, depth)) == 1:
            return self._span(node, depth) - GAP
        return text_width(node.name, self.size) + 2 * INSET + 2 * self.size

    def _row_tops(self, root: Node, top: float) -> list[float]:
        """The top of each row of boxes that stand side by side, and where the next row would begin."""
        tops, row = [top], [root]
        while row:
            depth = len(tops) - 1
            heights = (_box_height(node.name, self._box_width(node, depth), self.size) for node in row)
            tops.append(tops[-1] + max(heights) + STEM)
            row = [child for node in row if not is_stack(node, depth) for child in node.children]
        return tops
