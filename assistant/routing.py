"""Which composer answers: the first route, in this order, that has something to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kejian.assistant.compose.asking_back import ask_back, meant_by_part, only_name
from kejian.assistant.compose.comparing import compare, compare_columns, compare_described, subjects_compared
from kejian.assistant.compose.deciding import check_claim, decided
from kejian.assistant.compose.holding import holder
from kejian.assistant.compose.listing import explain, list_aspects, list_unlabelled
from kejian.assistant.compose.looking_up import (
    by_column,
    duties_of_named,
    look_up,
    named_units,
    own_answer,
    say_elsewhere,
    say_of_subject,
)
from kejian.assistant.compose.paging import where_said
from kejian.assistant.compose.quoting import quote_passages
from kejian.assistant.compose.ranging import within_range
from kejian.assistant.compose.reasoning import reasons
from kejian.assistant.compose.refusing import (
    aspect_missing,
    false_premise,
    not_found,
    ordinal_beyond,
    small_talk,
    unknown_name,
)
from kejian.assistant.compose.sectioning import headed_section, listed_members
from kejian.assistant.compose.stepping import HOW_MANY, NTH, about_step, list_steps
from kejian.assistant.compose.structuring import beside, other_names, parent, placed_in_words, structure
from kejian.assistant.described import LEAST_COURSE, LEAST_NUMBERED, described_course, described_subject
from kejian.assistant.draft import Draft
from kejian.assistant.fitting import fits
from kejian.assistant.groups import content_beyond_kinds, group_meant, members_by_part
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Aspect, Entity, Group
from kejian.assistant.premise import contradicted
from kejian.assistant.reading import NUMBER, as_number, coordinated
from kejian.assistant.select import points_for
from kejian.assistant.topics import soft_subjects
from kejian.corpus.slide_words import SlideWords
from kejian.ingest.holders import HOLDER

CLASS = re.compile(rf"(?P<number>{NUMBER})[级等类]")
CALLED = re.compile(r"叫(?:什么|啥)(?:名字|名)?$")  # of a post: who holds it
PASSING = 3  # further words of content that make the subject one word among others
Route = Callable[[Inquiry], Draft | None]


def route(inquiry: Inquiry) -> Draft:
    """The answer to an inquiry; a refusal when no route has one."""
    for step in (
        small_talk,
        shortened,
        unknown_unit,
        about_step,
        wrong_number,
        contradicted,
        within_range,
        page,
        comparison,
        placing,
        described,
        course,
        reverse,
        arranged,
        headed,
        about_subject,
        unnamed,
    ):
        draft = step(inquiry)
        if draft is not None and not fits(inquiry, draft):
            inquiry.notes.append(f"没有说到所问的：{draft.why}")
            continue
        if draft is not None and step is about_subject and draft.refusal is not None:
            draft = beside_subject(inquiry) or draft
        if draft is not None:
            return decided(inquiry, draft) if step in (about_subject, unnamed) else draft
    return (aspect_missing(inquiry) if inquiry.subject else None) or not_found(inquiry)


def unknown_unit(inquiry: Inquiry) -> Draft | None:
    """A department or type the library never names (法务部): nothing else may stand in for it."""
    endings = inquiry.lexicon.cues.intents["unit_endings"]
    for word in inquiry.reading.rest:
        ending = max((e for e in endings if word.endswith(e)), key=len, default="")
        if ending and len(word) > len(ending) + 1 and not inquiry.knowledge.says(word):
            return unknown_name(inquiry, word)
    return None


def shortened(inquiry: Inquiry) -> Draft | None:
    """A unit by the end of its name (支持部 of 技术支持部); a question back where several end so."""
    name = only_name(inquiry)
    if inquiry.asks("parent") and name and not inquiry.subject and (placed := placed_in_words(inquiry, (name,))):
        return placed
    if inquiry.asks("quantity") and not inquiry.lexicon.cues.ends(name, "unit_endings"):
        return None  # 「实习期多长」 asks nothing of 实习登记
    meant = [entity for entity in meant_by_part(inquiry) if inquiry.asks("person") or not _is_its_post(entity, name)]
    if len(meant) == 1 and inquiry.lexicon.cues.ends(name, "unit_endings"):
        return about_subject(about(inquiry, meant[0]))
    return ask_back(inquiry, meant)


def _is_its_post(entity: Entity, unit: str) -> bool:
    """Whether a name is a post of the unit (某部部长): what is asked of the unit is not asked of it."""
    return entity.short.startswith(unit) and SlideWords.bundled().is_post(entity.short)


def page(inquiry: Inquiry) -> Draft | None:
    return where_said(inquiry) if inquiry.asks("page") else None


def wrong_number(inquiry: Inquiry) -> Draft | None:
    """「第四种」 of three, 「四种」 of three, 「第四个缺点」 of three."""
    reading = inquiry.reading
    if inquiry.subject is not None:
        return ordinal_beyond(inquiry, inquiry.subject)
    number = reading.ordinal or reading.counted
    if number is None or number > 20 or (number == 1 and reading.ordinal is None):  # 「一条专线」 counts nothing
        return None
    group = group_meant(inquiry)
    if group is not None and (beyond := _class_beyond(inquiry, group, number)):
        return beyond
    if group is None or (number == len(group.members) if reading.ordinal is None else number <= len(group.members)):
        return None
    if (
        reading.ordinal is None
        and not inquiry.asks("all", "compare", "which", "who", "children")
        and not inquiry.aspects
    ):
        return None
    names = [inquiry.knowledge.entities[member].short for member in group.members]
    asked = f"第 {number} 种" if reading.ordinal else f"{number} 种"
    said = f"材料在“{group.name}”里列出的是 {len(names)} 种:{'、'.join(names)},没有{asked}。"
    return false_premise(inquiry, said, asked, names, [group.place])


def _class_beyond(inquiry: Inquiry, group: Group, number: int) -> Draft | None:
    """「三级番茄」 where the material has 特级, 一级 and 二级: no number of things but a class that is not there."""
    names = [inquiry.knowledge.entities[member].short for member in group.members]
    found = next((m for m in CLASS.finditer(inquiry.reading.text) if as_number(m["number"]) == number), None)
    classes = [name for name in names if CLASS.fullmatch(name)]
    if found is None or len(classes) < 2 or any(found[0] in name for name in names):
        return None
    said = f"材料在“{group.name}”里列出的是{'、'.join(names)},没有{found[0]}。"
    return false_premise(inquiry, said, found[0], names, [group.place])


def comparison(inquiry: Inquiry) -> Draft | None:
    """Two or more subjects, or the group meant, side by side."""
    reading = inquiry.reading
    columns = compare_columns(inquiry)
    if columns is not None:
        return columns
    several = len(reading.subjects) > 1 and (coordinated(reading) or inquiry.asks("compare"))
    if inquiry.asks("parent", "children", "yesno") and not inquiry.asks("compare"):
        return None
    if inquiry.asks("who") and inquiry.words and not inquiry.asks("compare"):
        return compare_described(inquiry) if reading.counted and not reading.subjects else None
    wants = inquiry.asks("compare") or (several and bool(inquiry.aspects or not inquiry.words))
    group = (not several and inquiry.asks("all", "count", "which")) or reading.counted
    if inquiry.asks("choice") and inquiry.words:
        return None
    alone = not reading.subjects or (len(reading.subjects) == 1 and (reading.counted or _parts_compared(inquiry)))
    if not wants and not (group and alone and len(subjects_compared(inquiry)) > 1):
        return None
    singles_out = inquiry.asks("superlative") or (inquiry.asks("which") and not inquiry.asks("all", "count", "compare"))
    if singles_out and not several and content_beyond_kinds(inquiry):
        return compare_described(inquiry)
    return compare(inquiry)


def _parts_compared(inquiry: Inquiry) -> bool:
    """「甲型和乙哪个便宜」 names one by its name and another by a word of its own."""
    return inquiry.asks("which") and not inquiry.aspects and len(members_by_part(inquiry)) > 1


def placing(inquiry: Inquiry) -> Draft | None:
    """Under whom a unit stands: asked outright, or 「谁管…」 with nothing but a unit."""
    if inquiry.subject is None:
        return None
    if CALLED.search(inquiry.reading.text) and (named := holder(about(inquiry, inquiry.reading.subjects[-1]))):
        return named
    if inquiry.asks("naming"):
        return other_names(inquiry)
    if others := beside(inquiry):
        return others
    if inquiry.asks("person") and not inquiry.asks("parent") and not inquiry.aspects:
        return (
            list_aspects(asking(inquiry, inquiry.knowledge.aspect_named(HOLDER)))
            or holder(inquiry)
            or aspect_missing(inquiry)
        )
    bare = not inquiry.words and not inquiry.aspects and not inquiry.asks("children")
    claims = inquiry.asks("yesno") and len(inquiry.reading.subjects) == 2 and bare
    if inquiry.asks("parent") or claims:
        return parent(inquiry)
    if inquiry.asks("who") and bare:  # 「某分公司谁负责」: who heads it, and whom it stands under
        drafts = [draft for draft in (holder(inquiry), parent(inquiry)) if draft and draft.refusal is None]
        return replace(drafts[0], parts=tuple(part for draft in drafts for part in draft.parts)) if drafts else None
    return None


def described(inquiry: Inquiry) -> Draft | None:
    """Gains or drawbacks of something that is described and not named; the steps of what is."""
    if inquiry.asks("who", "which", "superlative", "compare", "choice", "count", "yesno"):
        return None
    subject = described_subject(inquiry)
    if subject is None:
        return None
    meant = replace(inquiry.reading, subjects=(subject,), rest=())  # the other words have done their part
    draft = list_aspects(replace(inquiry, reading=meant))
    return replace(draft, confidence=draft.confidence - 0.2, why=f"{draft.why}（按描述认出）") if draft else None


def course(inquiry: Inquiry) -> Draft | None:
    """「一张请购单从头到尾怎么走」: all steps of the course that the question describes."""
    text = inquiry.reading.text
    nth = NTH.search(text)
    wanted = "procedure" in inquiry.reading.roles or HOW_MANY.search(text) or (nth and not inquiry.subject)
    if not wanted or not inquiry.words or (inquiry.reading.ordinal and not nth):
        return None
    found = described_course(inquiry, LEAST_NUMBERED if nth else LEAST_COURSE)
    return list_steps(inquiry, found) if found else None


def reverse(inquiry: Inquiry) -> Draft | None:
    """Who does or has what is described; a yes/no claim about who does it."""
    if inquiry.subject is not None and inquiry.asks("children") and not inquiry.words:
        return None
    if inquiry.asks("who") and not inquiry.words and not inquiry.subject:
        return None
    if inquiry.asks("choice") and len(inquiry.reading.subjects) > 1 and inquiry.words:
        return look_up(inquiry)
    if inquiry.asks("who") and inquiry.subject and (own := own_answer(inquiry)):
        return own
    if inquiry.asks("who") or (inquiry.asks("which", "superlative") and not inquiry.subject and inquiry.words):
        return look_up(inquiry) or duties_of_named(inquiry) or named_units(inquiry)
    return check_claim(inquiry)


def arranged(inquiry: Inquiry) -> Draft | None:
    """What stands under a subject, or the structure of the whole."""
    roles = inquiry.reading.roles
    kinds_only = inquiry.asks("which", "all") and inquiry.words and not content_beyond_kinds(inquiry)
    of_units = inquiry.subject is not None and inquiry.subject.id in inquiry.knowledge.under and kinds_only
    if not (inquiry.asks("children", "tree") or "structure" in roles or of_units):
        return None
    if any(role not in ("structure", "other") for role in roles):
        return None
    return structure(_with_soft_subject(inquiry))


def headed(inquiry: Inquiry) -> Draft | None:
    """What stands under a heading that asks the question in other words."""
    if inquiry.subject is not None and not inquiry.words:
        return None
    return listed_members(inquiry) or headed_section(inquiry)


def about_subject(inquiry: Inquiry) -> Draft | None:
    """A named subject: its aspects, what it says to the question's words, everything, or what is missing."""
    if inquiry.subject is None:
        return None
    if inquiry.asks("how") and not inquiry.aspects and (steps_of := say_of_subject(inquiry) or procedure(inquiry)):
        return steps_of
    if inquiry.aspects:
        whole = inquiry  # all subjects tell which reasons are meant
        inquiry = about(inquiry, _with_aspects(inquiry))
        steps: tuple[Route, ...] = (
            list_aspects,
            list_topic,
            lambda _: reasons(whole),
            why_of_subject,
            list_unlabelled,
            by_words,
            what_it_is,
        )
    elif content_beyond_kinds(inquiry) or inquiry.asks("quantity"):
        steps = (say_of_subject, quote_passages, say_elsewhere, list_unlabelled)
    else:
        steps = (explain, quote_passages)
    return next((draft for draft in (step(inquiry) for step in steps) if draft), None) or aspect_missing(inquiry)


def _with_aspects(inquiry: Inquiry) -> Entity:
    """「甲中心为什么设乙部」: of several subjects one that has facts of its own under the aspect, else about it."""
    subjects, knowledge = inquiry.reading.subjects, inquiry.knowledge
    asked = {aspect.name for aspect in inquiry.aspects}
    own = [s for s in subjects if any(p.aspect.name in asked for p in knowledge.points_of.get(s.id, []))]
    having = (s for s in subjects if any(points_for(knowledge, s, aspect) for aspect in inquiry.aspects))
    return own[0] if own else next(having, subjects[0])


def by_words(inquiry: Inquiry) -> Draft | None:
    """An aspect that only other things have (a column 集团 of some table) may be no more than a word here."""
    if any(aspect.name == HOLDER for aspect in inquiry.aspects) and (person := holder(inquiry)):
        return person
    named = [m for m in inquiry.reading.mentions if m.kind == "aspect"]
    if not named or any(aspect.role != "other" for aspect in inquiry.aspects):
        return None
    said = tuple(inquiry.reading.text[mention.start : mention.end] for mention in named)
    reading = replace(inquiry.reading, aspects=(), rest=(*inquiry.reading.rest, *said))
    plain = replace(inquiry, reading=reading)
    draft = _first(plain, say_of_subject, quote_passages)
    return draft if draft and fits(plain, draft) else None


def what_it_is(inquiry: Inquiry) -> Draft | None:
    """「核红是干什么」 of no unit: what it is, where nothing says what it does."""
    subject = inquiry.subject
    if subject is None or inquiry.reading.roles != ("duty",) or content_beyond_kinds(inquiry):
        return None
    return list_aspects(asking(inquiry, inquiry.lexicon.aspect_of_role("definition")))


def list_topic(inquiry: Inquiry) -> Draft | None:
    """「营销中心新架构的潜在问题」: subject and words together paraphrase a topic that has the aspect."""
    if inquiry.subject is None or not inquiry.words:
        return None
    words = inquiry.lexicon.content_words(inquiry.subject.short)
    for topic in soft_subjects(inquiry, (*words, *inquiry.words)):
        draft = list_aspects(about(inquiry, topic))
        if draft is not None and topic != inquiry.subject:
            return draft
    return None


def about(inquiry: Inquiry, subject: Entity) -> Inquiry:
    """The same inquiry, asked of ``subject``."""
    return replace(inquiry, reading=replace(inquiry.reading, subjects=(subject,)))


def why_of_subject(inquiry: Inquiry) -> Draft | None:
    """「为什么会导致资源利用率偏低」 asks no rationale of the subject: a fact with these words says why."""
    if inquiry.reading.roles != ("rationale",) or not content_beyond_kinds(inquiry):
        return None
    return say_of_subject(inquiry)


def asking(inquiry: Inquiry, aspect: Aspect) -> Inquiry:
    """The same inquiry, asking for ``aspect``."""
    return replace(inquiry, reading=replace(inquiry.reading, aspects=(aspect,)))


def procedure(inquiry: Inquiry) -> Draft | None:
    """「怎么申请…」: the steps, where the subject has a procedure."""
    return list_aspects(asking(inquiry, inquiry.lexicon.aspect_of_role("procedure")))


def beside_subject(inquiry: Inquiry) -> Draft | None:
    """A question that names a subject in passing (「抢修队自己能把阀门打开吗」): what the material says to the rest."""
    if inquiry.aspects or len(inquiry.words) < PASSING:
        return None
    others = replace(inquiry, reading=replace(inquiry.reading, subjects=()))
    draft = look_up(others) or quote_passages(others)
    return replace(draft, confidence=draft.confidence - 0.1) if draft and fits(inquiry, draft) else None


def unnamed(inquiry: Inquiry) -> Draft | None:
    """No name in the question: a topic it paraphrases, facts that bear it out, passages."""
    if inquiry.aspects and all(aspect.role == "other" for aspect in inquiry.aspects):
        draft = by_column(inquiry)
        if draft is not None:
            return draft
    named = _with_soft_subject(inquiry)
    if named is not inquiry:
        draft = list_aspects(named) if named.aspects else explain(named)
        if draft is not None:
            return replace(draft, confidence=draft.confidence - 0.1)
    return _first(inquiry, look_up, quote_passages)


def _first(inquiry: Inquiry, *steps: Route) -> Draft | None:
    """The first draft of ``steps`` that says what was asked; else the first of all, for the notes."""
    drafts = [draft for draft in (step(inquiry) for step in steps) if draft]
    return next((draft for draft in drafts if fits(inquiry, draft)), drafts[0] if drafts else None)


def _with_soft_subject(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the topic its words paraphrase as subject, unchanged where there is none."""
    if inquiry.subject is not None:
        return inquiry
    topics = soft_subjects(inquiry, inquiry.words)
    return about(inquiry, topics[0]) if topics else inquiry
