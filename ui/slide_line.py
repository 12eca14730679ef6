"""The drawn lines of a slide: the way each takes between its boxes, and its arrow heads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from kejian.ingest.model import Shape
from kejian.ui.html import Html, element
from kejian.ui.slide_frame import Frame

NEAR = 16.0  # how far from its box, in drawing units, a line may end
HEAD, HALF = 9.0, 4.0  # length and half the width of an arrow head

Point = tuple[float, float]


def line(shape: Shape, frame: Frame, ends: tuple[Frame | None, Frame | None], scale: float) -> list[Html]:
    """A connector that joins ``ends``, or runs free; ``frame`` is the box around it, ``scale`` units an EMU."""
    points = _points(shape, frame, ends, scale)
    heads = [_head(points[::-1])] if shape.begin_head else []
    heads += [_head(points)] if shape.end_head else []
    said = "L".join(f"{x:.6g} {y:.6g}" for x, y in points)
    return [element("path", cls="s-line", d=f"M{said}"), *(head for head in heads if head is not None)]


def _points(shape: Shape, frame: Frame, ends: tuple[Frame | None, Frame | None], scale: float) -> list[Point]:
    """As drawn in the deck, where it leads from box to box; else so drawn here, or corner to corner."""
    begin, end = ends
    way = [(x * scale, y * scale) for x, y in zip(shape.way[::2], shape.way[1::2], strict=False)]
    if len(way) > 1 and all(box is None or _leaves(run, box) for run, box in zip((way, way[::-1]), ends, strict=True)):
        return way
    if begin and end:
        return _elbow(frame, begin, end)
    foot, head = frame.y + frame.height, frame.y
    start, stop = (foot, head) if shape.rising else (head, foot)
    return [(frame.x, start), (frame.x + frame.width, stop)]


def _leaves(way: Sequence[Point], box: Frame) -> bool:
    """Whether a line begins at ``box`` and, where it bends, does not run along its edge: such were never rerouted."""
    (x1, y1), (x2, y2) = way[:2]
    long = hypot(x2 - x1, y2 - y1)
    step = min(NEAR / long, 1.0) if long else 0.0
    return _far(way[0], box) <= NEAR and (
        len(way) == 2 or _far((x1 + (x2 - x1) * step, y1 + (y2 - y1) * step), box) > 1
    )


def _far(point: Point, box: Frame) -> float:
    (x, y), right, foot = point, box.x + box.width, box.y + box.height
    return hypot(max(box.x - x, 0.0, x - right), max(box.y - y, 0.0, y - foot))


def _elbow(frame: Frame, begin: Frame, end: Frame) -> list[Point]:
    """From the side of one box that faces the other; ``frame`` fills the gap between the sides that were joined."""
    across = max(end.x - begin.x - begin.width, begin.x - end.x - end.width)
    down = max(end.y - begin.y - begin.height, begin.y - end.y - end.height)
    (x1, y1), (x2, y2) = begin.centre, end.centre
    if max(across, down) <= 0:
        return [(x1, y1), (x2, y2)]
    sideways = frame.width > 0 and across > 0 and abs(frame.width - across) < abs(frame.height - down)
    if down > 0 and not sideways:
        foot, head = (begin.y + begin.height, end.y) if y1 < y2 else (begin.y, end.y + end.height)
        middle = (foot + head) / 2
        return [(x1, foot), (x1, middle), (x2, middle), (x2, head)]
    side, other = (begin.x + begin.width, end.x) if x1 < x2 else (begin.x, end.x + end.width)
    middle = (side + other) / 2
    return [(side, y1), (middle, y1), (middle, y2), (other, y2)]


def _head(points: Sequence[Point]) -> Html | None:
    """An arrow head at the last of ``points``, in the direction of the last stretch that has a length."""
    stretches = [pair for pair in pairwise(points) if pair[0] != pair[1]]
    if not stretches:
        return None
    (x1, y1), (x2, y2) = stretches[-1]
    long = hypot(x2 - x1, y2 - y1)
    dx, dy = (x2 - x1) / long, (y2 - y1) / long
    x, y = x2 - dx * HEAD, y2 - dy * HEAD
    corners = [(x2, y2), (x - dy * HALF, y + dx * HALF), (x + dy * HALF, y - dx * HALF)]
    return element("path", cls="s-arrow", d="M" + "L".join(f"{x:.6g} {y:.6g}" for x, y in corners) + "Z")
