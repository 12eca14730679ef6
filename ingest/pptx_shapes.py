"""The shape tree of a slide → drawn shapes in slide coordinates, groups and all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kejian.ingest.carriers import carried, frame_of
from kejian.ingest.drawing import Connector, Drawn, Frame, Paragraph, around
from kejian.ingest.free_lines import Line, branches, joined
from kejian.ingest.model import Shape
from kejian.ingest.pptx_chart import C, ChartText, chart_items, read_chart
from kejian.ingest.pptx_chartex import CX, read_chartex
from kejian.ingest.pptx_descriptions import is_decoration, is_description
from kejian.ingest.pptx_geometry import Transform, line_ends, pair, place
from kejian.ingest.pptx_table import table
from kejian.ingest.pptx_text import A, paragraphs
from kejian.ingest.smartart import DGM, diagram_items, drawn_shapes, drawn_texts, read_diagram
from kejian.ingest.wording import one_line

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING_LINK = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIPPED_PLACEHOLDERS = ("sldNum", "dt", "ftr", "hdr")
TITLES = ("title", "ctrTitle")
BODIES = ("", "obj", "body")
FRAMES = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "图表",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "图表",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "SmartArt",
    "http://schemas.openxmlformats.org/presentationml/2006/ole": "嵌入对象",
}
LINES = re.compile(r"^(?:line|lineInv|(?:straight|bent|curved)Connector\d)$")
DESCRIBED = "图片说明："
FRAMED = (f"{A}tbl", f"{DGM}relIds", f"{C}chart", f"{CX}chart")
MOST_DEEP = 60
MOST_LINES = 600  # beyond, ends that are not glued are not looked for
ShapeKind = Literal["box", "text", "table", "picture", "connector"]
Inherited = Callable[[Any], tuple[Frame | None, bool]]
Part = Callable[[str | None], Any]  # the root element of the part behind a relationship, None where there is none


@dataclass
class Drawing:
    """What a slide's shape tree holds. ``unread`` counts what could not be read, by what it is."""

    shapes: list[Shape] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


def read_shapes(tree: Any, inherited: Inherited, part: Part) -> Drawing:
    """Read a p:spTree; ``inherited`` gives a placeholder's frame and whether its paragraphs have bullets."""
    reader = _TreeReader(inherited, part)
    reader.read(tree, Transform(), ())
    return reader.finished()


