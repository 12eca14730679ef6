"""What was recognised in a picture → items and shapes at their places on the page, by the layout logic of PDF pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from kejian.ingest.drawing import Frame
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Item, Link, Table
from kejian.ingest.pdf_items import EMU, shape_of
from kejian.ingest.pdf_layout import paragraphs, regions
from kejian.ingest.pdf_lines import Line
from kejian.ingest.pdf_slide import SlideReader
from kejian.ingest.picture_lines import Typeset, typeset
from kejian.ingest.pictures import Seen
from kejian.ingest.wording import BULLET

Part = Item | Table


@dataclass(frozen=True, slots=True)
class Shown:
    """A recognised picture: its parts in reading order, and the shapes that they count in."""

    parts: tuple[Part, ...]
    shapes: tuple[Shape, ...]
    links: tuple[Link, ...] = ()


def shown(seen: Seen, frame: Frame, lexicon: Lexicon, structured: bool) -> Shown:
    """What the picture says that stands in ``frame`` (EMU) of a page.

    ``structured``: the picture is the page, its headings and lists are those of the page; else its text is kept as
    text of a picture, with the tables and the charts it holds.
    """
    page = typeset(seen, frame)
    found = (
        _as_slide(page, frame.bottom if structured else 0, lexicon) if frame.width > frame.height else _as_page(page)
    )
    parts = (_marked(part, page, structured) for part in found.parts)
    return replace(found, parts=tuple(parts))


def moved(shown: Shown, first: int) -> Shown:
    """The same on a page that has ``first`` shapes already."""
    return Shown(
        tuple(_moved(part, first) for part in shown.parts),
        tuple(_joined(shape, first) for shape in shown.shapes),
        tuple(Link(link.parent + first, link.child + first) for link in shown.links),
    )


def _moved(part: Part, first: int) -> Part:
    part = part if part.shape is None else replace(part, shape=part.shape + first)
    return replace(part, place=part.place + first) if isinstance(part, Item) and part.place is not None else part


def _joined(shape: Shape, first: int) -> Shape:
    ends = (end if end is None else end + first for end in (shape.begin_shape, shape.end_shape))
    begin, end = ends
    return replace(shape, begin_shape=begin, end_shape=end)


def _as_slide(page: Typeset, height: int, lexicon: Lexicon) -> Shown:
    """Texts as boxes of a slide; ``height`` (EMU) is that of the page, 0 where a title is not looked for."""
    reader = SlideReader(lexicon, height / EMU)
    reading = reader.read(page.lines, page.tables, page.strokes)
    return Shown(reading.items, tuple(reader.shapes), reading.links)


def _as_page(page: Typeset) -> Shown:
    """The paragraphs and tables in reading order."""
    parts: list[Part] = []
    shapes: list[Shape] = []
    for paragraph in (paragraph for region in regions(page.lines, landscape=True) for paragraph in paragraphs(region)):
        number = paragraph.first.table
        if number is None:
            parts.append(Item("paragraph", paragraph.text, shape=len(shapes)))
            shapes.append(shape_of("text", _around(paragraph.lines)))
        else:
            box = page.tables[number].box
            parts.append(replace(page.tables[number].table, shape=len(shapes)))
            shapes.append(shape_of("table", (box.left, box.top, box.right, box.bottom)))
    return Shown(tuple(parts), tuple(shapes))


def _around(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    tops, feet = [line.top for line in lines], [line.bottom for line in lines]
    return min(line.left for line in lines), min(tops), max(line.right for line in lines), max(feet)


def _marked(part: Part, page: Typeset, structured: bool) -> Part:
    """A part with its confidence; outside of a structured page the text of a picture."""
    if isinstance(part, Table):
        return part
    marked = recognised(part, page)
    return marked if structured or part.kind == "unit" else replace(marked, kind="picture", level=0, stands_out=False)


def recognised(item: Item, page: Typeset) -> Item:
    """``item`` with the mean confidence of the lines that it is made of; of all where that does not show."""
    own = [line.confidence for line in page.placed if _is_of(line.line.text, item.text)]
    certain = fmean(own or [line.confidence for line in page.placed] or [0.0])
    return replace(item, confidence=round(certain, 3))


def _is_of(line: str, text: str) -> bool:
    found = BULLET.match(line)
    return (line[found.end() :] if found else line) in text or text in line
