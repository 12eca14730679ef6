"""Sets of entities a question speaks of without naming them: 「三种架构」, 「各部门」, 「第二种」."""

from __future__ import annotations

from kejian.assistant.evidence import coverage
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Group
from kejian.assistant.reading import shared_ending
from kejian.corpus.normalize import searchable

# A group is meant when its title, members or aspects answer to the question: one clear sign is enough.
ENOUGH = 1.0


def group_meant(inquiry: Inquiry) -> Group | None:
    """The group the question most probably speaks of, None where no sign points to one."""
    scored = [(fit(inquiry, group), -position, group) for position, group in enumerate(inquiry.knowledge.groups)]
    best = max(scored, default=None, key=lambda item: item[:2])
    return best[2] if best and best[0] >= ENOUGH else None


def fit(inquiry: Inquiry, group: Group) -> float:
    """How well ``group`` answers to the question: its size, its aspects, its title and its members' names."""
    reading = inquiry.reading
    asked = {aspect.name for aspect in inquiry.aspects}
    if asked and not asked & set(group.aspects):
        return 0.0
    number = reading.counted
    aspects = 0.5 if asked and asked <= set(group.aspects) else 0.0
    signs = aspects + _likeness(inquiry, group)
    return signs + (1.0 if signs and number == len(group.members) else 0.0)


def _likeness(inquiry: Inquiry, group: Group) -> float:
    """Overlap of the question's words with the group's title and the ending its members share."""
    kinds = inquiry.lexicon.cues.said(inquiry.reading.text, "kinds")
    names = [searchable(inquiry.knowledge.entities[member].short) for member in group.members]
    ending = shared_ending(names)
    words = [word for word in inquiry.words if word not in ("哪", "几")]
    titled = coverage(words, searchable(group.name) + ending, inquiry.weights)
    if ending and any(kind.endswith(ending) or ending.endswith(kind) for kind in kinds):
        titled += 1.0
    elif kinds and (ending or any(kind in searchable(group.name) for kind in kinds)):
        titled += 1.0 if inquiry.asks("which", "superlative") else 0.5
    return titled


def content_beyond_kinds(inquiry: Inquiry) -> tuple[str, ...]:
    """The question's words without those that only name a kind of thing (架构, 模式)."""
    kinds = set(inquiry.lexicon.cues.intents["kinds"])
    return tuple(word for word in inquiry.words if word not in kinds)
