""".pdf → outline: pages with their printed numbers, text in reading order, headings, lists, ruled tables."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.articles import has_articles, nested_articles, with_captions
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Item, Outline, Page, Table
from kejian.ingest.pdf_cells import boxes_of, tables_of
from kejian.ingest.pdf_figures import Figure, figures_in, of_table, standing_for
from kejian.ingest.pdf_items import EMU, Body, Entry, PageItems, carried, on_page, ranked
from kejian.ingest.pdf_layout import Paragraph, paragraphs, regions
from kejian.ingest.pdf_limits import fault_of
from kejian.ingest.pdf_lines import lines_of
from kejian.ingest.pdf_margins import Sheet, printed_numbers, without_contents, without_margins
from kejian.ingest.pdf_page import MOST_GLYPHS, PDFIUM, PdfPage, read_page
from kejian.ingest.pdf_paths import Stroke
from kejian.ingest.pdf_scans import UNREAD, Scans
from kejian.ingest.pdf_slide import Placed, SlideReader
from kejian.ingest.pictures import Pictures
from kejian.ingest.sections import Break
from kejian.ingest.text import NUMBERED
from kejian.ingest.wording import one_line

MOST_PAGES = 2_000
MOST_TEXT = 10_000_000
PASSWORD, SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
FAULTS = (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError, LookupError, OSError, OverflowError)
LEAST_PAGE_TEXT = 100  # characters: below, the type of the whole file tells what is larger
GENERIC_TITLE = re.compile(
    r"^(?:(?:microsoft )?(?:word|powerpoint|excel)\b.*|.*\.(?:docx?|pptx?|xlsx?|html?|pdf|wps|indd)"
    r"|about:blank|https?:.*|(?:文档|演示文稿|幻灯片|document|presentation)\s*\d*|无标题|untitled)$",
    re.IGNORECASE,
)


def read_pdf(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    """The outline of a PDF.

    Raises:
        RefusedFile: it is encrypted, damaged, too long, or no page has text that can be read.
    """
    if fault := fault_of(content):
        raise RefusedFile(f"{path} {fault}")
    with PDFIUM:
        document = _open(content, path)
        try:
            lexicon = Lexicon(terms)
            return _Document(document, path, lexicon, Scans.of(content, pictures, lexicon)).outline()
        except FAULTS as error:
            raise RefusedFile(f"{path} 已损坏,无法按 PDF 读取({error.__class__.__name__}),请重新导出") from error
        finally:
            document.close()


def _open(content: bytes, path: Path) -> Any:
    try:
        document = pypdfium2.PdfDocument(content)
    except FAULTS as error:
        if getattr(error, "err_code", None) in (PASSWORD, SECURITY) or "assword" in str(error):
            raise RefusedFile(f"{path} 加了密码或加密方式不支持,请去掉密码后再收入") from error
        raise RefusedFile(f"{path} 已损坏或不是 PDF,请重新下载或导出") from error
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        document.close()
        told = "没有页面,请重新导出" if count < 1 else f"有 {count} 页,超过 {MOST_PAGES} 页的上限,请拆分后再收入"
        raise RefusedFile(f"{path} {told}")
    return document


class _Document:
    def __init__(self, document: Any, path: Path, lexicon: Lexicon, scans: Scans) -> None:
        self.document = document
        self.path = path
        self.lexicon = lexicon
        self.scans = scans
        self.sheets: list[Sheet] = []
        self.figures: list[list[Figure]] = []
        self.strokes: list[list[Stroke]] = []
        self.labels: list[str] = []
        self.cut: list[int] = []
        self.turned: list[int] = []
        self.crowded: list[int] = []

    def outline(self) -> Outline:
        """Everything the file says."""
        self._read_pages()
        left_out = without_margins(self.sheets)
        numbers = _labelled(self.labels) or printed_numbers(self.sheets)
        pages = self.scans.marked(self._pages(numbers))
        return Outline(self._title(pages), pages, tuple(self._warnings(left_out, numbers)))

    def _read_pages(self) -> None:
        total = 0
        for position in range(1, len(self.document) + 1):
            page = self.document[position - 1]
            try:
                read = read_page(page, one_line(self.document.get_page_label(position - 1) or ""))
                self.scans.look(page, position, read)
            finally:
                page.close()
            total += len(read.glyphs)
            if total > MOST_TEXT:
                raise RefusedFile(f"{self.path} 的文字超过 {MOST_TEXT // 10_000} 万字,大得不正常,请拆分后再收入")
            self._add(read, position)
        blank = [position for position, sheet in enumerate(self.sheets, 1) if not sheet.lines]
        if len(blank) == len(self.sheets):
            raise RefusedFile("。".join([f"{self.path} 第 {_ranges(blank)} 页{UNREAD}", *self.scans.pictures.advice]))

    def _add(self, read: PdfPage, position: int) -> None:
        tables, rest = tables_of(read) if read.readable else ([], [])
        lines = [
            *lines_of(rest, read.paths.dots, boxes_of(read)),
            *(standing_for(n, table.ruled.box) for n, table in enumerate(tables)),
        ]
        figures = [of_table(drawn.table, drawn.ruled.box) for drawn in tables]
        strokes = read.paths.strokes
        if scan := self.scans.pages.get(position):
            lines, strokes = list(scan.lines), list(scan.strokes)
            figures = [of_table(table.table, table.box) for table in scan.tables]
        for picture in self.scans.figures[position]:
            lines.append(standing_for(len(figures), picture.box))
            figures.append(picture)
        self.sheets.append(Sheet(read.width, read.height, lines))
        self.figures.append(figures)
        self.strokes.append(strokes)
        self.labels.append(read.label)
        for pages, applies in (
            (self.turned, read.turned > 0 and read.readable),
            (self.crowded, read.paths.crowded),
            (self.cut, read.cut),
        ):
            if applies:
                pages.append(position)

    def _pages(self, numbers: Sequence[int]) -> tuple[Page, ...]:
        slides = sum(sheet.width > sheet.height for sheet in self.sheets) * 2 > len(self.sheets)
        for at, sheet in enumerate(self.sheets):
            if not (slides and sheet.width > sheet.height):
                lines = without_contents(sheet.lines)
                self.figures[at], sheet.lines = figures_in(lines, self.strokes[at], self.figures[at], self.lexicon)
        whole = Body.of(line for sheet in self.sheets for line in sheet.lines)
        set_ = [list(_entries(sheet)) for sheet in self.sheets]
        bodies = [_body(sheet, whole) for sheet in self.sheets]
        levels = ranked(
            (entry, body)
            for found, body in zip(set_, bodies, strict=True)
            for region in found
            for entry in region
            if isinstance(entry, Paragraph)
        )
        pages = []
        heading = ""
        for at, sheet in enumerate(self.sheets):
            if slides and sheet.width > sheet.height:
                pages.append(self._slide(at, numbers[at]))
                continue
            items = PageItems(levels, bodies[at])
            for region in set_[at]:
                items.add_region(list(self._placed(region, at)))
            page = _page(tuple(carried(items.items, heading)), items.shapes, sheet, numbers[at])
            pages.append(replace(page, links=tuple(items.links)))
            heading = "" if sheet.width > sheet.height else _last_heading(items.items, heading)
        return _with_articles(pages)

    def _slide(self, at: int, number: int) -> Page:
        """A page that was printed from a slide."""
        sheet = self.sheets[at]
        reader = SlideReader(self.lexicon, sheet.height)
        self.scans.draw(at + 1, reader)
        own = self.figures[at][: len(self.figures[at]) - len(self.scans.figures[at + 1])]
        tables = [Placed(part, figure.box) for figure in own for part in figure.parts if isinstance(part, Table)]
        reading = reader.read(sheet.lines, tables, self.strokes[at])
        return replace(_page(reading.items, reader.shapes, sheet, number), links=reading.links)

    def _placed(self, region: Sequence[Paragraph], at: int) -> Iterator[Entry]:
        """The entries of a region, figures in place of the lines that stand for them."""
        for paragraph in region:
            number = paragraph.first.table
            yield paragraph if number is None else self.figures[at][number]

    def _title(self, pages: Sequence[Page]) -> str:
        named = one_line(self.document.get_metadata_dict().get("Title") or "")
        if named and not GENERIC_TITLE.match(named):
            return named
        heads = [item for item in pages[0].items if isinstance(item, Item) and item.kind in ("title", "heading")]
        first = next((head for head in heads if head.level < 2), None)
        opens = first is not None and (first is pages[0].items[0] or not NUMBERED.match(first.text))
        return first.text if opens and first is not None else ""

    def _warnings(self, left_out: Sequence[str], numbers: Sequence[int]) -> Iterator[str]:
        def named(positions: Sequence[int]) -> str:
            return _ranges([numbers[position - 1] for position in positions])

        if left_out:
            yield f"每页重复的页眉页脚没有收入:{'、'.join(f'「{text}」' for text in left_out[:5])}"
        yield from self.scans.warnings(named)
        if self.turned:
            yield f"第 {named(self.turned)} 页有斜排或竖排的文字(如水印)没有读取"
        if self.crowded:
            yield f"第 {named(self.crowded)} 页的图形过多,没有识别其中的表格"
        if self.cut:
            yield f"第 {named(self.cut)} 页的文字超过 {MOST_GLYPHS} 字,只读取了前 {MOST_GLYPHS} 字"


def _page(items: tuple[Item | Table, ...], shapes: Sequence[Shape], sheet: Sheet, number: int) -> Page:
    size = round(sheet.width * EMU), round(sheet.height * EMU)
    return Page(items, number, tuple(on_page(shape, *size) for shape in shapes), (), *size)


def _with_articles(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Pages with their articles nested, where the file is written in articles, and with the names over tables."""
    nest = has_articles(part for page in pages for part in page.items)
    written = ((page, nested_articles(page.items) if nest else page.items) for page in pages)
    flows = ((page, with_captions(list(flow))) for page, flow in written)
    return tuple(replace(page, items=tuple(p for p in flow if not isinstance(p, Break))) for page, flow in flows)


def _entries(sheet: Sheet) -> Iterator[list[Paragraph]]:
    for region in regions(sheet.lines, sheet.width > sheet.height):
        yield paragraphs(region)


def _body(sheet: Sheet, whole: Body) -> Body:
    written = sum(len(line.text) for line in sheet.lines)
    return Body.of(sheet.lines) if written >= LEAST_PAGE_TEXT else whole


def _last_heading(items: Sequence[Item | Table], before: str) -> str:
    headings = [item.text for item in items if isinstance(item, Item) and item.kind == "heading"]
    return headings[-1] if headings else before


def _labelled(labels: Sequence[str]) -> list[int]:
    """Page labels as numbers, where all are and no two are alike."""
    numbers = [int(label) for label in labels if label.isascii() and label.isdigit() and 0 < len(label) < 6]
    return numbers if len(numbers) == len(labels) == len(set(numbers)) and 0 not in numbers else []


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers as a reader likes them.

    >>> _ranges([1, 2, 3, 7])
    '1–3、7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
