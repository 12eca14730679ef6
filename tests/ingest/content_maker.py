"""One content written in every format: pages of neutral parts, and a writer for each suffix."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from document_maker import document
from openpyxl import Workbook
from slide_maker import SlideMaker, make

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True)
class Heading:
    """``level`` 1 stands under the title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Bullet:
    text: str
    level: int = 0


@dataclass(frozen=True)
class Step:
    """An entry of a numbered list; the number is the format's own where it has one."""

    text: str
    number: int


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Grid:
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...] = ()


Part: TypeAlias = Heading | Bullet | Step | Text | Grid


@dataclass(frozen=True)
class Content:
    """A page, and what it says however it is written."""

    title: str
    parts: tuple[Part, ...]
    facts: frozenset[tuple[str, str, str]] = frozenset()
    relations: frozenset[tuple[str, str]] = frozenset()
    inferred: frozenset[str] = frozenset()  # the texts that the deck marks as inference

    @property
    def merges(self) -> bool:
        return any(isinstance(part, Grid) and part.merged for part in self.parts)

    @property
    def only_table(self) -> bool:
        return len(self.parts) == 1 and isinstance(self.parts[0], Grid)


def markdown(contents: Sequence[Content]) -> bytes:
    """A slide marker and a heading a page."""
    lines: list[str] = []
    for number, content in enumerate(contents, 1):
        lines += [f"<!-- slide: {number} -->", "", f"# {content.title}", ""]
        for part in content.parts:
            lines += _markdown(part)
    return "\n".join(lines).encode()


