"""A subject that is described and not named: 「人都待在一个基地,有什么坏处」 asks for the drawbacks of 集中值守."""

from __future__ import annotations

from collections.abc import Iterator

from kejian.assistant.gate import MOST_Z
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Point
from kejian.assistant.select import points_for, text_coverage
from kejian.corpus.terms import Role

# Aspects of which a deck sets several subjects side by side; of others the best fact itself is the answer.
WEIGHED: frozenset[Role] = frozenset({"advantage", "drawback", "risk"})
NEAREST = 12  # facts looked at
LEAST = 0.45  # how well the best of them fits, words and nearness together (see ``_fit``)
AHEAD = 0.04  # by which the subject must lead any other that has the aspect


def described_subject(inquiry: Inquiry) -> Entity | None:
    """The one subject that has what is asked for and that the question's other words describe best."""
    if inquiry.subject is not None or not inquiry.words:
        return None
    if not inquiry.aspects or any(aspect.role not in WEIGHED for aspect in inquiry.aspects):
        return None
    best: dict[int, float] = {}
    for point in sorted(_near(inquiry), key=lambda point: -_fit(inquiry, point))[:NEAREST]:
        for entity in _owners(inquiry, point):
            best.setdefault(entity.id, _fit(inquiry, point))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD):
        return None
    return inquiry.knowledge.entities[ranked[0][0]]


def _near(inquiry: Inquiry) -> Iterator[Point]:
    found = dict.fromkeys(inquiry.near_points)
    for hit in inquiry.hits[:NEAREST]:
        found |= dict.fromkeys(inquiry.points_in(hit))
    return iter(found)


def _owners(inquiry: Inquiry, point: Point) -> Iterator[Entity]:
    """Whose fact it is, or under whose heading it stands, where that has the aspect asked for."""
    knowledge = inquiry.knowledge
    above = (knowledge.entity_named(heading) for heading in reversed(point.fact.path))
    title = knowledge.entity_named(point.place.slide.title)
    for entity in (knowledge.entities[point.entity], *above, title):
        if entity and any(points_for(knowledge, entity, aspect) for aspect in inquiry.aspects):
            yield entity
            return


def _fit(inquiry: Inquiry, point: Point) -> float:
    """Half by the words that the fact bears out, half by its nearness in meaning; 0 to 1."""
    return (text_coverage(point, inquiry.words, inquiry.weights) + min(inquiry.z_of(point), MOST_Z) / MOST_Z) / 2
