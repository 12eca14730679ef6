"""A slide redrawn from the geometry of its shapes, with the cited passages marked on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kejian.ingest.model import Shape, Slide
from kejian.ui.html import Html, element, shown
from kejian.ui.textfit import LINE_HEIGHT, Line, fitting_size, width, wrap

CANVAS = 960.0  # drawing units across; heights follow the slide's proportions
PADDING = 6.0  # at the sides
MARGIN = 3.0  # above and below
LARGEST = {"title": 30.0, "heading": 20.0, "unit": 17.0, "footnote": 13.0}
LARGEST_TEXT = 18.0
SMALLEST = 6.0
READABLE = 12.0  # boxes of one role share a type size down to this; only crowded ones go below it


@dataclass(frozen=True, slots=True)
class Mark:
    """Citation ``n`` cites ``[start, end)`` of the slide's source."""

    n: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A shape in drawing units, with what stands in it."""

    shape: Shape
    role: str  # kind of the block in it
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def inner(self) -> tuple[float, float]:
        return max(self.width - 2 * PADDING, 1.0), max(self.height - 2 * MARGIN, 1.0)

    def text(self, source: str) -> str:
        return source[self.shape.start : self.shape.end]


def slide_svg(slide: Slide, marks: Sequence[Mark] = ()) -> Html:
    """The slide as SVG; marks are elements with ``data-cites``, lit by the page.

    The slide must have a geometry (``slide.width > 0``).
    """
    frames = _frames(slide)
    height = CANVAS * slide.height / slide.width
    return element(
        "svg",
        element("rect", cls="s-page", width=CANVAS, height=height),
        [_connector(frame, frames) for frame in frames if frame.shape.kind == "connector"],
        [_outline(frame) for frame in frames if frame.shape.kind != "connector"],
        [_hit(frame, mark) for mark in marks for frame in frames if _meets(frame.shape, mark)],
        _texts(frames, slide.source, marks),
        cls="kj-svg",
        viewBox=f"0 0 {CANVAS:g} {height:.6g}",
        role="img",
        aria_label=f"第{slide.number}页 {slide.title}",
    )


def _frames(slide: Slide) -> list[Frame]:
    scale = CANVAS / slide.width
    roles = _roles(slide)
    return [
        Frame(
            shape,
            roles.get(index, ""),
            shape.left * scale,
            shape.top * scale,
            shape.width * scale,
            shape.height * scale,
        )
        for index, shape in enumerate(slide.shapes)
    ]


def _roles(slide: Slide) -> Mapping[int, str]:
    roles: dict[int, str] = {}
    for block in slide.blocks:
        if block.shape is not None:
            roles.setdefault(block.shape, block.kind)
    return roles


def _meets(shape: Shape, mark: Mark) -> bool:
    return shape.start < mark.end and mark.start < shape.end


def _outline(frame: Frame) -> Html | None:
    if frame.shape.kind == "text":
        return None
    place = {"x": frame.x, "y": frame.y, "width": frame.width, "height": frame.height}
    return element("rect", cls=f"s-{frame.shape.kind}", rx=3, **place)


def _hit(frame: Frame, mark: Mark) -> Html:
    return element(
        "rect",
        cls="s-hit",
        data_cites=mark.n,
        x=frame.x - 3,
        y=frame.y - 3,
        width=frame.width + 6,
        height=frame.height + 6,
        rx=6,
    )


def _connector(frame: Frame, frames: Sequence[Frame]) -> Html:
    joined = (frame.shape.begin_shape, frame.shape.end_shape)
    ends = [frames[end] for end in joined if end is not None and 0 <= end < len(frames)]
    if len(ends) < 2:
        path = f"M{frame.x:.6g} {frame.y:.6g}L{frame.x + frame.width:.6g} {frame.y + frame.height:.6g}"
    else:
        path = _elbow(ends[0], ends[1])
    return element("path", cls="s-line", d=path)


def _elbow(begin: Frame, end: Frame) -> str:
    """From the lower edge of the upper box to the upper edge of the lower one, or side to side."""
    upper, lower = sorted((begin, end), key=lambda frame: frame.y)
    (x1, _), (x2, _) = upper.centre, lower.centre
    foot, head = upper.y + upper.height, lower.y
    if head > foot:
        middle = (foot + head) / 2
        return f"M{x1:.6g} {foot:.6g}V{middle:.6g}H{x2:.6g}V{head:.6g}"
    left, right = sorted((begin, end), key=lambda frame: frame.x)
    (_, y1), (_, y2) = left.centre, right.centre
    middle = (left.x + left.width + right.x) / 2
    return f"M{left.x + left.width:.6g} {y1:.6g}H{middle:.6g}V{y2:.6g}H{right.x:.6g}"


def _texts(frames: Sequence[Frame], source: str, marks: Sequence[Mark]) -> Iterator[Html]:
    written = [frame for frame in frames if frame.shape.kind != "connector" and frame.text(source).strip()]
    own = [_own_size(frame, source) for frame in written]
    for frame, size in zip(written, own, strict=True):
        alike = [other for f, other in zip(written, own, strict=True) if f.role == frame.role]
        shared = min(size, max(min(alike), READABLE))
        lines = wrap(frame.text(source), max(frame.inner[0] / shared, 1.0), frame.shape.start)
        for row in _rows(frame, lines, shared):
            yield from row.draw(source, marks)


def _own_size(frame: Frame, source: str) -> float:
    """The size at which the text of this box alone fits it."""
    return fitting_size(frame.text(source), frame.inner, LARGEST.get(frame.role, LARGEST_TEXT), SMALLEST)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text at its place: ``x`` is its left edge, ``y`` its upper edge."""

    line: Line
    x: float
    y: float
    size: float
    role: str

    def draw(self, source: str, marks: Sequence[Mark]) -> Iterator[Html]:
        text = shown(source[self.line.start : self.line.end])
        if not text.strip():
            return
        yield from (self._marked(source, mark) for mark in marks if self._holds(mark))
        yield element(
            "text",
            text,
            cls=f"s-text s-{self.role or 'plain'}",
            x=self.x,
            y=self.y + self.size * 1.02,
            font_size=self.size,
            textLength=self.line.width * self.size,
        )

    def _holds(self, mark: Mark) -> bool:
        return self.line.start < mark.end and mark.start < self.line.end

    def _marked(self, source: str, mark: Mark) -> Html:
        start, end = max(mark.start, self.line.start), min(mark.end, self.line.end)
        return element(
            "rect",
            cls="s-mark",
            data_cites=mark.n,
            x=self.x + width(source[self.line.start : start]) * self.size - 1,
            y=self.y,
            width=width(source[start:end]) * self.size + 2,
            height=self.size * LINE_HEIGHT,
            rx=2,
        )


def _rows(frame: Frame, lines: Sequence[Line], size: float) -> Iterator[Row]:
    step = size * LINE_HEIGHT
    centred = frame.shape.kind == "box" and frame.role in ("unit", "")
    free = max(frame.height - len(lines) * step, 0.0)
    top = frame.y + (free / 2 if centred or frame.role == "title" else min(MARGIN, free))
    for number, line in enumerate(lines):
        gap = (frame.width - line.width * size) / 2 if centred else PADDING
        yield Row(line, frame.x + gap, top + number * step, size, frame.role)
