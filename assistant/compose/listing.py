"""Answers that list facts: one subject under one or more aspects, and everything about a subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kejian.assistant.draft import Draft, Heading, Statement
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Aspect, Edge, Entity, Point, Source
from kejian.assistant.select import all_points, by_aspect, points_for, text_coverage
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase

LATIN_NAME = re.compile(r"[a-z0-9&/+-]+")
NAMED = 0.5  # share of the question's further words that singles facts out
UNLABELLED = ("duty", "procedure", "definition", "feature")  # roles that points without an aspect may have
MOST_UNLABELLED = 10
EXACT, FUZZY = 0.95, 0.8  # confidence of an answer read off facts: name as written, or one character off


def list_aspects(inquiry: Inquiry) -> Draft | None:
    """``subject`` × ``aspects``: the facts, as items under one heading an aspect."""
    subject = inquiry.subject
    if subject is None or not inquiry.aspects:
        return None
    found = [(aspect, _chosen(inquiry, points_for(inquiry.knowledge, subject, aspect))) for aspect in inquiry.aspects]
    parts: list[Statement | Heading] = [*_count_note(inquiry, found)]
    for aspect, points in found:
        if points:
            parts += aspect_part(inquiry, subject, aspect, points)
    if not any(points for _, points in found):
        return None
    parts += inference_note([point for _, points in found for point in points], inquiry.knowledge.terms)
    return Draft("list", tuple(parts), confidence_of(inquiry), about=(subject,), why=f"事实：{subject.name} × 方面")


def list_unlabelled(inquiry: Inquiry) -> Draft | None:
    """What is said of the subject under no aspect, where what it does or what belongs to it is asked.

    A slide that lists 统一报价, 客户回访 under a unit's name says what the unit does, without the word 职责.
    """
    subject = inquiry.subject
    general = all(role in UNLABELLED for role in inquiry.reading.roles)
    if subject is None or not general or not (inquiry.aspects or inquiry.asks("all", "which", "how")):
        return None
    own = inquiry.knowledge.points_of.get(subject.id, [])
    points = [point for point in own if not point.aspect.name]
    if not points or len(points) > MOST_UNLABELLED or not _all_known(inquiry):
        return None
    asked = "、".join(aspect.name for aspect in inquiry.aspects)
    said = f"（材料没有写明是“{asked}”）" if asked else ""
    parts: list[Statement | Heading] = [Heading(f"{subject.short}的要点{said}"), *items(inquiry, points, subject)]
    parts += inference_note(points, inquiry.knowledge.terms)
    return Draft("list", tuple(parts), FUZZY - 0.1, about=(subject,), why=f"未分方面的要点：{subject.name}")


def _all_known(inquiry: Inquiry) -> bool:
    """Whether the library says every further word of the question, or another for it."""
    weights = inquiry.weights
    return all(weights.known(word) or weights.other_words(word) for word in inquiry.words)


def _count_note(inquiry: Inquiry, found: Sequence[tuple[Aspect, Sequence[Point]]]) -> list[Statement]:
    """「四个优点分别是什么」 where the material lists three: said before they are listed."""
    counted = inquiry.reading.counted
    if counted is None or len(found) != 1 or len(found[0][1]) in (0, counted):
        return []
    aspect, points = found[0]
    sources = tuple(point.source for point in points)
    return [Statement(f"材料列出的{aspect.name}是 {len(points)} 项，不是 {counted} 项。", sources)]


def _chosen(inquiry: Inquiry, points: list[Point]) -> list[Point]:
    """The one asked for by number, those that speak of the question's other words, else all."""
    number = inquiry.reading.ordinal
    if number is not None and 0 < number <= len(points):
        return [points[number - 1]]
    close = [point for point in points if text_coverage(point, inquiry.words, inquiry.weights) >= NAMED]
    return close or points


def aspect_part(
    inquiry: Inquiry, subject: Entity, aspect: Aspect, points: Sequence[Point]
) -> list[Statement | Heading]:
    """A heading that names subject and aspect (as asked), and an item a fact."""
    count = f"（{len(points)} 项）" if len(points) > 1 else ""
    written = inquiry.knowledge.terms.without_mark(points[0].fact.aspect)
    asked = f"{aspect.name}（材料称“{written}”）" if points[0].aspect.role != aspect.role else written or aspect.name
    return [Heading(f"{subject.short}的{asked}{count}"), *items(inquiry, points, subject)]


