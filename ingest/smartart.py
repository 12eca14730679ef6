"""SmartArt → outline items, from the data model of the diagram (ECMA-376 part 1, 21.4.3).

The points are what the author typed, the ``parOf`` connections their tree, the ``presOf`` connections the drawn
shapes that show them. Assistants stand before the other units under their superior, as they are drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kejian.ingest.drawing import Drawn, Frame, Paragraph
from kejian.ingest.outline import Item
from kejian.ingest.pptx_text import A, paragraphs
from kejian.ingest.shape_items import box_items, unit_text
from kejian.ingest.wording import CLAUSE, LABEL

DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DSP = "{http://schemas.microsoft.com/office/drawing/2008/diagram}"
UNITS = ("orgchart", "organizationchart", "organizationalchart", "hierarchy")
LISTED = ("hierarchy3", "list")  # a list with branches is one, whatever its name, where it is filed under lists
TRANSITIONS = ("parTrans", "sibTrans")
NOWHERE = Frame(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    """A point with text. ``beside`` is what stands at its line to its parent or in a title field of its box."""

    id: str
    depth: int
    paragraphs: tuple[Paragraph, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagram:
    """The nodes in reading order; ``shown`` gives the ids of the drawn shapes that show a node."""

    nodes: tuple[Node, ...]
    is_hierarchy: bool
    shown: Mapping[str, tuple[str, ...]]


def read_diagram(model: Any) -> Diagram:
    """Read a dgm:dataModel."""
    reader = _ModelReader(model)
    return Diagram(tuple(reader.nodes()), reader.is_hierarchy, reader.shown())


def diagram_items(diagram: Diagram, shape: int, places: Mapping[str, int]) -> tuple[Item, ...]:
    """The nodes as units of a chart, or as bullets; ``places`` are the shapes of the nodes that have one drawn."""
    lines = _units(diagram.nodes, shape) if diagram.is_hierarchy else _bullets(diagram.nodes, shape)
    return tuple(replace(item, place=places.get(node.id)) for node, item in lines)


def _units(nodes: tuple[Node, ...], shape: int) -> Iterator[tuple[Node, Item]]:
    """All boxes first, so that a sub-tree is one stretch of text; then what is said of them."""
    boxes = _boxes(nodes)
    for node, _ in boxes:
        yield node, Item("unit", _said(node, shape)[0], node.depth, shape)
    for node, sentences in boxes:
        name, said = _said(node, shape)
        if said or sentences:
            yield node, Item("heading", name, 1, shape)
            yield from ((node, replace(item, within=1)) for item in said)
        for sentence in sentences:
            text, more = _said(sentence, shape)
            yield from ((sentence, replace(item, within=1)) for item in (Item("bullet", text, 0, shape), *more))


def _boxes(nodes: tuple[Node, ...]) -> list[tuple[Node, list[Node]]]:
    """The nodes that are units, each with the nodes under it that are sentences about it."""
    found: list[tuple[Node, list[Node]]] = []
    open_: list[tuple[Node, list[Node]]] = []
    for number, node in enumerate(nodes):
        leaf = number + 1 == len(nodes) or nodes[number + 1].depth <= node.depth
        while open_ and open_[-1][0].depth >= node.depth:
            open_.pop()
        text = unit_text(node.paragraphs)
        if leaf and open_ and len(node.paragraphs) == 1 and CLAUSE.search(text) and not LABEL.match(text):
            open_[-1][1].append(node)
        else:
            open_.append((node, []))
            found.append(open_[-1])
    return found


def _bullets(nodes: tuple[Node, ...], shape: int) -> Iterator[tuple[Node, Item]]:
    for node in nodes:
        text, said = _said(node, shape)
        yield node, Item("bullet", text, node.depth, shape)
        yield from ((node, replace(item, level=node.depth + 1 + item.level)) for item in said)


def _said(node: Node, shape: int) -> tuple[str, list[Item]]:
    name, items = box_items(Drawn(shape, NOWHERE, node.paragraphs))
    return name, [*items, *(Item("bullet", text, 0, shape) for text in node.beside)]


class _ModelReader:
    def __init__(self, model: Any) -> None:
        self.points = {point.get("modelId"): point for point in model.iterfind(f"{DGM}ptLst/{DGM}pt")}
        self.links = model.findall(f"{DGM}cxnLst/{DGM}cxn")
        self.texts = {id_: _text(point) for id_, point in self.points.items()}
        self.is_hierarchy = self._shows_units()

    def nodes(self) -> Iterator[Node]:
        """Depth first; a node without text hands its children to its own parent."""
        children = self._children()
        beside = self._beside()
        below = {child for ids in children.values() for child in ids}
        waiting = [(id_, 0) for id_ in reversed([id_ for id_ in self.points if self._is_top(id_, below)])]
        seen: set[str] = set()
        while waiting:
            id_, depth = waiting.pop()
            if id_ in seen:
                continue
            seen.add(id_)
            if self.texts[id_]:
                yield Node(id_, depth, self.texts[id_], tuple(beside.get(id_, ())))
            inner = depth + bool(self.texts[id_])
            waiting += [(child, inner) for child in reversed(children.get(id_, ()))]

    def shown(self) -> dict[str, tuple[str, ...]]:
        """By the id of a node: the presentation points that show it."""
        found: dict[str, list[str]] = defaultdict(list)
        for link in self.links:
            if link.get("type") == "presOf":
                found[link.get("srcId")].append(link.get("destId"))
        return {id_: tuple(shapes) for id_, shapes in found.items()}

    def _shows_units(self) -> bool:
        document = next((p for p in self.points.values() if _kind(p) == "doc"), None)
        settings = document.find(f"{DGM}prSet") if document is not None else None
        if settings is None:
            return False
        layout = (settings.get("loTypeId") or "").rpartition("/")[2].partition("#")[0].lower()
        category = (settings.get("loCatId") or "").lower()
        return (layout, category) != LISTED and (category == "hierarchy" or any(name in layout for name in UNITS))

    def _is_top(self, id_: str, below: set[str]) -> bool:
        return _kind(self.points[id_]) == "doc" or (_kind(self.points[id_]) in ("node", "asst") and id_ not in below)

    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[tuple[bool, int, str]]] = defaultdict(list)
        for link in self.links:
            child = self.points.get(link.get("destId"))
            if (link.get("type") or "parOf") == "parOf" and child is not None and _kind(child) in ("node", "asst"):
                later = self.is_hierarchy and _kind(child) != "asst"
                found[link.get("srcId")].append((later, _order(link.get("srcOrd")), link.get("destId")))
        return {id_: [child for *_, child in sorted(entries, key=lambda e: e[:2])] for id_, entries in found.items()}

    def _beside(self) -> dict[str, list[str]]:
        """By the id of a node: texts of its transitions, and of its presentation points where no node says them."""
        owner = {link.get(f"{kind}Id"): link.get("destId") for link in self.links for kind in TRANSITIONS}
        said = {p.text for id_, texts in self.texts.items() if _kind(self.points[id_]) != "pres" for p in texts}
        found: dict[str, list[str]] = defaultdict(list)
        for id_, point in self.points.items():
            if _kind(point) in TRANSITIONS:
                found[owner.get(id_, "")] += [paragraph.text for paragraph in self.texts[id_]]
            elif _kind(point) == "pres" and self.texts[id_]:
                about = point.find(f"{DGM}prSet").get("presAssocID") if point.find(f"{DGM}prSet") is not None else ""
                found[owner.get(about, about)] += [p.text for p in self.texts[id_] if p.text not in said]
        return found


def _kind(point: Any) -> str:
    return point.get("type") or "node"


def _text(point: Any) -> tuple[Paragraph, ...]:
    """What a point says; the prompt of an empty one (「[文本]」) is not said by anyone."""
    body, settings = point.find(f"{DGM}t"), point.find(f"{DGM}prSet")
    said = paragraphs(body) if body is not None else ()
    prompt = settings.get("phldrT") if settings is not None and settings.get("phldr") in ("1", "true") else None
    return () if prompt and [paragraph.text for paragraph in said] == [prompt] else said


def _order(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0


def drawn_shapes(drawing: Any) -> dict[str, Any]:
    """By the id of a presentation point: the a:xfrm of its shape in a dsp:drawing, inside the diagram's frame."""
    shapes = ((shape.get("modelId"), shape.find(f"{DSP}spPr/{A}xfrm")) for shape in drawing.iter(f"{DSP}sp"))
    return {id_: xfrm for id_, xfrm in shapes if id_ and xfrm is not None}


def drawn_texts(drawing: Any, shape: int) -> tuple[Item, ...]:
    """The text of a dsp:drawing, for a diagram whose data model says nothing."""
    bodies = (body for body in drawing.iter(f"{DSP}txBody"))
    return tuple(Item("paragraph", p.text, shape=shape) for body in bodies for p in paragraphs(body))
