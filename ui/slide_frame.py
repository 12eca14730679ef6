"""The shapes of a slide in drawing units, and the citations to be marked on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kejian.ingest.model import Shape, Slide

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


def _frame(shape: Shape, scale: float, role: str) -> Frame:
    left, top, width, height = (value * scale for value in (shape.left, shape.top, shape.width, shape.height))
    return Frame(left, top, width, height, shape.start, shape.end, shape.kind, role)


def _roles(slide: Slide) -> Mapping[int, str]:
    roles: dict[int, str] = {}
    for block in slide.blocks:
        if block.shape is not None:
            roles.setdefault(block.shape, block.kind)
    return roles
