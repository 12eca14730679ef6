"""Refusals that help: what is missing, what the material does say about the subject, and where to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kejian.assistant.answer import Nearest, Refusal, RefusalReason
from kejian.assistant.compose.quoting import nearest_places
from kejian.assistant.draft import Draft, Statement
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Place, Point
from kejian.assistant.select import all_points, by_aspect, points_for

WELCOME = (
    "您好，我根据资料库里的课件回答问题，每句话都注明出处。您可以问某个部门的职责、某种架构的优缺点，或比较几个对象。"
)
NEAR = 2.7  # standard deviations above the mean of all facts: few questions beside the subject come so near
MOST_NEAR = 3
MOST_SAID, NEAR_ENOUGH_TO_SAY = 2, 2.0  # facts quoted in a refusal, and how near they must be
OUTSIDE = "这件事不在我的职责之内：我只根据资料库里的课件回答问题。您可以问课件里的部门、职责、流程、优缺点等内容。"
THANKS = "不客气。还想了解课件里的什么内容，直接问就行。"


AMOUNT = re.compile(r"(?:有|是|为|需要)?(?:(?:多少|几)\w{1,2}|多久|多长时间|什么时候|何时|哪一?年)")


def small_talk(inquiry: Inquiry) -> Draft | None:
    """A greeting or thanks gets a friendly line; it is no question about the material."""
    if inquiry.asks("outside") and not inquiry.reading.subjects and not inquiry.aspects:
        return refusal("out_of_scope", OUTSIDE, "", inquiry, ())
    if inquiry.reading.subjects or inquiry.aspects:
        return None
    if inquiry.words and not (inquiry.asks("about_me") and not any(map(inquiry.weights.known, inquiry.words))):
        return None
    if inquiry.asks("thanks"):
        return refusal("out_of_scope", THANKS, "", inquiry, ())
    if inquiry.asks("greetings", "about_me"):
        return refusal("out_of_scope", WELCOME, "", inquiry, ())
    return None


def aspect_missing(inquiry: Inquiry) -> Draft | None:
    """The subject is known, but the material says nothing of what is asked about it."""
    subject = inquiry.subject
    if subject is None:
        return None
    asked = _asked(inquiry)
    covered = covered_of(inquiry, subject)
    places = places_of(inquiry, subject)
    where = "、".join(f"第 {number} 页" for number in dict.fromkeys(place.slide.number for place in places[:3]))
    if any(point.aspect.role != "remark" for point in all_points(inquiry.knowledge, subject)):
        known = f"关于{subject.name}，材料写到的有：{'、'.join(covered)}。"
        text = f"材料没有写{subject.name}{asked}。{known}{_elsewhere(inquiry, subject)}"
    else:
        text = f"{subject.name}在{where}出现，但材料没有写它{asked}。{_elsewhere(inquiry, subject)}"
    return refusal("not_in_material", text, asked.removeprefix("的"), inquiry, covered, places)


def silent_about(inquiry: Inquiry) -> Draft:
    """Of subjects to be compared the material says nothing under the aspects chosen: what it does say of each."""
    subjects = inquiry.reading.subjects
    names, asked = "、".join(subject.short for subject in subjects), "、".join(a.name for a in inquiry.aspects)
    covered = [f"{s.short}的{said}" for s in subjects for said in covered_of(inquiry, s)]
    places = [place for subject in subjects for place in places_of(inquiry, subject)]
    missing = f"{names}{_asked(inquiry)}" if asked else f"{names}可以比较的方面"
    known = f"材料写到的有：{'、'.join(covered)}。" if covered else ""
    return refusal("not_in_material", f"材料没有写{missing}。{known}", missing, inquiry, covered, places)


def _asked(inquiry: Inquiry) -> str:
    """What the question wants to know of its subject: an aspect, or its own words (「有多少人」, 「“办公地点”」)."""
    if inquiry.aspects:
        return "的" + "、".join(aspect.name for aspect in inquiry.aspects)
    if inquiry.asks("person"):
        return "是谁"
    amount = AMOUNT.search(inquiry.reading.text) if inquiry.asks("quantity") else None
    if amount:
        return amount.group()
    return f"与“{''.join(inquiry.reading.rest)}”有关的内容" if inquiry.reading.rest else "这方面的内容"


def _elsewhere(inquiry: Inquiry, subject: Entity) -> str:
    """Who does have what was asked for: 「写明选择理由的是…」."""
    if not inquiry.aspects:
        return ""
    aspect = inquiry.aspects[0]
    keys = {place.key for place in places_of(inquiry, subject)}
    there = sorted((p for key in keys for p in inquiry.knowledge.points_on.get(key, ())), key=lambda p: p.number)
    others = dict.fromkeys(
        inquiry.knowledge.entities[point.entity].short
        for point in there
        if point.aspect.role == aspect.role and point.aspect.role != "other"
    )
    others.pop(subject.short, None)
    return f"材料写了{aspect.name}的是：{'、'.join(list(others)[:6])}。" if others else ""


def covered_of(inquiry: Inquiry, subject: Entity) -> list[str]:
    """What the material does say about ``subject``: aspects with counts, place in the structure."""
    covered = [
        f"{aspect.name or '要点'}（{len(points)} 项）"
        for aspect, points in by_aspect(all_points(inquiry.knowledge, subject))
    ]
    if subject.id in inquiry.knowledge.under or subject.id in inquiry.knowledge.charts_of:
        covered.append("组织结构")
    if subject.id in inquiry.knowledge.above:
        covered.append("隶属关系")
    return covered


def places_of(inquiry: Inquiry, subject: Entity) -> list[Place]:
    """Slides that speak of ``subject``."""
    knowledge = inquiry.knowledge
    places = [point.place for point in all_points(knowledge, subject)]
    places += [edge.place for edge in (*knowledge.above.get(subject.id, []), *knowledge.under.get(subject.id, []))]
    places = places or [place for place, _ in knowledge.mentions(subject)]
    return list({place.key: place for place in places}.values())


def unknown_name(inquiry: Inquiry, name: str) -> Draft:
    """A unit or type is named that the material does not have; those of its kind that it has are listed."""
    kin = inquiry.knowledge.ending_in.get(name[-1], [])
    names = list(dict.fromkeys(entity.short for entity in kin))[:8]
    known = f"材料里写到的有：{'、'.join(names)}。" if names else ""
    places = places_of(inquiry, kin[0]) if kin else nearest_places(inquiry)
    return refusal("not_in_material", f"材料里没有“{name}”。{known}", name, inquiry, names, places)


def nearest_points(inquiry: Inquiry) -> list[Point]:
    """Facts near the question in meaning though no word of it need stand in them: where to look, no answer."""
    near = ((inquiry.z_of(point), -point.number, point) for point in inquiry.near_points)
    ranked = sorted((z, number, point) for z, number, point in near if z >= NEAR)
    return [point for *_, point in ranked[::-1]][:MOST_NEAR]


def _topics(points: Iterable[Point]) -> list[str]:
    """What the points are about, each a question that has an answer: 「呼叫中心的职责」."""
    return list(
        dict.fromkeys(f"{p.fact.subject}的{p.fact.aspect}" if p.fact.aspect else p.fact.subject for p in points)
    )


def _nearest_said(inquiry: Inquiry) -> str:
    """The nearest facts in the material's own words: no answer, but what the reader may have meant."""
    points = sorted(inquiry.near_points, key=lambda point: -inquiry.z_of(point))[:MOST_SAID]
    said = dict.fromkeys(
        f"第 {p.place.slide.number} 页“{p.fact.text}”" for p in points if inquiry.z_of(p) >= NEAR_ENOUGH_TO_SAY
    )
    return f"相近的原文：{'；'.join(said)}。" if said else ""


