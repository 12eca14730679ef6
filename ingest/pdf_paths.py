"""The lines and outlines drawn on the page of a PDF: ruling lines, boxes, dots, and the lines that join boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from kejian.ingest.pdf_frame import Box, PageFrame

Point = tuple[float, float]
MOST_PATHS = 20_000
MOST_SEGMENTS = 200  # of one path: beyond, it is a drawing
MOST_BENDS = 8  # points of a line that joins boxes
THIN = 3.0  # points: a filled rectangle that is thinner is a ruling line
DOT = (2.0, 10.0)
LARGEST_HEAD = 20.0  # points: of an arrow
NEAR = 2.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """An open line with its bends, in points."""

    points: tuple[Point, ...]
    arrow: bool = False


@dataclass(slots=True)
class Paths:
    """What is drawn on a page. ``boxes`` have level and upright sides, ``panels`` are closed outlines of any form."""

    rules: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    panels: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)  # small round or square marks: bullets that are drawn
    strokes: list[Stroke] = field(default_factory=list)
    empty: bool = False  # nothing at all stands on the page
    crowded: bool = False  # too many objects to look for tables


@dataclass(frozen=True, slots=True)
class _Outline:
    """One path: its parts as shown, and how it is painted."""

    parts: tuple[tuple[Point, ...], ...]
    curved: bool
    closed: bool
    filled: bool
    stroked: bool


def read_paths(page: Any, frame: PageFrame) -> Paths:
    """All paths of a page; the caller holds the lock of PDFium."""
    reader = _Reader(frame)
    drawings = 0
    for drawn in page.get_objects(max_depth=6):
        drawings += 1
        if drawings > MOST_PATHS:
            return Paths(dots=reader.found.dots, crowded=True)
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH and drawn.level == 0:
            reader.add(drawn)
    reader.found.empty = not drawings
    return reader.finished()


class _Reader:
    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame
        self.found = Paths()
        self.heads: list[tuple[Point, ...]] = []

    def add(self, drawn: Any) -> None:
        bounds = self.frame.box(*drawn.get_bounds())
        width, height = bounds.right - bounds.left, bounds.bottom - bounds.top
        outline = _outline(drawn, self.frame)
        if outline is not None and _is_head(outline, width, height):
            self.heads.append(outline.parts[0])
        elif DOT[0] <= min(width, height) and max(width, height) <= DOT[1] and abs(width - height) < 1:
            self.found.dots.append(bounds)
        elif outline is not None and outline.stroked and not outline.closed and not outline.curved:
            self._open(outline)
        elif min(width, height) <= THIN:
            self.found.rules.append(bounds)
            self.found.strokes.append(Stroke(_axis(bounds)))
        elif outline is not None:
            self._closed(outline, bounds)

    def _open(self, outline: _Outline) -> None:
        for part in outline.parts:
            box = _around(part)
            if len(part) == 2 and min(box.right - box.left, box.bottom - box.top) <= THIN:
                self.found.rules.append(box)
            if 1 < len(part) <= MOST_BENDS:
                self.found.strokes.append(Stroke(part))

    def _closed(self, outline: _Outline, bounds: Box) -> None:
        if outline.closed or outline.filled:
            self.found.panels.append(bounds)
        corners = outline.parts[0] if len(outline.parts) == 1 and not outline.curved else ()
        if len(corners) == 4:
            corners = (*corners, corners[0])
        if 5 <= len(corners) <= 7 and all(abs(a[0] - b[0]) < 1 or abs(a[1] - b[1]) < 1 for a, b in pairwise(corners)):
            self.found.boxes.append(bounds)
            if outline.stroked:
                self.found.rules += [_around((a, b)) for a, b in pairwise(corners)]

    def finished(self) -> Paths:
        """What was found: heads of arrows given to their lines, the others taken for drawn bullets."""
        if not self.heads:
            return self.found
        used: set[int] = set()
        self.found.strokes = [_pointed(stroke, self.heads, used) for stroke in self.found.strokes]
        marks = (_around(head) for n, head in enumerate(self.heads) if n not in used)
        self.found.dots += [box for box in marks if max(box.right - box.left, box.bottom - box.top) <= DOT[1]]
        return self.found


def _outline(drawn: Any, frame: PageFrame) -> _Outline | None:
    """The path as shown; None for one of too many segments."""
    count = pdfium.FPDFPath_CountSegments(drawn.raw)
    if not 0 < count <= MOST_SEGMENTS:
        return None
    segments = [pdfium.FPDFPath_GetPathSegment(drawn.raw, number) for number in range(count)]
    kinds = [pdfium.FPDFPathSegment_GetType(segment) for segment in segments]
    places = list(_places(drawn, segments, frame))
    starts = [n for n, kind in enumerate(kinds) if kind == pdfium.FPDF_SEGMENT_MOVETO and n] or []
    parts = tuple(tuple(places[a:b]) for a, b in pairwise([0, *starts, count]) if b - a > 1)
    if not parts:
        return None
    shut = any(pdfium.FPDFPathSegment_GetClose(segment) for segment in segments)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
    closed = bool(shut or (len(parts[0]) > 2 and _is_near(parts[0][0], parts[0][-1], 0.5)))
    return _Outline(parts, pdfium.FPDF_SEGMENT_BEZIERTO in kinds, closed, bool(fill.value), bool(stroke.value))


def _places(drawn: Any, segments: list[Any], frame: PageFrame) -> Iterator[Point]:
    matrix = drawn.get_matrix()
    for segment in segments:
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        yield frame.point(*matrix.on_point(x.value, y.value))


def _is_head(outline: _Outline, width: float, height: float) -> bool:
    """Whether a small filled triangle (or one with a notch) may be the head of an arrow."""
    corners = {(round(x, 1), round(y, 1)) for x, y in outline.parts[0]}
    small = max(width, height) <= LARGEST_HEAD
    return small and outline.filled and not outline.curved and len(outline.parts) == 1 and len(corners) == 3


def _pointed(stroke: Stroke, heads: list[tuple[Point, ...]], used: set[int]) -> Stroke:
    """``stroke`` led on to the tips of the arrow heads at its ends."""
    points, arrow = list(stroke.points), False
    for at in (0, -1):
        for number, head in enumerate(heads):
            box = _around(head)
            if Box(box.left - NEAR, box.top - NEAR, box.right + NEAR, box.bottom + NEAR).holds(*points[at]):
                other = points[1] if at == 0 else points[-2]
                points[at] = max(head, key=lambda corner: _square(corner, other))
                arrow = True
                used.add(number)
                break
    return Stroke(tuple(points), arrow)


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _is_near(one: Point, other: Point, distance: float) -> bool:
    return _square(one, other) <= distance**2


def _around(points: tuple[Point, ...]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _axis(box: Box) -> tuple[Point, Point]:
    """The middle line of a thin rectangle."""
    if box.right - box.left >= box.bottom - box.top:
        middle = (box.top + box.bottom) / 2
        return (box.left, middle), (box.right, middle)
    centre = (box.left + box.right) / 2
    return (centre, box.top), (centre, box.bottom)
