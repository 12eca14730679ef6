"""Answers about one step of a procedure: 「第三步是什么」, 「共几步」, 「…之后做什么」, 「…之前做什么」."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.compose.listing import FUZZY, confidence_of
from kejian.assistant.compose.refusing import false_premise
from kejian.assistant.described import FEWEST_STEPS, Course
from kejian.assistant.draft import Draft, Heading, Statement
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Point, Source
from kejian.assistant.reading import NUMBER, as_number
from kejian.corpus.normalize import searchable
from kejian.ingest.wording import STEP

NTH = re.compile(rf"(?:第({NUMBER})步|(最后)一步)")
HOW_MANY = re.compile(r"[几多][少个]?(?:个)?(?:步骤|步|环节)")
BESIDE = re.compile(
    r"^(?P<named>.{2,20}?)(?:完成|结束|做完)?(?:的)?(?:(?P<next>之后|以后|后面|后|的?下一步)|(?P<before>之前|以前|前面|前|的?上一步))"
    r"(?:还|再|要|应该|应|该|需要|是|需)*(?:做|干|是)?(?:什么|啥|哪一步|怎么做|怎么办|哪些事?)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step and what the material says below it."""

    head: Point
    below: tuple[Point, ...]

    @property
    def name(self) -> str:
        """What is done, in its searchable form, without the number."""
        return searchable(STEP.sub("", self.head.fact.text)).rstrip("。；;")


def about_step(inquiry: Inquiry) -> Draft | None:
    """The step asked for by its number or by its neighbour, or how many there are; None for other questions."""
    text = inquiry.reading.text
    nth = NTH.search(text)
    if beside := BESIDE.match(text):
        return _beside(inquiry, beside["named"], 1 if beside["next"] else -1)
    course = _course(inquiry, ("procedure", "duty") if nth else ("procedure",))
    if not course:
        return None
    if nth:
        number = as_number(nth[1]) if nth[1] else len(course)
        return _draft(inquiry, course, [number - 1]) if 0 < number <= len(course) else _beyond(inquiry, course, number)
    if HOW_MANY.search(text) and inquiry.reading.counted is None:
        return _draft(inquiry, course, range(len(course)))
    return None


def list_steps(inquiry: Inquiry, course: Course) -> Draft:
    """The steps of a slide in their order, under its title."""
    place = course.place
    said = []
    for step in course.steps:
        text = "：".join((step[0].text, "；".join(block.text for block in step[1:]))) if step[1:] else step[0].text
        said.append(Statement(text, tuple(Source(place, block.start, block.end) for block in step), item=True))
    nth = NTH.search(inquiry.reading.text)
    number = (as_number(nth[1]) if nth[1] else len(said)) if nth else 0
    if nth and not 0 < number <= len(said):
        names = [step[0].text for step in course.steps]
        missing = f"第 {number} 步"
        return false_premise(
            inquiry, f"材料里“{place.slide.title}”是 {len(said)} 步，没有{missing}。", missing, names, [place]
        )
    heading = Heading(f"{place.slide.title}（{len(said)} 步）" if not nth else f"{place.slide.title}：第 {number} 步")
    said = said[number - 1 : number] if nth else said
    entity = inquiry.knowledge.entity_named(place.slide.title)
    about = (entity,) if entity else ()
    return Draft("list", (heading, *said), FUZZY - 0.1, about=about, why=f"流程：{place.slide.title}")


def _course(inquiry: Inquiry, roles: Container[str]) -> list[Step]:
    """The steps of the subject; nothing where it has none, or the question means aspects beside ``roles``."""
    if inquiry.subject is None or any(role not in roles for role in inquiry.reading.roles):
        return []
    courses = list(_courses(inquiry.knowledge.points_of.get(inquiry.subject.id, ())))
    return courses[0] if len(courses) == 1 else []


def _courses(points: Sequence[Point]) -> Iterator[list[Step]]:
    """The procedures among ``points``, one for each list; where steps are numbered the rest belongs below them."""
    lists: dict[tuple[object, ...], list[Point]] = {}
    for point in points:
        unlabelled = not point.aspect.name and STEP.match(point.fact.text) is not None
        if point.aspect.role == "procedure" or unlabelled:
            lists.setdefault((point.place.key, point.fact.path), []).append(point)
    for course in lists.values():
        numbered = [bool(STEP.match(point.fact.text)) for point in course]
        heads = [n for n, is_head in enumerate(numbered) if is_head or not any(numbered)]
        if len(heads) < FEWEST_STEPS and course[0].aspect.role != "procedure":
            continue
        ends = [*heads[1:], len(course)]
        yield [Step(course[n], tuple(course[n + 1 : end])) for n, end in zip(heads, ends, strict=True)]


def _beside(inquiry: Inquiry, named: str, offset: int) -> Draft | None:
    """The step behind or before the one that ``named`` names; None where that is not one single step."""
    knowledge = inquiry.knowledge
    having = {point.entity for point in knowledge.points_where(lambda aspect: aspect.role == "procedure")}
    for entity in (entity for entity in knowledge.points_of if entity in having):
        for course in _courses(knowledge.points_of[entity]):
            at = [n for n, step in enumerate(course) if _is_meant(step, named)]
            if len(at) == 1 and 0 <= at[0] + offset < len(course):
                return _draft(inquiry, course, [at[0] + offset])
    return None


def _is_meant(step: Step, named: str) -> bool:
    short = min(len(step.name), len(named))
    return short > 1 and (named in step.name or (named.endswith(step.name)))


def _beyond(inquiry: Inquiry, course: Sequence[Step], number: int) -> Draft:
    head = course[0].head
    said = f"材料里{head.fact.subject}的{head.fact.aspect}是 {len(course)} 步，没有第 {number} 步。"
    names = [step.head.fact.text for step in course]
    return false_premise(inquiry, said, f"第 {number} 步", names, [head.place])


def _draft(inquiry: Inquiry, course: Sequence[Step], chosen: Sequence[int]) -> Draft:
    subject = inquiry.knowledge.entities[course[0].head.entity]
    aspect = course[0].head.fact.aspect
    points = [course[n] for n in chosen]
    count = f"（{len(course)} 步）" if len(points) > 1 else ""
    order = f"：第 {chosen[0] + 1} 步" if len(points) == 1 else count
    said = [
        Statement(point.fact.text, (point.source,), item=True) for step in points for point in (step.head, *step.below)
    ]
    parts: tuple[Statement | Heading, ...] = (Heading(f"{subject.short}的{aspect}{order}"), *said)
    return Draft("list", parts, confidence_of(inquiry), about=(subject,), why=f"步骤：{subject.name}")