def items(inquiry: Inquiry, points: Iterable[Point], subject: Entity | None = None) -> list[Statement]:
    """An item a fact; the fact's own subject is said where it is not the one asked about."""
    statements = []
    for point in points:
        other = subject is None or point.entity != subject.id
        lead = f"{point.fact.subject}：" if other else ""
        statements.append(Statement(f"{lead}{point.fact.text}", (point.source,), item=True))
    return statements


def explain(inquiry: Inquiry) -> Draft | None:
    """Everything about the subject in a fixed readable order."""
    subject = inquiry.subject
    if subject is None:
        return None
    points = all_points(inquiry.knowledge, subject)
    parts: list[Statement | Heading] = [*place_in_structure(inquiry, subject)]
    for aspect, group in by_aspect(points):
        parts += _explained(inquiry, subject, aspect, group)
    if not parts:
        return None
    parts += inference_note(points, inquiry.knowledge.terms)
    return Draft("explain", tuple(parts), confidence_of(inquiry), about=(subject,), why=f"说明：{subject.name}")


def _explained(inquiry: Inquiry, subject: Entity, aspect: Aspect, points: Sequence[Point]) -> list[Statement | Heading]:
    listed = items(inquiry, points, subject if _is_named(inquiry, subject) else None)
    return [Heading(aspect.name), *listed] if aspect.name else list(listed)


def _is_named(inquiry: Inquiry, subject: Entity) -> bool:
    """Whether the question calls the subject by its name; one asked for as KYC has to be said."""
    return not any(LATIN_NAME.fullmatch(spelling) and spelling in inquiry.reading.text for spelling in _folded(subject))


def _folded(subject: Entity) -> list[str]:
    return [searchable(spelling) for spelling in subject.spellings if spelling not in (subject.name, subject.short)]


def place_in_structure(inquiry: Inquiry, subject: Entity) -> list[Statement]:
    """Under whom the subject stands and what stands under it, a sentence each."""
    knowledge = inquiry.knowledge
    statements = []
    for edge in _one_per_parent(knowledge.above.get(subject.id, [])):
        sources = (Source(edge.place, edge.relation.parent_start, edge.relation.parent_end), edge.source)
        where = knowledge.terms.without_mark(edge.relation.path[-1] if edge.relation.path else edge.place.slide.title)
        parent = knowledge.entities[edge.parent].name
        statements.append(Statement(f"{subject.name}隶属{parent}（见“{where}”）。", sources))
    below = _in_one_chart(knowledge.under.get(subject.id, []))
    if below:
        names = "、".join(edge.relation.child for edge in below)
        statements.append(Statement(f"{subject.name}下设{names}。", tuple(edge.source for edge in below)))
    return statements


def _in_one_chart(edges: Sequence[Edge]) -> list[Edge]:
    """The edges of the chart to trust most: one that is no inference, then the largest."""
    charts: dict[tuple[object, ...], list[Edge]] = {}
    for edge in edges:
        charts.setdefault((edge.place.key, edge.relation.path, edge.relation.chain), []).append(edge)
    return max(charts.values(), key=lambda chart: (not chart[0].relation.inferred, len(chart)), default=[])


def _one_per_parent(edges: Sequence[Edge]) -> list[Edge]:
    return list({(edge.parent, edge.place.slide.number): edge for edge in reversed(edges)}.values())[::-1]


def inference_note(points: Sequence[Point], terms: TermBase) -> list[Statement]:
    """Sentences saying which of the facts are inference, the editor's or from a layout that is lost, cited to them."""
    inferred = [point for point in points if point.fact.inferred]
    marked = [point for point in inferred if terms.is_inferred(point.place.slide.source)]
    lost = [point for point in inferred if point not in marked]
    notes = ((marked, "在课件中标为编者推断，原材料没有写明。"), (lost, "的归属是按所在的页推断的，原件的版式已丢失。"))
    return [
        Statement(f"注：{_which(found, points)}{said}", tuple(point.source for point in found))
        for found, said in notes
        if found
    ]


def _which(found: Sequence[Point], points: Sequence[Point]) -> str:
    return "以上内容" if len(found) == len(points) else f"以上有 {len(found)} 项"


def confidence_of(inquiry: Inquiry) -> float:
    return EXACT if inquiry.reading.exact else FUZZY
