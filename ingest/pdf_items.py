"""Paragraphs of a page → outline items: headings by type and numbering, bullets by mark, each in a shape."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from kejian.ingest.model import Shape
from kejian.ingest.outline import Item, Link, Table
from kejian.ingest.pdf_layout import APART, Paragraph
from kejian.ingest.pdf_lines import Line
from kejian.ingest.text import NUMBERED
from kejian.ingest.wording import BULLET, CLAUSE, LETTER, STEP

EMU = 12_700  # to the point
LARGER = 1.12
LONGEST_HEADING = 40
DEPTHS = {"chapter": 0, "big": 1, "small": 2, "digit": 3}
UNNUMBERED = 9
STATEMENT_END = re.compile(r"[。；;，,、]$")
NUMBERED_STATEMENT = re.compile(r"[。；！？;!?：:]")
LEADERS = re.compile(r"(?:[.．…·]\s?){3,}\s*\d*$")
Rank = tuple[float, int, int]  # size downwards, bold before plain, depth of the numbering


class Whole(Protocol):
    """A figure among the paragraphs of a page."""

    @property
    def parts(self) -> tuple[Item | Table, ...]: ...
    @property
    def shapes(self) -> tuple[Shape, ...]: ...
    @property
    def links(self) -> tuple[Link, ...]: ...

    def moved(self, by: int) -> Whole:
        """The same with ``by`` shapes before its own."""
        ...


Entry = Paragraph | Whole


@dataclass(frozen=True, slots=True)
class Body:
    """The type that most of the text is set in."""

    size: float
    bold: bool

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Body:
        """The commonest type, counted by characters."""
        counts: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            counts[_rounded(line.size), line.bold] += len(line.text)
        return cls(*counts.most_common(1)[0][0]) if counts else cls(0.0, False)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def heading_rank(paragraph: Paragraph, body: Body) -> Rank | None:
    """How high a heading stands, the least highest; None for what is no heading."""
    text, line = paragraph.text, paragraph.first
    if line.dotted or BULLET.match(text) or len(text) > LONGEST_HEADING or not LETTER.search(text):
        return None
    if STATEMENT_END.search(text) or LEADERS.search(text):
        return None
    larger = _rounded(line.size) >= LARGER * body.size
    bolder = line.bold and not (body.bold or line.box) and not CLAUSE.search(text) and line.size >= 0.95 * body.size
    kind = _numbering(text)
    if not (larger or bolder or (kind not in ("", "digit") and not NUMBERED_STATEMENT.search(text))):
        return None
    return -_rounded(line.size), 0 if bolder else 1, _depth(text, kind)


def _numbering(text: str) -> str:
    found = NUMBERED.match(text)
    return next((kind for kind, value in found.groupdict().items() if value), "") if found else ""


def _depth(text: str, kind: str) -> int:
    if kind == "dotted":
        return 3 + len(re.findall(r"\d+", text.split(" ")[0])[:4])
    return DEPTHS.get(kind, UNNUMBERED)


@dataclass
class PageItems:
    """The items and shapes of a page as they are put together, region by region."""

    levels: dict[Rank, int]
    body: Body
    items: list[Item | Table] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add_region(self, entries: Sequence[Entry]) -> None:
        """Add what stands in a region, in its order."""
        steps = sum(isinstance(entry, Paragraph) and bool(STEP.match(entry.text)) for entry in entries) > 1
        indents: list[float] = []
        before: tuple[Item, Paragraph] | None = None
        for entry in entries:
            if not isinstance(entry, Paragraph):
                self._add_figure(entry.moved(len(self.shapes)))
                before = None
                continue
            item = self._item(entry, steps)
            if item.kind == "bullet":
                indents = _indents(indents, entry.first)
                item = replace(item, level=len(indents) - 1)
            elif item.kind == "heading" or not _is_inside(entry.first, indents):
                indents = []
            item = replace(item, shape=self._shape(item, entry, before))
            self.items.append(item)
            before = item, entry

    def _add_figure(self, figure: Whole) -> None:
        """Add what is read as a whole; the names in it head what it says, not what follows it."""
        above = (part.level for part in reversed(self.items) if isinstance(part, Item) and part.kind == "heading")
        level = next(above, 0)
        for part in figure.parts:
            if isinstance(part, Item) and part.kind in ("heading", "title"):
                part = replace(part, kind="heading", level=level + max(part.level, 1), lead=True)
            self.items.append(part)
        self.shapes += figure.shapes
        self.links += figure.links

    def _item(self, paragraph: Paragraph, steps: bool) -> Item:
        text = paragraph.text
        rank = heading_rank(paragraph, self.body)
        if rank is not None and rank in self.levels:
            return Item("heading", text, self.levels[rank])
        if found := BULLET.match(text):
            return Item("bullet", text[found.end() :])
        if paragraph.first.dotted or (steps and STEP.match(text)):
            return Item("bullet", text)
        return Item("paragraph", text)

    def _shape(self, item: Item, entry: Paragraph, before: tuple[Item, Paragraph] | None) -> int:
        """The shape of an item: that of the one before, where both are one block of text."""
        if before is None or before[0].shape is None or _opens_block(item, entry, *before):
            box = entry.first.box
            frame = (box.left, box.top, box.right, box.bottom) if box else _frame(entry.lines)
            self.shapes.append(shape_of("box" if box else "text", frame))
            return len(self.shapes) - 1
        if entry.first.box is not None:
            return before[0].shape
        last = self.shapes[before[0].shape]
        left, top, right, bottom = _frame(entry.lines)
        edges = (last.left / EMU, last.top / EMU, (last.left + last.width) / EMU, (last.top + last.height) / EMU)
        frame = min(left, edges[0]), min(top, edges[1]), max(right, edges[2]), max(bottom, edges[3])
        self.shapes[before[0].shape] = shape_of("text", frame)
        return before[0].shape


def shape_of(kind: Literal["box", "text", "table"], frame: tuple[float, float, float, float]) -> Shape:
    """A shape from edges in points: left, top, right, bottom."""
    left, top, right, bottom = (round(edge * EMU) for edge in frame)
    return Shape(kind, left, top, right - left, bottom - top)


def on_page(shape: Shape, width: int, height: int) -> Shape:
    """The part of a shape that lies on a page of this size, in EMU."""
    left, right = (min(max(edge, 0), width) for edge in (shape.left, shape.left + shape.width))
    top, bottom = (min(max(edge, 0), height) for edge in (shape.top, shape.top + shape.height))
    return replace(shape, left=left, top=top, width=right - left, height=bottom - top)


def _frame(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    left, right = min(line.mark_left for line in lines), max(line.right for line in lines)
    return left, min(line.top for line in lines), right, max(line.bottom for line in lines)


def _opens_block(item: Item, entry: Paragraph, before: Item, above: Paragraph) -> bool:
    if entry.first.box != above.first.box:
        return True
    if entry.first.box is not None:
        return False
    if "heading" in (item.kind, before.kind):
        return True
    return item.kind == "paragraph" and entry.first.top - above.lines[-1].bottom > APART * entry.first.size


def _indents(indents: Sequence[float], line: Line) -> list[float]:
    """The marks a bullet stands under, with its own: its depth is their number."""
    slack = 0.6 * line.size
    return [*(indent for indent in indents if indent < line.mark_left - slack), line.mark_left]


def _is_inside(line: Line, indents: Sequence[float]) -> bool:
    return bool(indents) and line.left > indents[0] + 0.6 * line.size


def ranked(paragraphs: Iterable[tuple[Paragraph, Body]]) -> dict[Rank, int]:
    """Levels from 1 for all headings of the file: larger type first, then bold, then shallower numbering."""
    ranks = sorted({rank for paragraph, body in paragraphs if (rank := heading_rank(paragraph, body)) is not None})
    return {rank: level for level, rank in enumerate(ranks, 1)}


def carried(items: Sequence[Item | Table], heading: str) -> Iterator[Item | Table]:
    """Items of a page with the heading they stand under from the page before, up to the first of their own."""
    open_ = heading
    for item in items:
        if isinstance(item, Item) and item.kind in ("heading", "title"):
            open_ = ""
        yield replace(item, beside=open_) if open_ and isinstance(item, Item) else item
