"""A drawn page, whatever its format: shapes with their place, their text, and the groups they are in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kejian.ingest.outline import Item, Table


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in slide coordinates."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def shared_width(self, other: Frame) -> int:
        """How far the two overlap from left to right; negative where they are apart."""
        return min(self.right, other.right) - max(self.left, other.left)

    def shared_height(self, other: Frame) -> int:
        """How far the two overlap from top to bottom."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)


def around(frames: Iterable[Frame]) -> Frame:
    """The smallest rectangle around all of ``frames``, of which there is one at least."""
    all_ = list(frames)
    return Frame(
        min(frame.left for frame in all_),
        min(frame.top for frame in all_),
        max(frame.right for frame in all_),
        max(frame.bottom for frame in all_),
    )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a shape. ``size`` in hundredths of a point, 0 where the shape itself does not say."""

    text: str
    level: int = 0
    bullet: bool = False
    size: int = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape with something to read. ``index`` counts in Page.shapes; ``groups`` are the groups it is in."""

    index: int
    frame: Frame
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table | None = None
    groups: tuple[int, ...] = ()
    role: str = ""  # title, body, picture, margin (a header or footer), or "" for a free shape
    items: tuple[Item | Table, ...] = ()  # what a diagram or a chart says, its levels counted from its own place
    plain: bool = False  # a text without frame and fill


@dataclass(frozen=True, slots=True)
class Connector:
    """A line from one shape to another; ``arrow`` where one end is an arrow head."""

    begin: int
    end: int
    arrow: bool = False
