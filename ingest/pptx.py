""".pptx → outline: slides in order with their printed numbers, drawn shapes put into words, speaker notes."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.drawing import Drawn
from kejian.ingest.elements import P
from kejian.ingest.files import check_zip
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.package import parse_part
from kejian.ingest.page_reading import read_page
from kejian.ingest.pictures import Pictures
from kejian.ingest.pptx_layouts import Layouts
from kejian.ingest.pptx_limits import Excess, bounded
from kejian.ingest.pptx_numbers import is_page_number, line_at, printed_numbers, repeated_at_foot
from kejian.ingest.pptx_pictures import MOST_OFTEN, Blob, PictureReader, Repeated, Told
from kejian.ingest.pptx_shapes import Drawing, Part, read_shapes
from kejian.ingest.pptx_strict import transitional
from kejian.ingest.pptx_text import paragraphs
from kejian.ingest.wording import one_line

GENERIC_TITLE = re.compile(
    r"^(?:(?:microsoft )?powerpoint.*|(?:演示文稿|幻灯片|slide|presentation)\s*\d*|无标题|没有幻灯片标题|untitled)$",
    re.IGNORECASE,
)
FAULTS = (
    PythonPptxError, etree.LxmlError, zipfile.BadZipFile, LookupError, ValueError, AttributeError, TypeError,
    AssertionError, NotImplementedError, RecursionError, OSError, OverflowError, zlib.error, struct.error,
)  # fmt: skip


def read_pptx(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    """The outline of a presentation, with what is known of its ``pictures``.

    Raises:
        RefusedFile: the package is dangerous, damaged, no presentation or beyond reason.
    """
    check_zip(content, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            opened = _open(Presentation(BytesIO(transitional(content))), pictures)
    except Excess as error:
        raise RefusedFile(f"{path} {error}") from None
    except FAULTS as error:
        raise RefusedFile(f"{path} 已损坏,无法按 .pptx 读取({error.__class__.__name__}),请重新导出") from error
    return _Deck(opened, Lexicon(terms)).outline()


@dataclass(frozen=True, slots=True)
class _Slide:
    """All that is taken from the package of one slide."""

    number: int
    drawing: Drawing
    notes: tuple[str, ...]
    hidden: bool
    comments: int


@dataclass(frozen=True, slots=True)
class _Opened:
    """All that is taken from the package. ``opening``: the first slide has a title slide's title."""

    title: str
    opening: bool
    size: tuple[int, int]
    slides: tuple[_Slide, ...]


def _open(presentation: Any, pictures: Pictures) -> _Opened:
    """Everything that is read through python-pptx and lxml, whose faults are faults of the file."""
    first = _first_number(presentation)
    slides = bounded(presentation.slides)
    opening = bool(slides) and slides[0]._element.find(f".//{P}ph[@type='ctrTitle']") is not None
    title = one_line(presentation.core_properties.title or "")
    size = int(presentation.slide_width or 0), int(presentation.slide_height or 0)
    layouts = Layouts(*size)
    read = tuple(_slide(slide, layouts, pictures) for slide in slides)
    numbers = printed_numbers([slide.drawing for slide in read], first, size[1])
    numbered = (replace(slide, number=number) for slide, number in zip(read, numbers, strict=True))
    return _Opened(title, opening, size, tuple(numbered))


def _slide(slide: Any, layouts: Layouts, pictures: Pictures) -> _Slide:
    tree, reader = slide._element.find(f"{P}cSld/{P}spTree"), PictureReader(_blobs(slide), pictures)
    drawing = read_shapes(tree, layouts.around(slide), _parts(slide), reader)
    hidden = slide._element.get("show") in ("0", "false")
    return _Slide(0, drawing, tuple(_notes(slide)), hidden, _comments(slide))


def _parts(slide: Any) -> Part:
    """A function from the id of a relationship of ``slide`` to the root element of its part."""
    relationships = slide.part.rels

    def root(id_: str | None) -> Any:
        if not id_ or id_ not in relationships or relationships[id_].is_external:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(relationships[id_].target_part.blob, parser)
        except etree.XMLSyntaxError:
            return None

    return root


def _blobs(slide: Any) -> Blob:
    """A function from the id of a relationship of ``slide`` to the bytes of its part."""
    relationships = slide.part.rels

    def blob(id_: str | None) -> bytes | None:
        if not id_ or id_ not in relationships or relationships[id_].is_external:
            return None
        found: bytes = relationships[id_].target_part.blob
        return found

    return blob


