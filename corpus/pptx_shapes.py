"""Draws the parts of a planned slide with python-pptx."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from kejian.corpus.chart_plan import INSET, Box, Frame
from kejian.corpus.pptx_template import BLUE, INK, NAVY, PALE
from kejian.corpus.slide_plan import CELL_X, CELL_Y, INDENT, ChartPlan, Line, TablePlan, TextPlan
from kejian.corpus.text_metrics import LINE

TOP, LEFT, BOTTOM = 0, 1, 2  # connection sites of a rectangle
FILLS = (NAVY, BLUE, PALE)  # by depth of the box, the last for all deeper ones


def set_title(slide: Any, title: str) -> None:
    frame = slide.shapes.title.text_frame
    frame.text = title
    _margins(frame).vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _style(paragraph.runs[0], 26, NAVY, bold=True)


def draw_text(shapes: Any, plan: TextPlan) -> None:
    shape = shapes.add_textbox(*_emu(plan.frame))
    shape.name = f"文本:{plan.lines[0].text}"
    frame = _margins(shape.text_frame)
    for n, line in enumerate(plan.lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        _write(paragraph, line, plan.size)


def draw_table(shapes: Any, plan: TablePlan) -> None:
    shape = shapes.add_table(len(plan.rows), len(plan.widths), *_emu(plan.frame))
    shape.name = f"表:{plan.rows[0][0][0]}"
    table = shape.table
    table.first_col = len(plan.widths) > 2
    for column, width in zip(table.columns, plan.widths, strict=True):
        column.width = Pt(width)
    for n, height in enumerate(plan.heights):
        table.rows[n].height = Pt(height)
        for m, texts in enumerate(plan.rows[n]):
            _fill_cell(table.cell(n, m), texts, plan, (n, m))


def draw_chart(shapes: Any, plan: ChartPlan) -> None:
    """The heading, the boxes and the connectors of a chart, as one group."""
    group = shapes.add_group_shape()
    group.name = f"组织结构图:{plan.heading or plan.boxes[0].name}"
    if plan.heading:
        draw_text(group.shapes, TextPlan(plan.heading_frame, (Line(plan.heading, "heading"),), plan.size))
    drawn: list[Any] = []
    for box in plan.boxes:
        drawn.append(_draw_box(group.shapes, box, plan.size))
        if box.parent is not None:
            _connect(group.shapes, drawn[box.parent], drawn[-1], box.stacked)
    _enclose(group, plan.frame)


def _enclose(group: Any, frame: Frame) -> None:
    """Give the group its true extent: python-pptx takes turned connectors for upright ones."""
    left, top, width, height = map(int, _emu(frame))
    transform = group._element.grpSpPr.get_or_add_xfrm()
    for origin in (transform.off, transform.chOff):
        origin.x, origin.y = left, top
    for extent in (transform.ext, transform.chExt):
        extent.cx, extent.cy = width, height


def _draw_box(shapes: Any, box: Box, size: float) -> Any:
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(box.frame))
    shape.name = f"方框:{box.name}"
    _unstyle(shape)
    fill = PALE if box.stacked else FILLS[min(box.depth, len(FILLS) - 1)]
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(fill)
    shape.line.color.rgb = RGBColor.from_string(BLUE)
    shape.line.width = Pt(0.75)
    frame = _margins(shape.text_frame, INSET - 1)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    paragraph.line_spacing = Pt(LINE * size)
    paragraph.text = box.name
    _style(paragraph.runs[0], size, INK if fill == PALE else "FFFFFF", bold=fill == NAVY)
    return shape


def _connect(shapes: Any, parent: Any, child: Any, stacked: bool) -> None:
    connector = shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, 0, 0)
    connector.name = f"连线:{parent.text_frame.text}至{child.text_frame.text}"
    _unstyle(connector)
    connector.line.color.rgb = RGBColor.from_string(BLUE)
    connector.line.width = Pt(1)
    connector.begin_connect(parent, LEFT if stacked else BOTTOM)
    connector.end_connect(child, LEFT if stacked else TOP)
    (_bracket if stacked else _fork)(connector, parent, child)


def _unstyle(shape: Any) -> None:
    """Without the theme's style: it brings a shadow."""
    shape._element.remove(shape._element.find(qn("p:style")))


