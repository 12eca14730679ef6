"""Structures: what stands under a unit, over it, and whether one unit belongs to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kejian.assistant.compose.listing import confidence_of, items
from kejian.assistant.draft import Draft, Heading, Statement, Tree
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Edge, Entity, Knowledge, Source
from kejian.assistant.select import points_naming
from kejian.corpus.normalize import searchable

# 「某部归…」, 「某部直接向…汇报」, 「某部由…分管」, behind the unit's name
PLACED = re.compile(
    r"归(?!口|档|纳|类|还|属感)|隶属|属于|向.{1,12}(?:汇报|报告|负责)|由.{1,12}(?:分管|领导|主管|代管|管理)|挂在|设在"
)
EXCEPT = re.compile(r"除了?.{1,16}?(?:以外|之外|外)?[,，]?(?:还|都|另外|其他|其它)")
PLACED_WITHIN = 24  # characters
MOST_SENTENCES = 3
LONGEST_QUOTE = 400  # characters of one citation of a whole sub-tree


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in one chart: ``chain`` leads to it from the root, ``edges`` are those of its sub-tree."""

    chain: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def inferred(self) -> bool:
        return any(edge.relation.inferred for edge in self.edges)


def structure(inquiry: Inquiry) -> Draft | None:
    """What stands under the subject, drawn as a tree and said a sentence a level."""
    subject, branches = _subject_with_branches(inquiry)
    if subject is None or not branches:
        return None
    best = max(
        branches,
        key=lambda branch: (_headed_by(inquiry.knowledge, branch, subject), not branch.inferred, len(branch.edges)),
    )
    if len(best.chain) == 1 and _headed_by(inquiry.knowledge, best, subject):
        heading = f"{subject.short}的组织结构"
    else:
        heading = f"{best.chain[-1]}的组织结构"
    return replace(drawn(inquiry, best, heading, branches), about=(subject,), why=f"结构：{subject.name}")


def drawn(inquiry: Inquiry, branch: Branch, heading: str, others: Sequence[Branch] = ()) -> Draft:
    """One chart as a tree, said a sentence a level; ``others`` are charts of the same, which agree or differ."""
    knowledge = inquiry.knowledge
    parts: list[Statement | Heading] = [*_count_note(inquiry, branch), Heading(heading)]
    parts += [*_levels(knowledge, branch, others), *_remarks(inquiry, branch), *inferred_note(branch.edges)]
    listed = _children(knowledge, branch)
    return Draft("structure", tuple(parts), confidence_of(inquiry), tree=_tree(knowledge, branch), listed=listed)


def _subject_with_branches(inquiry: Inquiry) -> tuple[Entity | None, list[Branch]]:
    """The subject, or the unit named within it (「甲型里营销总经理下面」): then only charts of the first."""
    subjects = inquiry.reading.subjects
    for subject in subjects[1:]:
        scoped = {id(edge) for edge in inquiry.knowledge.charts_of.get(subjects[0].id, [])}
        branches = [b for b in branches_of(inquiry.knowledge, subject) if any(id(edge) in scoped for edge in b.edges)]
        if branches:
            return subject, branches
    return (subjects[0], branches_of(inquiry.knowledge, subjects[0])) if subjects else (None, [])


def branches_of(knowledge: Knowledge, subject: Entity) -> list[Branch]:
    """The charts headed by the subject, and the sub-trees under its box, one a chart."""
    headed = {id(edge) for edge in knowledge.charts_of.get(subject.id, [])}
    concerned = (*knowledge.charts_of.get(subject.id, []), *knowledge.under.get(subject.id, []))
    found: list[Branch] = []
    for number in sorted({knowledge.chart_of[edge.chart_key] for edge in concerned}):
        edges = knowledge.charts[number]
        roots = dict.fromkeys(edge.relation.chain[:1] for edge in edges)
        if any(id(edge) in headed for edge in edges):
            found += [_branch(edges, root) for root in roots]
        chains = dict.fromkeys(e.relation.chain for e in edges if e.parent == subject.id)
        found += [_branch(edges, chain) for chain in chains if chain]
    return found


def _branch(edges: Sequence[Edge], chain: tuple[str, ...]) -> Branch:
    return Branch(chain, tuple(edge for edge in edges if edge.relation.chain[: len(chain)] == chain))


def _count_note(inquiry: Inquiry, branch: Branch) -> list[Statement]:
    """「下面的五个部门」 where three are drawn: said first."""
    below = [edge for edge in branch.edges if edge.relation.chain == branch.chain]
    counted = inquiry.reading.counted
    if counted is None or counted == len(below):
        return []
    return [Statement(f"材料画出的是 {len(below)} 个，不是 {counted} 个。", sub_tree_sources(below))]


def _children(knowledge: Knowledge, branch: Branch) -> tuple[Entity, ...]:
    return tuple(knowledge.entities[edge.child] for edge in branch.edges if edge.relation.chain == branch.chain)


def _headed_by(knowledge: Knowledge, branch: Branch, subject: Entity) -> bool:
    return any(edge in branch.edges for edge in knowledge.charts_of.get(subject.id, []))


