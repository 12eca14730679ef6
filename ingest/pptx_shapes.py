"""The shape tree of a slide → drawn shapes in slide coordinates, groups and all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kejian.ingest.drawing import Connector, Drawn, Frame, Paragraph
from kejian.ingest.free_lines import Line, Point, branches, joined
from kejian.ingest.model import Shape
from kejian.ingest.pptx_chart import C, chart_items, read_chart
from kejian.ingest.pptx_table import table
from kejian.ingest.pptx_text import A, paragraphs
from kejian.ingest.smartart import DGM, diagram_items, drawn_shapes, drawn_texts, read_diagram
from kejian.ingest.wording import one_line

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
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
FRAMED = (f"{A}tbl", f"{DGM}relIds", f"{C}chart")
MOST_DEEP = 60
MOST_LINES = 600  # beyond, ends that are not glued are not looked for
ShapeKind = Literal["box", "text", "table", "picture", "connector"]
Inherited = Callable[[Any], tuple[Frame | None, bool]]
Part = Callable[[str | None], Any]  # the root element of the part behind a relationship, None where there is none


@dataclass(frozen=True, slots=True)
class Transform:
    """From the coordinates inside a group to those of the slide."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def frame(self, left: int, top: int, width: int, height: int) -> Frame:
        x, y = left * self.scale_x + self.shift_x, top * self.scale_y + self.shift_y
        return Frame(round(x), round(y), round(x + width * self.scale_x), round(y + height * self.scale_y))

    def point(self, x: float, y: float) -> Point:
        return round(x * self.scale_x + self.shift_x), round(y * self.scale_y + self.shift_y)

    def moved(self, x: int, y: int) -> Transform:
        """The transform for coordinates that count from a corner of their own."""
        shift_x, shift_y = self.shift_x + x * self.scale_x, self.shift_y + y * self.scale_y
        return replace(self, shift_x=shift_x, shift_y=shift_y)

    def inside(self, group: Any) -> Transform:
        """The transform for the children of the group whose a:xfrm is given."""
        found = (_pair(group.find(f"{A}{tag}"), *keys) for tag, keys in GROUP_CORNERS) if group is not None else ()
        corners = [corner for corner in found if corner is not None]
        if len(corners) < len(GROUP_CORNERS):
            return self
        (x, y), (width, height), (inner_x, inner_y), (inner_width, inner_height) = corners
        scale_x = self.scale_x * (width / inner_width if inner_width else 1.0)
        scale_y = self.scale_y * (height / inner_height if inner_height else 1.0)
        shift_x = self.shift_x + x * self.scale_x - inner_x * scale_x
        shift_y = self.shift_y + y * self.scale_y - inner_y * scale_y
        return Transform(scale_x, scale_y, shift_x, shift_y)


GROUP_CORNERS = (("off", ("x", "y")), ("ext", ("cx", "cy")), ("chOff", ("x", "y")), ("chExt", ("cx", "cy")))


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
        boxes = {d.index: d.frame for d in self.found.drawn if d.paragraphs and not d.role}
        glued = [replace(line, ends=(self._glued(begin), self._glued(end))) for line, begin, end in self.lines]
        lines = joined(glued, boxes) if len(glued) <= MOST_LINES else glued
        for line in lines:
            begin, end = line.ends
            self.found.shapes[line.shape] = replace(self.found.shapes[line.shape], begin_shape=begin, end_shape=end)
            if begin is not None and end is not None:
                self.found.connectors.append(Connector(begin, end, line.arrow))
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
        grid, diagram, chart = (data.find(tag) if data is not None else None for tag in FRAMED)
        if grid is not None:
            index = self._add("table", element, at)
            read = table(grid, index)
            self.found.drawn += [Drawn(index, at, (), read, groups)] if read is not None else []
        elif diagram is not None and (model := self.part(diagram.get(f"{R}dm"))) is not None:
            self._diagram(element, model, transform, groups)
        elif chart is not None and (space := self.part(chart.get(f"{R}id"))) is not None:
            self._chart(element, space, at, groups)
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
        inner = transform.moved(*(_pair(xfrm.find(f"{A}off"), "x", "y") or (0, 0))) if xfrm is not None else transform
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

    def _chart(self, element: Any, space: Any, at: Frame, groups: tuple[int, ...]) -> None:
        index = self._add("text", element, at)
        said = read_chart(space, index + 1)
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
        shape = self.found.shapes[index]
        at = Frame(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        if is_description(said):
            self.found.drawn.append(Drawn(index, at, (Paragraph(DESCRIBED + said),), None, groups, "picture"))
        elif not _is_decoration(named):
            self.found.unread[what] += 1


def _frame_kind(data: Any) -> str:
    return FRAMES.get(data.get("uri") or "", "嵌入对象") if data is not None else "嵌入对象"


def _is_decoration(named: Any) -> bool:
    marks = named.iter(DECORATIVE) if named is not None else ()
    return any(mark.get("val") in ("1", "true") for mark in marks)


def line_ends(xfrm: Any, transform: Transform) -> tuple[Point, Point] | None:
    """(begin, end) of the line that an a:xfrm gives, in slide coordinates: flipped first, then turned."""
    corner = _pair(xfrm.find(f"{A}off"), "x", "y") if xfrm is not None else None
    size = _pair(xfrm.find(f"{A}ext"), "cx", "cy") if xfrm is not None else None
    if corner is None or size is None:
        return None
    across = size[0] / 2 * (-1 if xfrm.get("flipH") in ("1", "true") else 1)
    down = size[1] / 2 * (-1 if xfrm.get("flipV") in ("1", "true") else 1)
    angle = math.radians(_number(xfrm.get("rot")) / 60_000)
    dx = across * math.cos(angle) - down * math.sin(angle)
    dy = across * math.sin(angle) + down * math.cos(angle)
    x, y = corner[0] + size[0] / 2, corner[1] + size[1] / 2
    return transform.point(x - dx, y - dy), transform.point(x + dx, y + dy)


def is_description(text: str) -> bool:
    """Whether alternative text describes the picture, rather than being a file name or a program's remark."""
    generic = ("图片包含", "描述已自动生成", "AI 生成", "automatically generated")
    named = text.lower().rsplit(".", 1)[-1] in ("png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "svg", "tif", "tiff")
    return len(text) > 1 and not named and not any(phrase in text for phrase in generic)


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


def place(xfrm: Any, transform: Transform) -> Frame | None:
    """The rectangle that an a:xfrm gives, in slide coordinates; None where it gives none."""
    if xfrm is None:
        return None
    corner, size = _pair(xfrm.find(f"{A}off"), "x", "y"), _pair(xfrm.find(f"{A}ext"), "cx", "cy")
    if corner is None or size is None:
        return None
    left, top, width, height = *corner, *size
    if (_number(xfrm.get("rot")) // 2_700_000 + 1) // 2 % 2 == 1:  # turned by about a quarter: sides change places
        left, top = left + (width - height) // 2, top + (height - width) // 2
        width, height = height, width
    return transform.frame(left, top, width, height)


def _pair(element: Any, first: str, second: str) -> tuple[int, int] | None:
    return (_number(element.get(first)), _number(element.get(second))) if element is not None else None


def _number(text: str | None) -> int:
    try:
        return max(-(10**9), min(10**9, int(text or 0)))
    except ValueError:
        return 0
