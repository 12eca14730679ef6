"""The shapes of a slide in drawing units, and the citations to be marked on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from kejian.ingest.model import Shape, Slide
from kejian.ui.textfit import width

TYPICAL = 16.0  # type size by which lines are estimated
CANVAS = 960.0  # drawing units across; heights follow the slide's proportions


@dataclass(frozen=True, slots=True)
class Mark:
    """Citation ``n`` cites ``[start, end)`` of the slide's source."""

    n: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle that holds ``[start, end)`` of the source: a shape or a cell of a table."""

    x: float
    y: float
    width: float
    height: float
    start: int
    end: int
    kind: str
    role: str = ""  # kind of the block in it

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def padding(self) -> float:
        """At the sides; narrow boxes keep more of their width for the text."""
        return min(6.0, self.width * 0.08)

    @property
    def inner(self) -> tuple[float, float]:
        return max(self.width - 2 * self.padding, 1.0), max(self.height - 2 * min(3.0, self.height * 0.08), 1.0)

    def holds(self, mark: Mark) -> bool:
        return self.start < mark.end and mark.start < self.end


def frames_of(slide: Slide) -> list[Frame]:
    """A frame for each shape, in the order of ``slide.shapes``. The slide must have a geometry."""
    scale = CANVAS / slide.width
    roles = _roles(slide)
    return [_frame(shape, scale, roles.get(index, "")) for index, shape in enumerate(slide.shapes)]


def apart(frames: Sequence[Frame], source: str) -> list[Frame]:
    """``frames`` with those that share one place, as the lines in a box of a PDF do, one below the other in it."""
    sharing: dict[tuple[float, ...], list[Frame]] = {}
    for frame in frames:
        if source[frame.start : frame.end].strip():
            sharing.setdefault((frame.x, frame.y, frame.width, frame.height), []).append(frame)
    placed = {one: slice_ for group in sharing.values() if len(group) > 1 for one, slice_ in _slices(group, source)}
    return [placed.get(frame, frame) for frame in frames]


def _slices(group: Sequence[Frame], source: str) -> Iterator[tuple[Frame, Frame]]:
    """Each frame of one place with its share of the height, by how many lines its text fills."""
    lines = [1 + int(width(source[one.start : one.end]) * TYPICAL / max(one.inner[0], 1.0)) for one in group]
    edges = list(accumulate(lines, initial=0))
    for one, above, below in zip(group, edges, edges[1:], strict=False):
        top, foot = (one.y + one.height * edge / edges[-1] for edge in (above, below))
        yield one, replace(one, y=top, height=foot - top, kind="text")


def _frame(shape: Shape, scale: float, role: str) -> Frame:
    left, top, width, height = (value * scale for value in (shape.left, shape.top, shape.width, shape.height))
    return Frame(left, top, width, height, shape.start, shape.end, shape.kind, role)


def _roles(slide: Slide) -> Mapping[int, str]:
    roles: dict[int, str] = {}
    for block in slide.blocks:
        if block.shape is not None:
            roles.setdefault(block.shape, block.kind)
    return roles
