"""What a question takes for granted, held against the material: 「为什么…那么好」 where the material says 缺乏."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kejian.assistant.amounts import amounts
from kejian.assistant.claim import Claim, claim_of
from kejian.assistant.compose.looking_up import best_points
from kejian.assistant.compose.refusing import false_premise
from kejian.assistant.draft import Draft
from kejian.assistant.evidence import coverage
from kejian.assistant.gate import NAMED as NAMED_SUBJECT
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Knowledge, Place, Point
from kejian.assistant.polarity import clause_about, sign_of
from kejian.assistant.ranges import conflict
from kejian.assistant.select import likely_points, points_around
from kejian.corpus.normalize import searchable

LONGEST_VALUE = 16  # characters of a table's cell that may be a name or an amount


def contradicted(inquiry: Inquiry) -> Draft | None:
    """A question why or how that takes something for granted of which the material says otherwise."""
    roles = set(inquiry.reading.roles)
    if not roles <= {"rationale", "other"} or not ("rationale" in roles or inquiry.asks("how")):
        return None
    claim = claim_of(inquiry)
    checks: tuple[Callable[[Inquiry, Claim], Draft | None], ...] = (_misplaced, _of_another, _not_its_duty, _opposite)
    return next((draft for draft in (check(inquiry, claim) for check in checks) if draft), None)


def _misplaced(inquiry: Inquiry, claim: Claim) -> Draft | None:
    """「甲车间为什么归乙部管」 of a unit that stands under another."""
    unit, knowledge = inquiry.subject, inquiry.knowledge
    if unit is None or not _says(claim.text, "placed", inquiry):
        return None
    edges = knowledge.above.get(unit.id, [])
    within = knowledge.names.within(inquiry.reading.text)
    named = [knowledge.entities[number] for number in knowledge.under if number in within and number != unit.id]
    claimed = max(named, key=lambda entity: len(entity.short), default=None)
    if not edges or claimed is None or claimed.id in _above(knowledge, unit):
        return None
    parents = "、".join(dict.fromkeys(edge.relation.parent for edge in edges))
    said = f"问题里的说法与材料不符：材料中{unit.short}隶属{parents}，不隶属{claimed.short}。"
    asked = f"{unit.short}隶属{claimed.short}"
    return false_premise(inquiry, said, asked, [f"{unit.short}的隶属关系"], [edges[0].place])


def _above(knowledge: Knowledge, unit: Entity) -> set[int]:
    """Everything ``unit`` stands under, however far."""
    found: set[int] = set()
    wanted = [unit.id]
    while wanted:
        parents = {edge.parent for edge in knowledge.above.get(wanted.pop(), [])} - found
        found |= parents
        wanted += parents
    return found


def _of_another(inquiry: Inquiry, claim: Claim) -> Draft | None:
    """A value or an amount that the material gives for something else in the same column, not for this subject."""
    cues = inquiry.lexicon.cues
    for own in inquiry.knowledge.points_of.get(inquiry.subject.id, []) if inquiry.subject else []:
        value, head = searchable(own.fact.text), searchable(own.fact.aspect)
        about = coverage(claim.words, f"{head}{value}", inquiry.weights)
        given = value if amounts(value, cues) else f"{value}{head[:1]}"  # 人数: 2
        bare = all(
            len(word) == 1 for word in claim.words
        )  # 「要排5个人」: a verb at most, the amount says what is meant
        if conflict(claim.text, given, cues) and (about > 0 or bare):
            return _otherwise(inquiry, claim, own)
        if value not in claim.text and any(v in claim.text and v not in value for v in _others(inquiry, own)):
            return _otherwise(inquiry, claim, own)
    return None


def _others(inquiry: Inquiry, own: Point) -> Iterator[str]:
    """Short values that other subjects on the slide have under the aspect of ``own``."""
    for point in inquiry.knowledge.points_on[own.place.key] if own.aspect.name else []:
        if point.aspect == own.aspect and point.aspect.role == "other" and point.entity != own.entity:
            value = searchable(point.fact.text)
            if 1 < len(value) <= LONGEST_VALUE:
                yield value


def _not_its_duty(inquiry: Inquiry, claim: Claim) -> Draft | None:
    """「为什么由甲组处理…」 of what is another's duty."""
    subject = inquiry.subject
    if subject is None or not claim.words or not _says(claim.text, "owned", inquiry):
        return None
    likely = likely_points(inquiry.knowledge, claim.words, inquiry.weights, NAMED_SUBJECT.least_lexical)
    duties = [point for point in likely if point.aspect.role == "duty"]
    best = best_points(inquiry, duties, claim.words)
    if not best or any(scored.point.entity == subject.id for scored in best):
        return None
    return _otherwise(inquiry, claim, best[0].point)


def _opposite(inquiry: Inquiry, claim: Claim) -> Draft | None:
    """「为什么投资那么小」 where the material says that it is large."""
    pool = points_around(inquiry.knowledge, inquiry.subject) if inquiry.subject else inquiry.near_points
    against = _against(claim, pool, inquiry) if claim.words else []
    return _otherwise(inquiry, claim, against[0]) if against else None


def _against(claim: Claim, pool: Sequence[Point], inquiry: Inquiry) -> list[Point]:
    """Facts that speak of what is claimed and say the opposite; none where another one bears the claim out."""
    cues, found = inquiry.lexicon.cues, []
    for point in pool:
        clause = clause_about(point.fact.text, claim.words, inquiry.weights)
        if clause and sign_of(clause, cues) == sign_of(claim.text, cues):
            return []
        found += [point] if clause else []
    return found


def _otherwise(inquiry: Inquiry, claim: Claim, point: Point) -> Draft:
    name = inquiry.knowledge.entities[point.entity].short
    about = f"{name}的{point.aspect.name}" if point.aspect.name else name
    said = f"问题里的说法与材料不符。关于{about}，材料写的是：“{point.fact.text}”（第 {point.place.slide.number} 页）。"
    places: list[Place] = [point.place]
    return false_premise(inquiry, said, claim.text, [about], places)


def _says(text: str, group: str, inquiry: Inquiry) -> bool:
    return bool(inquiry.lexicon.cues.said(text, group))
