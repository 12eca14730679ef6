"""DrawingML places (a:xfrm) → rectangles and line ends in slide coordinates, through nested groups."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from kejian.ingest.drawing import Frame
from kejian.ingest.free_lines import Point
from kejian.ingest.pptx_text import A


@dataclass(frozen=True, slots=True)
class Transform:
    """From the coordinates inside a group to those of the slide."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def frame(self, left: int, top: int, width: int, height: int) -> Frame:
        x, y = left * self.scale_x + self.shift_x, top * self.scale_y + self.shift_y
        return Frame(round(x), round(y), round(x + width * self.scale_x), round(y + height * self.scale_y))

    def point(self, x: float, y: float) -> Point:
        return round(x * self.scale_x + self.shift_x), round(y * self.scale_y + self.shift_y)

    def moved(self, x: int, y: int) -> Transform:
        """The transform for coordinates that count from a corner of their own."""
        shift_x, shift_y = self.shift_x + x * self.scale_x, self.shift_y + y * self.scale_y
        return replace(self, shift_x=shift_x, shift_y=shift_y)

    def inside(self, group: Any) -> Transform:
        """The transform for the children of the group whose a:xfrm is given."""
        found = (pair(group.find(f"{A}{tag}"), *keys) for tag, keys in GROUP_CORNERS) if group is not None else ()
        corners = [corner for corner in found if corner is not None]
        if len(corners) < len(GROUP_CORNERS):
            return self
        (x, y), (width, height), (inner_x, inner_y), (inner_width, inner_height) = corners
        scale_x = self.scale_x * (width / inner_width if inner_width else 1.0)
        scale_y = self.scale_y * (height / inner_height if inner_height else 1.0)
        shift_x = self.shift_x + x * self.scale_x - inner_x * scale_x
        shift_y = self.shift_y + y * self.scale_y - inner_y * scale_y
        return Transform(scale_x, scale_y, shift_x, shift_y)


GROUP_CORNERS = (("off", ("x", "y")), ("ext", ("cx", "cy")), ("chOff", ("x", "y")), ("chExt", ("cx", "cy")))


def place(xfrm: Any, transform: Transform) -> Frame | None:
    """The rectangle that an a:xfrm gives, in slide coordinates; None where it gives none."""
    if xfrm is None:
        return None
    corner, size = pair(xfrm.find(f"{A}off"), "x", "y"), pair(xfrm.find(f"{A}ext"), "cx", "cy")
    if corner is None or size is None:
        return None
    left, top, width, height = *corner, *size
    if (number(xfrm.get("rot")) // 2_700_000 + 1) // 2 % 2 == 1:  # turned by about a quarter: sides change places
        left, top = left + (width - height) // 2, top + (height - width) // 2
        width, height = height, width
    return transform.frame(left, top, width, height)


def pair(element: Any, first: str, second: str) -> tuple[int, int] | None:
    """Two attributes as numbers; None where there is no element."""
    return (number(element.get(first)), number(element.get(second))) if element is not None else None


def number(text: str | None) -> int:
    """A coordinate, size or angle; 0 where it is none."""
    try:
        return max(-(10**9), min(10**9, int(text or 0)))
    except ValueError:
        return 0


def line_ends(xfrm: Any, transform: Transform) -> tuple[Point, Point] | None:
    """(begin, end) of the line that an a:xfrm gives, in slide coordinates: flipped first, then turned."""
    corner = pair(xfrm.find(f"{A}off"), "x", "y") if xfrm is not None else None
    size = pair(xfrm.find(f"{A}ext"), "cx", "cy") if xfrm is not None else None
    if corner is None or size is None:
        return None
    across = size[0] / 2 * (-1 if xfrm.get("flipH") in ("1", "true") else 1)
    down = size[1] / 2 * (-1 if xfrm.get("flipV") in ("1", "true") else 1)
    angle = math.radians(number(xfrm.get("rot")) / 60_000)
    dx = across * math.cos(angle) - down * math.sin(angle)
    dy = across * math.sin(angle) + down * math.cos(angle)
    x, y = corner[0] + size[0] / 2, corner[1] + size[1] / 2
    return transform.point(x - dx, y - dy), transform.point(x + dx, y + dy)
