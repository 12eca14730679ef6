"""Looking up in reverse: from what is done, or from a property, to who does or has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice, takewhile

import numpy as np

from kejian.assistant.bounds import bounds
from kejian.assistant.compose.listing import inference_note
from kejian.assistant.draft import MOST_ANSWERS, Draft, Statement
from kejian.assistant.evidence import coverage
from kejian.assistant.gate import ANSWERED_FROM, NAMED_QUANTITY, UNNAMED, FactModel
from kejian.assistant.gate import NAMED as NAMED_SUBJECT
from kejian.assistant.groups import content_beyond_kinds, group_meant
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Aspect, Group, Knowledge, Point
from kejian.assistant.select import RELATED, Scored, points_around, points_naming, rank_points
from kejian.ingest.wording import is_question

# Further facts are answers too when they bear out this share of what the best one does, and are this near to it.
KEEP = 0.85
NEARLY_AS_NEAR = 1.6
MOST_UNKNOWN = 0.35  # of the weight of a question about an aspect may be words the library never says
NAMED = 0.6  # share of the question's words a unit's name must say
MOST = 6
MOST_LISTED = 60  # facts under an aspect, where nothing but the aspect is asked for
ELSEWHERE = 0.7  # share of the question's other words that a fact of something else must say
OWNED = ("duty", "remark", "other")
NUMERAL = r"[\d一二两三四五六七八九十百千万半]"
WORKING_DAY = ["工作日"]  # 「要几天」 is answered in them too
# What is counted in; behind 「多少」 anything else is what is counted.
MEASURE = re.compile(
    r"[个家天次套名户人位年月日点分元块条项种份页步级周岁倍成米字本册张辆台吨斤克度号%小平亩升层场节课门集期批轮]"
)
WHEN = re.compile("什么时候|何时|多会儿|几时")
TIME = re.compile(
    "当[日天]|次[日月年]|[月年季周][初底末]|[上中下]旬|随时|立即|期间|(?<=[完满束])后|之[前后]|以[前后]"
)  # no numeral
MONEY = re.compile("多少钱|几块钱|什么价|怎么收费")
NOTHING = re.compile("不[予再]?[收退付]|免[费收交]|[一全]律?[额免]退|全额")  # says how much without a numeral
HOW_MANY = re.compile(r"(?:多少|几)个?(\w)")


def look_up(inquiry: Inquiry) -> Draft | None:
    """Who does what the question describes: every fact that bears its words out, best first."""
    words = content_beyond_kinds(inquiry) or inquiry.words
    if not words:
        asked = candidates(inquiry, _under_aspects(inquiry)) if inquiry.aspects else []
        return as_lookup(inquiry, [Scored(point, 1.0, 0.8) for point in asked[:MOST_LISTED]]) if asked else None
    known = not inquiry.aspects or unknown_share(inquiry, words) <= MOST_UNKNOWN
    best = best_points(inquiry, candidates(inquiry, inquiry.near_points), words, UNNAMED) if known else []
    if not best and inquiry.aspects:
        best = _of_no_aspect(inquiry, words) or (_of_any_aspect(inquiry) if known else [])
    if not best and not known:
        return None
    group = group_meant(inquiry) if not best and inquiry.asks("which", "superlative") else None
    if group:
        best = best_points(inquiry, candidates(inquiry, _of_members(inquiry, group)), words, NAMED_SUBJECT)
    if best and inquiry.asks("which", "superlative"):
        best = _beside(inquiry, words, best)
    return as_lookup(inquiry, best) if best else None


def _of_members(inquiry: Inquiry, group: Group) -> list[Point]:
    """Facts of the members of ``group``, in reading order."""
    found = (point for member in group.members for point in inquiry.knowledge.points_of.get(member, ()))
    return sorted(found, key=lambda point: point.number)


def _beside(inquiry: Inquiry, words: Sequence[str], best: list[Scored]) -> list[Scored]:
    """With 「哪种…最快」, also what the others of its group say to it: evidence for every one, no verdict."""
    entity = best[0].point.entity
    group = inquiry.knowledge.group_of(entity)
    if group is None:
        return best
    found = {scored.point.entity: scored for scored in reversed(best)}
    for member in group.members:
        pool = candidates(inquiry, inquiry.knowledge.points_of.get(member, ()))
        own = best_points(inquiry, pool, words, NAMED_SUBJECT)
        if own and member not in found:
            found[member] = own[0]
    return sorted(found.values(), key=lambda scored: -scored.chance)


def as_lookup(inquiry: Inquiry, best: Sequence[Scored]) -> Draft:
    """The points found, each with whose it is."""
    knowledge = inquiry.knowledge
    parts: list[Statement] = []
    for scored in best:
        point = scored.point
        name = point.fact.subject
        aspect = f"的{point.aspect.name}" if point.aspect.name and point.aspect.role != "duty" else ""
        verb = "负责" if point.aspect.role == "duty" else ""
        separator = "：" if not verb or point.fact.text.startswith(verb) else f"{verb}："
        answers = _answers(knowledge, point)
        said = " ".join((point.fact.text, *(answer.fact.text for answer in answers)))
        sources = (point.source, *(answer.source for answer in answers))
        parts.append(Statement(f"{name}{aspect}{separator}{said}", sources, item=len(best) > 1))
    note = inference_note([scored.point for scored in best], knowledge.terms)
    about = tuple(dict.fromkeys(knowledge.entities[scored.point.entity] for scored in best))
    confidence = round(min(0.95, best[0].chance), 3)
    return Draft("lookup", (*parts, *note), confidence, about=about, why="反查：" + "、".join(inquiry.words))


def _answers(knowledge: Knowledge, point: Point) -> list[Point]:
    """What is said behind a fact that is a question, up to the next question: its answer."""
    if not is_question(point.fact.text):
        return []
    beside = knowledge.points_on[point.place.key]
    behind = (other for other in beside if other.fact.start >= point.fact.end and other.entity == point.entity)
    return list(takewhile(lambda other: not is_question(other.fact.text), islice(behind, MOST_ANSWERS)))


def unknown_share(inquiry: Inquiry, words: Sequence[str]) -> float:
    """Share of the words' weight that the library never says: 「吊装作业的有效期」 is not that of 高处作业."""
    total = sum(inquiry.weights.of(word) for word in words)
    return sum(inquiry.weights.of(word) for word in words if not inquiry.weights.known(word)) / total


