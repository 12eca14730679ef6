"""Where things stand on the page of a PDF as it is shown: points from its top left, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in it or on its border."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.bottom - self.top)


class PageFrame:
    """From the coordinates of a page to points from the top left of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as shown."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A direction as shown, y downwards."""
        turned = {0: (x, -y), 90: (y, x), 180: (-x, y), 270: (-y, -x)}
        return turned.get(self.rotation, (x, -y))

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle as shown."""
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
