"""Sets of entities a question speaks of without naming them: 「三种架构」, 「各部门」, 「第二种」."""

from __future__ import annotations

import numpy as np

from kejian.assistant.bounds import ROUNDING, bounds
from kejian.assistant.evidence import coverage
from kejian.assistant.group_signs import Numbers
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Group
from kejian.corpus.normalize import searchable

# A group is meant when its title, members or aspects answer to the question: one clear sign is enough.
ENOUGH = 1.0


def group_meant(inquiry: Inquiry) -> Group | None:
    """The group the question most probably speaks of, None where no sign points to one."""
    groups = inquiry.knowledge.groups
    fits = _fits(inquiry) if groups else np.zeros(1)
    best = int(fits.argmax())
    return groups[best] if fits[best] >= ENOUGH else None


def _fits(inquiry: Inquiry) -> Numbers:
    """How well each group answers to the question: its size, its aspects, its title and its members' names.

    Worked out only where it can be enough, and 0 elsewhere.
    """
    signs, asked = inquiry.knowledge.group_signs, {aspect.name for aspect in inquiry.aspects}
    words = [word for word in inquiry.words if word not in ("哪", "几")]
    kinds = _kinds_said(inquiry)
    general = inquiry.lexicon.cues.words_of("general_kinds")
    of_kind = signs.of_kind(kinds, general, 1.0 if inquiry.asks("which", "superlative") else 0.5)
    having = signs.having(asked)
    aspects = np.where(having == len(asked), 0.5, 0.0) if asked else np.zeros(len(of_kind))
    counted = np.where(signs.sizes == inquiry.reading.counted, 1.0, 0.0)
    most = bounds(signs.pairs, len(of_kind), words, inquiry.weights)
    titled = np.zeros(len(of_kind))
    for row in np.flatnonzero((most > ROUNDING) & (aspects + of_kind + most + counted >= ENOUGH)).tolist():
        titled[row] = coverage(words, signs.texts[row], inquiry.weights)
    found = aspects + (titled + of_kind)
    fits: Numbers = np.where(found > 0, found + counted, 0.0)
    return np.where(having > 0, fits, 0.0) if asked else fits


def members_by_part(inquiry: Inquiry) -> tuple[Entity, ...]:
    """「直管和店群」 for two types whose names hold these words: members of one group, each told by a word of its own.

    A word that stands for a type elsewhere may be any word of the deck; two of one group side by side are meant.
    """
    knowledge, text = inquiry.knowledge, inquiry.reading.text
    names = knowledge.names_side_by_side
    kept = {subject.id for subject in inquiry.reading.subjects}
    mentions = (mention for mention in inquiry.reading.mentions if mention.kind == "subject")
    named = {number: m.start for m in mentions if (number := int(str(m.value))) in kept}
    holding: dict[str, set[int]] = {}
    for word in inquiry.told_words:
        if len(word) > 1:
            rows = (row for row in names.pairs.holding(word).tolist() if word in names.spellings[row])
            holding[word] = {names.owners[row] for row in rows}
    best: dict[int, int] = {}
    near = {id(g): g for owners in holding.values() for o in owners for g in knowledge.groups_of.get(o, ())}
    for group in near.values():
        members = set(group.members)
        told = {member: at for member, at in named.items() if member in members}
        for word, owners in holding.items():
            own = [member for member in owners & members if _is_part(inquiry, word, member)]
            if len(own) == 1:
                told.setdefault(own[0], text.find(word))
        if len(told) > max(1, len(best)):
            best = told
    return tuple(knowledge.entities[member] for member in sorted(best, key=lambda member: best[member]))


def _is_part(inquiry: Inquiry, word: str, member: int) -> bool:
    """Whether the word stands for the member, and not for something else that begins so: 理事会 is no 理事长."""
    at = inquiry.reading.text.find(word)
    longer = inquiry.reading.text[at : at + len(word) + 1]
    name = searchable(inquiry.knowledge.entities[member].short)
    return longer == word or longer in name or not longer.isalnum() or not inquiry.knowledge.says(longer)


def _kinds_said(inquiry: Inquiry) -> list[str]:
    """Nouns for things of a kind that the question says as words of their own: not 组 in 组织形式."""
    said = inquiry.lexicon.cues.said(inquiry.reading.text, "kinds")
    return [kind for kind in said if not any(kind != other and kind in other for other in said)]


def content_beyond_kinds(inquiry: Inquiry) -> tuple[str, ...]:
    """The question's words without those that only name a kind of thing (架构, 模式)."""
    kinds = set(inquiry.lexicon.cues.intents["kinds"])
    said = _kinds_said(inquiry)  # 组织 in 组织方式 is no content either
    return tuple(word for word in inquiry.words if word not in kinds and not any(word in kind for kind in said))
