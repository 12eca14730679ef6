"""Who holds a post or heads a unit: a column 姓名 beside posts, a box with a person, the posts named after a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kejian.assistant.compose.listing import confidence_of, items
from kejian.assistant.draft import Draft
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Point
from kejian.corpus.normalize import searchable
from kejian.corpus.slide_words import SlideWords
from kejian.ingest.holders import HOLDER, held

DEPUTY = "副"
MOST = 4


def holder(inquiry: Inquiry) -> Draft | None:
    """The person that the subject's facts name; else those of the posts that are named after it (某部 → 某部部长)."""
    subject = inquiry.subject
    if subject is None:
        return None
    points = list(_people(inquiry, subject))
    for post in () if points else _posts_of(inquiry, subject):
        points += _people(inquiry, post)
    points = points or list(_named_with(inquiry, subject))
    if not points:
        return None
    said = items(inquiry, points[:MOST])
    about = tuple(dict.fromkeys(inquiry.knowledge.entities[point.entity] for point in points[:MOST]))
    return Draft("list", tuple(said), confidence_of(inquiry), about=about, why=f"担任的人：{subject.name}")


def _people(inquiry: Inquiry, entity: Entity) -> Iterator[Point]:
    words = SlideWords.bundled()
    for point in inquiry.knowledge.points_of.get(entity.id, ()):
        first = re.split(r"[,，、;；(（\s]", point.fact.text, maxsplit=1)[0]  # 「主任：陆某,1998年执业」
        named = words.is_person(point.fact.text) if point.aspect.name else words.is_person(first)
        if point.aspect.name == HOLDER or named:
            yield point


def _named_with(inquiry: Inquiry, subject: Entity) -> Iterator[Point]:
    """Facts elsewhere that are a post of the subject and a person: 「监控室主任 万某」 in a list of contacts."""
    spellings = [searchable(spelling) for spelling in subject.spellings if len(spelling) > 1]
    for point in inquiry.knowledge.points_beside(subject.spellings):
        found = held(point.fact.text)
        if found and any(searchable(found.name).startswith(spelling) for spelling in spellings):
            yield point


def _posts_of(inquiry: Inquiry, unit: Entity) -> list[Entity]:
    """Posts named after ``unit``; without the deputies where they are not asked for and there is another."""
    words, knowledge = SlideWords.bundled(), inquiry.knowledge
    spellings = [searchable(spelling) for spelling in unit.spellings]
    found = [
        entity
        for number in knowledge.containing(unit)
        if (entity := knowledge.entities[number])
        and any(searchable(entity.short).startswith(spelling) for spelling in spellings)
        and words.is_post(entity.short)
    ]
    if DEPUTY in inquiry.reading.text:
        return [post for post in found if DEPUTY in post.short] or found
    return [post for post in found if DEPUTY not in post.short] or found
