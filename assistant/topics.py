"""Topics a question paraphrases without naming: 「新架构」 for a slide on the 「营销中心新组织架构」."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.assistant.evidence import coverage, grams
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity
from kejian.corpus.normalize import searchable

# The question's words must be in the name to this share, and the name's characters in the question to that one.
WORDS_IN_NAME = 0.7
NAME_IN_WORDS = 0.25


def soft_subject(inquiry: Inquiry, words: Sequence[str] = (), other_than: Entity | None = None) -> Entity | None:
    """The entity whose name bears out ``words`` (else the question's) best, None where none does well enough."""
    words = words or inquiry.words
    if not words:
        return None
    knowledge = inquiry.knowledge
    known = dict.fromkeys((*knowledge.points_of, *knowledge.points_within, *knowledge.charts_of, *knowledge.under))
    if other_than:
        known.pop(other_than.id, None)
    scored = [(_fit(inquiry, knowledge.entities[number], words), -number, number) for number in known]
    best = max(scored, default=(0.0, 0, 0))
    return knowledge.entities[best[2]] if best[0] > 0 else None


def _fit(inquiry: Inquiry, entity: Entity, words: Sequence[str]) -> float:
    """How well the name and the words bear each other out; 0 where either falls short."""
    best = 0.0
    for spelling in entity.spellings:
        name = searchable(spelling)
        covered = coverage(words, name, inquiry.weights)
        if covered < WORDS_IN_NAME:
            continue
        asked = "".join(words)
        pairs = grams(name)
        share = sum(any(c in asked for c in pair) for pair in pairs) / len(pairs)
        if share >= NAME_IN_WORDS:
            best = max(best, covered + share)
    return best