def _tree(knowledge: Knowledge, branch: Branch) -> Tree:
    def node(chain: tuple[str, ...], sources: tuple[Source, ...]) -> Tree:
        below = [edge for edge in branch.edges if edge.relation.chain == chain]
        entity = knowledge.entity_named(chain[-1])
        duties = [p for p in knowledge.points_of.get(entity.id, []) if p.aspect.role == "duty"] if entity else []
        children = tuple(node((*chain, e.relation.child), (e.source,)) for e in below)
        return Tree(chain[-1], sources, tuple(p.fact.text for p in duties), children)

    first = branch.edges[0]
    return node(branch.chain, (Source(first.place, first.relation.parent_start, first.relation.parent_end),))


def _levels(knowledge: Knowledge, branch: Branch, others: Sequence[Branch]) -> list[Statement]:
    """A sentence for each unit that has others under it, outermost first; other charts that agree are cited too,
    those that differ are told in a sentence of their own."""
    statements = []
    for chain in sorted(dict.fromkeys(edge.relation.chain for edge in branch.edges), key=len):
        below = [edge for edge in branch.edges if edge.relation.chain == chain]
        names = "、".join(edge.relation.child for edge in below)
        same = [s for other in others if other is not branch for s in _agreeing(other, chain[-1], below)]
        sources = (*sub_tree_sources(below), *same)
        statements.append(Statement(f"{chain[-1]}下设 {len(below)} 个单位：{names}。", sources))
    return statements + [s for other in others if other is not branch for s in _differing(knowledge, other, branch)]


def child_statements(knowledge: Knowledge, branches: Sequence[Branch], unit: Entity) -> list[Statement]:
    """What stands directly under the unit, a sentence for each chart that draws it otherwise than those before."""
    statements: dict[frozenset[int], Statement] = {}
    for branch in branches:
        below = [edge for edge in branch.edges if edge.parent == unit.id and edge.relation.chain == branch.chain]
        if below:
            names = "、".join(edge.relation.child for edge in below)
            said = f"在“{_where(knowledge, below[0])}”中，下设 {len(below)} 个单位：{names}。"
            statements.setdefault(frozenset(e.child for e in below), Statement(said, sub_tree_sources(below)))
    return list(statements.values())


def _where(knowledge: Knowledge, edge: Edge) -> str:
    """The heading that stands over the chart of ``edge``."""
    path = edge.relation.path
    return knowledge.terms.without_mark(path[-1] if path else edge.place.slide.title)


def _agreeing(other: Branch, parent: str, below: Sequence[Edge]) -> tuple[Source, ...]:
    """Where another chart draws the same units under ``parent``."""
    there = [edge for edge in other.edges if edge.relation.chain[-1] == parent]
    same = there and {edge.child for edge in there} == {edge.child for edge in below}
    return sub_tree_sources(there) if same else ()


def _differing(knowledge: Knowledge, other: Branch, branch: Branch) -> list[Statement]:
    """What another chart draws directly under the same unit, where that is something else."""
    there = [edge for edge in other.edges if edge.relation.chain == other.chain]
    here = {edge.child for edge in branch.edges if edge.relation.chain == branch.chain}
    if not there or {edge.child for edge in there} == here or there[0].parent != branch.edges[0].parent:
        return []
    names = "、".join(edge.relation.child for edge in there)
    said = f"另外，“{_where(knowledge, there[0])}”中{there[0].relation.parent}下设：{names}。"
    return [Statement(said, sub_tree_sources(there))]


def sub_tree_sources(edges: Sequence[Edge]) -> tuple[Source, ...]:
    """One range from the parent to its last child where that is short enough to read, else a range a child."""
    place = edges[0].place
    start = min(edge.relation.parent_start for edge in edges)
    end = max(edge.relation.end for edge in edges)
    if all(edge.relation.start >= start for edge in edges) and end - start <= LONGEST_QUOTE:
        return (Source(place, start, end),)
    return tuple(edge.source for edge in edges)


def _remarks(inquiry: Inquiry, branch: Branch) -> list[Statement]:
    """Footnotes of the units drawn: which are optional, which are outside the scheme."""
    units = dict.fromkeys(number for edge in branch.edges for number in (edge.parent, edge.child))
    remarks = [
        point for unit in units for point in inquiry.knowledge.points_of.get(unit, []) if point.aspect.role == "remark"
    ]
    return items(inquiry, remarks)


def inferred_note(edges: Sequence[Edge]) -> list[Statement]:
    """Said where the deck marks what it draws as the editor's inference."""
    first = next((edge for edge in edges if edge.relation.inferred), None)
    if first is None:
        return []
    return [Statement("注：这一结构在课件中标为编者推断，原材料没有写明。", sub_tree_sources([first]))]