def _fork(connector: Any, parent: Any, child: Any) -> None:
    """Down, across and down again. The preset runs across first, so it is turned by a quarter (ECMA-376 20.1.9.18)."""
    x1, y1 = parent.left + parent.width // 2, parent.top + parent.height
    x2, y2 = child.left + child.width // 2, child.top
    drop, shift = y2 - y1, abs(x2 - x1)
    rotation = {"rot": "5400000"} if x2 <= x1 else {"rot": "16200000", "flipH": "1"}
    _place(connector, ((x1 + x2 - drop) // 2, (y1 + y2 - shift) // 2, drop, shift), rotation)


def _bracket(connector: Any, parent: Any, child: Any) -> None:
    """Down along the left edge of the box above, then across the indent."""
    y1, y2 = parent.top + parent.height // 2, child.top + child.height // 2
    _place(connector, (parent.left, y1, child.left - parent.left, y2 - y1), {})
    guides = connector._element.spPr.prstGeom.get_or_add_avLst()
    guides.append(parse_xml(f'<a:gd {nsdecls("a")} name="adj1" fmla="val 0"/>'))


def _place(connector: Any, area: tuple[int, int, int, int], rotation: dict[str, str]) -> None:
    transform = connector._element.spPr.get_or_add_xfrm()
    for name in ("flipH", "flipV", "rot"):
        transform.attrib.pop(name, None)
    for name, value in rotation.items():
        transform.set(name, value)
    connector.left, connector.top, connector.width, connector.height = map(Emu, area)


def _fill_cell(cell: Any, texts: tuple[str, ...], plan: TablePlan, place: tuple[int, int]) -> None:
    row, column = place
    cell.margin_left = cell.margin_right = Pt(CELL_X)
    cell.margin_top = cell.margin_bottom = Pt(CELL_Y)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    head = row == 0 or (column == 0 and len(plan.widths) > 2)
    for n, text in enumerate(texts):
        paragraph = cell.text_frame.paragraphs[0] if n == 0 else cell.text_frame.add_paragraph()
        _write(paragraph, Line(text, "bullet" if len(texts) > 1 else ""), plan.size)
        _style(paragraph.runs[0], plan.size, "FFFFFF" if head else INK, bold=head or (column == 0 and row > 0))
    if column == 0 and plan.levels[row]:
        cell.text_frame.paragraphs[0]._p.get_or_add_pPr().set("marL", str(Pt(plan.size)))


def _write(paragraph: Any, line: Line, size: float) -> None:
    paragraph.text = line.text
    paragraph.line_spacing = Pt(LINE * size)
    heading = line.mark == "heading"
    _style(paragraph.runs[0], size, BLUE if heading else INK, bold=heading)
    properties = paragraph._p.get_or_add_pPr()
    marks = {"bullet": '<a:buChar {} char="•"/>', "number": '<a:buAutoNum {} type="arabicPeriod"/>'}
    if line.mark in marks:
        indent = int(Pt(INDENT * size * (2 if line.mark == "number" else 1)))
        properties.set("marL", str(indent))
        properties.set("indent", str(-indent))
        properties.append(parse_xml(marks[line.mark].format(nsdecls("a"))))


def _style(run: Any, size: float, colour: str, bold: bool) -> None:
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour)
    run._r.get_or_add_rPr().set("lang", "zh-CN")


def _margins(frame: Any, margin: float = 0.0) -> Any:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(margin)
    return frame


def _emu(frame: Frame) -> tuple[int, int, int, int]:
    return Pt(frame.left), Pt(frame.top), Pt(frame.width), Pt(frame.height)
