"""DrawingML places (a:xfrm) → rectangles and line ends in slide coordinates, through nested groups."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from kejian.ingest.drawing import Frame
from kejian.ingest.elements import children, down
from kejian.ingest.free_lines import Point
from kejian.ingest.pptx_text import A


@dataclass(frozen=True, slots=True)
class Transform:
    """From the coordinates inside a group to those of the slide: (x, y) → (ax + cy + e, bx + dy + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def frame(self, left: int, top: int, width: int, height: int) -> Frame:
        """The rectangle around what was one; turned by about a quarter, its sides have changed places."""
        if self is IDENTITY:
            return Frame(left, top, left + width, top + height)
        x, y = self._apply(left + width / 2, top + height / 2)
        across, down = width * math.hypot(self.a, self.b), height * math.hypot(self.c, self.d)
        if abs(self.b) > abs(self.a):
            across, down = down, across
        return Frame(round(x - across / 2), round(y - down / 2), round(x + across / 2), round(y + down / 2))

    def point(self, x: float, y: float) -> Point:
        across, down = self._apply(x, y)
        return round(across), round(down)

    def moved(self, x: float, y: float) -> Transform:
        """The transform for coordinates that count from a corner of their own."""
        return self.after(Transform(e=x, f=y))

    def inside(self, group: Any) -> Transform:
        """The transform for the children of the group whose a:xfrm is given: scaled, flipped, then turned."""
        inside = children(group)
        found = (pair(inside.get(tag), *keys) for tag, keys in GROUP_CORNERS)
        corners = [corner for corner in found if corner is not None]
        if len(corners) < len(GROUP_CORNERS):
            return self
        if corners[:2] == corners[2:] and not any(group.get(key) for key in TURNS):
            return self
        (x, y), (width, height), (inner_x, inner_y), (inner_width, inner_height) = corners
        scale_x = width / inner_width if inner_width else 1.0
        scale_y = height / inner_height if inner_height else 1.0
        scaled = Transform(scale_x, 0.0, 0.0, scale_y, x - inner_x * scale_x, y - inner_y * scale_y)
        return self.after(_turned(group, x + width / 2, y + height / 2)).after(scaled)

    def _apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Transform) -> Transform:
        """``first``, then this one."""
        e, f = self._apply(first.e, first.f)
        return Transform(
            self.a * first.a + self.c * first.b, self.b * first.a + self.d * first.b,
            self.a * first.c + self.c * first.d, self.b * first.c + self.d * first.d, e, f,
        )  # fmt: skip


IDENTITY = Transform()  # of everything that stands in no group


def _turned(xfrm: Any, x: float, y: float) -> Transform:
    """Flipped and turned around (x, y), as an a:xfrm says."""
    across, down = (-1.0 if xfrm.get(flip) in ("1", "true") else 1.0 for flip in ("flipH", "flipV"))
    angle = math.radians(number(xfrm.get("rot")) / 60_000)
    cosine, sine = math.cos(angle), math.sin(angle)
    a, b, c, d = cosine * across, sine * across, -sine * down, cosine * down
    return Transform(a, b, c, d, x - a * x - c * y, y - b * x - d * y)


FARTHEST = 10**9  # EMU: beyond 27 km no program draws
TURNS = ("rot", "flipH", "flipV")
OFFSET, EXTENT = f"{A}off", f"{A}ext"
GROUP_CORNERS = (
    (OFFSET, ("x", "y")), (EXTENT, ("cx", "cy")), (f"{A}chOff", ("x", "y")), (f"{A}chExt", ("cx", "cy")),
)  # fmt: skip


def place(xfrm: Any, transform: Transform) -> Frame | None:
    """The rectangle that an a:xfrm gives, in slide coordinates; None where it gives none."""
    if xfrm is None:
        return None
    corner, size = pair(down(xfrm, OFFSET), "x", "y"), pair(down(xfrm, EXTENT), "cx", "cy")
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
        value = int(text or 0)
    except ValueError:
        return 0
    return value if -FARTHEST <= value <= FARTHEST else FARTHEST if value > 0 else -FARTHEST


def inner(xfrm: Any, transform: Transform) -> Transform | None:
    """From parts of the box of an a:xfrm, (0, 0) to (1, 1), to slide coordinates: flipped first, then turned."""
    corner, size = pair(down(xfrm, OFFSET), "x", "y"), pair(down(xfrm, EXTENT), "cx", "cy")
    if corner is None or size is None:
        return None
    scaled = Transform(size[0], 0.0, 0.0, size[1], *corner)
    turned = _turned(xfrm, corner[0] + size[0] / 2, corner[1] + size[1] / 2)
    return transform.after(turned).after(scaled)
