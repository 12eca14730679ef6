"""Boxes and lines drawn on a page of a PDF → shapes and connectors, as a presentation has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kejian.ingest.drawing import Connector, Frame, Paragraph
from kejian.ingest.free_lines import Line as FreeLine
from kejian.ingest.free_lines import Point, branches, joined
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_items import EMU
from kejian.ingest.pdf_layout import Paragraph as Written
from kejian.ingest.pdf_lines import Line
from kejian.ingest.pdf_paths import Stroke
from kejian.ingest.wording import BULLET

MOST_STROKES = 600  # beyond, it is a picture
INDENT = 0.6  # of the type size


def frame_of(box: Box) -> Frame:
    """A box in EMU."""
    return Frame(*(round(edge * EMU) for edge in (box.left, box.top, box.right, box.bottom)))


def shape_paragraphs(written: Sequence[Written]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text as those of a shape, bullets by their mark, levels by their indents."""
    return tuple(_levelled(written))


def _levelled(written: Sequence[Written]) -> Iterator[Paragraph]:
    indents: list[float] = []
    for paragraph in written:
        line = paragraph.first
        mark = BULLET.match(paragraph.text)
        size = round(line.size * 2) * 50
        if not (mark or line.dotted):
            yield Paragraph(paragraph.text, 0, False, size, line.bold)
            continue
        indents = [*(at for at in indents if at < line.mark_left - INDENT * line.size), line.mark_left]
        text = paragraph.text[mark.end() :] if mark else paragraph.text
        yield Paragraph(text, len(indents) - 1, True, size, line.bold)


def connectors(
    strokes: Sequence[Stroke], boxes: Mapping[int, Frame], outside: Iterable[Box]
) -> tuple[list[Connector], list[FreeLine]]:
    """What the lines of a page join: (connectors between ``boxes``, the lines with the boxes at their ends).

    Lines in the areas ``outside``, such as the rules of a table, join nothing.
    """
    areas = list(outside)
    free = [stroke for stroke in strokes if not any(_lies_in(stroke, area) for area in areas)]
    if len(boxes) < 2 or not free or len(free) > MOST_STROKES:
        return [], []
    whole = [(stroke, line) for stroke, line in zip(free, joined(list(map(_whole, free)), boxes), strict=True)]
    lines = [line for _, line in whole if None not in line.ends]
    loose = [piece for stroke, line in whole if None in line.ends for piece in _pieces(stroke)]
    loose = [line for line in joined(loose, boxes) if not _runs_along(line, boxes)]
    lines += [line for line in loose if None not in line.ends]
    found = [Connector(*line.ends, line.arrow) for line in lines if None not in line.ends]  # type: ignore[arg-type]
    return [*found, *branches([line for line in loose if None in line.ends], boxes)], [*lines, *loose]


def _lies_in(stroke: Stroke, area: Box) -> bool:
    return all(area.left - 2 <= x <= area.right + 2 and area.top - 2 <= y <= area.bottom + 2 for x, y in stroke.points)


def _whole(stroke: Stroke) -> FreeLine:
    return FreeLine(-1, _point(stroke.points[0]), _point(stroke.points[-1]), (None, None), stroke.arrow)


def _pieces(stroke: Stroke) -> Iterator[FreeLine]:
    for begin, end in pairwise(stroke.points):
        yield FreeLine(-1, _point(begin), _point(end), (None, None), stroke.arrow)


def _point(place: tuple[float, float]) -> Point:
    return round(place[0] * EMU), round(place[1] * EMU)


def _runs_along(line: FreeLine, boxes: Mapping[int, Frame]) -> bool:
    """Whether a line is a side of a box, or lies in one."""
    slack = EMU
    (x1, y1), (x2, y2) = line.begin, line.end
    return any(
        min(x1, x2) >= frame.left - slack
        and max(x1, x2) <= frame.right + slack
        and min(y1, y2) >= frame.top - slack
        and max(y1, y2) <= frame.bottom + slack
        for frame in boxes.values()
    )


def boxed(lines: Sequence[Line]) -> dict[Box, list[Line]]:
    """The lines in every box, from top to bottom."""
    found: dict[Box, list[Line]] = {}
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        if line.box is not None and line.table is None:
            found.setdefault(line.box, []).append(line)
    return found