def other_names(inquiry: Inquiry) -> Draft | None:
    """What else the subject is called, where the material itself says so."""
    subject = inquiry.subject
    if subject is None:
        return None
    for place, block in inquiry.knowledge.mentions(subject):
        said = [s for s in subject.spellings if searchable(s) in searchable(block.text)]
        names = [name for name in said if name not in (subject.short, block.text)]
        if len(said) > 1 and names:
            statement = Statement(f"{subject.short}也叫{'、'.join(names)}。", (Source(place, block.start, block.end),))
            return Draft("lookup", (statement,), confidence_of(inquiry), about=(subject,), why=f"别名：{subject.name}")
    return None


def beside(inquiry: Inquiry) -> Draft | None:
    """「除了某岗还有谁」: what else stands under the same unit."""
    subject, knowledge = inquiry.subject, inquiry.knowledge
    if subject is None or not EXCEPT.search(inquiry.reading.text):
        return None
    for edge in knowledge.above.get(subject.id, ()):
        chart = knowledge.charts[knowledge.chart_of[edge.chart_key]]
        others = [e for e in chart if e.relation.chain == edge.relation.chain and e.child != subject.id]
        if others:
            names = "、".join(other.relation.child for other in others)
            said = f"在“{_where(knowledge, edge)}”中，{edge.relation.parent}下除{subject.short}外还有：{names}。"
            parts = (Statement(said, sub_tree_sources([edge, *others])), *inferred_note(others))
            listed = tuple(knowledge.entities[other.child] for other in others)
            return Draft(
                "lookup", parts, confidence_of(inquiry), about=(subject,), listed=listed, why=f"并列：{subject.name}"
            )
    return None


def parent(inquiry: Inquiry) -> Draft | None:
    """Under whom the subject stands; with a second unit named, whether it stands under that one."""
    subjects = inquiry.reading.subjects
    if not subjects:
        return None
    knowledge = inquiry.knowledge
    child = next((s for s in subjects if s.id in knowledge.above), None)
    if child is None:
        return placed_in_words(inquiry, subjects[0].spellings)
    claimed = next((s for s in subjects if s.id != child.id), None)
    edges = knowledge.above[child.id]
    parts: list[Statement | Heading] = []
    if claimed is not None:
        parts.append(_verdict(knowledge, child, claimed, edges))
    parts += [*parents_of(knowledge, child), *inferred_note(edges)]
    return Draft("lookup", tuple(parts), confidence_of(inquiry), about=(child,), why=f"上级：{child.name}")


def placed_in_words(inquiry: Inquiry, spellings: Sequence[str]) -> Draft | None:
    """Sentences that say under whom a unit stands that no chart has: 「某部(图上没画)归生产负责人」."""
    points = points_naming(inquiry.knowledge, spellings)
    names = [searchable(spelling) for spelling in spellings]
    said = [p for p in points if any(_is_placed(searchable(p.fact.text), name) for name in names)][:MOST_SENTENCES]
    if not said:
        return None
    parts = tuple(Statement(point.fact.text, (point.source,), item=len(said) > 1) for point in said)
    about = tuple(entity for entity in (inquiry.knowledge.entity_named(spellings[0]),) if entity)
    return Draft("lookup", parts, confidence_of(inquiry) - 0.1, about=about, why=f"上级：{spellings[0]}（正文）")


def _is_placed(text: str, name: str) -> bool:
    at = text.find(name)
    return at >= 0 and PLACED.search(text[at + len(name) :][:PLACED_WITHIN]) is not None


def parents_of(knowledge: Knowledge, unit: Entity) -> list[Statement]:
    """Under what the unit stands, a sentence a chart."""
    return [_parent_statement(knowledge, edge) for edge in _one_per_chart(knowledge.above.get(unit.id, []))]


def _one_per_chart(edges: Sequence[Edge]) -> list[Edge]:
    return list({(edge.parent, edge.place.key, edge.relation.path): edge for edge in reversed(edges)}.values())[::-1]


def _parent_statement(knowledge: Knowledge, edge: Edge) -> Statement:
    relation = edge.relation
    where = _where(knowledge, edge)
    line = " → ".join((*relation.chain, relation.child)) if len(relation.chain) > 1 else ""
    above = f"（从上到下：{line}）" if line else ""
    sources = (Source(edge.place, relation.parent_start, relation.parent_end), edge.source)
    return Statement(f"在“{where}”中，{relation.child}隶属{relation.parent}{above}。", sources)


def _verdict(knowledge: Knowledge, child: Entity, claimed: Entity, edges: Sequence[Edge]) -> Statement:
    holds = [edge for edge in edges if _stands_under(knowledge, edge, claimed)]
    if holds:
        relation = holds[0].relation
        sources = (Source(holds[0].place, relation.parent_start, relation.parent_end), holds[0].source)
        return Statement(f"是的，{child.name}在{claimed.name}之下。", sources)
    real = "、".join(dict.fromkeys(edge.relation.parent for edge in edges))
    return Statement(
        f"不是。材料中{child.name}不在{claimed.name}之下，它隶属{real}。", tuple(e.source for e in edges[:2])
    )


def _stands_under(knowledge: Knowledge, edge: Edge, claimed: Entity) -> bool:
    over = (knowledge.entity_named(name) for name in edge.relation.chain)
    return any(entity is not None and entity.id == claimed.id for entity in over)
