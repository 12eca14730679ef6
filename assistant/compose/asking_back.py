"""A name that several things share is asked back: 「您问的是甲中心，还是乙中心？」."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.assistant.compose.refusing import places_of, refusal
from kejian.assistant.draft import Draft
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity
from kejian.assistant.select import points_for

MOST = 8  # more than this is a whole list, which nobody wants read out as a question
MEANS_ALL = ("all", "which", "who", "compare", "count", "page", "children", "parent", "superlative", "choice")


def ask_back(inquiry: Inquiry, meant: Sequence[Entity]) -> Draft | None:
    """A question back where the only name in the question is the front or the end of several names of one kind."""
    name = only_name(inquiry)
    if not 1 < len(meant) <= MOST:
        return None
    names = [entity.short for entity in meant]
    text = f"“{name}”可以指几个对象。您问的是{'，还是'.join(names)}？"
    places = list({place.key: place for entity in meant for place in places_of(inquiry, entity)}.values())
    return refusal("ambiguous", text, name, inquiry, names, places)


def meant_by_part(inquiry: Inquiry) -> list[Entity]:
    """Whom the only name in the question may mean as a part of theirs: 「支持部」 of 技术支持部."""
    reading = inquiry.reading
    if inquiry.asks(*MEANS_ALL) or reading.counted or reading.ordinal or reading.subjects:
        return []
    name = only_name(inquiry)
    return _meant(inquiry, name) if name else []


def only_name(inquiry: Inquiry) -> str:
    """What the question names, when it names nothing else: the one word left over."""
    words = inquiry.reading.rest
    return words[0] if len(words) == 1 and len(words[0]) > 1 else ""


def _begins_or_ends(short: str, name: str) -> bool:
    return short.startswith(name) or short.endswith(name)


def _meant(inquiry: Inquiry, name: str) -> list[Entity]:
    """Things of one kind whose names begin or end with ``name``: those that have what is asked, else all of them."""
    knowledge = inquiry.knowledge
    shorts = knowledge.names_side_by_side
    rows = [row for row in shorts.rows_with(name) if shorts.spellings[row] != name]
    meant = [knowledge.entities[shorts.owners[row]] for row in rows if _begins_or_ends(shorts.spellings[row], name)]
    having = [e for e in meant if all(points_for(knowledge, e, aspect) for aspect in inquiry.aspects)]
    return having or meant
