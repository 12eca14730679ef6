"""Texts laid out under the boxes of a chart, or right of them, each saying something of its box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kejian.ingest.drawing import Drawn, Frame
from kejian.ingest.shape_items import is_heading_box
from kejian.ingest.tree import Chart

FEWEST = 2  # a single text under a chart may be its caption, or speak of all of it
MOST = 40_000  # pairs of a box and a text


def texts_of_boxes(charts: Sequence[Chart], shapes: Sequence[Drawn]) -> dict[int, list[Drawn]]:
    """By the index of a box: the texts that belong to it. A chart has such texts at several boxes or at none."""
    charted = {box for chart in charts for box in chart.boxes}
    by_index = {drawn.index: drawn for drawn in shapes}
    free = [d for d in shapes if d.index not in charted and d.paragraphs and d.role in ("", "body")]
    texts = [drawn for drawn in free if not is_heading_box(drawn)]
    between = [*(d.frame for d in free if is_heading_box(d)), *(by_index[box].frame for box in charted)]
    found: dict[int, list[Drawn]] = {}
    for chart in charts:
        boxes = [by_index[box] for box in ends(chart)]
        if len(boxes) * len(texts) <= MOST:
            found |= _paired(boxes, texts, between)
    return found


def ends(chart: Chart) -> Iterator[int]:
    """The boxes with nothing under them; of a course of events all."""
    for number, (box, depth) in enumerate(chart.outline):
        below = chart.outline[number + 1][1] if number + 1 < len(chart.outline) else 0
        if chart.arrows or below <= depth:
            yield box


def _paired(boxes: Sequence[Drawn], texts: Sequence[Drawn], between: Iterable[Frame]) -> dict[int, list[Drawn]]:
    for way in (_downwards, _rightwards):
        found: dict[int, list[Drawn]] = defaultdict(list)
        obstacles = [way(frame) for frame in between]
        for text in texts:
            over = [box for box in boxes if _is_under(way(box.frame), way(text.frame))]
            if len(over) == 1 and _faces(way(over[0].frame), way(text.frame), obstacles):
                found[over[0].index].append(text)
        if len(found) >= FEWEST:
            return {box: sorted(said, key=lambda d: (d.frame.top, d.frame.left)) for box, said in found.items()}
    return {}


def _downwards(frame: Frame) -> Frame:
    return frame


def _rightwards(frame: Frame) -> Frame:
    """``frame`` with the axes exchanged: what was right of another is below it."""
    return Frame(frame.top, frame.left, frame.bottom, frame.right)


def _faces(box: Frame, text: Frame, obstacles: Sequence[Frame]) -> bool:
    """Whether the middle of a text that is under a box lies below it, with no other box or heading in between."""
    if not 2 * box.left < text.left + text.right < 2 * box.right:
        return False
    return not any(_is_under(box, other) and _is_under(other, text) for other in obstacles)


def _is_under(box: Frame, text: Frame) -> bool:
    """Whether a text lies below a box and reaches under its middle."""
    within = 2 * text.left < box.left + box.right < 2 * text.right
    return within and box.top < text.top and box.bottom <= text.top + box.height // 3
