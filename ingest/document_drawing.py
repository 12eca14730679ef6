"""Shapes drawn in a Word document, on a canvas, in a group or on the page: boxes joined by lines become a chart."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from kejian.ingest.document_text import CHOICES, WP, W
from kejian.ingest.drawing import Connector, Drawn, Frame, Paragraph
from kejian.ingest.free_lines import Line, branches, joined
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Table
from kejian.ingest.page_reading import read_page
from kejian.ingest.tree import charts

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPC = "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}"
LINES = re.compile(r"^(?:line|lineInv|(?:straight|bent|curved)Connector\d)$")
MOST_SHAPES = 600  # the work grows with the square
DEEPEST = 20
Said = Callable[[Any], tuple[Paragraph, ...]]  # the paragraphs of a w:txbxContent


@dataclass(frozen=True, slots=True)
class Place:
    """From the coordinates of a group to those of the page, in EMU."""

    left: float = 0.0
    top: float = 0.0
    across: float = 1.0
    down: float = 1.0

    def frame(self, left: int, top: int, width: int, height: int) -> Frame:
        """A rectangle on the page."""
        x, y = self.left + left * self.across, self.top + top * self.down
        return Frame(round(x), round(y), round(x + width * self.across), round(y + height * self.down))

    def inside(self, group: Any) -> Place:
        """The place of what is inside a group, given by its a:xfrm."""
        size, inner = (_pair(group, name, "cx", "cy") for name in ("ext", "chExt"))
        corner, start = (_pair(group, name, "x", "y") for name in ("off", "chOff"))
        wide = size[0] / inner[0] if inner[0] else 1.0
        high = size[1] / inner[1] if inner[1] else 1.0
        across, down = self.across * wide, self.down * high
        left, top = self.left + corner[0] * self.across, self.top + corner[1] * self.down
        return Place(left - start[0] * across, top - start[1] * down, across, down)


@dataclass
class Drawing:
    """What is drawn at one paragraph."""

    said: Said
    drawn: list[Drawn] = field(default_factory=list)
    contents: list[Any] = field(default_factory=list)  # the w:txbxContent of every box
    lines: list[tuple[Line, str | None, str | None]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)

    def read(self, element: Any, place: Place, depth: int = 0) -> None:
        """Take in the shapes of a canvas or group."""
        for child in element:
            if child.tag == f"{WPS}wsp":
                self._shape(child, place)
            elif child.tag in (f"{WPG}grpSp", f"{WPG}wgp") and depth < DEEPEST:
                xfrm = child.find(f"{WPG}grpSpPr/{A}xfrm")
                self.read(child, place.inside(xfrm) if xfrm is not None else place, depth + 1)

    def _shape(self, shape: Any, place: Place) -> None:
        xfrm = shape.find(f"{WPS}spPr/{A}xfrm")
        frame = place.frame(*_pair(xfrm, "off", "x", "y"), *_pair(xfrm, "ext", "cx", "cy"))
        content = next(shape.iter(f"{W}txbxContent"), None)
        paragraphs = self.said(content) if content is not None else ()
        outline = shape.find(f"{WPS}spPr/{A}prstGeom")
        line = outline is not None and LINES.match(outline.get("prst") or "")
        if paragraphs:
            named = shape.find(f"{WPS}cNvPr")
            index = len(self.drawn)
            if named is not None:
                self.ids[named.get("id") or ""] = index
            self.drawn.append(Drawn(index, frame, paragraphs))
            self.contents.append(content)
        elif line or shape.find(f"{WPS}cNvCnPr") is not None:
            self._line(shape, xfrm, frame)

    def _line(self, shape: Any, xfrm: Any, frame: Frame) -> None:
        left, right = (frame.right, frame.left) if _is_set(xfrm, "flipH") else (frame.left, frame.right)
        top, foot = (frame.bottom, frame.top) if _is_set(xfrm, "flipV") else (frame.top, frame.bottom)
        ends = [shape.find(f".//{A}{tag}") for tag in ("stCxn", "endCxn")]
        begin, end = (node.get("id") if node is not None else None for node in ends)
        heads = [shape.find(f"{WPS}spPr/{A}ln/{A}{tag}") for tag in ("headEnd", "tailEnd")]
        arrow = any(head is not None and head.get("type") not in (None, "none") for head in heads)
        self.lines.append((Line(-1, (left, top), (right, foot), (None, None), arrow), begin, end))

    def connectors(self) -> list[Connector]:
        """What the lines join."""
        boxes = {drawn.index: drawn.frame for drawn in self.drawn}
        glued = [
            replace(line, ends=(self.ids.get(begin or ""), self.ids.get(end or ""))) for line, begin, end in self.lines
        ]
        lines = joined(glued, boxes)
        found = [Connector(*line.ends, line.arrow) for line in lines if None not in line.ends]  # type: ignore[arg-type]
        return [*found, *branches(lines, boxes)]


def read_drawing(paragraph: Any, said: Said) -> Drawing:
    """Everything that is drawn at ``paragraph``."""
    drawing = Drawing(said)
    for data in paragraph.iter(f"{A}graphicData"):
        if any(above.tag in (f"{CHOICES}Fallback", f"{W}txbxContent") for above in data.iterancestors()):
            continue
        place = _anchored(data)
        for child in data:
            if child.tag == f"{WPC}wpc":
                drawing.read(child, place)
            elif child.tag == f"{WPS}wsp":
                xfrm = child.find(f"{WPS}spPr/{A}xfrm")
                corner = _pair(xfrm, "off", "x", "y")
                drawing.read([child], replace(place, left=place.left - corner[0], top=place.top - corner[1]))
            else:
                drawing.read([child], place)
    return drawing


def chart_items(drawing: Drawing, lexicon: Lexicon) -> list[Item | Table]:
    """The boxes as a chart, with what stands between them; nothing where no lines join them."""
    if not drawing.lines or not 1 < len(drawing.drawn) <= MOST_SHAPES or len(drawing.lines) > MOST_SHAPES:
        return []
    connectors = drawing.connectors()
    if not charts(connectors, {drawn.index: drawn.frame for drawn in drawing.drawn}):
        return []
    foot = max(drawn.frame.bottom for drawn in drawing.drawn)
    return list(read_page(drawing.drawn, connectors, foot, lexicon).items)


def _anchored(data: Any) -> Place:
    """Where a drawing of its own is anchored; drawings that stand in the line begin at 0."""
    anchor = next((above for above in data.iterancestors() if above.tag in (f"{WP}anchor", f"{WP}inline")), None)
    if anchor is None or anchor.tag == f"{WP}inline":
        return Place()
    offsets = [anchor.findtext(f"{WP}position{axis}/{WP}posOffset") for axis in ("H", "V")]
    return Place(*(float(_number(text)) for text in offsets))


def _pair(xfrm: Any, name: str, first: str, second: str) -> tuple[int, int]:
    node = xfrm.find(f"{A}{name}") if xfrm is not None else None
    return (_number(node.get(first)), _number(node.get(second))) if node is not None else (0, 0)


def _number(text: str | None) -> int:
    try:
        return max(-(10**9), min(10**9, int(text or 0)))
    except ValueError:
        return 0


def _is_set(xfrm: Any, name: str) -> bool:
    return xfrm is not None and xfrm.get(name) in ("1", "true")
