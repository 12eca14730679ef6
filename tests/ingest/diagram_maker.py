"""Puts SmartArt on test slides: the data model, and with ``drawn`` the drawing that programs keep beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Pt

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DSP = "http://schemas.microsoft.com/office/drawing/2008/diagram"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAYOUTS = "urn:microsoft.com/office/officeart/2005/8/layout/"
DATA = f"{R}/diagramData"
DRAWING = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
Place = tuple[float, float, float, float]  # left, top, width, height in points


class Diagram:
    """A SmartArt graphic to be filled with points; every ``add`` gives the id for its children."""

    def __init__(self, layout: str, category: str = "") -> None:
        self.layout = layout
        self.category = category
        self.points: list[str] = []
        self.links: list[str] = []
        self.shapes: list[str] = []
        self.count = 0

    def add(self, text: str, parent: str = "doc", *, asst: bool = False, transition: str = "", prompt: str = "") -> str:
        """A node; lines of ``text`` are paragraphs, ``transition`` the text at its line."""
        self.count += 1
        id_, kind = f"{{N{self.count}}}", "asst" if asst else "node"
        settings = f'<dgm:prSet phldrT="{prompt}" phldr="1"/>' if prompt else "<dgm:prSet/>"
        said, beside = _text("dgm:t", text), _text("dgm:t", transition)
        self.points.append(f'<dgm:pt modelId="{id_}" type="{kind}">{settings}<dgm:spPr/>{said}</dgm:pt>')
        self.points.append(f'<dgm:pt modelId="s{id_}" type="sibTrans"><dgm:prSet/>{beside}</dgm:pt>')
        self.links.append(
            f'<dgm:cxn modelId="c{id_}" srcId="{parent}" destId="{id_}" srcOrd="{self.count}" destOrd="0"'
            f' parTransId="p{id_}" sibTransId="s{id_}"/>'
        )
        return id_

    def draw(self, node: str, place: Place, text: str) -> None:
        """Draw a node where a program would."""
        left, top, width, height = map(Pt, place)
        about = f'<dgm:prSet presAssocID="{node}" presName="node"/>'
        self.points.append(f'<dgm:pt modelId="d{node}" type="pres">{about}{_text("dgm:t", text)}</dgm:pt>')
        self.links.append(f'<dgm:cxn modelId="x{node}" type="presOf" srcId="{node}" destId="d{node}"/>')
        self.shapes.append(
            f'<dsp:sp modelId="d{node}"><dsp:nvSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr>'
            f'<dsp:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm></dsp:spPr>'
            f"{_text('dsp:txBody', text)}</dsp:sp>"
        )

    def model(self, drawing: str = "") -> str:
        """The data model; ``drawing`` is the relationship of the drawing."""
        links = "".join(reversed(self.links))  # the file's order means nothing
        return (
            f'<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="doc" type="doc">'
            f'<dgm:prSet loTypeId="{LAYOUTS}{self.layout}" loCatId="{self.category}"/></dgm:pt>{"".join(self.points)}'
            f'</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst><dgm:extLst><a:ext uri="x">'
            f'<dsp:dataModelExt xmlns:dsp="{DSP}" relId="{drawing}"/></a:ext></dgm:extLst></dgm:dataModel>'
        )

    def drawing(self) -> str:
        shapes = "".join(self.shapes)
        return f'<dsp:drawing xmlns:dsp="{DSP}" xmlns:a="{A}"><dsp:spTree>{shapes}</dsp:spTree></dsp:drawing>'


def insert(slide: Any, diagram: Diagram, place: Place, shapes: Any = None) -> None:
    """Put ``diagram`` on ``slide``, into ``shapes`` where that is a group's."""
    drawing = _related(slide, DRAWING, "drawing", diagram.drawing()) if diagram.shapes else ""
    data = _related(slide, DATA, "data", diagram.model(drawing))
    left, top, width, height = map(Pt, place)
    tree = slide.shapes._spTree if shapes is None else shapes._grpSp
    tree.append(
        parse_xml(
            f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}">'
            f'<p:nvGraphicFramePr><p:cNvPr id="{900 + len(tree)}" name="图示"/>'
            "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
            f'<p:xfrm><a:off x="{left}" y="{top}"/>'
            f'<a:ext cx="{width}" cy="{height}"/></p:xfrm><a:graphic><a:graphicData uri="{DGM}">'
            f'<dgm:relIds xmlns:dgm="{DGM}" r:dm="{data}" r:lo="" r:qs="" r:cs=""/>'
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )
    )


def _related(slide: Any, kind: str, name: str, content: str) -> str:
    package = slide.part.package
    uri = PackURI(f"/ppt/diagrams/{name}{len(slide.part.rels)}of{slide.slide_id}.xml")
    relationship: str = slide.part.relate_to(Part(uri, "application/xml", package, content.encode()), kind)
    return relationship


def _text(tag: str, text: str) -> str:
    lines: Sequence[str] = text.split("\n") if text else []
    inner = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f"<{tag}><a:bodyPr/><a:lstStyle/>{inner or '<a:p><a:endParaRPr/></a:p>'}</{tag}>"
