"""Where the text of a slide stands: type sizes, line breaks, and the marks behind the cited characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kejian.ui.html import Html, element, shown
from kejian.ui.slide_frame import Frame, Mark
from kejian.ui.textfit import LINE_HEIGHT, Line, fitting_size, width, wrap

LARGEST = {"title": 30.0, "heading": 20.0, "footnote": 13.0, "note": 13.0}
LARGEST_TEXT = 18.0
SMALLEST = {"text": 9.0}  # text without a border may run over its frame rather than become illegible
SMALLEST_TEXT = 6.0
LOW = 4  # lines: a box no higher shows its one line in the middle, as a step of a course does
ALIKE = 0.2  # the share of crowded boxes that may set their text smaller than the others of their role


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


def text_rows(frames: Sequence[Frame], source: str, roles: Mapping[int, str]) -> Iterator[Row]:
    """The lines of every frame with text; boxes of one role share a type size but for crowded ones.

    ``roles`` gives the kind of the block that begins at an offset.
    """
    written = [frame for frame in frames if source[frame.start : frame.end].strip()]
    own = [_own_size(frame, source) for frame in written]
    for frame, size in zip(written, own, strict=True):
        alike = sorted(other for f, other in zip(written, own, strict=True) if f.role == frame.role)
        yield from _rows(frame, min(size, alike[int(len(alike) * ALIKE)]), source, roles)


def _own_size(frame: Frame, source: str) -> float:
    """The size at which the text of this frame alone fits it."""
    largest = LARGEST.get(frame.role, LARGEST_TEXT)
    smallest = SMALLEST.get(frame.kind, SMALLEST_TEXT)
    return fitting_size(source[frame.start : frame.end], frame.inner, largest, smallest)


def _rows(frame: Frame, size: float, source: str, roles: Mapping[int, str]) -> Iterator[Row]:
    across, down = frame.inner
    lines = wrap(source[frame.start : frame.end], max(across / size, 1.0), frame.start)
    step = size * LINE_HEIGHT
    centred = frame.kind == "box" and (frame.role in ("unit", "") or (len(lines) == 1 and frame.height < LOW * step))
    free = max(frame.height - len(lines) * step, 0.0)
    top = frame.y + (free / 2 if centred or frame.role == "title" else min((frame.height - down) / 2, free))
    role = frame.role
    for number, line in enumerate(lines):
        role = roles.get(line.start, role)
        gap = (frame.width - line.width * size) / 2 if centred else frame.padding
        yield Row(line, frame.x + gap, top + number * step, size, role)
