"""A unit of a structure as a card: over it, under it, what it does, why there is it, and what else is said."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.assistant.compose.listing import EXACT, inference_note, items
from kejian.assistant.compose.structuring import branches_of, child_statements, inferred_note, parents_of
from kejian.assistant.draft import Draft, Heading, Statement
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Point
from kejian.assistant.select import by_aspect, points_for
from kejian.corpus.terms import Role

FIRST: tuple[Role, ...] = ("duty", "rationale")


def describe_unit(inquiry: Inquiry, unit: Entity) -> Draft:
    """Sections in a fixed order; each sentence is cited."""
    knowledge = inquiry.knowledge
    edges = [*knowledge.above.get(unit.id, []), *knowledge.under.get(unit.id, [])]
    points = _points(inquiry, unit)
    parts: list[Statement | Heading] = [
        *_section("上级", parents_of(knowledge, unit)),
        *_section("下级", child_statements(knowledge, branches_of(knowledge, unit), unit)),
    ]
    for aspect, said in by_aspect(points):
        count = f"（{len(said)} 项）" if len(said) > 1 else ""
        parts += [Heading(f"{aspect.name or '要点'}{count}"), *items(inquiry, said, unit)]
    parts += [*inferred_note(edges), *inference_note(points, knowledge.terms)]
    return Draft("explain", tuple(parts), EXACT, about=(unit,), why=f"单位：{unit.name}")


def _section(title: str, statements: Sequence[Statement]) -> list[Statement | Heading]:
    return [Heading(title), *statements] if statements else []


def _points(inquiry: Inquiry, unit: Entity) -> list[Point]:
    """What is said of the unit itself, and its duties and rationale wherever they stand (设立市场部: 理由)."""
    knowledge = inquiry.knowledge
    roles = (inquiry.lexicon.aspect_of_role(role) for role in FIRST)
    elsewhere = (point for aspect in roles for point in points_for(knowledge, unit, aspect))
    return list(dict.fromkeys((*knowledge.points_of.get(unit.id, []), *elsewhere)))
