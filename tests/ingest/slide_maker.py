"""Makes real .pptx files for tests: python-pptx where it can, raw XML where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.util import Pt

TITLE_ONLY, TITLE_AND_BODY, BLANK = 5, 1, 6
Draw = Callable[["SlideMaker"], None]
Place = tuple[float, float, float, float]  # left, top, width, height in points


class SlideMaker:
    """Draws on one slide; ``shapes`` is the slide's own collection or that of a group."""

    def __init__(self, slide: Any, shapes: Any = None) -> None:
        self.slide = slide
        self.shapes = shapes if shapes is not None else slide.shapes

    def text(self, place: Place, *lines: str, size: int = 0, bold: bool = False) -> Any:
        """A text box, a paragraph a line; a line that opens with ``- `` gets a bullet."""
        shape = self.shapes.add_textbox(*map(Pt, place))
        _fill(shape.text_frame, lines, size, bold)
        return shape

    def box(self, place: Place, *lines: str) -> Any:
        """A rectangle with text."""
        shape = self.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, place))
        _fill(shape.text_frame, lines)
        return shape

    def line(self, parent: Any, child: Any, arrow: bool = False) -> Any:
        """A connector from the foot of one box to the head of another."""
        connector = self.shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, 0, 0)
        connector.begin_connect(parent, 2)
        connector.end_connect(child, 0)
        if arrow:
            connector.line._get_or_add_ln().append(_element("a:tailEnd", type="triangle"))
        return connector

    def table(self, place: Place, rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, ...]] = ()) -> Any:
        """A table; ``merged`` holds (row, column, last row, last column)."""
        frame = self.shapes.add_table(len(rows), len(rows[0]), *map(Pt, place))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                frame.table.cell(r, c).text = text
        for top, left, bottom, right in merged:
            frame.table.cell(top, left).merge(frame.table.cell(bottom, right))
        return frame

    def group(self) -> SlideMaker:
        """A group to draw into."""
        return SlideMaker(self.slide, self.shapes.add_group_shape().shapes)

    def notes(self, text: str) -> None:
        self.slide.notes_slide.notes_text_frame.text = text


def make(*slides: tuple[str, Draw], layout: int = TITLE_ONLY, first: int = 1, title: str = "演示") -> bytes:
    """A presentation: (title, what draws the rest) for each slide."""
    presentation = Presentation()
    presentation.core_properties.title = title
    presentation.part._element.set("firstSlideNum", str(first))
    for heading, draw in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
        if slide.shapes.title is not None:
            slide.shapes.title.text = heading
        draw(SlideMaker(slide))
    return saved(presentation)


def saved(presentation: Any) -> bytes:
    """The file's bytes."""
    stream = BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def _fill(frame: Any, lines: Sequence[str], size: int = 0, bold: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        bullet = line.lstrip().startswith("- ")
        paragraph.level = (len(line) - len(line.lstrip())) // 2 if bullet else 0
        run = paragraph.add_run()
        run.text = line.lstrip()[2:] if bullet else line
        if bullet:
            paragraph._p.get_or_add_pPr().append(_element("a:buChar", char="•"))
        if size:
            run.font.size = Pt(size)
        if bold:
            run.font.bold = True


def _element(tag: str, **attributes: str) -> Any:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return parse_xml(f"<{tag} {nsdecls('a')} {written}/>")
