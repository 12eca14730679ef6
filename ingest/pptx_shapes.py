"""The shape tree of a slide → drawn shapes in slide coordinates, groups and all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from kejian.ingest.box_grid import box_grids
from kejian.ingest.carriers import carried, frame_of
from kejian.ingest.drawing import Connector, Drawn, Frame, Paragraph, around
from kejian.ingest.elements import P, children, down, name_of
from kejian.ingest.free_lines import Line, Point, branches, joined
from kejian.ingest.model import Shape
from kejian.ingest.outline import Table, filled
from kejian.ingest.pictures import Seen
from kejian.ingest.pptx_chart import C, ChartText, chart_items, read_chart
from kejian.ingest.pptx_chartex import CX, read_chartex
from kejian.ingest.pptx_choice import is_hidden, shape_elements
from kejian.ingest.pptx_colours import Colour, fill_of, is_filled, is_unseen
from kejian.ingest.pptx_descriptions import is_decoration, is_description
from kejian.ingest.pptx_geometry import IDENTITY, Transform, pair, place
from kejian.ingest.pptx_layouts import BODIES, Surroundings
from kejian.ingest.pptx_lines import Route, routes
from kejian.ingest.pptx_motion import rested
from kejian.ingest.pptx_pictures import PictureReader, PlacedPicture
from kejian.ingest.pptx_table import tabbed, table
from kejian.ingest.pptx_text import A, paragraphs
from kejian.ingest.smartart import DGM, diagram_items, drawn_shapes, drawn_texts, read_diagram
from kejian.ingest.wording import one_line

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING_LINK = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
MARGINS = ("dt", "ftr", "hdr")
TITLES = ("title", "ctrTitle")
FRAMES = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "图表",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "图表",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "SmartArt",
    "http://schemas.openxmlformats.org/presentationml/2006/ole": "嵌入对象",
}
MEDIA = {f"{A}videoFile": "视频", f"{A}quickTimeFile": "视频", f"{A}audioFile": "音频", f"{A}wavAudioFile": "音频"}
STRUCK = "带删除线的文字"
DESCRIBED = "图片说明："
PAGE_NUMBER = re.compile(r"^(?:第|共|页|page|slide|of|\d|[\s/|·.:：\-–—])*$", re.IGNORECASE)
FRAMED = (f"{A}tbl", f"{DGM}relIds", f"{C}chart", f"{CX}chart")
MOST_DEEP = 60
MOST_LINES = 600  # beyond, ends that are not glued are not looked for
ShapeKind = Literal["box", "text", "table", "picture", "connector"]
Part = Callable[[str | None], Any]  # the root element of the part behind a relationship, None where there is none


@dataclass
class Drawing:
    """What a slide's shape tree holds.

    ``unread`` counts what could not be read, ``unseen`` what no one sees on the slide and is left out, ``doubtful``
    what is read though it may not hold any more; ``number`` is a slide number that is typed in its placeholder.
    """

    shapes: list[Shape] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    unseen: Counter[str] = field(default_factory=Counter)
    doubtful: Counter[str] = field(default_factory=Counter)
    number: int | None = None
    pictures: list[PlacedPicture] = field(default_factory=list)


def read_shapes(tree: Any, around: Surroundings, part: Part, pictures: PictureReader) -> Drawing:
    """Read a p:spTree whose placeholders and colours depend on what is ``around`` it."""
    reader = _TreeReader(around, part, pictures)
    reader.read_background(tree.getparent().find(f"{P}bg"))
    kept = list(tree.iter())  # elements that nothing holds are made anew at every step
    reader.read(tree, IDENTITY, ())
    del kept
    return reader.finished()


class _TreeReader:
    def __init__(self, around: Surroundings, part: Part, pictures: PictureReader) -> None:
        self.around = around
        self.part = part
        self.pictures = pictures
        self.found = Drawing()
        self.by_id: dict[str, list[int]] = defaultdict(list)
        self.lines: list[tuple[Line, str | None, str | None]] = []
        self.captions: set[int] = set()  # texts that are written on a line
        self.covers = list(around.covers)
        self.groups = 0

    def read_background(self, background: Any) -> None:
        """The picture behind everything, where it says something."""
        at = Frame(0, 0, self.around.width, self.around.height)
        if background is not None and self.pictures.look(background, at)[1].lines:
            self._look(background, self._add("picture", background, at), ())

    def read(self, tree: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        for element in shape_elements(tree):
            tag = element.tag.rpartition("}")[2]
            if is_hidden(element):
                self._leave_out(element, "隐藏的文字")
            elif tag == "grpSp" and len(groups) < MOST_DEEP:
                self.groups += 1
                inner = transform.inside(down(element, f"{P}grpSpPr", f"{A}xfrm"))
                self.read(element, inner, (*groups, self.groups))
            elif tag == "grpSp":
                self.found.unread["嵌套过深的组合"] += 1
            else:
                self._shape(element, tag, transform, groups)

    def finished(self) -> Drawing:
        """What was found, with the ends of the connectors resolved, and what shows through from behind the slide."""
        self._join()
        self._tabulate()
        for frame, said in self.around.texts:
            self.found.drawn.append(Drawn(len(self.found.shapes), frame, said, None, (), "margin"))
            self.found.shapes.append(Shape("text", frame.left, frame.top, frame.width, frame.height))
        return self.found

    def _join(self) -> None:
        if not self.lines:
            return
        texts = (d for d in self.found.drawn if d.paragraphs and not d.role and d.index not in self.captions)
        boxes = {d.index: d.frame for d in texts}
        on = carried(self.found.shapes, boxes, (d.index for d in self.found.drawn))
        for box, text in on.items():
            boxes[text] = around([boxes[text], frame_of(self.found.shapes[box])])
        glued = [
            replace(line, ends=(self._glued(begin, line.begin), self._glued(end, line.end)))
            for line, begin, end in self.lines
        ]
        lines = joined(glued, boxes) if len(glued) <= MOST_LINES else glued
        for line in lines:
            begin, end = line.ends
            self.found.shapes[line.shape] = replace(self.found.shapes[line.shape], begin_shape=begin, end_shape=end)
            if begin is not None and end is not None:
                self.found.connectors.append(Connector(on.get(begin, begin), on.get(end, end), line.arrow))
        self.found.connectors += branches(lines, boxes)

    def _tabulate(self) -> None:
        """Boxes that stand side by side as the cells of a table become one, which lies over them."""
        joined_up = {end for connector in self.found.connectors for end in (connector.begin, connector.end)}
        free = [d for d in self.found.drawn if d.paragraphs and not d.role and d.index not in joined_up]
        for rows in box_grids([d for d in free if self.found.shapes[d.index].kind == "box"]):
            cells = {box.index for row in rows for box in row}
            at = around(box.frame for row in rows for box in row)
            grid = filled([[tuple(p.text for p in box.paragraphs) for box in row] for row in rows])
            index = len(self.found.shapes)
            self.found.shapes.append(Shape("table", at.left, at.top, at.width, at.height))
            self.found.drawn = [d for d in self.found.drawn if d.index not in cells]
            self.found.drawn.append(Drawn(index, at, (), Table(grid, index), rows[0][0].groups))

    def _glued(self, id_: str | None, point: Point) -> int | None:
        """The shape of this id; of several, which copies of slides have, the nearest to the end of the line."""
        shapes = self.by_id.get(id_, []) if id_ else []
        return min(shapes, key=lambda index: _far(point, self.found.shapes[index]), default=None)

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
        named = name_of(element)
        self.by_id[named.get("id") or "" if named is not None else ""].append(index)
        if kind != "connector" and is_filled(element):
            self.covers.append(frame)
        return index

    def _leave_out(self, element: Any, what: str) -> None:
        if any((text.text or "").strip() for text in element.iter(f"{A}t")):
            self.found.unseen[what] += 1

    def _text_shape(self, element: Any, transform: Transform, groups: tuple[int, ...]) -> None:
        parts = children(element)
        named, properties, body = (parts.get(tag) for tag in (f"{P}nvSpPr", f"{P}spPr", f"{P}txBody"))
        placeholder = down(named, f"{P}nvPr", f"{P}ph")
        kind = placeholder.get("type") or "" if placeholder is not None else None
        if kind == "sldNum":
            self.found.number = _typed_number(body)
            return
        if kind is None and (ways := routes(element, transform)):
            self._lines(element, ways)
            if body is None or not paragraphs(body):
                return
            self.captions.add(len(self.found.shapes))
        inherited = self.around.inherited(placeholder)
        at = place(down(properties, f"{A}xfrm"), transform) or inherited.frame or Frame(0, 0, 0, 0)
        if self.around.is_outside(at):
            at = rested(element, at, self.around.width, self.around.height)
        if self.around.is_outside(at):
            self._leave_out(element, "放在页面之外的文字")
            return
        on = _Once(lambda: self._ground(element, at, inherited.filled))
        is_list = inherited.bulleted and kind in BODIES
        said: tuple[Paragraph, ...] = ()
        if body is not None:
            said = paragraphs(body, is_list, inherited.levels, lambda run: self._is_seen(run, on))
        if body is not None and _is_page_number(body, said):
            return
        box = kind is None and not _is_text_box(named)
        index = self._add("box" if box else "text", element, at)
        if down(properties, f"{A}blipFill") is not None and (fault := self._look(element, index, groups).fault):
            self.found.unread[f"图片({fault})"] += 1
        rows = tabbed(body, index) if body is not None and kind not in (*TITLES, *MARGINS) else None
        if said and rows:
            self.found.shapes[index] = replace(self.found.shapes[index], kind="table")
            self.found.drawn.append(Drawn(index, at, (), rows, groups))
        elif said:
            role = "title" if kind in TITLES else "margin" if kind in MARGINS else "body" if kind is not None else ""
            plain = kind is None and not box and not is_filled(element)
            self.found.drawn.append(Drawn(index, at, said, None, groups, role, plain=plain))

    def _ground(self, element: Any, at: Frame, inherits_fill: bool) -> Colour | None:
        """The plain colour that the text of a shape stands on; None where it is another or not known."""
        fill = fill_of(element)
        if fill is not None and fill.tag != f"{A}noFill":
            return self.around.palette.of(fill) if fill.tag == f"{A}solidFill" else None
        if is_filled(element) or (fill is None and inherits_fill):
            return None
        covered = any(at.shared_width(below) > 0 and at.shared_height(below) > 0 for below in reversed(self.covers))
        return None if covered else self.around.palette.background

    def _is_seen(self, run: Any, on: Callable[[], Colour | None]) -> bool:
        properties = down(run, f"{A}rPr")
        if properties is None:
            return True
        if is_unseen(properties, on, self.around.palette):
            self.found.unseen["与底色相同、透明或极小的文字"] += bool((run.findtext(f"{A}t") or "").strip())
            return False
        if properties.get("strike") in ("sngStrike", "dblStrike"):
            self.found.doubtful[STRUCK] += 1
        return True

    def _connector(self, element: Any, transform: Transform) -> None:
        self._lines(element, routes(element, transform))

    def _lines(self, element: Any, ways: list[Route]) -> None:
        """Lines over the slide; one that is glued at both ends needs no way."""
        glue = children(down(element, f"{P}nvCxnSpPr", f"{P}cNvCxnSpPr"))
        ends = (glue.get(f"{A}{tag}") for tag in ("stCxn", "endCxn"))
        begin, end = (node.get("id") if node is not None else None for node in ends)
        line = children(down(element, f"{P}spPr", f"{A}ln"))
        heads = (line.get(f"{A}{tag}") for tag in ("headEnd", "tailEnd"))
        at_begin, at_end = (head is not None and head.get("type") not in (None, "none") for head in heads)
        for way in ways or ([((0, 0), (0, 0))] if begin and end else []):
            index = self._add("connector", element, _around(way))
            rising = (way[-1][0] - way[0][0]) * (way[-1][1] - way[0][1]) < 0
            points = tuple(round(length) for point in way for length in point) if ways else ()
            drawn = replace(self.found.shapes[index], rising=rising, way=points, begin_head=at_begin, end_head=at_end)
            self.found.shapes[index] = drawn
            arrow = at_begin or at_end
            self.lines.append((Line(index, way[0], way[-1], (None, None), arrow, way[1:-1]), begin, end))

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
            index = self._add("picture", element, at)
            preview = next(element.iter(f"{P}pic"), None)
            seen = self._look(preview, index, groups) if preview is not None else Seen()
            self._unread(element, index, groups, "" if seen.lines else _frame_kind(data))

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
        media = (MEDIA[child.tag] for child in element.iterfind(f"{P}nvPicPr/{P}nvPr/*") if child.tag in MEDIA)
        what = next(media, "图片")
        if what == "图片" and self.around.is_outside(at):
            return
        index = self._add("picture", element, at)
        if what == "图片":
            fault = self._look(element, index, groups).fault
            what = f"{what}({fault})" if fault else ""
        self._unread(element, index, groups, what)

    def _look(self, element: Any, index: int, groups: tuple[int, ...]) -> Seen:
        """What is known of the picture in ``element``, noted where it says something."""
        if is_decoration(element.find(f".//{P}cNvPr")):
            return Seen()
        key, seen = self.pictures.look(element, frame_of(self.found.shapes[index]))
        if seen.lines:
            self.found.pictures.append(PlacedPicture(key, seen, index, groups))
        return seen

    def _unread(self, element: Any, index: int, groups: tuple[int, ...], what: str) -> None:
        """What cannot be read: its description where it has one, else a count of it, unless it is decoration."""
        named = element.find(f".//{P}cNvPr")
        said = one_line(named.get("descr") or "") if named is not None else ""
        at = frame_of(self.found.shapes[index])
        if is_description(said):
            self.found.drawn.append(Drawn(index, at, (Paragraph(DESCRIBED + said),), None, groups, "picture"))
        elif what and not is_decoration(named):
            self.found.unread[what] += 1


def _frame_kind(data: Any) -> str:
    return FRAMES.get(data.get("uri") or "", "嵌入对象") if data is not None else "嵌入对象"


class _Once:
    """A colour that is looked up when it is first asked for."""

    __slots__ = ("found", "look_up")

    def __init__(self, look_up: Callable[[], Colour | None]) -> None:
        self.look_up: Callable[[], Colour | None] | None = look_up
        self.found: Colour | None = None

    def __call__(self) -> Colour | None:
        if self.look_up is not None:
            self.found, self.look_up = self.look_up(), None
        return self.found


def _is_text_box(named: Any) -> bool:
    own = down(named, f"{P}cNvSpPr")
    return own is not None and own.get("txBox") == "1"


def _is_page_number(body: Any, said: tuple[Paragraph, ...]) -> bool:
    """Whether a text body holds fields and hardly more: 「第 ‹#› 页」."""
    fields = next(body.iter(f"{A}fld"), None) is not None
    return fields and all(PAGE_NUMBER.match(paragraph.text) for paragraph in said)


def _typed_number(body: Any) -> int | None:
    """The number in a placeholder for it that an author has typed over the field."""
    said = paragraphs(body) if body is not None else ()
    text = said[0].text if len(said) == 1 else ""
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _around(way: Route) -> Frame:
    across, down = [x for x, _ in way], [y for _, y in way]
    return Frame(min(across), min(down), max(across), max(down))


def _far(point: Point, shape: Shape) -> int:
    frame = frame_of(shape)
    return max(frame.left - point[0], point[0] - frame.right, frame.top - point[1], point[1] - frame.bottom)