class _Deck:
    """What was taken from the package, put into words."""

    def __init__(self, opened: _Opened, lexicon: Lexicon) -> None:
        self.opened = opened
        self.lexicon = lexicon
        self.warnings: list[str] = []
        self.margins: set[tuple[str, ...]] = set()
        self.feet = repeated_at_foot([slide.drawing for slide in opened.slides], opened.size[1])
        self.repeated = Repeated([slide.drawing.pictures for slide in opened.slides])

    def outline(self) -> Outline:
        """Everything the presentation says."""
        pages = tuple(self._page(slide) for slide in self.opened.slides)
        if self.repeated.often:
            told = f"有 {len(self.repeated.often)} 张图片在 {MOST_OFTEN + 1} 页以上重复出现(如模板的标志)"
            self.warnings.append(f"{told},其中的文字只在首次出现的页收入")
        return Outline(self._title(pages), pages, tuple(self.warnings))

    def _title(self, pages: tuple[Page, ...]) -> str:
        """The title of a title slide in front, else that among the file's properties, which is often a template's."""
        items = [item for item in pages[0].items if isinstance(item, Item) and item.kind == "title"] if pages else []
        if self.opened.opening and items:
            return items[0].text
        return "" if GENERIC_TITLE.match(self.opened.title) else self.opened.title

    def _page(self, slide: _Slide) -> Page:
        drawing, (width, height) = slide.drawing, self.opened.size
        drawn = [d for d in drawing.drawn if not is_page_number(d, slide.number, height)]
        drawn = self._margins([self._at_foot(d) for d in drawn], height)
        told = self._pictures(slide, drawn)
        drawn += told.drawn
        reading = read_page(drawn, drawing.connectors, height, self.lexicon)
        self._warn(slide, bool(reading.items))
        items = (*reading.items, *(Item("note", text) for text in slide.notes))
        return Page(
            items, slide.number, tuple(drawing.shapes), (*reading.links, *told.links), width, height, slide.hidden
        )

    def _pictures(self, slide: _Slide, drawn: list[Drawn]) -> Told:
        """What the slide's pictures say; one that fills a slide without other text is read as a slide."""
        alone = all(d.role in ("margin", "picture") for d in drawn)
        told = Told(slide.drawing.shapes, self.lexicon)
        placed = list(self.repeated.first(slide.drawing.pictures))
        for picture in placed:
            told.add(picture, alone and len(placed) == 1 and told.fills(picture, self.opened.size))
        if warning := told.tally.told(f"第 {slide.number} 页有 {told.tally.pictures} 张图片"):
            self.warnings.append(warning)
        return told

    def _at_foot(self, drawn: Drawn) -> Drawn:
        """A line that stands at the foot of slide after slide is a footer, whatever it is drawn with."""
        return replace(drawn, role="margin") if not drawn.role and line_at(drawn) in self.feet else drawn

    def _margins(self, drawn: list[Drawn], height: int) -> list[Drawn]:
        """What stands at the edge of many slides is read once; large on top of one without a title, it is the title."""
        titled = any(d.role == "title" for d in drawn)
        largest = max((p.size for d in drawn for p in d.paragraphs), default=0)
        found = []
        for d in drawn:
            if d.role != "margin":
                found.append(d)
            elif not titled and d.frame.top < height // 4 and d.paragraphs[0].size == largest > 0:
                found.append(replace(d, role=""))
            elif (said := tuple(p.text for p in d.paragraphs)) not in self.margins:
                self.margins.add(said)
                found.append(d)
        return found

    def _warn(self, slide: _Slide, said: bool) -> None:
        if slide.hidden:
            self.warnings.append(f"第 {slide.number} 页是隐藏页,放映时不显示,内容已照常收入")
        for what, count in slide.drawing.unread.items():
            self.warnings.append(f"第 {slide.number} 页有 {count} 处{what}没有读取,其中的文字不会被检索到")
        for what, count in slide.drawing.unseen.items():
            self.warnings.append(f"第 {slide.number} 页有 {count} 处{what},放映时看不见,没有收入")
        for what, count in slide.drawing.doubtful.items():
            self.warnings.append(f"第 {slide.number} 页有 {count} 处{what},已照常收入,请确认是否作废")
        if slide.comments:
            self.warnings.append(f"第 {slide.number} 页有 {slide.comments} 条批注,批注不是讲义内容,没有收入")
        if not said:
            self.warnings.append(f"第 {slide.number} 页没有可读的文字")


def _first_number(presentation: Any) -> int:
    text = presentation.part._element.get("firstSlideNum")
    return int(text) if text and text.isdigit() and len(text) < 7 else 1


def _notes(slide: Any) -> Iterator[str]:
    """What stands on the notes page: in its body, and in boxes drawn beside it."""
    if not slide.has_notes_slide:
        return
    for shape in slide.notes_slide._element.iter(f"{P}sp"):
        placeholder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        body = shape.find(f"{P}txBody")
        if (placeholder is None or placeholder.get("type") == "body") and body is not None:
            yield from (paragraph.text for paragraph in paragraphs(body))


def _comments(slide: Any) -> int:
    """How many remarks of reviewers there are, of both kinds, answers included."""
    parts = (
        r.target_part.blob for r in slide.part.rels.values() if r.reltype.endswith("/comments") and not r.is_external
    )
    tags = (etree.QName(node).localname for blob in parts for node in parse_part(blob).iter(etree.Element))
    return sum(tag in ("cm", "reply") for tag in tags)
