"""Text of a slide with the cited stretches marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kejian.ui.html import Html, element
from kejian.ui.slide_frame import Mark


def marked(source: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> list[Html | str]:
    """``source[start:end]``, cited stretches in ``<mark data-cites>`` (overlaps carry every number)."""
    end = len(source) if end is None else end
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end, *(max(mark.start, start) for mark in inside), *(min(mark.end, end) for mark in inside)}
    cuts = sorted(edges)
    return [_stretch(source, left, right, inside) for left, right in pairwise(cuts)]


def _stretch(source: str, start: int, end: int, marks: Iterable[Mark]) -> Html | str:
    numbers = [mark.n for mark in marks if mark.start <= start and end <= mark.end]
    text = source[start:end]
    return element("mark", text, data_cites=" ".join(map(str, numbers))) if numbers else text
