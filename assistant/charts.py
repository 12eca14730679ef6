"""Every structure that the material draws or lists, one chart after the other, and every unit in them."""

from __future__ import annotations

from dataclasses import dataclass

from kejian.assistant.compose.structuring import Branch
from kejian.assistant.knowledge import Edge, Knowledge
from kejian.corpus.errors import UsageError
from kejian.ingest.model import content_id


@dataclass(frozen=True, slots=True)
class Chart:
    """A structure with its place. ``units`` counts its boxes, ``levels`` those from the root to the deepest one.

    ``inferred``: the deck marks it, or a part of it, as the editor's inference.
    """

    id: str
    name: str
    root: str
    deck: str
    deck_title: str
    slide: int
    title: str
    units: int
    levels: int
    inferred: bool


def charts(knowledge: Knowledge) -> dict[Chart, Branch]:
    """Every chart with its edges, in reading order; a chart with several roots is several."""
    edges: dict[tuple[object, ...], list[Edge]] = {}
    for edge in knowledge.edges:
        edges.setdefault((*edge.place.key, edge.relation.path, edge.relation.chain[:1]), []).append(edge)
    return dict(_chart(knowledge, Branch(found[0].relation.chain[:1], tuple(found))) for found in edges.values())


def _chart(knowledge: Knowledge, branch: Branch) -> tuple[Chart, Branch]:
    first = branch.edges[0]
    deck, slide, path, root = first.place.deck, first.place.slide, first.relation.path, branch.chain[0]
    below = [heading for heading in path if heading != slide.title]
    chart = Chart(
        id=content_id(deck.id, slide.number, *path, root, length=12),
        name=knowledge.terms.without_mark(below[-1]) if below else f"{root}的组织结构",
        root=root,
        deck=deck.id,
        deck_title=deck.title,
        slide=slide.number,
        title=slide.title,
        units=len(branch.edges) + 1,
        levels=max(len(edge.relation.chain) for edge in branch.edges) + 1,
        inferred=branch.inferred,
    )
    return chart, branch


def chart_called(knowledge: Knowledge, called: str) -> tuple[Chart, Branch]:
    """The chart with this id, or the only one of this name.

    Raises:
        UsageError: none, or more than one, is called that.
    """
    found = [(chart, branch) for chart, branch in charts(knowledge).items() if called in (chart.id, chart.name)]
    if not found:
        raise UsageError(f"资料库里没有叫「{called}」的组织结构,kejian structures 列出全部")
    if len(found) > 1:
        where = "、".join(f"{chart.id}(《{chart.deck_title}》第 {chart.slide} 页)" for chart, _ in found)
        raise UsageError(f"有 {len(found)} 个组织结构都叫「{called}」,请改用编号:{where}")
    return found[0]
