"""What of a library can be compared: sets that the material puts side by side, and every subject with its aspects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kejian.assistant.knowledge import Aspect, Entity, Group, Knowledge
from kejian.assistant.select import READING_ORDER
from kejian.corpus.errors import UsageError

LEAST_SUBJECTS, MOST_SUBJECTS, MOST_ASPECTS = 2, 12, 24


@dataclass(frozen=True, slots=True)
class ComparableGroup:
    """Subjects that one slide sets side by side, and the aspects that at least two of them have."""

    name: str
    deck: str
    deck_title: str
    slide: int
    subjects: tuple[str, ...]
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparable:
    """A subject with every aspect that the material names of it. ``label`` is the name without its brackets."""

    name: str
    label: str
    aspects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparables:
    groups: tuple[ComparableGroup, ...]
    subjects: tuple[Comparable, ...]


def comparables(knowledge: Knowledge) -> Comparables:
    """Groups in the order of the decks, and every subject that something is said of under an aspect."""
    groups = tuple(_group(knowledge, group) for group in knowledge.groups)
    found = ((entity, aspects_of(knowledge, [entity])) for entity in knowledge.entities)
    subjects = (Comparable(entity.name, entity.short, _names(aspects)) for entity, aspects in found if aspects)
    return Comparables(groups, tuple(subjects))


def _group(knowledge: Knowledge, group: Group) -> ComparableGroup:
    members = [knowledge.entities[member] for member in group.members]
    shared = [aspect for aspect in aspects_of(knowledge, members) if aspect.name in group.aspects]
    deck, slide = group.place.deck, group.place.slide
    return ComparableGroup(
        group.name, deck.id, deck.title, slide.number, tuple(member.name for member in members), _names(shared)
    )


def aspects_of(knowledge: Knowledge, subjects: Iterable[Entity]) -> list[Aspect]:
    """The aspects that the material names of any of ``subjects``, in the order in which they are read."""
    points = (point for subject in subjects for point in knowledge.points_of.get(subject.id, []))
    found = dict.fromkeys(point.aspect for point in points if point.aspect.name and point.aspect.role != "remark")
    return sorted(found, key=lambda aspect: READING_ORDER.index(aspect.role))


def subjects_named(knowledge: Knowledge, names: Sequence[str]) -> tuple[Entity, ...]:
    """The subjects called ``names``, each once.

    Raises:
        UsageError: the library has no such subject, or there are fewer than two or too many.
    """
    found: dict[Entity, None] = {}
    for name in names:
        entity = knowledge.entity_named(name)
        if entity is None:
            raise UsageError(f"资料库里没有叫「{name}」的对象,kejian compare 不带参数可列出能比较的对象")
        found[entity] = None
    if not LEAST_SUBJECTS <= len(found) <= MOST_SUBJECTS:
        raise UsageError(f"比较要 {LEAST_SUBJECTS} 到 {MOST_SUBJECTS} 个不同的对象,现在是 {len(found)} 个")
    return tuple(found)


def aspects_named(knowledge: Knowledge, names: Sequence[str], subjects: Sequence[Entity]) -> tuple[Aspect, ...]:
    """The aspects called ``names``, each once; with no names, all that the material names of ``subjects``.

    Raises:
        UsageError: neither the library nor the term base knows an aspect by that name, or there are too many.
    """
    having = aspects_of(knowledge, subjects)
    if not names:
        return tuple(having[:MOST_ASPECTS])
    if len(names) > MOST_ASPECTS:
        raise UsageError(f"一次最多比较 {MOST_ASPECTS} 个方面,现在是 {len(names)} 个")
    found: dict[Aspect, None] = {}
    for name in names:
        aspect = knowledge.aspect_named(name)
        if aspect not in knowledge.aspects and knowledge.terms.aspect(name) is None:
            known = f";这几个对象有的是:{'、'.join(_names(having))}" if having else ""
            raise UsageError(f"材料里没有「{name}」这个方面{known}")
        found[aspect] = None
    return tuple(found)


def _names(aspects: Iterable[Aspect]) -> tuple[str, ...]:
    return tuple(aspect.name for aspect in aspects)
