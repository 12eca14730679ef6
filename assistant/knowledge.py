"""What a library says, arranged for answering: entities with their names, facts, places in structures and groups."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Role, TermBase
from kejian.ingest.holders import held
from kejian.ingest.model import Block, Deck, Fact, Relation, Slide
from kejian.ingest.wording import ORDINAL

BRACKETED = re.compile(r"^(.+?)\s*[（(]\s*([^（）()]{2,20})\s*[)）]$")
NO_NAME = re.compile(r"^[\d第共约含仅限如见以越]|[:：，,]|[人名个台]$")  # brackets that count or limit
KIND_END = re.compile(r"(?<=..[^的])(?:制|型|式|法|模式|方案|架构)$")
GLOSS = re.compile(r"\s|[:：—–]")
GLOSSED = re.compile(r"^(?P<name>[^\s:：—–]{2,10})(?:\s*[:：]\s*|\s*[—–]{1,2}\s*)\S.{2,}$")


@dataclass(frozen=True, slots=True)
class Place:
    """A slide in its deck."""

    deck: Deck
    slide: Slide

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
    """A fact with its place, its entity and its canonical aspect."""

    fact: Fact
    place: Place
    entity: int
    aspect: Aspect

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
    """Entities set side by side on one slide: the rows of a table, the headings of one level."""

    name: str
    place: Place
    members: tuple[int, ...]
    aspects: tuple[str, ...]


class Knowledge:
    """All facts and relations of a snapshot; every list is in reading order."""

    def __init__(self, decks: Sequence[Deck], terms: TermBase) -> None:
        self.terms = terms
        self.places = tuple(Place(deck, slide) for deck in decks for slide in deck.slides)
        self.entities: tuple[Entity, ...]
        self.entities, self._entity_of = _link_names(_names(self.places, terms), terms)
        self.points = tuple(self._points())
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

    def _points(self) -> Iterator[Point]:
        seen: set[tuple[int, str, str]] = set()
        for place in self.places:
            for fact in place.slide.facts:
                entity = self.entity_named(fact.subject)
                if entity is None:
                    continue
                aspect = self.aspect_named(fact.aspect)
                key = (entity.id, aspect.name, searchable(fact.text))
                if key not in seen:  # the same deck ingested in two formats says everything twice
                    seen.add(key)
                    yield Point(fact, place, entity.id, aspect)

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
    def positions_on(self) -> dict[str, list[int]]:
        """Positions in ``points`` by the id of the slide they stand on."""
        return _by(range(len(self.points)), lambda position: self.points[position].place.slide.id)

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
        for point in self.points:
            for entity in self._headings_of(point):
                if entity != point.entity:
                    within[entity].append(point)
        return within

    def _headings_of(self, point: Point) -> tuple[int, ...]:
        names = (
            name for h in (point.place.slide.title, *point.fact.path) for name in (h, self.terms.split_heading(h)[0])
        )
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
        for point in self.points:
            if point.aspect.name and point.aspect.role != "remark":
                rows[*point.place.key, _headings_above(point, self.terms)].append(point)
        found = []
        for points in rows.values():
            aspects = _by(points, lambda point: point.aspect.name)
            shared = [name for name, having in aspects.items() if len({point.entity for point in having}) > 1]
            members = dict.fromkeys(point.entity for point in points if point.aspect.name in shared)
            if len(members) > 1:
                place = points[0].place
                found.append(Group(place.slide.title, place, tuple(members), tuple(shared)))
        return tuple(found)

    @cached_property
    def set_side_by_side(self) -> tuple[Entity, ...]:
        """Entities of a kind: members of a group, or units of a chart; those something is said of."""
        numbers = dict.fromkeys(member for group in self.groups for member in group.members)
        numbers |= dict.fromkeys(edge.child for edge in self.edges)
        return tuple(self.entities[number] for number in numbers if number in self.points_of or number in self.under)

    @cached_property
    def _containing(self) -> dict[int, list[int]]:
        return {}

    def containing(self, entity: Entity) -> list[int]:
        """Other entities with facts whose name contains a spelling of ``entity`` (设立市场部 contains 市场部)."""
        if entity.id not in self._containing:
            spellings = [searchable(s) for s in entity.spellings if len(s) > 2]
            self._containing[entity.id] = [
                other
                for other in self.points_of
                if other != entity.id and any(s in self._folded_names[other] for s in spellings)
            ]
        return self._containing[entity.id]

    @cached_property
    def _folded_names(self) -> dict[int, str]:
        return {number: searchable(self.entities[number].name) for number in self.points_of}

    def says(self, word: str) -> bool:
        """Whether ``word`` (searchable form) stands anywhere in the library."""
        return any(word in text for text in self._texts)

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(searchable(f"{place.slide.title}\n{place.slide.source}") for place in self.places)

    def mentions(self, entity: Entity) -> list[tuple[Place, Block]]:
        """Blocks in which a spelling of ``entity`` stands."""
        spellings = [searchable(spelling) for spelling in entity.spellings]
        return [
            (place, block)
            for place in self.places
            for block in place.slide.blocks
            if any(spelling in searchable(block.text) for spelling in spellings)
        ]


def _by(items: Iterable, key) -> dict:  # type: ignore[no-untyped-def, type-arg]
    grouped = defaultdict(list)
    for item in items:
        grouped[key(item)].append(item)
    return dict(grouped)


def _headings_above(point: Point, terms: TermBase) -> tuple[str, ...]:
    """The heading path down to, but without, the subject and its aspect."""
    above = []
    for heading in point.fact.path:
        subject = terms.split_heading(heading)[0]
        if searchable(terms.without_mark(heading)) == searchable(point.fact.subject):
            break
        if subject and searchable(subject) == searchable(point.fact.subject):
            break
        if terms.aspect(terms.without_mark(heading)) is None:
            above.append(heading)
    return tuple(above)


def _names(places: Iterable[Place], terms: TermBase) -> Iterator[str]:
    """Every name a deck gives something it speaks about, first occurrence first."""
    for place in places:
        for relation in place.slide.relations:
            yield relation.parent
            yield relation.child
        for fact in place.slide.facts:
            yield fact.subject
        for heading in (place.slide.title, *(heading for block in place.slide.blocks for heading in block.path)):
            subject, aspect = terms.split_heading(heading)
            yield subject if aspect else terms.without_mark(heading)


def _link_names(names: Iterable[str], terms: TermBase) -> tuple[tuple[Entity, ...], dict[str, int]]:
    """Join the spellings of one thing: 「甲部(乙部)」 is 甲部 and 乙部; the term base adds aliases."""
    plain = list(dict.fromkeys(filter(None, (terms.without_mark(name) for name in names))))
    aliases = _bracket_aliases(plain)
    owner: dict[str, int] = {}
    spellings: list[list[str]] = []
    for name in sorted(plain, key=lambda name: (BRACKETED.match(name) is None, plain.index(name))):
        if terms.aspect(name) is not None:
            continue
        written = [name, *aliases.get(name, ())]
        for spelling in tuple(written):
            subject = terms.subject(spelling)
            written += subject.spellings if subject else ()
        number = next((owner[searchable(s)] for s in written if searchable(s) in owner), len(spellings))
        if number == len(spellings):
            spellings.append([])
        for spelling in written:
            if owner.setdefault(searchable(spelling), number) == number and spelling not in spellings[number]:
                spellings[number].append(spelling)
    entities = tuple(Entity(number, written[0], tuple(written)) for number, written in enumerate(spellings))
    return entities, owner


def _bracket_aliases(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Both parts of 「甲部(乙部)」; what several names carry in brackets is a remark, not an alias."""
    parts = {name: found.groups() for name in names if (found := BRACKETED.match(name))}
    inside = [second for _, second in parts.values()]
    aliases: dict[str, tuple[str, ...]] = {
        name: (first, second) if _names_again(first, second, inside) else (first,)
        for name, (first, second) in parts.items()
    }
    for name, spelled in chain(
        _numbered_aliases(names), _glossed_aliases(names), _held_aliases(names), _headed_aliases(names)
    ):
        aliases[name] = (*aliases.get(name, ()), *spelled)
    for name in names:
        if "/" in name and name not in aliases:
            pieces = [piece.strip() for piece in name.split("/")]
            aliases[name] = tuple(piece for piece in ("".join(pieces), *pieces) if len(piece) > 2)
    return aliases