def not_found(inquiry: Inquiry) -> Draft:
    """Nothing in the material bears the question out."""
    missing = "".join(inquiry.reading.rest) or inquiry.reading.text
    near_points = nearest_points(inquiry)
    places = list({p.place.key: p.place for p in near_points}.values()) or nearest_places(inquiry)
    topics = _topics(near_points) or [place.slide.title for place in places if place.slide.title]
    near = f"最接近的内容是：{'、'.join(topics)}。" if topics else ""
    near += _nearest_said(inquiry)
    return refusal("not_in_material", f"材料里没有找到关于“{missing}”的内容。{near}", missing, inquiry, topics, places)


def false_premise(inquiry: Inquiry, said: str, missing: str, covered: Sequence[str], places: Iterable[Place]) -> Draft:
    """The question takes for granted what the material does not say."""
    return refusal("false_premise", said, missing, inquiry, covered, list(places))


def ordinal_beyond(inquiry: Inquiry, subject: Entity) -> Draft | None:
    """「第四个缺点」 where the material lists three."""
    number = inquiry.reading.ordinal
    if number is None or not inquiry.aspects:
        return None
    aspect = inquiry.aspects[0]
    points = points_for(inquiry.knowledge, subject, aspect)
    if not points or number <= len(points):
        return None
    said = f"材料只列出{subject.name}的 {len(points)} 项{aspect.name}，没有第 {number} 项。"
    places = [point.place for point in points]
    return false_premise(inquiry, said, f"第 {number} 项{aspect.name}", [f"{aspect.name}（{len(points)} 项）"], places)


def refusal(
    reason: RefusalReason,
    text: str,
    missing: str,
    inquiry: Inquiry,
    covered: Sequence[str],
    places: Sequence[Place] = (),
) -> Draft:
    """A refusal that points to at most three slides."""
    nearest = {
        place.key: Nearest(place.deck.id, place.slide.number, place.deck.title, place.slide.title) for place in places
    }
    reasons = Refusal(reason, tuple(covered), missing, tuple(nearest.values())[:3])
    confidence = 0.9 if inquiry.subject or reason != "not_in_material" else 0.8
    about = inquiry.reading.subjects[:1]
    return Draft("refusal", (Statement(text, ()),), confidence, refusal=reasons, about=about, why=f"拒答：{reason}")
