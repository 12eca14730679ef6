"""Questions worth asking: made from facts that exist, so that each has an answer."""

from __future__ import annotations

from kejian.assistant.answer import Kind
from kejian.assistant.draft import Draft, Heading
from kejian.assistant.knowledge import Entity, Group, Knowledge
from kejian.corpus.normalize import searchable

MOST_SUGGESTIONS = 4


def examples(knowledge: Knowledge, most: int) -> list[str]:
    """A comparison, an aspect, a structure, a duty: one of each kind while the library has them."""
    kinds = [
        list(dict.fromkeys(kind))
        for kind in (_comparisons(knowledge), _aspects(knowledge), _structures(knowledge), _units(knowledge))
    ]
    found: list[str] = []
    for rank in range(most):
        found += [kind[rank] for kind in kinds if rank < len(kind)]
    return list(dict.fromkeys(found))[:most]


def _comparisons(knowledge: Knowledge) -> list[str]:
    groups = sorted(knowledge.groups, key=lambda group: (len(group.members) > 4, -len(group.aspects)))
    return [f"{_joined(knowledge, group)}有什么区别？" for group in groups if len(group.members) <= 4]


def _joined(knowledge: Knowledge, group: Group) -> str:
    names = [knowledge.entities[member].short for member in group.members]
    return f"{'、'.join(names[:-1])}和{names[-1]}"


def _aspects(knowledge: Knowledge) -> list[str]:
    """Aspects in the deck's own words, advantages first."""
    asked = ("advantage", "drawback", "rationale", "risk")
    points = [p for p in knowledge.points if p.aspect.role in asked and _short(knowledge, p.entity)]
    return [
        f"{knowledge.entities[point.entity].short}有哪些{knowledge.terms.without_mark(point.fact.aspect)}？"
        for point in sorted(points, key=lambda point: asked.index(point.aspect.role))
    ]


def _short(knowledge: Knowledge, entity: int) -> bool:
    return len(knowledge.entities[entity].short) <= 12


def _structures(knowledge: Knowledge) -> list[str]:
    sizes = sorted(knowledge.under.items(), key=lambda item: -len(item[1]))
    return [f"{knowledge.entities[entity].short}下设哪些部门？" for entity, edges in sizes if len(edges) > 1]


def _units(knowledge: Knowledge) -> list[str]:
    return [
        f"{knowledge.entities[point.entity].short}负责什么？"
        for point in knowledge.points
        if point.aspect.role == "duty" and _short(knowledge, point.entity)
    ]


def suggestions(knowledge: Knowledge, draft: Draft, asked: str) -> tuple[str, ...]:
    """What may be asked next: other aspects of the subject, then the same of what stands beside it.

    After a question back, ``asked`` again with each name that may have been meant, in the order of ``covered``.
    """
    if draft.refusal and draft.refusal.reason == "ambiguous":
        return tuple(named(asked, draft.refusal.missing, name) for name in draft.refusal.covered)
    if not draft.about or len(draft.about) > 1:
        return ()
    subject = draft.about[0]
    answered = tuple(part.text for part in draft.parts if isinstance(part, Heading))
    found = dict.fromkeys((*_other_aspects(knowledge, subject, draft.kind), *_beside(knowledge, subject)))
    return tuple(question for question in found if not any(question in text for text in answered))[:MOST_SUGGESTIONS]


def _other_aspects(knowledge: Knowledge, subject: Entity, kind: Kind) -> list[str]:
    """Aspects as the deck writes them; an explanation has said them all."""
    points = knowledge.points_of.get(subject.id, []) if kind != "explain" else []
    written = {p.aspect: knowledge.terms.without_mark(p.fact.aspect) for p in reversed(points) if p.aspect.name}
    found = [f"{subject.short}的{name}" for aspect, name in reversed(written.items()) if aspect.role != "remark"]
    if subject.id in knowledge.under or subject.id in knowledge.charts_of:
        found.append(f"{subject.short}的组织结构")
    if subject.id in knowledge.above:
        found.append(f"{subject.short}隶属哪里")
    return found


def _beside(knowledge: Knowledge, subject: Entity) -> list[str]:
    group = knowledge.group_of(subject.id)
    if group is None or len(group.members) > 4:
        return []
    return [f"{_joined(knowledge, group)}的比较"]


def named(question: str, part: str, name: str) -> str:
    """``question`` with the whole ``name`` in place of the ``part`` of it that stands there in its searchable form.

    >>> named("支持部负责什么", "支持部", "技术支持部")
    '技术支持部负责什么'
    """
    for written in (question, searchable(question)):
        front, found, end = written.partition(part)
        if found:
            return f"{front}{name}{end}"
    return name