def _markdown(part: Part) -> list[str]:
    if isinstance(part, Heading):
        return ["", f"{'#' * (part.level + 1)} {part.text}", ""]
    if isinstance(part, Bullet):
        return [f"{'  ' * part.level}- {part.text}"]
    if isinstance(part, Step):
        return [f"{part.number}. {part.text}"]
    if isinstance(part, Text):
        return ["", part.text.replace("*", "\\*"), ""]
    rows = [[cell.replace("\n", "<br>").replace("*", "\\*") for cell in row] for row in part.rows]
    return ["", *("| " + " | ".join(row) + " |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]]), ""]


def plain(contents: Sequence[Content]) -> bytes:
    """Page marks, numbered headings, bullets, tables with tabs."""
    lines: list[str] = []
    for number, content in enumerate(contents, 1):
        lines += [f"第 {number} 页", content.title]
        counts = [0, 0, 0]
        for part in content.parts:
            lines += _plain(part, counts)
    return "\n".join(lines).encode()


def _plain(part: Part, counts: list[int]) -> list[str]:
    if isinstance(part, Heading):
        counts[part.level] += 1
        counts[part.level + 1 :] = [0] * (2 - part.level)
        numeral = "零一二三四五六七八九"[counts[part.level]]
        return ["", f"{numeral}、{part.text}" if part.level == 1 else f"（{numeral}）{part.text}"]
    if isinstance(part, Bullet):
        return [f"{'  ' * part.level}• {part.text}"]
    if isinstance(part, Step):
        return [f"{part.number}. {part.text}"]
    if isinstance(part, Text):
        return ["", part.text]
    return ["", *("\t".join(cell.replace("\n", "；") for cell in row) for row in part.rows), ""]


def presentation(contents: Sequence[Content]) -> bytes:
    """A slide a page: headings and bullets as one outline in a box, tables below."""

    def drawn(content: Content) -> Callable[[SlideMaker], None]:
        def draw(slide: SlideMaker) -> None:
            top = 100.0
            for group in _runs(content.parts):
                if isinstance(group[0], Grid):
                    grid = group[0]
                    height = 30.0 * len(grid.rows)
                    slide.table((40, top, 600, height), grid.rows, grid.merged)
                else:
                    height = 25.0 * len(group)
                    _outlined(slide.shapes.add_textbox(*_points(40, top, 600, height)).text_frame, group)
                top += height + 10

        return draw

    return make(*((content.title, drawn(content)) for content in contents))


def _points(*values: float) -> list[int]:
    from pptx.util import Pt

    return [Pt(value) for value in values]


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    run: list[Part] = []
    for part in parts:
        if run and (isinstance(part, Grid) or isinstance(run[0], Grid) or isinstance(part, Text)):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _outlined(frame: Any, parts: Sequence[Part]) -> None:
    """Paragraphs by level: what stands under a heading one deeper than the heading."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    depth = 0
    for number, part in enumerate(parts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        assert not isinstance(part, Grid)
        paragraph.text = part.text
        properties = paragraph._p.get_or_add_pPr()
        if isinstance(part, Text):
            continue
        depth = part.level if isinstance(part, Heading) else depth
        level = part.level - 1 if isinstance(part, Heading) else depth + (part.level if isinstance(part, Bullet) else 0)
        properties.set("lvl", str(level))
        mark = '<a:buAutoNum {} type="arabicPeriod"/>' if isinstance(part, Step) else '<a:buChar {} char="•"/>'
        properties.append(parse_xml(mark.format(nsdecls("a"))))


def word(contents: Sequence[Content]) -> bytes:
    """Heading styles, list styles, tables."""

    def write(made: Any) -> None:
        for content in contents:
            made.add_heading(content.title, 1)
            for part in content.parts:
                _word(made, part)

    return document(write)


def _word(made: Any, part: Part) -> None:
    if isinstance(part, Heading):
        made.add_heading(part.text, part.level + 1)
    elif isinstance(part, Bullet):
        made.add_paragraph(part.text, style=f"List Bullet {part.level + 1}" if part.level else "List Bullet")
    elif isinstance(part, Step):
        made.add_paragraph(f"{part.number}. {part.text}")
    elif isinstance(part, Text):
        made.add_paragraph(part.text)
    else:
        table = made.add_table(len(part.rows), len(part.rows[0]))
        for r, row in enumerate(part.rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        for top, left, bottom, right in part.merged:
            text = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = text
        made.add_paragraph("")


def webpage(contents: Sequence[Content]) -> bytes:
    """h1 a page, h2 and deeper below, nested lists, tables with spans."""
    pieces = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>演示</title></head><body>"]
    for content in contents:
        pieces.append(f"<h1>{html.escape(content.title)}</h1>")
        depth = 0
        for part in content.parts:
            level = part.level + 1 if isinstance(part, Bullet) else 0
            pieces.append("<ul>" * (level - depth) + "</ul>" * (depth - level))
            depth = level
            pieces.append(_webpage(part))
        pieces.append("</ul>" * depth)
    return "".join(pieces).replace("</ol><ol>", "").encode()


def _webpage(part: Part) -> str:
    if isinstance(part, Heading):
        return f"<h{part.level + 1}>{html.escape(part.text)}</h{part.level + 1}>"
    if isinstance(part, Bullet):
        return f"<li>{html.escape(part.text)}</li>"
    if isinstance(part, Step):
        return f"<ol><li>{html.escape(part.text)}</li></ol>"
    if isinstance(part, Text):
        return f"<p>{html.escape(part.text)}</p>"
    return "<table>" + "".join(f"<tr>{''.join(_html_cells(part, r))}</tr>" for r in range(len(part.rows))) + "</table>"


def _html_cells(grid: Grid, row: int) -> Iterator[str]:
    for column, text in enumerate(grid.rows[row]):
        covering = [m for m in grid.merged if m[0] <= row <= m[2] and m[1] <= column <= m[3]]
        if any((row, column) != merge[:2] for merge in covering):
            continue
        spans = "".join(f' rowspan="{m[2] - m[0] + 1}" colspan="{m[3] - m[1] + 1}"' for m in covering)
        yield f"<td{spans}>{html.escape(text).replace(chr(10), '<br>')}</td>"


def workbook(contents: Sequence[Content]) -> bytes:
    """A sheet a page that is a table."""
    made = Workbook()
    made.remove(made.active)
    for content in contents:
        sheet = made.create_sheet(content.title)
        grid = content.parts[0]
        assert isinstance(grid, Grid)
        for row in grid.rows:
            sheet.append([text or None for text in row])
        for top, left, bottom, right in grid.merged:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def delimited(contents: Sequence[Content]) -> bytes:
    """The one table of the one page."""
    (content,) = contents
    grid = content.parts[0]
    assert isinstance(grid, Grid)
    stream = io.StringIO()
    csv.writer(stream).writerows(grid.rows)
    return stream.getvalue().encode()


WRITERS: dict[str, Callable[[Sequence[Content]], bytes]] = {
    ".md": markdown,
    ".txt": plain,
    ".pptx": presentation,
    ".docx": word,
    ".html": webpage,
    ".xlsx": workbook,
    ".csv": delimited,
}
