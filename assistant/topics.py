"""Topics a question paraphrases without naming: 「新架构」 for a slide on the 「营销中心新组织架构」."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kejian.assistant.bounds import bounds
from kejian.assistant.evidence import coverage
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity
from kejian.corpus.normalize import searchable
from kejian.index.grams import pairs_of

# The question's words must be in the name to this share, and the name's characters in the question to that one.
WORDS_IN_NAME = 0.7
NAME_IN_WORDS = 0.25


def soft_subjects(inquiry: Inquiry, words: Sequence[str]) -> list[Entity]:
    """The entities whose names bear out ``words`` well enough, best first."""
    if not words:
        return []
    knowledge, names = inquiry.knowledge, inquiry.knowledge.names
    said = bounds(names.pairs, len(names.spellings), words, inquiry.weights)
    likely = dict.fromkeys(names.owners[row] for row in np.flatnonzero(said >= WORDS_IN_NAME).tolist())
    spoken_of = (knowledge.points_of, knowledge.points_within, knowledge.charts_of, knowledge.under)
    known = (number for number in likely if any(number in having for having in spoken_of))
    scored = ((_fit(inquiry, knowledge.entities[number], words), number) for number in known)
    ranked = sorted((item for item in scored if item[0] > 0), key=lambda item: (-item[0], item[1]))
    return [knowledge.entities[number] for _, number in ranked]


def _fit(inquiry: Inquiry, entity: Entity, words: Sequence[str]) -> float:
    """How well the name and the words bear each other out; 0 where either falls short."""
    best = 0.0
    for spelling in entity.spellings:
        name = searchable(spelling)
        covered = coverage(words, name, inquiry.weights)
        if covered < WORDS_IN_NAME:
            continue
        asked = "".join(words)
        pairs = pairs_of(name)
        share = sum(any(c in asked for c in pair) for pair in pairs) / len(pairs)
        if share >= NAME_IN_WORDS:
            best = max(best, covered + share)
    return best
