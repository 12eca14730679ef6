"""Settled items → the slide's source text, one line each, with the exact range of every line and cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kejian.ingest.lexicon import Heading, Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Item, Table

Range = tuple[int, int]
INDENT = "  "
BETWEEN_CELLS = " | "
NO_STOP = "。；！？!?;：:，"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that is open: everything below it on the page until one of its level or above."""

    heading: Heading
    start: int
    end: int
    level: int
    item: Item

    def ends_at(self, part: Item | Table) -> bool:
        """Whether ``part`` stands no longer under this heading."""
        if isinstance(part, Item) and part.kind in ("title", "heading") and part.level <= self.level:
            return True
        elsewhere = part.shape != self.item.shape
        if elsewhere and part.within is not None and self.level > part.within:
            return True
        listed = isinstance(part, Item) and part.kind in ("bullet", "unit", "heading")
        return self.item.lead and (elsewhere or not listed)


@dataclass(frozen=True, slots=True)
class Line:
    """An item and where it stands in the source."""

    item: Item
    start: int
    end: int
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table and where each paragraph of each cell stands; keys are the cells' places (row, column)."""

    table: Table
    start: int
    end: int
    sections: tuple[Section, ...]
    ranges: Mapping[tuple[int, int], tuple[Range, ...]]
    rows: tuple[Range, ...]  # the range of each line of the table


@dataclass(frozen=True)
class Sheet:
    """A page written out. ``source[start:end]`` is the text of every line and every cell paragraph."""

    source: str
    parts: tuple[Line | Grid, ...]

    @cached_property
    def title(self) -> Line | None:
        """The line of the title."""
        return next((p for p in self.parts if isinstance(p, Line) and p.item.kind == "title"), None)


def write(parts: Sequence[Item | Table], lexicon: Lexicon) -> Sheet:
    """Write ``parts`` one below the other."""
    writer = _Writer(lexicon)
    for part in parts:
        if isinstance(part, Table):
            writer.add_table(part)
        else:
            writer.add_item(part)
    return Sheet("".join(writer.pieces), tuple(writer.parts))


@dataclass
class _Writer:
    lexicon: Lexicon
    pieces: list[str] = field(default_factory=list)
    parts: list[Line | Grid] = field(default_factory=list)
    length: int = 0
    open: list[Section] = field(default_factory=list)

    def add_item(self, item: Item) -> None:
        self._close(item)
        indent = INDENT * item.level if item.kind in ("bullet", "unit") else ""
        start, end = self._write_line(indent, item.text)
        self.parts.append(Line(item, start, end, self._sections(item)))
        if item.kind in ("title", "heading"):
            self.open.append(Section(self._heading(item), start, end, item.level, item))

    def _heading(self, item: Item) -> Heading:
        heading = self.lexicon.heading(item.text)
        return replace(heading, subject="", aspect=heading.name) if item.attribute else heading

    def _sections(self, item: Item) -> tuple[Section, ...]:
        """The headings that hold for ``item``: for notes and footnotes the title alone."""
        if item.kind in ("note", "footnote"):
            return tuple(self.open[:1])
        if item.beside:
            beside = Item("heading", item.beside, attribute=item.beside_aspect)
            return (*self.open, Section(self._heading(beside), -1, -1, item.level, item))
        return tuple(self.open)

    def add_table(self, table: Table) -> None:
        caption = next((s for s in self.open[-1:] if s.item.lead and s.end == self.length), None)
        self._close(table)
        if caption is not None and caption not in self.open:
            self.open.append(caption)
        self._write_table(table)
        if caption is not None:
            self.open.remove(caption)

    def _write_table(self, table: Table) -> None:
        ranges: dict[tuple[int, int], tuple[Range, ...]] = {}
        rows: list[Range] = []
        for r, row in enumerate(table.grid):
            cells = [cell for c, cell in enumerate(row) if (cell.row, cell.column) == (r, c) and cell.lines]
            if not cells:
                continue
            first = self._begin_line()
            for number, cell in enumerate(cells):
                self._write(BETWEEN_CELLS if number else "")
                ranges[cell.row, cell.column] = self._write_paragraphs(cell.lines)
            rows.append((first, self.length))
        if rows:
            self.parts.append(Grid(table, rows[0][0], rows[-1][1], tuple(self.open), ranges, tuple(rows)))

    def _close(self, part: Item | Table) -> None:
        """Close the sections that end before ``part``, and with each all that are open inside it."""
        ended = next((n for n, section in enumerate(self.open) if section.ends_at(part)), len(self.open))
        del self.open[ended:]

    def _write_line(self, indent: str, text: str) -> Range:
        self._begin_line()
        self._write(indent)
        return self._write(text)

    def _begin_line(self) -> int:
        self._write("\n" if self.pieces else "")
        return self.length

    def _write_paragraphs(self, lines: Sequence[str]) -> tuple[Range, ...]:
        ranges = []
        for number, line in enumerate(lines):
            if number:
                self._write(" " if lines[number - 1][-1] in NO_STOP else "；")
            ranges.append(self._write(line))
        return tuple(ranges)

    def _write(self, text: str) -> Range:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return start, self.length


def placed_shapes(shapes: Sequence[Shape], sheet: Sheet) -> tuple[Shape, ...]:
    """``shapes`` with the range of what is written in each; a shape whose text is spread out gets its first line."""
    first: dict[int, Range] = {}
    for part in sheet.parts:
        number = part.table.shape if isinstance(part, Grid) else part.item.drawn_in
        if number is None:
            continue
        start, end = first.get(number, (part.start, part.start))
        if number not in first or sheet.source[end : part.start].isspace():
            first[number] = (start, part.end)
    return tuple(
        replace(shape, start=first[n][0], end=first[n][1]) if n in first else shape for n, shape in enumerate(shapes)
    )
