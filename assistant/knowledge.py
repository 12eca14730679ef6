"""What a library says, arranged for answering: entities with their names, facts, places in structures and groups."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from heapq import merge
from itertools import chain, islice

from kejian.assistant.group_signs import GroupSigns
from kejian.assistant.name_index import NameIndex
from kejian.assistant.naming import BRACKETED, linked_names, written_names
from kejian.assistant.pools import Pool
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Role, TermBase
from kejian.index.grams import GramIndex
from kejian.ingest.model import Block, Deck, Fact, Relation, Slide
from kejian.ingest.wording import ORDINAL

GLOSS = re.compile(r"\s|[:：—–]")
MOST_PLACES = 40  # slides that name something, looked at
KEPT_TEXTS = 2_000  # of slides in searchable form
KEPT_POOLS = 256


@dataclass(frozen=True, slots=True)
class Place:
    """A slide in its deck."""

    deck: Deck
    slide: Slide

    def __hash__(self) -> int:
        return hash(self.key)  # not of all that the deck says

    @property
    def key(self) -> tuple[str, str]:
        return self.deck.id, self.slide.id


@dataclass(frozen=True, slots=True)
class Source:
    """A range of a slide's source: what a citation points at."""

    place: Place
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.place.slide.source[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect under its canonical name; ``role`` is what the program knows about it."""

    name: str
    role: Role = "other"


@dataclass(frozen=True, slots=True)
class Point:
    """A fact with its place, its entity and its canonical aspect; ``number`` counts the facts in reading order."""

    fact: Fact
    place: Place
    entity: int
    aspect: Aspect
    number: int

    def __hash__(self) -> int:
        return self.number

    @property
    def source(self) -> Source:
        return Source(self.place, self.fact.start, self.fact.end)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation with its place and the entities at its ends."""

    relation: Relation
    place: Place
    parent: int
    child: int

    @property
    def source(self) -> Source:
        return Source(self.place, self.relation.start, self.relation.end)

    @property
    def chart_key(self) -> tuple[object, ...]:
        """Names the chart, on its slide, that the edge is drawn in."""
        return (*self.place.key, self.relation.path)


@dataclass(frozen=True, slots=True)
class Entity:
    """A subject of the library with every way it is written, the deck's own fullest name first."""

    id: int
    name: str
    spellings: tuple[str, ...]

    @property
    def short(self) -> str:
        """The name without what stands behind it in brackets, or as a gloss or a person."""
        found = BRACKETED.match(self.name)
        if found or ORDINAL.match(self.name):
            return found.group(1) if found else self.name
        inner = self.spellings[1] if len(self.spellings) > 1 else ""
        led = bool(inner) and self.name.startswith(inner) and GLOSS.match(self.name[len(inner) :])
        return inner if led else self.name


@dataclass(frozen=True, slots=True)
class Group:
    """Entities set side by side on one slide: the rows of a table, the headings of one level.

    ``aspects`` are those that several members have, there or elsewhere; ``kind`` is what the table calls its rows
    (阶段, 形式), "" where it does not say.
    """

    name: str
    place: Place
    members: tuple[int, ...]
    aspects: tuple[str, ...]
    kind: str = ""


class Knowledge:
    """All facts and relations of a snapshot; every list is in reading order."""

    def __init__(
        self,
        decks: Sequence[Deck],
        terms: TermBase,
        slides: GramIndex | None = None,
        texts: Sequence[int] | None = None,
    ) -> None:
        """``slides`` is the index of all that stands on the slides, where there is one already; ``texts`` has a number
        for each fact, the same for those that read the same."""
        self.terms = terms
        self._slides = slides
        self.places = tuple(Place(deck, slide) for deck in decks for slide in deck.slides)
        spelled, self._entity_of = linked_names(written_names((place.slide for place in self.places), terms), terms)
        self.entities = tuple(Entity(number, names[0], names) for number, names in enumerate(spelled))
        self.points = tuple(self._points(texts))
        self.edges = tuple(self._edges())

    def entity_named(self, text: str) -> Entity | None:
        """The entity of which ``text`` is a spelling."""
        number = self._entity_of.get(searchable(self.terms.without_mark(text)))
        return None if number is None else self.entities[number]

    def aspect_named(self, text: str) -> Aspect:
        """The canonical aspect of a head as the deck writes it; an unknown one is its own."""
        plain = self.terms.without_mark(text)
        term = self.terms.aspect(plain)
        if term is None and (ending := self.terms.split_heading(plain)[1]):
            term = self.terms.aspect(ending)
        return Aspect(term.name, term.role) if term else Aspect(plain)

    def _points(self, texts: Sequence[int] | None) -> Iterator[Point]:
        seen: set[tuple[int, str, int | str]] = set()
        entity_named, aspect_named = cache(self.entity_named), cache(self.aspect_named)
        facts = [(place, fact) for place in self.places for fact in place.slide.facts]
        said: Iterable[int | str] = texts or (searchable(fact.text) for _, fact in facts)
        for (place, fact), text in zip(facts, said, strict=True):
            entity = entity_named(fact.subject)
            if entity is None:
                continue
            aspect = aspect_named(fact.aspect)
            key = (entity.id, aspect.name, text)
            if key not in seen:  # the same deck ingested in two formats says everything twice
                yield Point(fact, place, entity.id, aspect, len(seen))
                seen.add(key)

    def _edges(self) -> Iterator[Edge]:
        seen: set[tuple[tuple[str, ...], str, tuple[str, ...]]] = set()
        for place in self.places:
            for relation in place.slide.relations:
                parent, child = self.entity_named(relation.parent), self.entity_named(relation.child)
                key = (relation.chain, relation.child, relation.path)
                if parent and child and key not in seen:
                    seen.add(key)
                    yield Edge(relation, place, parent.id, child.id)

    @cached_property
    def points_of(self) -> dict[int, list[Point]]:
        """Facts by the entity they are about."""
        return _by(self.points, lambda point: point.entity)

    @cached_property
    def place_at(self) -> dict[tuple[str, str], Place]:
        """Slides in their decks by deck and slide."""
        return {place.key: place for place in self.places}

    @cached_property
    def points_of_slide(self) -> dict[str, list[Point]]:
        """Facts by the id of the slide they stand on, which slides of two decks may share."""
        return _by(self.points, lambda point: point.place.slide.id)

    @cached_property
    def points_under(self) -> dict[Aspect, list[Point]]:
        """Facts by their aspect."""
        return _by(self.points, lambda point: point.aspect)

    def points_where(self, wanted: Callable[[Aspect], bool]) -> list[Point]:
        """Facts whose aspect is ``wanted``, in reading order."""
        chosen = [points for aspect, points in self.points_under.items() if wanted(aspect)]
        return list(merge(*chosen, key=lambda point: point.number))

    @cached_property
    def points_on(self) -> dict[tuple[str, str], list[Point]]:
        """Facts by the slide they stand on."""
        return _by(self.points, lambda point: point.place.key)

    @cached_property
    def under(self) -> dict[int, list[Edge]]:
        """Edges by the entity at their upper end."""
        return _by(self.edges, lambda edge: edge.parent)

    @cached_property
    def above(self) -> dict[int, list[Edge]]:
        """Edges by the entity at their lower end."""
        return _by(self.edges, lambda edge: edge.child)

    @cached_property
    def charts(self) -> list[list[Edge]]:
        """The edges of each chart."""
        return list(_by(self.edges, lambda edge: edge.chart_key).values())

    @cached_property
    def chart_of(self) -> dict[tuple[object, ...], int]:
        """Where in ``charts`` each chart stands."""
        return {edges[0].chart_key: number for number, edges in enumerate(self.charts)}

    @cached_property
    def charts_of(self) -> dict[int, list[Edge]]:
        """Edges by the entities their chart is headed with: the structure *of* an archetype, a company."""
        charts: dict[int, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            for heading in dict.fromkeys(edge.relation.path):
                subject = self.terms.split_heading(heading)[0]
                entity = self.entity_named(subject) if subject else None
                if entity is not None and edge not in charts[entity.id]:
                    charts[entity.id].append(edge)
        return charts

    @cached_property
    def points_within(self) -> dict[int, list[Point]]:
        """Facts by the entities that head the stretch they stand in, other than their own subject."""
        within: dict[int, list[Point]] = defaultdict(list)
        headings_of = lru_cache(maxsize=64)(self._headings_of)  # of neighbours the same
        for point in self.points:
            for entity in headings_of(point.place.slide.title, point.fact.path):
                if entity != point.entity:
                    within[entity].append(point)
        return within

    def _headings_of(self, title: str, path: tuple[str, ...]) -> tuple[int, ...]:
        names = (name for heading in (title, *path) for name in (heading, self.terms.split_heading(heading)[0]))
        found = (self.entity_named(name) for name in names if name)
        return tuple(dict.fromkeys(entity.id for entity in found if entity))

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """Every aspect a fact of the library has."""
        return tuple(dict.fromkeys(point.aspect for point in self.points if point.aspect.name))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Entities that one slide sets side by side: two or more with an aspect in common."""
        rows: dict[tuple[str, str, tuple[str, ...]], list[Point]] = defaultdict(list)
        headings_above = lru_cache(maxsize=64)(partial(_headings_above, self.terms))  # of neighbours the same
        for point in self.points:
            if point.aspect.name and point.aspect.role != "remark":
                rows[*point.place.key, headings_above(point.fact.path, point.fact.subject)].append(point)
        found = []
        for points in rows.values():
            aspects = _by(points, lambda point: point.aspect.name)
            shared = [name for name, having in aspects.items() if len({point.entity for point in having}) > 1]
            members = dict.fromkeys(point.entity for point in points if point.aspect.name in shared)
            if len(members) > 1:
                place = points[0].place
                kind = self._kind_of(place, members)
                found.append(Group(place.slide.title, place, tuple(members), self._shared(shared, members), kind))
        return tuple(found)

    def _shared(self, here: Iterable[str], members: Iterable[int]) -> tuple[str, ...]:
        """The aspects ``here``, then those with a role that several of ``members`` have elsewhere."""
        told = (self.points_of[member] for member in members)
        names = ({point.aspect.name for point in points if point.aspect.role != "other"} for points in told)
        times = Counter(chain.from_iterable(names))
        elsewhere = (name for name, count in times.items() if name and count > 1)
        return tuple(dict.fromkeys((*here, *sorted(elsewhere))))

    def _kind_of(self, place: Place, members: Container[int]) -> str:
        """The head over the cells that name ``members``."""
        named = (b for b in place.slide.blocks if b.kind == "cell" and b.column and b.text == b.row != b.column)
        heads = (b.column for b in named if (entity := self.entity_named(b.text)) and entity.id in members)
        return next(heads, "")

    @cached_property
    def group_signs(self) -> GroupSigns:
        """What tells which group a question speaks of."""
        names = [[self.entities[member].short for member in group.members] for group in self.groups]
        return GroupSigns.of(
            [(group.name, group.aspects, named, group.kind) for group, named in zip(self.groups, names, strict=True)]
        )

    @cached_property
    def groups_of(self) -> dict[int, list[Group]]:
        """The groups that each entity is a member of."""
        found: dict[int, list[Group]] = defaultdict(list)
        for group in self.groups:
            for member in group.members:
                found[member].append(group)
        return dict(found)

    def group_of(self, entity: int) -> Group | None:
        """The first group that an entity is a member of."""
        return next(iter(self.groups_of.get(entity, ())), None)

    @cached_property
    def set_side_by_side(self) -> tuple[Entity, ...]:
        """Entities of a kind: members of a group, or units of a chart; those something is said of."""
        numbers = dict.fromkeys(member for group in self.groups for member in group.members)
        numbers |= dict.fromkeys(edge.child for edge in self.edges)
        return tuple(self.entities[number] for number in numbers if number in self.points_of or number in self.under)

    @cached_property
    def children(self) -> NameIndex:
        """Names at the lower end of each edge, by its place in ``edges``."""
        return NameIndex.of((number, edge.relation.child) for number, edge in enumerate(self.edges))

    @cached_property
    def names_side_by_side(self) -> NameIndex:
        """Short names of entities of a kind."""
        return NameIndex.of((entity.id, entity.short) for entity in self.set_side_by_side)

    @cached_property
    def ending_in(self) -> dict[str, list[Entity]]:
        """Entities that something is said of, by the last character of their short name."""
        return _by((self.entities[n] for n in sorted(self.points_of)), lambda entity: entity.short[-1:])

    @cached_property
    def names(self) -> NameIndex:
        """All spellings of all entities."""
        return NameIndex.of((entity.id, spelling) for entity in self.entities for spelling in entity.spellings)

    @property
    def indexes(self) -> tuple[NameIndex | GroupSigns, ...]:
        """What names and groups are found with."""
        return self.children, self.names_side_by_side, self.names, self._first_names, self.short_names, self.group_signs

    @cached_property
    def pools_of(self) -> Callable[[int], tuple[Pool, ...]]:
        """Facts of an entity: its own, those about it under another name, those under it as a heading."""
        return lru_cache(maxsize=KEPT_POOLS)(partial(_pools, self.points_of, self.containing_ids, self.points_within))

    @cached_property
    def short_names(self) -> NameIndex:
        """Short names of entities that something is said of."""
        return NameIndex.of((number, self.entities[number].short) for number in self.points_of)

    @cached_property
    def containing_ids(self) -> Callable[[int], list[int]]:
        return lru_cache(maxsize=4096)(partial(_containing, self.entities, self.points_of, self._first_names))

    @cached_property
    def _first_names(self) -> NameIndex:
        return NameIndex.of((number, self.entities[number].name) for number in self.points_of)

    def containing(self, entity: Entity) -> list[int]:
        """Other entities with facts whose name contains a spelling of ``entity`` (设立市场部 contains 市场部)."""
        return self.containing_ids(entity.id)

    def says(self, word: str) -> bool:
        """Whether ``word`` (searchable form) stands anywhere in the library."""
        if len(word) < 3:
            return not word or self.slides.count(word) > 0
        return any(word in self._text_of(int(row)) for row in self.slides.holding(word))

    @cached_property
    def slides(self) -> GramIndex:
        """The pairs of characters of every slide, by its place in ``places``."""
        return self._slides or GramIndex.build(searchable(place.slide.said) for place in self.places)

    @cached_property
    def _text_of(self) -> Callable[[int], str]:
        places = self.places
        return lru_cache(maxsize=KEPT_TEXTS)(lambda row: searchable(places[row].slide.said))

    def mentions(self, entity: Entity) -> list[tuple[Place, Block]]:
        """Blocks in which a spelling of ``entity`` stands."""
        spellings = [folded for spelling in entity.spellings if (folded := searchable(spelling))]
        return [
            (place, block)
            for place in self._places_with(spellings)
            for block in place.slide.blocks
            if any(spelling in searchable(block.text) for spelling in spellings)
        ]

    def points_beside(self, spellings: Iterable[str]) -> Iterator[Point]:
        """Facts on the first slides that may say one of ``spellings``."""
        for place in self.places_naming(spellings):
            yield from self.points_on.get(place.key, ())

    def members(self, group: Group) -> tuple[Entity, ...]:
        """The entities that stand side by side in ``group``."""
        return tuple(self.entities[member] for member in group.members)

    def places_naming(self, spellings: Iterable[str]) -> list[Place]:
        """The first slides that may say one of ``spellings``."""
        folded = [searchable(spelling) for spelling in spellings if len(spelling) > 1]
        return list(islice(self._places_with(folded), MOST_PLACES))

    def _places_with(self, words: Sequence[str]) -> Iterable[Place]:
        """Places that may say one of ``words``, in their order."""
        rows = sorted({int(row) for word in words for row in self.slides.holding(word)})
        return (self.places[row] for row in rows)


def _containing(entities: Sequence[Entity], having: Container[int], names: NameIndex, number: int) -> list[int]:
    spellings = [searchable(s) for s in entities[number].spellings if len(s) > 2]
    found = {other: None for other in names.containing(spellings) if other != number and other in having}
    return list(found)


def _pools(
    points_of: Mapping[int, list[Point]],
    containing: Callable[[int], list[int]],
    within: Mapping[int, list[Point]],
    number: int,
) -> tuple[Pool, ...]:
    about = chain.from_iterable(points_of[other] for other in containing(number))
    return Pool.of(points_of.get(number, ())), Pool.of(about), Pool.of(within.get(number, ()))


def _by(items: Iterable, key) -> dict:  # type: ignore[no-untyped-def, type-arg]
    grouped = defaultdict(list)
    for item in items:
        grouped[key(item)].append(item)
    return dict(grouped)


def _headings_above(terms: TermBase, path: tuple[str, ...], named: str) -> tuple[str, ...]:
    """The heading path down to, but without, the subject and its aspect."""
    above = []
    for heading in path:
        subject = terms.split_heading(heading)[0]
        if searchable(terms.without_mark(heading)) == searchable(named):
            break
        if subject and searchable(subject) == searchable(named):
            break
        if terms.aspect(terms.without_mark(heading)) is None:
            above.append(heading)
    return tuple(above)