class _TreeReader:
    def __init__(self, inherited: Inherited, part: Part) -> None:
        self.inherited = inherited
        self.part = part
        self.found = Drawing()
        self.by_id: dict[str, int] = {}
        self.lines: list[tuple[Line, str | None, str | None]] = []
        self.groups = 0

    def read(self, tree: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        for element in _shape_elements(tree):
            tag = element.tag.rpartition("}")[2]
            if tag == "grpSp" and len(groups) < MOST_DEEP:
                self.groups += 1
                inner = transform.inside(element.find(f"{P}grpSpPr/{A}xfrm"))
                self.read(element, inner, (*groups, self.groups))
            elif tag == "grpSp":
                self.found.unread["嵌套过深的组合"] += 1
            elif not _is_hidden(element):
                self._shape(element, tag, transform, groups)

    def finished(self) -> Drawing:
        """What was found, with the ends of the connectors resolved."""
        if not self.lines:
            return self.found
        boxes = {d.index: d.frame for d in self.found.drawn if d.paragraphs and not d.role}
        on = carried(self.found.shapes, boxes, (d.index for d in self.found.drawn))
        for box, text in on.items():
            boxes[text] = around([boxes[text], frame_of(self.found.shapes[box])])
        glued = [replace(line, ends=(self._glued(begin), self._glued(end))) for line, begin, end in self.lines]
        lines = joined(glued, boxes) if len(glued) <= MOST_LINES else glued
        for line in lines:
            begin, end = line.ends
            self.found.shapes[line.shape] = replace(self.found.shapes[line.shape], begin_shape=begin, end_shape=end)
            if begin is not None and end is not None:
                self.found.connectors.append(Connector(on.get(begin, begin), on.get(end, end), line.arrow))
        self.found.connectors += branches(lines, boxes)
        return self.found

    def _glued(self, id_: str | None) -> int | None:
        return self.by_id.get(id_) if id_ else None

    def _shape(self, element: Any, tag: str, transform: Transform, groups: tuple[int, ...]) -> None:
        match tag:
            case "sp":
                self._text_shape(element, transform, groups)
            case "cxnSp":
                self._connector(element, transform)
            case "graphicFrame":
                self._frame(element, transform, groups)
            case "pic":
                self._picture(element, transform, groups)
            case "contentPart":
                self.found.unread["墨迹"] += 1

    def _add(self, kind: ShapeKind, element: Any, frame: Frame) -> int:
        index = len(self.found.shapes)
        self.found.shapes.append(Shape(kind, frame.left, frame.top, frame.width, frame.height))
        id_ = element.find(".//" + P + "cNvPr").get("id") if element.find(".//" + P + "cNvPr") is not None else None
        self.by_id.setdefault(id_ or "", index)
        return index

    def _text_shape(self, element: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        placeholder = element.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        kind = placeholder.get("type") or "" if placeholder is not None else None
        if kind in SKIPPED_PLACEHOLDERS:
            return
        frame, bulleted = place(element.find(f"{P}spPr/{A}xfrm"), transform), False
        if placeholder is not None:
            elsewhere, bulleted = self.inherited(placeholder)
            frame = frame or elsewhere
        body = element.find(f"{P}txBody")
        outline = element.find(f"{P}spPr/{A}prstGeom")
        if kind is None and outline is not None and LINES.match(outline.get("prst") or ""):
            self._connector(element, transform)
            return
        said = paragraphs(body, bulleted and kind in BODIES) if body is not None else ()
        if not said and body is not None and _holds_only_fields(body):
            return
        box = kind is None and element.find(f"{P}nvSpPr/{P}cNvSpPr").get("txBox") not in ("1", "true")
        at = frame or Frame(0, 0, 0, 0)
        index = self._add("box" if box else "text", element, at)
        if said:
            role = "title" if kind in TITLES else "body" if kind is not None else ""
            self.found.drawn.append(Drawn(index, at, said, None, groups, role))

    def _connector(self, element: Any, transform: Transform) -> None:
        xfrm = element.find(f"{P}spPr/{A}xfrm")
        index = self._add("connector", element, place(xfrm, transform) or Frame(0, 0, 0, 0))
        if xfrm is not None and (xfrm.get("flipH") in ("1", "true")) != (xfrm.get("flipV") in ("1", "true")):
            self.found.shapes[index] = replace(self.found.shapes[index], rising=True)
        ends = [element.find(f".//{A}{tag}") for tag in ("stCxn", "endCxn")]
        begin, end = (node.get("id") if node is not None else None for node in ends)
        points = line_ends(xfrm, transform)
        heads = [element.find(f"{P}spPr/{A}ln/{A}{tag}") for tag in ("headEnd", "tailEnd")]
        arrow = any(head is not None and head.get("type") not in (None, "none") for head in heads)
        if points:
            self.lines.append((Line(index, *points, (None, None), arrow), begin, end))

    def _frame(self, element: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        at = place(element.find(f"{P}xfrm"), transform) or Frame(0, 0, 0, 0)
        data = element.find(f"{A}graphic/{A}graphicData")
        grid, diagram, chart, newer = (data.find(tag) if data is not None else None for tag in FRAMED)
        if grid is not None:
            index = self._add("table", element, at)
            read = table(grid, index)
            self.found.drawn += [Drawn(index, at, (), read, groups)] if read is not None else []
        elif diagram is not None and (model := self.part(diagram.get(f"{R}dm"))) is not None:
            self._diagram(element, model, transform, groups)
        elif chart is not None and (space := self.part(chart.get(f"{R}id"))) is not None:
            self._chart(element, read_chart(space, len(self.found.shapes) + 1), at, groups)
        elif newer is not None and (space := self.part(newer.get(f"{R}id"))) is not None:
            self._chart(element, read_chartex(space, len(self.found.shapes) + 1), at, groups)
        else:
            self._unread(element, self._add("picture", element, at), groups, _frame_kind(data))

    def _diagram(self, element: Any, model: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        xfrm = element.find(f"{P}xfrm")
        at = place(xfrm, transform) or Frame(0, 0, 0, 0)
        index = self._add("text", element, at)
        link = next(model.iter(DRAWING_LINK), None)
        drawing = self.part(link.get("relId")) if link is not None else None
        shapes = drawn_shapes(drawing) if drawing is not None else {}
        diagram = read_diagram(model)
        inner = transform.moved(*(pair(xfrm.find(f"{A}off"), "x", "y") or (0, 0))) if xfrm is not None else transform
        placed: dict[str, int] = {}
        for node in diagram.nodes:
            shown = next((id_ for id_ in diagram.shown.get(node.id, ()) if id_ in shapes), None)
            if shown and shown not in placed and (frame := place(shapes[shown], inner)) is not None:
                placed[shown] = len(self.found.shapes)
                self.found.shapes.append(Shape("box", frame.left, frame.top, frame.width, frame.height))
        places = {id_: placed[s] for id_, shown in diagram.shown.items() for s in reversed(shown) if s in placed}
        items = diagram_items(diagram, index, places)
        if not items and drawing is not None:
            items = drawn_texts(drawing, index)
        if items:
            self.found.drawn.append(Drawn(index, at, (), None, groups, "", items))
        else:
            self._unread(element, index, groups, "SmartArt")

    def _chart(self, element: Any, said: ChartText, at: Frame, groups: tuple[int, ...]) -> None:
        """The frame holds the title; the table of the numbers is a shape of its own in it."""
        index = self._add("text", element, at)
        if said.table is None:
            self._unread(element, index, groups, "图表")
            return
        strip = at.height // 8 if said.title else 0
        self.found.shapes.append(Shape("table", at.left, at.top + strip, at.width, at.height - strip))
        self.found.drawn.append(Drawn(index, at, (), None, groups, "", chart_items(said, index)))

    def _picture(self, element: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        at = place(element.find(f"{P}spPr/{A}xfrm"), transform) or Frame(0, 0, 0, 0)
        self._unread(element, self._add("picture", element, at), groups, "图片")

    def _unread(self, element: Any, index: int, groups: tuple[int, ...], what: str) -> None:
        """What cannot be read: its description where it has one, else a count of it, unless it is decoration."""
        named = element.find(f".//{P}cNvPr")
        said = one_line(named.get("descr") or "") if named is not None else ""
        at = frame_of(self.found.shapes[index])
        if is_description(said):
            self.found.drawn.append(Drawn(index, at, (Paragraph(DESCRIBED + said),), None, groups, "picture"))
        elif not is_decoration(named):
            self.found.unread[what] += 1


def _frame_kind(data: Any) -> str:
    return FRAMES.get(data.get("uri") or "", "嵌入对象") if data is not None else "嵌入对象"


def _shape_elements(tree: Any) -> Iterator[Any]:
    """The shapes directly in ``tree``; of alternatives the first choice, which is what is shown."""
    for element in tree:
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else element.find(f"{MC}Fallback")
            yield from _shape_elements(chosen) if chosen is not None else ()
        elif isinstance(element.tag, str) and element.tag.startswith(P):
            yield element


def _is_hidden(element: Any) -> bool:
    named = element.find(f".//{P}cNvPr")
    return named is not None and named.get("hidden") in ("1", "true")


def _holds_only_fields(body: Any) -> bool:
    return body.find(f".//{A}fld") is not None
