"""Turns python-pptx's own 4:3 template into ours: 16:9, Chinese fonts, colours, title line, page numbers."""

from __future__ import annotations

import re
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from kejian.corpus.slide_plan import HEIGHT, TITLE, WIDTH

LAYOUT = "Title Only"  # the one of python-pptx's layouts that our slides use
FONT = "Microsoft YaHei"
NAVY, BLUE, PALE, INK = "1F3A5F", "2F6690", "E3EDF5", "1A1A1A"
THEME_COLOURS = {"dk2": NAVY, "lt2": PALE, "accent1": BLUE, "accent2": "3A7CA5", "accent3": "81A4CD"}
PAGE_NUMBER = (WIDTH - 90, HEIGHT - 26, 60, 18)


def prepare(presentation: Any, first: int) -> None:
    """Page size, first printed number, theme, and the two placeholders that our slides use."""
    presentation.element.set("firstSlideNum", str(first))
    master = presentation.slide_master
    _theme(master)
    for layout in [layout for layout in presentation.slide_layouts if layout.name != LAYOUT]:
        presentation.slide_layouts.remove(layout)
    for holder in (master, presentation.slide_layouts[0]):
        _arrange(holder)
    master.element.cSld.spTree.append(_line(TITLE.left, TITLE.bottom + 2, TITLE.width))


def add_page_number(slide: Any, number: int) -> None:
    """A field that shows the slide's printed number, which a placeholder alone would not."""
    left, top, width, height = (int(Pt(length)) for length in PAGE_NUMBER)
    identifier = max(int(i) for i in slide.shapes._spTree.xpath(".//p:cNvPr/@id")) + 1
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{identifier}" name="页码"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr>'
            "<p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="zh-CN"/>'
            f"<a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>"
        )
    )


def _theme(master: Any) -> None:
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = part.blob.decode("utf-8")
    for name, colour in THEME_COLOURS.items():
        xml = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>', xml, flags=re.S)
    xml = re.sub(r'(<a:(?:latin|ea) typeface=")[^"]*(")', rf"\g<1>{FONT}\g<2>", xml)
    part._blob = xml.encode("utf-8")


def _arrange(holder: Any) -> None:
    for shape in list(holder.placeholders):
        kind = shape.element.xpath("string(.//p:nvPr/p:ph/@type)")
        if kind == "title":
            _move(shape, TITLE.left, TITLE.top, TITLE.width, TITLE.height)
        elif kind == "sldNum":
            _move(shape, *PAGE_NUMBER)
        elif kind == "body":
            _move(shape, 30, 66, 900, 444)
        else:
            shape.element.getparent().remove(shape.element)


def _move(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)


def _line(left: float, top: float, width: float) -> Any:
    x, y, cx = (int(Pt(length)) for length in (left, top, width))
    return parse_xml(
        f"<p:cxnSp {nsdecls('p', 'a')}><p:nvCxnSpPr>"
        '<p:cNvPr id="90" name="标题线"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="19050"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )
