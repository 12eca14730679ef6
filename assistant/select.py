"""Which facts speak of an entity under an aspect, and which speak of given words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kejian.assistant.bounds import bounds
from kejian.assistant.evidence import Weights, coverage
from kejian.assistant.knowledge import Aspect, Entity, Knowledge, Point
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Role

# What else may answer where a deck has nothing under the aspect asked for: a table that lists 潜在问题 answers 缺点.
RELATED: dict[Role, tuple[Role, ...]] = {
    "drawback": ("risk",),
    "risk": ("drawback",),
    "advantage": ("feature",),
    "feature": (),
    "definition": ("feature",),
}
FEW = 5_000  # facts that are all looked at
READING_ORDER: tuple[Role, ...] = (
    "definition",
    "feature",
    "rationale",
    "duty",
    "procedure",
    "other",
    "advantage",
    "drawback",
    "risk",
    "structure",
    "remark",
)


def points_for(knowledge: Knowledge, entity: Entity, aspect: Aspect) -> list[Point]:
    """Facts of ``entity`` under ``aspect``: its own, those of a related aspect, those about it under another name."""
    for pool in knowledge.pools_of(entity.id):
        for candidate in ((aspect.role,), RELATED.get(aspect.role, ())):
            found = pool.under(aspect, candidate)
            if found:
                return found
    return []


def all_points(knowledge: Knowledge, entity: Entity) -> list[Point]:
    """Everything said about ``entity``: its own facts first, then those under other names of it."""
    own = knowledge.points_of.get(entity.id, [])
    about = [p for other in knowledge.containing(entity) for p in knowledge.points_of[other]]
    return [*own, *about] or knowledge.points_within.get(entity.id, [])


def points_around(knowledge: Knowledge, entity: Entity) -> list[Point]:
    """Everything said about ``entity``, under it, and wherever a fact's text beside these names it."""
    own = (*all_points(knowledge, entity), *knowledge.points_within.get(entity.id, []))
    slides = dict.fromkeys(point.place.key for point in own)
    beside = (point for slide in slides for point in knowledge.points_on.get(slide, ()))
    return list(dict.fromkeys((*own, *_naming(entity.spellings, beside))))


def points_naming(knowledge: Knowledge, spellings: Iterable[str]) -> list[Point]:
    """Facts on any slide whose text says one of ``spellings``."""
    said = tuple(dict.fromkeys(spellings))
    return list(_naming(said, knowledge.points_beside(said)))


def _naming(spellings: Iterable[str], points: Iterable[Point]) -> Iterator[Point]:
    names = [searchable(spelling) for spelling in spellings if len(spelling) > 1]
    return (point for point in points if any(name in searchable(point.fact.text) for name in names))


def by_aspect(points: Iterable[Point]) -> list[tuple[Aspect, list[Point]]]:
    """Points by aspect, in a fixed readable order: what it is, why, what it does, gains, drawbacks, risks."""
    grouped: dict[Aspect, list[Point]] = {}
    for point in points:
        grouped.setdefault(point.aspect, []).append(point)
    return sorted(grouped.items(), key=lambda item: READING_ORDER.index(item[0].role))


@dataclass(frozen=True, slots=True)
class Scored:
    """``score`` is the share of the question's words that the point bears out, 0 to 1."""

    point: Point
    score: float
    chance: float = 0.0


def rank_points(points: Iterable[Point], words: Sequence[str], weights: Weights) -> list[Scored]:
    """Points by how much of ``words`` they bear out; what only heading or subject says counts for less."""
    weighed = [(word, weights.of(word)) for word in words]
    total = sum(weight for _, weight in weighed)
    if not total:
        return []
    scored = [Scored(point, _score(point, weighed, weights) / total) for point in points]
    return sorted(scored, key=lambda s: -s.score)


def _score(point: Point, words: Sequence[tuple[str, float]], weights: Weights) -> float:
    text = searchable(point.fact.text)
    subject = searchable(point.fact.subject)
    named = f"{subject} {searchable(point.fact.aspect)}"
    around = searchable(" ".join((*point.fact.path, point.place.slide.title)))
    asked = 1.0 if subject.endswith("?") else 0.8  # the question of an FAQ says what its answer is about
    said = ((text, 1.0), (named, asked), (around, 0.5))
    return sum(weight * max(share * weights.match(word, place) for place, share in said) for word, weight in words)


def likely_points(knowledge: Knowledge, words: Sequence[str], weights: Weights, least: float) -> Iterable[Point]:
    """Points that may bear out ``least`` of ``words``, in reading order; in a small library all points."""
    if len(knowledge.points) <= FEW:
        return knowledge.points
    said = bounds(knowledge.slides, len(knowledge.places), words, weights)
    places = {knowledge.places[row].key for row in np.flatnonzero(said >= least)}
    found = (point for key in places for point in knowledge.points_on.get(key, ()))
    return sorted(found, key=lambda point: point.number)


def text_coverage(point: Point, words: Sequence[str], weights: Weights) -> float:
    """Share of ``words`` that the fact's own text bears out."""
    return coverage(words, searchable(point.fact.text), weights)
