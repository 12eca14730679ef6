"""What every reader translates its format into: pages of outline items in reading order.

A reader knows its format and nothing else; what headings, lists, tables and charts *mean* is decided once, behind
this module (``arrange`` → ``layout`` → ``facts``, ``relations``, ``passages``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kejian.ingest.model import Shape

ItemKind = Literal["title", "heading", "bullet", "paragraph", "unit", "note", "footnote", "picture"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a page. ``text`` is a single line without markup, as a reader should see it quoted."""

    kind: ItemKind
    text: str
    level: int = 0  # headings: 1 stands under the title; bullets and units: depth from 0
    shape: int | None = None  # index into Page.shapes
    lead: bool = False  # a heading that ends with the list below it (「主要职责如下:」)
    stands_out: bool = False  # a line in larger or bolder type than those below it in its box
    rank: int = 0  # of lines that stand out in one box: how many sizes of type stand over it there
    attribute: bool = False  # a heading that is an aspect by its place, though not by name
    within: int | None = None  # drawn pages: level of the innermost heading over its shape; None: order alone tells
    beside: str = ""  # drawn pages: a heading left of it, where another stands over it, as in a matrix
    beside_aspect: bool = False  # that heading is an aspect by its place, though not by name
    loose: bool = False  # its place is lost: a unit stands under nothing, a bullet speaks of the whole deck
    guessed: bool = False  # to which of the names on its page it belongs is lost: what it says of one is inferred
    place: int | None = None  # drawn pages: the shape that shows it, where it belongs to another (a box of a diagram)
    confidence: float | None = None  # text that was recognised in a picture: how certain, from 0 to 1

    @property
    def drawn_in(self) -> int | None:
        """The shape that shows the item."""
        return self.shape if self.place is None else self.place

    @property
    def is_margin(self) -> bool:
        """Whether the item is a header or footer of a drawn page, which says nothing of what stands on it."""
        return self.kind == "paragraph" and self.loose and self.shape is not None


@dataclass(frozen=True, slots=True)
class Link:
    """A drawn line between two boxes beyond the tree that the units are written in; indices into Page.shapes."""

    parent: int
    child: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its paragraphs, its place in the grid, and how far it spans."""

    lines: tuple[str, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """The paragraphs as one text."""
        return " ".join(self.lines)


Grid: TypeAlias = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; a merged cell stands, as the same object, at every place it covers."""

    grid: Grid
    shape: int | None = None
    headless: bool = False  # the format itself says that the first row is no header
    within: int | None = None  # as for an item
    crossed: bool = False  # the format itself says: heads in the first row and the first column, subjects down
    confidence: float | None = None  # as for an item

    def cells(self) -> Iterator[Cell]:
        """Every cell once, row by row."""
        for r, row in enumerate(self.grid):
            yield from (cell for c, cell in enumerate(row) if (cell.row, cell.column) == (r, c))


@dataclass(frozen=True, slots=True)
class Page:
    """A slide, or what the format has in its place. ``number`` is the printed one, None where there is none."""

    items: tuple[Item | Table, ...]
    number: int | None = None
    shapes: tuple[Shape, ...] = ()
    links: tuple[Link, ...] = ()
    width: int = 0
    height: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole file. ``title`` is "" where the file gives none.

    ``corrects`` is the SHA-256 of the file that this one corrects, a draft that was made from it; "" for any other.
    """

    title: str
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()
    corrects: str = ""


def filled(rows: list[list[tuple[str, ...]]]) -> Grid:
    """The grid of a table without merged cells; short rows are filled up with empty cells."""
    width = max(map(len, rows), default=0)
    return tuple(tuple(Cell(row[c] if c < len(row) else (), r, c) for c in range(width)) for r, row in enumerate(rows))
