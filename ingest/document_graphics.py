"""SmartArt and charts in a Word document → the items that presentations make of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from kejian.ingest.document_text import CHOICES
from kejian.ingest.outline import Item, Table
from kejian.ingest.package import parse_part
from kejian.ingest.pptx_chart import C, chart_items, read_chart
from kejian.ingest.pptx_chartex import CX, read_chartex
from kejian.ingest.smartart import DGM, diagram_items, drawn_texts, read_diagram

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING_LINK = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
CHART, DIAGRAM = "图表", "SmartArt 图示"
Part = Callable[[str | None], Any]  # the root element of the part behind a relationship, None where there is none


def parts_of(main: Any) -> Part:
    """The parts that the main part of a document refers to."""

    def root(id_: str | None) -> Any:
        if not id_ or id_ not in main.rels or main.rels[id_].is_external:
            return None
        try:
            return parse_part(main.rels[id_].target_part.blob)
        except etree.XMLSyntaxError:
            return None

    return root


def graphics(element: Any, part: Part, unread: Counter[str]) -> Iterator[Item | Table]:
    """What the graphics anchored in ``element`` say; ``unread`` counts those that say nothing."""
    for data in element.iter(f"{A}graphicData"):
        if any(above.tag == f"{CHOICES}Fallback" for above in data.iterancestors()):
            continue
        for tag, read, what in ((f"{DGM}relIds", _diagram, DIAGRAM), (f"{C}chart", _chart, CHART),
                                (f"{CX}chart", _newer_chart, CHART)):  # fmt: skip
            found = data.find(tag)
            if found is not None:
                items = read(found, part)
                unread.update([] if items else [what])
                yield from items


def _diagram(ids: Any, part: Part) -> list[Item | Table]:
    model = part(ids.get(f"{R}dm"))
    if model is None:
        return []
    items = diagram_items(read_diagram(model), 0, {})
    if not items:
        link = next(model.iter(DRAWING_LINK), None)
        drawing = part(link.get("relId")) if link is not None else None
        items = drawn_texts(drawing, 0) if drawing is not None else ()
    return list(items)


def _chart(reference: Any, part: Part) -> list[Item | Table]:
    space = part(reference.get(f"{R}id"))
    said = read_chart(space, 0) if space is not None else None
    return list(chart_items(said, 0)) if said is not None and said.table is not None else []


def _newer_chart(reference: Any, part: Part) -> list[Item | Table]:
    space = part(reference.get(f"{R}id"))
    said = read_chartex(space, 0) if space is not None else None
    return list(chart_items(said, 0)) if said is not None and said.table is not None else []


def in_text(items: list[Item | Table], level: int) -> Iterator[Item | Table]:
    """``items`` of a drawn page as parts of a running text whose innermost heading has ``level``."""
    for item in items:
        bare = replace(item, within=None, shape=None)
        if isinstance(bare, Table):
            yield bare
        elif bare.kind == "title":
            yield replace(bare, kind="heading", level=level + 1, place=None, lead=True)
        elif bare.kind == "heading":
            yield replace(bare, level=level + max(bare.level, 1), place=None, lead=True)
        else:
            yield replace(bare, place=None)
