"""Pages of a PDF whose text is a picture (scans, type without characters), and pictures on other pages."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium

from kejian.ingest.drawing import Drawn
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Item, Page
from kejian.ingest.pdf_drawing import frame_of
from kejian.ingest.pdf_figures import Figure
from kejian.ingest.pdf_frame import Box, PageFrame
from kejian.ingest.pdf_page import PdfPage
from kejian.ingest.pdf_slide import SlideReader
from kejian.ingest.picture_items import recognised, shown
from kejian.ingest.picture_lines import Typeset, typeset
from kejian.ingest.picture_preparation import ENOUGH
from kejian.ingest.pictures import MISSING, Pictures, Seen, Tally, Wanted

FINEST = 300 / 72  # pixels to the point
LEAST_SIDE = 40.0  # points: a smaller picture on a page of text is a mark
LEAST_PART = 0.03  # of the page
WRITTEN_OVER = 5  # glyphs in a picture: with as many it lies behind text that can be read
MOST_PICTURES = 30  # on a page
NO_TEXT = "没有可用的文字层(扫描件或缺少字符映射)"
UNREAD = f"{NO_TEXT},需要先做文字识别"
Named = Callable[[Sequence[int]], str]  # positions of pages as the reader counts them


@dataclass
class Scans:
    """The pictures of one file; positions count from 1."""

    pictures: Pictures
    lexicon: Lexicon
    digest: str
    pages: dict[int, Typeset] = field(default_factory=dict)
    figures: defaultdict[int, list[Figure]] = field(default_factory=lambda: defaultdict(list))
    faults: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    missed: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    tally: Tally = field(default_factory=Tally)
    tallies: defaultdict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @classmethod
    def of(cls, content: bytes, pictures: Pictures, lexicon: Lexicon) -> Scans:
        """Those of the file with this content."""
        return cls(pictures, lexicon, hashlib.sha256(content).hexdigest())

    def look(self, page: Any, position: int, read: PdfPage) -> None:
        """Look up what stands on a page as a picture; the caller holds ``PDFIUM``."""
        if not read.readable and not read.paths.empty:
            self._page(page, position, Box(0.0, 0.0, read.width, read.height))
        elif read.readable:
            for box in _pictures_on(page, read):
                self._picture(page, position, box)

    def _page(self, page: Any, position: int, box: Box) -> None:
        seen = self._seen(page, position, box)
        self.tally = self.tally.with_(seen)
        if seen.legible:
            self.pages[position] = typeset(seen, frame_of(box))
        else:
            self.faults[seen.fault or "没有识别出看得清的文字"].append(position)

    def _picture(self, page: Any, position: int, box: Box) -> None:
        seen = self._seen(page, position, box)
        self.tallies[position] = self.tallies[position].with_(seen)
        if seen.fault:
            self.missed[seen.fault].append(position)
        elif seen.legible:
            found = shown(seen, frame_of(box), self.lexicon, structured=False)
            self.figures[position].append(Figure(box, found.parts, found.shapes, found.links))

    def _seen(self, page: Any, position: int, box: Box) -> Seen:
        edges = [round(edge) for edge in (box.left, box.top, box.right, box.bottom)]
        key = hashlib.sha256(f"{self.digest} {position} {edges} {ENOUGH}".encode()).hexdigest()
        return self.pictures.look_up(key, lambda: Wanted(_rendered(page, box)))

    def draw(self, position: int, reader: SlideReader) -> None:
        """Add the pictures of a page to what ``reader`` reads as a slide."""
        for figure in self.figures[position]:
            index, frame = len(reader.shapes), frame_of(figure.box)
            reader.shapes.append(Shape("picture", frame.left, frame.top, frame.width, frame.height))
            moved = figure.moved(index + 1)
            reader.shapes += moved.shapes
            reader.drawn.append(Drawn(index, frame, (), None, (), "picture", moved.parts))

    def marked(self, pages: Sequence[Page]) -> tuple[Page, ...]:
        """``pages`` with the confidence of what was recognised as their text."""
        return tuple(_marked(page, self.pages.get(position)) for position, page in enumerate(pages, 1))

    def warnings(self, named: Named) -> Iterator[str]:
        """What was recognised, and what was not."""
        if told := self.tally.told(f"第 {named(sorted(self.pages))} 页{NO_TEXT}"):
            yield told
        for fault, positions in self.faults.items():
            waits = fault in (MISSING, self.pictures.reason)
            yield f"第 {named(positions)} 页{UNREAD}" if waits else f"第 {named(positions)} 页{NO_TEXT},{fault}"
        for position, tally in self.tallies.items():
            if told := tally.told(f"第 {named([position])} 页有 {tally.pictures} 张图片"):
                yield told
        for fault, positions in self.missed.items():
            pages = named(sorted(set(positions)))
            yield f"第 {pages} 页有 {len(positions)} 处图片({fault})没有读取,其中的文字不会被检索到"


def _marked(page: Page, set_: Typeset | None) -> Page:
    if set_ is None:
        return page
    return replace(page, items=tuple(recognised(part, set_) if isinstance(part, Item) else part for part in page.items))


def _pictures_on(page: Any, read: PdfPage) -> Iterator[Box]:
    """The places of pictures that are large enough to say something, and have no text over them."""
    frame = PageFrame(page)
    whole = Box(0.0, 0.0, read.width, read.height)
    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    for _, image in zip(range(MOST_PICTURES), images, strict=False):
        box = _within(frame.box(*image.get_bounds()), whole)
        large = min(box.right - box.left, box.bottom - box.top) >= LEAST_SIDE and box.area >= LEAST_PART * whole.area
        if large and sum(box.holds((g.left + g.right) / 2, g.base - 0.35 * g.size) for g in read.glyphs) < WRITTEN_OVER:
            yield box


def _within(box: Box, whole: Box) -> Box:
    left, top = max(box.left, whole.left), max(box.top, whole.top)
    return Box(left, top, max(left, min(box.right, whole.right)), max(top, min(box.bottom, whole.bottom)))


def _rendered(page: Any, box: Box) -> bytes:
    """A part of the page as it is shown, in grey, as PNG."""
    scale = min(FINEST, math.sqrt(ENOUGH / max(box.area, 1.0)))
    width, height = page.get_size()
    scale = min(scale, math.sqrt(4 * ENOUGH / max(width * height, 1.0)))
    image = page.render(scale=scale, grayscale=True).to_pil()
    part = image.crop([round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom)])
    stream = BytesIO()
    part.save(stream, "PNG", compress_level=3)
    return stream.getvalue()