def _names_again(first: str, second: str, inside: Sequence[str]) -> bool:
    """Whether what stands in brackets is another name, not a count or a remark."""
    return first == second or (inside.count(second) == 1 and not NO_NAME.search(second))


def _numbered_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「方案一:集中制」 is 方案一 and 集中制; a number that heads several names stands for none of them."""
    found = {name: match for name in names if (match := ORDINAL.match(name))}
    named: dict[str, set[str]] = defaultdict(set)
    for match in found.values():
        named[searchable(match["label"])].add(searchable(_without_gloss(match["name"])))
    for name, match in found.items():
        label = (match["label"],) if len(named[searchable(match["label"])]) == 1 else ()
        inner, bare = match["name"], _without_gloss(match["name"])
        stem = KIND_END.sub("", bare)
        yield name, tuple(dict.fromkeys((*label, inner, bare, stem)))


def _without_gloss(name: str) -> str:
    """「独立制——麻雀虽小」 is 独立制."""
    found = GLOSSED.match(name)
    return found["name"] if found else name


def _held_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「总裁 李某」 is the post and its holder; a post that several hold stands for none of them."""
    found = {name: holder for name in names if (holder := held(name))}
    posts = [holder.name for holder in found.values()]
    people = [holder.person for holder in found.values()]
    for name, holder in found.items():
        alone = posts.count(holder.name) == 1 and people.count(holder.person) == 1
        yield name, holder.spellings if alone else holder.spellings[-1:]


def _glossed_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """「职能型:专业扎堆」 is 职能型: a short name with a gloss behind it, where no other name begins alike."""
    found = {name: match["name"] for name in names if (match := GLOSSED.match(name)) and not ORDINAL.match(name)}
    for name, short in found.items():
        if list(found.values()).count(short) == 1:
            yield name, (short,)


def _headed_aliases(names: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The column 「编制在车间 派驻式」 of a table with two rows of heads is 派驻式, where that is a name elsewhere."""
    known = {searchable(name) for name in names}
    known |= {searchable(_without_gloss(match["name"])) for name in names if (match := ORDINAL.match(name))}
    known |= {searchable(_without_gloss(name)) for name in names}
    known |= {searchable(match[1]) for name in names if (match := BRACKETED.match(name))}
    inner = {name: name.rsplit(" ", 1)[1] for name in names if " " in name and not held(name)}
    for name, last in inner.items():
        if searchable(last) in known and list(inner.values()).count(last) == 1:
            yield name, (last,)