def _of_no_aspect(inquiry: Inquiry, words: Sequence[str]) -> list[Scored]:
    """Facts that may be of the aspect asked about: a deck whose layout is lost does not say of what aspect they are."""
    roles = ("duty",) if inquiry.asks("who") else ()
    unsaid = [p for p in inquiry.near_points if not p.aspect.name or p.aspect.role in roles]
    return best_points(inquiry, unsaid, words, UNNAMED)


def _of_any_aspect(inquiry: Inquiry) -> list[Scored]:
    """Facts that say the aspect's name as a word among others: 「客户关系的特点」 in a list of duties."""
    return best_points(inquiry, inquiry.near_points, inquiry.all_words, UNNAMED)


def candidates(inquiry: Inquiry, points: Iterable[Point]) -> list[Point]:
    """Those of ``points`` a reverse question may mean: what one does or has when it asks who, the aspects asked."""
    pool = list(points)
    if inquiry.asks("who") and any(aspect.role in OWNED for aspect in inquiry.knowledge.points_under):
        pool = [point for point in pool if point.aspect.role in OWNED]
    if inquiry.aspects:
        answers = _answering(inquiry)
        pool = [point for point in pool if answers(point.aspect)]
    if inquiry.asks("quantity"):
        pool = [point for point in pool if gives_quantity(point.fact.text, inquiry)]
    return pool


def _under_aspects(inquiry: Inquiry) -> list[Point]:
    return inquiry.knowledge.points_where(_answering(inquiry))


def _answering(inquiry: Inquiry) -> Callable[[Aspect], bool]:
    """Whether what is said under an aspect answers a question for those asked about."""
    roles = {role for a in inquiry.aspects for role in (a.role, *RELATED.get(a.role, ()))} - {"other"}
    named = {aspect.name for aspect in inquiry.aspects}
    return lambda aspect: aspect.name in named or aspect.role in roles


def best_points(
    inquiry: Inquiry, points: Iterable[Point], words: Sequence[str], model: FactModel = NAMED_SUBJECT
) -> list[Scored]:
    """The points that most probably answer, best first, with those as good in words and nearly as near in meaning."""
    judged = [
        replace(scored, chance=model.probability(scored.score, inquiry.z_of(scored.point)))
        for scored in rank_points(points, words, inquiry.weights)
    ]
    likely = sorted((s for s in judged if s.chance >= ANSWERED_FROM), key=lambda s: -s.chance)
    if not likely:
        return []
    best = likely[0]
    nearest = inquiry.z_of(best.point) - NEARLY_AS_NEAR
    kept = [s for s in likely if s.score >= KEEP * best.score and inquiry.z_of(s.point) >= nearest]
    if inquiry.lexicon.cues.said(inquiry.reading.text, "several"):  # 「哪些部门…」: all that say as much
        kept += [s for s in likely if s not in kept and s.score >= best.score]
    return kept[:MOST]


def own_answer(inquiry: Inquiry) -> Draft | None:
    """「10天以上由谁审批」: what the subject's own facts say to the question, when they bear most of it out."""
    own = inquiry.knowledge.points_of.get(inquiry.subject.id, []) if inquiry.subject else []
    own = [point for point in own if point.aspect.role == "other"]
    best = best_points(inquiry, own, inquiry.words)
    owners = inquiry.lexicon.cues.intents["owners"]
    best = best or [Scored(point, 1.0, 0.8) for point in own if point.aspect.name.endswith(owners)]
    return as_lookup(inquiry, best) if best else None


