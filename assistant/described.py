"""A subject that is described and not named: 「人都待在一个基地,有什么坏处」 asks for the drawbacks of 集中值守."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from kejian.assistant.evidence import coverage
from kejian.assistant.gate import MOST_Z
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Place, Point
from kejian.assistant.select import RELATED
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Role
from kejian.ingest.model import Block
from kejian.ingest.wording import STEP

# Aspects of which a deck sets several subjects side by side; of others the best fact itself is the answer.
WEIGHED: frozenset[Role] = frozenset({"advantage", "drawback", "risk"})
NEAREST = 12  # facts looked at
LEAST = 0.45  # how well the best of them fits, words and nearness together (see ``_best``)
FEWEST_STEPS = 3  # numbered lines without a heading such as 流程 that are steps
LEAST_COURSE = 0.4
LEAST_NUMBERED = 0.25  # ... where a step is asked for by its number
STEPPED = ("heading", "bullet", "unit", "paragraph")
NUMBERED = re.compile(rf"{STEP.pattern}|^\d{{1,2}}\s+(?=[\u4e00-\u9fff])")
AHEAD = 0.04  # by which the subject must lead any other that has the aspect


def described_subject(inquiry: Inquiry) -> Entity | None:
    """The one subject that has what is asked for and that the question's other words describe best."""
    if inquiry.subject is not None or not inquiry.words:
        return None
    if not inquiry.aspects or any(aspect.role not in WEIGHED for aspect in inquiry.aspects):
        return None
    best: dict[Entity | None, float] = {}
    for fit, point in _best(inquiry, _said):
        best.setdefault(_owner(inquiry, point), fit)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD):
        return None
    return ranked[0][0]  # None where what is described has no such aspect


@dataclass(frozen=True, slots=True)
class Course:
    """A slide's numbered steps, each with what stands below it."""

    place: Place
    steps: tuple[tuple[Block, ...], ...]


def described_course(inquiry: Inquiry, least: float) -> Course | None:
    """The course of events that a question describes; None where no slide near it has one that fits by ``least``."""
    for fit, point in _best(inquiry, _said_around):
        steps = tuple(_steps(point.place.slide.blocks)) if fit >= least else ()
        if len(steps) >= FEWEST_STEPS:
            return Course(point.place, steps)
    return None


def _steps(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Numbered lines and boxes in order; a numbered heading with the lines under it."""
    for number, block in enumerate(blocks):
        if block.kind not in STEPPED or not NUMBERED.match(block.text):
            continue
        depth = len(block.path) if block.kind == "heading" else len(blocks)  # a line has nothing below it
        yield (block, *takewhile(partial(_is_deeper, depth), blocks[number + 1 :]))


def _is_deeper(depth: int, block: Block) -> bool:
    return len(block.path) > depth


def _near(inquiry: Inquiry) -> Iterator[Point]:
    found = dict.fromkeys(inquiry.near_points)
    for hit in inquiry.hits[:NEAREST]:
        found |= dict.fromkeys(inquiry.points_in(hit))
    return iter(found)


def _owner(inquiry: Inquiry, point: Point) -> Entity | None:
    """Whose fact it is, or under whose heading it stands, where that itself has the aspect asked for."""
    knowledge = inquiry.knowledge
    roles = {aspect.role for aspect in inquiry.aspects}
    roles |= {role for aspect in inquiry.aspects for role in RELATED.get(aspect.role, ())}
    above = (knowledge.entity_named(heading) for heading in reversed(point.fact.path))
    for entity in (knowledge.entities[point.entity], *above):
        if entity and any(own.aspect.role in roles for own in knowledge.points_of.get(entity.id, ())):
            return entity
    return None


def _best(inquiry: Inquiry, said: Callable[[Point], str]) -> list[tuple[float, Point]]:
    """The facts that fit best: half by the words that ``said`` of them bears out, half by nearness; 0 to 1."""
    fits = ((_fit(inquiry, point, said(point)), point) for point in _near(inquiry))
    return sorted(fits, key=lambda item: -item[0])[:NEAREST]


def _fit(inquiry: Inquiry, point: Point, said: str) -> float:
    covered = coverage(inquiry.words, searchable(said), inquiry.weights)
    return (covered + min(inquiry.z_of(point), MOST_Z) / MOST_Z) / 2


def _said(point: Point) -> str:
    return f"{point.fact.subject} {point.fact.text}"


def _said_around(point: Point) -> str:
    """With the headings: they name the course, its steps need not."""
    fact = point.fact
    return " ".join((fact.subject, *fact.path, point.place.slide.title, fact.text))
