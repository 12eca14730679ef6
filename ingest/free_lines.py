"""Lines that are glued to nothing: the boxes their ends touch, and the branches that several lines draw together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Literal

from kejian.ingest.drawing import Connector, Frame

Point = tuple[int, int]
Side = Literal["top", "bottom", "left", "right"]
TOLERANCE = 101_600  # EMU, 8 points: how far from a box the end of a line drawn by hand stops
CENTRE = 0.2  # the part of a box around its centre where a line from centre to centre ends
MOST_LINES = 300  # the work grows with the square
OPPOSITE: tuple[tuple[Side, Side], ...] = (("right", "left"), ("left", "right"))


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line. ``ends`` are the shapes it is glued to, ``bends`` the corners of its way."""

    shape: int
    begin: Point
    end: Point
    ends: tuple[int | None, int | None]
    arrow: bool
    bends: tuple[Point, ...] = ()


def joined(lines: Sequence[Line], boxes: Mapping[int, Frame]) -> list[Line]:
    """``lines`` with the ends filled in that touch one of ``boxes``; no line joins a box to itself."""
    return [_joined(line, boxes) for line in lines]


def branches(lines: Sequence[Line], boxes: Mapping[int, Frame]) -> Iterator[Connector]:
    """What lines with a loose end draw together: a stem from one box that divides to several."""
    loose = [line for line in lines if None in line.ends]
    if len(loose) > MOST_LINES:
        return
    whole = [line for line in lines if None not in line.ends and any(_meet(line, other) for other in loose)]
    for network in _networks([*loose, *whole]):
        yield from _branch(network, boxes)


def _joined(line: Line, boxes: Mapping[int, Frame]) -> Line:
    first, second = line.ends
    begin = first if first is not None else _touched(line.begin, boxes)
    end = second if second is not None else _touched(line.end, boxes)
    if begin is not None and begin == end:
        begin, end = line.ends
    return replace(line, ends=(begin, end))


def _touched(point: Point, boxes: Mapping[int, Frame]) -> int | None:
    """The nearest box that ``point`` touches; of several the smallest."""
    near = [(_distance(point, frame), frame.width * frame.height, index) for index, frame in boxes.items()]
    return min((entry for entry in near if entry[0] <= TOLERANCE), default=(0, 0, None))[2]


def _distance(point: Point, frame: Frame) -> int:
    """How far a point is from the border of a box, on either side of it; 0 near its centre."""
    x, y = point
    across, down = max(frame.left - x, x - frame.right), max(frame.top - y, y - frame.bottom)
    if across > 0 or down > 0:
        return max(across, down)
    off_x, off_y = abs(2 * x - frame.left - frame.right), abs(2 * y - frame.top - frame.bottom)
    central = off_x <= CENTRE * frame.width and off_y <= CENTRE * frame.height
    return 0 if central else -max(across, down)


def _networks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that touch each other."""
    group = list(range(len(lines)))
    for a, b in combinations(range(len(lines)), 2):
        if group[a] != group[b] and _meet(lines[a], lines[b]):
            old, new = group[b], group[a]
            group = [new if number == old else number for number in group]
    return [[line for line, g in zip(lines, group, strict=True) if g == number] for number in dict.fromkeys(group)]


def _meet(one: Line, other: Line) -> bool:
    """Whether a loose end of one line lies on the other."""
    ends = ((one.begin, one.ends[0], other), (one.end, one.ends[1], other),
            (other.begin, other.ends[0], one), (other.end, other.ends[1], one))  # fmt: skip
    return any(_lies_on(point, line) for point, box, line in ends if box is None)


def _lies_on(point: Point, line: Line) -> bool:
    return any(_is_at(point, *stretch) for stretch in pairwise((line.begin, *line.bends, line.end)))


def _is_at(point: Point, begin: Point, end: Point) -> bool:
    """Whether a point lies on a straight line, as far as a hand can draw."""
    (x1, y1), (x2, y2), (x, y) = begin, end, point
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    part = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
    return max(abs(x1 + part * (x2 - x1) - x), abs(y1 + part * (y2 - y1) - y)) <= TOLERANCE


def _branch(lines: Sequence[Line], boxes: Mapping[int, Frame]) -> Iterator[Connector]:
    sides: dict[int, Side] = {}
    for line in lines:
        for point, box in zip((line.begin, line.end), line.ends, strict=True):
            if box in boxes and box is not None:
                sides.setdefault(box, _side(point, boxes[box]))
    arrow = any(line.arrow for line in lines)
    parents, children = _ranked(sides)
    if len(parents) == 1 or len(children) == 1:
        yield from (Connector(parent, child, arrow) for parent in parents for child in children)


def _side(point: Point, frame: Frame) -> Side:
    x, y = point
    away: dict[Side, int] = {
        "top": abs(y - frame.top), "bottom": abs(y - frame.bottom),
        "left": abs(x - frame.left), "right": abs(x - frame.right),
    }  # fmt: skip
    return min(away, key=lambda side: away[side])


def _ranked(sides: Mapping[int, Side]) -> tuple[list[int], list[int]]:
    """(parents, children): a stem leaves its box downwards, else sideways to boxes that it enters opposite."""
    below = [box for box, side in sides.items() if side == "bottom"]
    if below:
        return below, [box for box in sides if box not in below]
    for leaves, enters in OPPOSITE:
        parents = [box for box, side in sides.items() if side == leaves]
        children = [box for box, side in sides.items() if side == enters]
        if len(parents) == 1 and len(parents) + len(children) == len(sides):
            return parents, children
    return [], []
