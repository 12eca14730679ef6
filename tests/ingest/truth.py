"""What a slide of the fixture deck shows, beside what draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from slide_maker import TITLE_ONLY, SlideMaker


@dataclass(frozen=True)
class Truth:
    """One slide. ``lines`` is all visible text in reading order, without the title, indentation as levels."""

    title: str
    draw: Callable[[SlideMaker], None]
    lines: str
    edges: str = ""  # a line each: 总经理 → 销售部
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # by text: heads of its row and column
    facts: tuple[tuple[str, str, str], ...] = ()  # among those found: subject, aspect, text
    warnings: tuple[str, ...] = ()  # without the number of the slide
    layout: int = TITLE_ONLY

    @property
    def source(self) -> list[str]:
        """The lines of the slide's source."""
        return [*([self.title] if self.title else []), *self.lines.strip("\n").splitlines()]

    @property
    def relations(self) -> set[str]:
        return {line.strip() for line in self.edges.splitlines() if line.strip()}
