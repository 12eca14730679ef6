""".pptx → outline: slides in order with their printed numbers, drawn shapes put into words, speaker notes."""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.drawing import Frame
from kejian.ingest.files import check_zip
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.page_reading import read_page
from kejian.ingest.pptx_geometry import Transform, place
from kejian.ingest.pptx_shapes import Drawing, P, Part, read_shapes
from kejian.ingest.pptx_text import A, paragraphs
from kejian.ingest.wording import one_line

GENERIC_TITLE = re.compile(
    r"^(?:(?:microsoft )?powerpoint.*|(?:演示文稿|幻灯片|slide|presentation)\s*\d*|无标题|没有幻灯片标题|untitled)$",
    re.IGNORECASE,
)
FAULTS = (
    PythonPptxError, etree.LxmlError, zipfile.BadZipFile, LookupError, ValueError, AttributeError, TypeError,
    AssertionError, NotImplementedError, RecursionError, OSError, OverflowError, zlib.error, struct.error,
)  # fmt: skip


def read_pptx(content: bytes, path: Path, terms: TermBase) -> Outline:
    """The outline of a presentation.

    Raises:
        RefusedFile: the package is dangerous, damaged or no presentation.
    """
    check_zip(content, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            opened = _open(Presentation(BytesIO(content)))
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


@dataclass(frozen=True, slots=True)
class _Opened:
    """All that is taken from the package. ``opening``: the first slide has a title slide's title."""

    title: str
    opening: bool
    size: tuple[int, int]
    slides: tuple[_Slide, ...]


def _open(presentation: Any) -> _Opened:
    """Everything that is read through python-pptx and lxml, whose faults are faults of the file."""
    inherited = _Inherited()
    first = _first_number(presentation)
    slides = list(presentation.slides)
    opening = bool(slides) and slides[0]._element.find(f".//{P}ph[@type='ctrTitle']") is not None
    title = one_line(presentation.core_properties.title or "")
    size = int(presentation.slide_width or 0), int(presentation.slide_height or 0)
    return _Opened(title, opening, size, tuple(_slide(s, first + n, inherited) for n, s in enumerate(slides)))


def _slide(slide: Any, number: int, inherited: _Inherited) -> _Slide:
    drawing = read_shapes(slide._element.find(f"{P}cSld/{P}spTree"), inherited.of(slide), _parts(slide))
    hidden = slide._element.get("show") in ("0", "false")
    return _Slide(number, drawing, tuple(_notes(slide)), hidden)


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


class _Deck:
    """What was taken from the package, put into words."""

    def __init__(self, opened: _Opened, lexicon: Lexicon) -> None:
        self.opened = opened
        self.lexicon = lexicon
        self.warnings: list[str] = []

    def outline(self) -> Outline:
        """Everything the presentation says."""
        pages = tuple(self._page(slide) for slide in self.opened.slides)
        return Outline(self._title(pages), pages, tuple(self.warnings))

    def _title(self, pages: tuple[Page, ...]) -> str:
        """The title of a title slide in front, else that among the file's properties, which is often a template's."""
        items = [item for item in pages[0].items if isinstance(item, Item) and item.kind == "title"] if pages else []
        if self.opened.opening and items:
            return items[0].text
        return "" if GENERIC_TITLE.match(self.opened.title) else self.opened.title

    def _page(self, slide: _Slide) -> Page:
        drawing, (width, height) = slide.drawing, self.opened.size
        drawn = [d for d in drawing.drawn if not _is_page_number(d, slide.number, height)]
        reading = read_page(drawn, drawing.connectors, height, self.lexicon)
        self._warn(slide, bool(reading.items))
        items = (*reading.items, *(Item("note", text) for text in slide.notes))
        return Page(items, slide.number, tuple(drawing.shapes), reading.links, width, height, slide.hidden)

    def _warn(self, slide: _Slide, said: bool) -> None:
        if slide.hidden:
            self.warnings.append(f"第 {slide.number} 页是隐藏页,放映时不显示,内容已照常收入")
        for what, count in slide.drawing.unread.items():
            self.warnings.append(f"第 {slide.number} 页有 {count} 处{what}没有读取,其中的文字不会被检索到")
        if not said:
            self.warnings.append(f"第 {slide.number} 页没有可读的文字")


def _first_number(presentation: Any) -> int:
    text = presentation.part._element.get("firstSlideNum")
    return int(text) if text and text.isdigit() and len(text) < 7 else 1


def _is_page_number(drawn: Any, number: int, height: int) -> bool:
    """Whether a shape at the foot of the slide holds no more than its number."""
    texts = [paragraph.text for paragraph in drawn.paragraphs]
    return texts == [str(number)] and drawn.frame.top > height * 0.8


def _notes(slide: Any) -> Iterator[str]:
    if not slide.has_notes_slide:
        return
    for shape in slide.notes_slide._element.iter(f"{P}sp"):
        placeholder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        body = shape.find(f"{P}txBody")
        if placeholder is not None and placeholder.get("type") == "body" and body is not None:
            yield from (paragraph.text for paragraph in paragraphs(body))


class _Inherited:
    """What placeholders take over from their layout and master."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str, str], tuple[Frame | None, bool]] = {}

    def of(self, slide: Any) -> Any:
        """A function from a p:ph to (frame, whether its paragraphs have bullets)."""
        layout = slide.slide_layout
        key = str(layout.part.partname)

        def look_up(placeholder: Any) -> tuple[Frame | None, bool]:
            kind, index = placeholder.get("type") or "", placeholder.get("idx") or "0"
            if (key, kind, index) not in self.known:
                self.known[key, kind, index] = self._look_up(layout, kind, index)
            return self.known[key, kind, index]

        return look_up

    def _look_up(self, layout: Any, kind: str, index: str) -> tuple[Frame | None, bool]:
        own = _placeholder(layout._element, index=index)
        kind = kind or (own.find(f".//{P}ph").get("type") or "" if own is not None else "")
        above = _placeholder(layout.slide_master._element, kind="body" if kind in ("", "obj", "body") else kind)
        frames = (_frame(shape) for shape in (own, above) if shape is not None)
        plain = own is not None and own.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}buNone") is not None
        return next((frame for frame in frames if frame), None), kind in ("", "obj", "body") and not plain


def _placeholder(tree: Any, kind: str = "", index: str = "") -> Any:
    for shape in tree.iter(f"{P}sp"):
        found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if found is not None and (
            (index and (found.get("idx") or "0") == index) or (kind and found.get("type") == kind)
        ):
            return shape
    return None


def _frame(shape: Any) -> Frame | None:
    return place(shape.find(f"{P}spPr/{A}xfrm"), Transform())
