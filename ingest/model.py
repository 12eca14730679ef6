"""What a file becomes: Deck → Slide → Block, and what structure gives for free: Fact, Relation, Passage.

All offsets are half-open ranges ``[start, end)`` in characters of ``Slide.source``, which never changes once
a slide is in the library; ``Slide.source[start:end]`` is always exactly the quoted text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "heading", "bullet", "paragraph", "cell", "unit", "note", "footnote", "picture"]


def content_id(*parts: object, length: int = 16) -> str:
    """Hex digest of ``parts``: the same content has the same id, on every machine and in every run."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn object of a slide, so that the slide can be redrawn; lengths in EMU, origin top left."""

    kind: Literal["box", "text", "table", "picture", "connector"]
    left: int
    top: int
    width: int
    height: int
    start: int = 0
    end: int = 0
    begin_shape: int | None = None  # connectors: index into Slide.shapes
    end_shape: int | None = None
    rising: bool = False  # connectors: the line runs from bottom left to top right
    way: tuple[int, ...] = ()  # connectors: x and y of its begin, of every bend, and of its end, where known
    begin_head: bool = False  # connectors: an arrow head stands at the begin, or the end, of ``way``
    end_head: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One thing said on a slide: a title, bullet, table cell, box of a chart, paragraph, note or footnote."""

    id: str
    kind: BlockKind
    text: str
    start: int
    end: int
    path: tuple[str, ...] = ()  # headings above it, outermost first
    level: int = 0  # depth of a bullet or of a box in its chart, from 0
    shape: int | None = None  # index into Slide.shapes
    row: str = ""  # table cells: the head of the row and of the column
    column: str = ""
    confidence: float | None = None  # text that was recognised in a picture: how certain, from 0 to 1
    cell: tuple[int, ...] = ()  # table cells: row and column in the grid, from 0; rows and columns it covers


@dataclass(frozen=True, slots=True)
class Fact:
    """``subject`` has ``text`` under ``aspect``; ``aspect`` is "" where the deck names none.

    Subject and aspect are written as in the deck (footnote marks and inference marks removed);
    ``[start, end)`` is the range in the slide's source that says ``text``.
    """

    id: str
    subject: str
    aspect: str
    text: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    inferred: bool = False  # the deck itself marks it as the editor's inference (编者推断)

    @property
    def indexed_text(self) -> str:
        """What is embedded: the fact as a sentence of its own."""
        return f"{self.subject}的{self.aspect}:{self.text}" if self.aspect else f"{self.subject}:{self.text}"


@dataclass(frozen=True, slots=True)
class Relation:
    """``child`` stands directly under ``parent`` in a drawn or listed structure.

    ``chain`` holds the boxes from the root down to ``parent``: it tells apart boxes of one name in different
    trees. ``path`` is the heading path of the chart. ``[start, end)`` is the child's name in the source and
    ``parent_start, parent_end`` the parent's; a sub-tree stands contiguously in the source.
    """

    id: str
    parent: str
    child: str
    chain: tuple[str, ...]
    start: int
    end: int
    parent_start: int
    parent_end: int
    path: tuple[str, ...] = ()
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a slide that retrieval can find; ``context`` (deck, title, headings) is embedded with it."""

    id: str
    text: str
    start: int
    end: int
    context: str = ""

    @property
    def indexed_text(self) -> str:
        """What is embedded and searched: the context in front of the passage."""
        return f"{self.context}\n{self.text}" if self.context else self.text


@dataclass(frozen=True, slots=True)
class Slide:
    """The unit of citation. ``number`` is the one printed in the deck where it has one, else the position."""

    id: str
    number: int
    position: int  # from 1
    title: str
    source: str
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()
    passages: tuple[Passage, ...] = ()
    shapes: tuple[Shape, ...] = ()
    width: int = 0  # EMU; 0 where the format has no geometry
    height: int = 0
    hidden: bool = False

    @property
    def indexed_texts(self) -> tuple[str, ...]:
        """All texts of the slide that are embedded: its passages and its facts."""
        passages = (passage.indexed_text for passage in self.passages)
        return (*passages, *(fact.indexed_text for fact in self.facts))

    @property
    def said(self) -> str:
        """All that stands on the slide, its title in front."""
        return f"{self.title}\n{self.source}"


@dataclass(frozen=True, slots=True)
class Deck:
    """A file read whole. ``digest`` is the SHA-256 of its bytes, ``id`` a short form of the first one seen.

    ``corrects`` is the digest of the extract that a corrected draft takes the place of.
    """

    id: str
    title: str
    digest: str
    slides: tuple[Slide, ...]
    warnings: tuple[str, ...] = ()
    corrects: str = ""
