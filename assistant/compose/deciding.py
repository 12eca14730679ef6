"""Yes or no, where the material decides the question: a claim checked, or a word in front of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kejian.assistant.claim import claim_of, verdict_of, word_for
from kejian.assistant.compose.looking_up import best_points
from kejian.assistant.draft import Draft, Statement
from kejian.assistant.gate import NAMED as NAMED_SUBJECT
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity
from kejian.assistant.select import Scored, likely_points
from kejian.ingest.wording import CROSS

DECIDABLE = ("lookup", "passage")


def decided(inquiry: Inquiry, draft: Draft) -> Draft:
    """``draft`` with 「可以」, 「不是」 or the like in front of the statement that decides a yes/no question."""
    claim = claim_of(inquiry)
    single = sum(isinstance(part, Statement) for part in draft.parts) == 1
    if not (draft.kind in DECIDABLE or (draft.kind == "list" and single)):
        return draft
    if not inquiry.asks("yesno") or not claim.words:
        return draft
    for number, part in enumerate(draft.parts):
        if not isinstance(part, Statement) or not part.sources:
            continue
        verdict = verdict_of(inquiry, claim, part.sources[0].quote)
        if verdict is not None:
            said = Statement(f"{word_for(inquiry, verdict)}，材料写明：{part.text}", part.sources)
            rest = (*draft.parts[:number], *draft.parts[number + 1 :])
            return replace(draft, parts=(said, *rest), why=f"{draft.why}；是非：{'是' if verdict else '否'}")
    return draft


def check_claim(inquiry: Inquiry) -> Draft | None:
    """A yes/no question about a named unit and a duty: confirmed, or corrected by who really has it."""
    subject, words = inquiry.subject, inquiry.words
    speaks = words and (inquiry.aspects or any(len(word) > 1 for word in words))  # 「要不要查」 says too little
    if subject is None or not speaks or not inquiry.asks("yesno"):
        return None
    roles = {aspect.role for aspect in inquiry.aspects} or {"duty"}
    likely = likely_points(inquiry.knowledge, words, inquiry.weights, NAMED_SUBJECT.least_lexical)
    pool = [point for point in likely if point.aspect.role in roles]
    best = best_points(inquiry, pool, words)
    if not best:
        return None
    named = {entity.id: entity for entity in inquiry.reading.subjects}
    own = [scored for scored in best if scored.point.entity in named]
    if own:
        return _confirmed(inquiry, named[own[0].point.entity], own)
    return _corrected(inquiry, _claimed(inquiry), best)


def _claimed(inquiry: Inquiry) -> Entity:
    """Whose it is said to be: 「…是甲的优点吗」 names several things, of which 甲 has such facts."""
    roles, points_of = set(inquiry.reading.roles) or {"duty"}, inquiry.knowledge.points_of
    having = [s for s in inquiry.reading.subjects if roles & {p.aspect.role for p in points_of.get(s.id, [])}]
    return having[-1] if having else inquiry.reading.subjects[0]


def _confirmed(inquiry: Inquiry, subject: Entity, own: Sequence[Scored]) -> Draft:
    point = own[0].point
    crossed = CROSS.match(point.fact.text) is not None  # a cell of a table that says no
    holds = not crossed and verdict_of(inquiry, claim_of(inquiry), point.fact.text) is not False
    word = word_for(inquiry, holds) if not holds else "是的"
    verdict = "" if point.aspect.role == "remark" else f"{word}，"  # a remark says under what condition, not yes or no
    said = Statement(f"{verdict}材料写明{subject.name}的{point.aspect.name}包括：{point.fact.text}", (point.source,))
    why = f"核对说法：{'属实' if holds else '不符'}"
    return Draft("lookup", (said,), 0.9, about=(subject,), why=why)


def _corrected(inquiry: Inquiry, subject: Entity, best: Sequence[Scored]) -> Draft:
    point = best[0].point
    owner = inquiry.knowledge.entities[point.entity]
    what = "职责" if point.aspect.role == "duty" else point.aspect.name
    said = Statement(
        f"不是。材料中这是{point.fact.subject}的{what}，不是{subject.name}的：{point.fact.text}", (point.source,)
    )
    return Draft("lookup", (said,), 0.85, about=(owner,), why="核对说法：不符")