def by_column(inquiry: Inquiry) -> Draft | None:
    """An aspect that only one table has (a column's head) and no subject: the cells under it that answer."""
    cells = inquiry.knowledge.points_where(lambda aspect: aspect in inquiry.aspects)
    if inquiry.asks("quantity"):
        cells = [point for point in cells if gives_quantity(point.fact.text, inquiry)] or cells
    best = best_points(inquiry, cells, inquiry.words) if inquiry.words else []
    if inquiry.words and not best:
        return None
    return as_lookup(inquiry, best or [Scored(point, 1.0, 0.8) for point in cells[:MOST]]) if cells else None


def say_of_subject(inquiry: Inquiry) -> Draft | None:
    """What the facts about the subject, and about what stands under it, say to the question's other words."""
    subject = inquiry.subject
    if subject is None:
        return None
    ranked = _said_to_question(inquiry, points_around(inquiry.knowledge, subject))
    return as_lookup(inquiry, ranked[:MOST]) if ranked else None


def say_elsewhere(inquiry: Inquiry) -> Draft | None:
    """What facts of others, on any slide, that name the subject say to the question's other words."""
    if inquiry.subject is None or not inquiry.words:
        return None
    mentions = (mention for mention in inquiry.reading.mentions if mention.kind == "subject")
    called = [inquiry.reading.text[mention.start : mention.end] for mention in mentions]
    found = _said_to_question(inquiry, points_naming(inquiry.knowledge, (*inquiry.subject.spellings, *called)))
    ranked = [scored for scored in found if scored.score >= ELSEWHERE]
    return as_lookup(inquiry, ranked[:MOST]) if ranked else None


def _said_to_question(inquiry: Inquiry, pool: list[Point]) -> list[Scored]:
    if inquiry.asks("quantity"):
        pool = [point for point in pool if gives_quantity(point.fact.text, inquiry)]
    words = inquiry.words
    if inquiry.asks("quantity") and unit_asked(inquiry) and words:
        return best_points(inquiry, pool, words, NAMED_QUANTITY)
    if not words:
        return [Scored(point, 0.5, 0.7) for point in pool] if inquiry.asks("quantity") else []
    return best_points(inquiry, pool, words)


def unit_asked(inquiry: Inquiry) -> list[str]:
    """Units an answer may have: those of 多久 or 什么时候, or the character behind 多少 and 几."""
    asked, cues = inquiry.reading.text, inquiry.lexicon.cues
    units = [unit for spelling, names in cues.units.items() if spelling in asked for unit in names]
    if not units and (found := HOW_MANY.search(asked)) and (MEASURE.match(found.group(1)) or "几" in found.group()):
        unit = cues.unit_of.get(found.group(1), found.group(1))
        units = [spelling for spelling, same in cues.unit_of.items() if same == unit] or [unit]
        units += WORKING_DAY if unit == "天" else []
    return units


def gives_quantity(text: str, inquiry: Inquiry) -> bool:
    """Whether ``text`` has a numeral with the unit the question asks in (多少人: 人; 多久: 天, 年 …)."""
    for number in re.findall(r"\d+", inquiry.reading.text):  # what the question itself names is no answer to it
        text = text.replace(number, "")
    units = unit_asked(inquiry)
    if WHEN.search(inquiry.reading.text) and TIME.search(text):
        return True
    if MONEY.search(inquiry.reading.text) and NOTHING.search(text):
        return True
    if not units:
        return re.search(NUMERAL, text) is not None
    return re.search(rf"{NUMERAL}\s*个?(?:{'|'.join(map(re.escape, units))})|百分之", text) is not None


def duties_of_named(inquiry: Inquiry) -> Draft | None:
    """「中小企业客户由谁来服务」: the unit is named by what it serves; its duties say so."""
    subject = inquiry.subject
    duties = [p for p in inquiry.knowledge.points_of.get(subject.id, []) if p.aspect.role == "duty"] if subject else []
    if subject is None or not duties:
        return None
    parts = [Statement(f"{p.fact.subject}负责：{p.fact.text}", (p.source,), item=True) for p in duties[:MOST]]
    note = inference_note(duties[:MOST], inquiry.knowledge.terms)
    return Draft("lookup", (*parts, *note), 0.7, about=(subject,), why=f"反查：{subject.name}的职责")


def named_units(inquiry: Inquiry) -> Draft | None:
    """「跟财务有关的是哪个部门」: no duty says it, but a unit's name does."""
    words = content_beyond_kinds(inquiry)
    if not words:
        return None
    knowledge = inquiry.knowledge
    children = knowledge.children
    said = bounds(children.pairs, len(children.spellings), words, inquiry.weights)
    likely = np.flatnonzero(said >= NAMED).tolist()
    scored = [(coverage(words, children.spellings[at], inquiry.weights), knowledge.edges[at]) for at in likely]
    best = max((score for score, _ in scored), default=0.0)
    if best < NAMED:
        return None
    edges = {edge.child: edge for score, edge in reversed(scored) if score == best}
    parts = [
        Statement(
            f"材料没有写这项职责；名称与此相关的是{edge.relation.child}，隶属{edge.relation.parent}。", (edge.source,)
        )
        for edge in list(edges.values())[::-1][:MOST]
    ]
    about = tuple(knowledge.entities[child] for child in edges)
    return Draft("lookup", tuple(parts), 0.6, about=about, why="反查：名称相关的单位")
