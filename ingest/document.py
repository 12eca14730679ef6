"""``.docx`` → outline: headings by outline level, lists as numbered, tables, text boxes, footnotes, in text order."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from kejian.corpus.terms import TermBase
from kejian.ingest.articles import with_articles, with_captions
from kejian.ingest.document_comments import Comments, changes, hidden
from kejian.ingest.document_cover import GENERIC_TITLE, cover_title
from kejian.ingest.document_drawing import chart_items, read_drawing
from kejian.ingest.document_graphics import graphics, in_text, parts_of
from kejian.ingest.document_notes import Notes
from kejian.ingest.document_numbering import Numbering
from kejian.ingest.document_pictures import blobs_of, pictures_in
from kejian.ingest.document_styles import Styles
from kejian.ingest.document_table import is_box, table
from kejian.ingest.document_text import (
    CHOICES,
    DESCRIBED,
    WP,
    W,
    ends_page,
    is_bold,
    lines_of,
    references,
    text_boxes,
)
from kejian.ingest.drawing import Paragraph
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.numbered_headings import with_numbered_headings
from kejian.ingest.outline import Item, Outline, Table
from kejian.ingest.package import FAULTS, check_package, damaged
from kejian.ingest.picture_flow import PicturesInText
from kejian.ingest.pictures import Pictures
from kejian.ingest.sections import Break, Flow, divided
from kejian.ingest.wording import BULLET, one_line

LONGEST_HEADING = 60
LONGEST_LEAD = 30
SENTENCE = ("。", "；", "，", "!", "！", ",", ";")
WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo")}


def read_document(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    """The outline of a Word document; its headers and footers are left out, its comments are notes.

    Raises:
        RefusedFile: the package is dangerous, damaged or no document.
    """
    check_package(content, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return _Document(Document(BytesIO(content)), Lexicon(terms), pictures).outline()
    except FAULTS as error:
        raise damaged(path, error) from error


class _Document:
    """A document being read from its first paragraph to its last."""

    def __init__(self, document: Any, lexicon: Lexicon, pictures: Pictures) -> None:
        self.lexicon = lexicon
        self.pictures = PicturesInText(pictures, lexicon)
        self.blob = blobs_of(document.part)
        self.body = document.element.body
        self.part = parts_of(document.part)
        self.comments = Comments(document.part)
        self.styles = Styles(document.part)
        self.numbering = Numbering(document.part)
        self.notes = Notes(document.part)
        self.title = one_line(document.core_properties.title or "")
        self.sizes: dict[int, float] = {}
        self.heading = 0
        self.unread: Counter[str] = Counter()

    def outline(self) -> Outline:
        """Everything the document says."""
        written = list(self._blocks(self.body))
        flow = with_numbered_headings(written)
        title = cover_title(written, self.sizes) or ("" if GENERIC_TITLE.match(self.title) else self.title)
        return divided(with_articles(with_captions(flow)), title, tuple(self._warnings()))

    def _warnings(self) -> Iterator[str]:
        if count := changes(self.body):
            yield f"有 {count} 处修订还没有接受或拒绝,已按全部接受收入"
        yield from self.pictures.warnings()
        for what, count in self.unread.items():
            yield f"有 {count} 处{what}没有读取,其中的文字不会被检索到"

    def _blocks(self, container: Any) -> Iterator[Flow]:
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag == f"{W}altChunk":
                self.unread["嵌入的其他文档"] += 1
            elif element.tag in WRAPPERS and not _is_contents(element):
                yield from self._blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Flow]:
        if self.styles.is_contents(element):
            return
        if ends_page(element, before=True):
            yield Break()
        lines = lines_of(element, self.notes)
        if lines:
            for item in self._lines(element, lines):
                self.sizes[id(item)] = self.styles.type_size(element)
                yield item
        yield from in_text(list(graphics(element, self.part, self.unread)), self.heading)
        drawing = read_drawing(element, self._shape_paragraphs)
        drawn = chart_items(drawing, self.lexicon)
        yield from in_text(drawn, self.heading)
        for picture in element.iter(f"{WP}docPr"):
            description = one_line(picture.get("descr") or "")
            if DESCRIBED.search(description) and not _is_fallback(picture):
                yield Item("picture", description)
        yield from pictures_in(element, self.blob, self.pictures)
        for box in text_boxes(element):
            if not (drawn and any(box is content for content in drawing.contents)):
                yield from self._blocks(box)
        yield from self._apart(element)
        if ends_page(element, before=False):
            yield Break()

    def _lines(self, element: Any, lines: list[str]) -> Iterator[Flow]:
        """The paragraph as what its style, its numbering or its type makes of it."""
        level = self.styles.outline_level(element)
        number = self.numbering.next(element, self.styles)
        marked = f"{number.text} {lines[0]}".strip() if number else lines[0]
        whole = f"{marked}{''.join(lines[1:])}"
        if self.styles.is_title(element):
            yield Item("title", whole)
        elif level and len(whole) <= LONGEST_HEADING:
            self.heading = level
            yield Item("heading", whole, level)
        elif self._is_lead(element, lines):
            yield Item("heading", marked, self.heading + 1, lead=True)
        elif number:
            yield Item("bullet", marked, number.level)
            yield from (Item("bullet", line, number.level) for line in lines[1:])
        else:
            yield from map(_typed, lines)

    def _is_lead(self, element: Any, lines: list[str]) -> bool:
        """A short paragraph that is wholly bold: people write headings that way."""
        short = len(lines) == 1 and len(lines[0]) <= LONGEST_LEAD and not lines[0].endswith(SENTENCE)
        return short and is_bold(element, self.styles.is_bold(element))

    def _table(self, element: Any) -> Iterator[Flow]:
        if is_box(element):
            yield from self._blocks(next(element.iter(f"{W}tc")))
            return
        found = table(element, self._cell_lines)
        if found is not None:
            yield found
        yield from in_text(list(graphics(element, self.part, self.unread)), self.heading)
        yield from pictures_in(element, self.blob, self.pictures)
        yield from self._apart(element)

    def _cell_lines(self, cell: Any) -> tuple[str, ...]:
        """The lines of a cell; those of a table or a text box inside it follow in its order."""
        parts = [part for part in self._cell_parts(cell) if isinstance(part, Item | Table)]
        return tuple(line for part in parts for line in _plain(part))

    def _cell_parts(self, container: Any) -> Iterator[Flow]:
        for element in container:
            if element.tag == f"{W}p":
                number = self.numbering.next(element, self.styles)
                lines = lines_of(element, self.notes)
                for at, line in enumerate(lines):
                    yield Item("paragraph", f"{number.text} {line}".strip() if number and not at else line)
                for box in text_boxes(element):
                    yield from self._cell_parts(box)
            elif element.tag == f"{W}tbl":
                inner = table(element, self._cell_lines)
                yield from [inner] if inner else []
            elif element.tag in WRAPPERS:
                yield from self._cell_parts(element)

    def _shape_paragraphs(self, content: Any) -> tuple[Paragraph, ...]:
        """The paragraphs of a drawn box."""
        parts = (part for part in self._cell_parts(content) if isinstance(part, Item | Table))
        return tuple(Paragraph(line) for part in parts for line in _plain(part))

    def _apart(self, element: Any) -> Iterator[Flow]:
        """Footnotes and comments on ``element``; what is not read is counted."""
        for mark, text in references(element, self.notes):
            yield Item("footnote", f"{mark} {text}")
        yield from (Item("note", text) for text in self.comments.on(element))
        self.unread.update(hidden(element))


def _typed(line: str) -> Item:
    """A line behind a typed bullet is a bullet."""
    found = BULLET.match(line)
    return Item("bullet", line[found.end() :]) if found and line[found.end() :] else Item("paragraph", line)


def _plain(part: Item | Table) -> Iterator[str]:
    if isinstance(part, Item):
        yield part.text
    else:
        for row in part.grid:
            yield " ".join(dict.fromkeys(cell.text for cell in row if cell.lines))


def _is_contents(element: Any) -> bool:
    """Whether a content control is a table of contents."""
    galleries = element.iterfind(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return any((gallery.get(f"{W}val") or "").lower() == "table of contents" for gallery in galleries)


def _is_fallback(element: Any) -> bool:
    return any(above.tag == f"{CHOICES}Fallback" for above in element.iterancestors())
