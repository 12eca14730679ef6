"""Names over what is said of them, where neither indentation nor the term base tells: flat lists, repeated headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kejian.corpus.normalize import searchable
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Table
from kejian.ingest.wording import ATTRIBUTE, LABEL, NO_LABEL, STEP, is_name

Part = Item | Table
SHORTEST_LIST = 4
LONGEST_QUESTION = 8  # a heading worded as a question: 怎么运作; a longer one heads a topic of its own


def label_of(text: str) -> str:
    """The label that ``text`` opens with; "" where none, or one that is not a name (第一步, 注意)."""
    found = None if STEP.match(text) else LABEL.match(text)
    label = found["label"].strip() if found else ""
    return label if is_name(label) and not NO_LABEL.match(label) else ""


def nested(parts: Sequence[Part], lexicon: Lexicon) -> list[Part]:
    """Flat lists of 「甲型, 优点:…, 缺点:…, 乙型, 优点:…」: the labels move a level below the names."""
    found: list[Part] = []
    for _, run in groupby(parts, key=_list_key):
        items = list(run)
        bullets = [item for item in items if isinstance(item, Item)]
        found += _indented(bullets, lexicon) if _alternates(bullets, lexicon) else items
    return found


def _list_key(part: Part) -> tuple[str, int | None]:
    return (part.kind if isinstance(part, Item) else "table", part.shape)


def _alternates(items: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether the outermost items are names, each with labels right behind it, and some label is an aspect."""
    if len(items) < SHORTEST_LIST or items[0].kind != "bullet":
        return False
    top = [item for item in items if item.level == min(item.level for item in items)]
    named = [_is_bare_name(item, lexicon) for item in top]
    labels = [label_of(item.text) for item in top]
    if len(top) < len(items) or not all(name or label for name, label in zip(named, labels, strict=True)):
        return False
    paired = all(label for name, label in zip(named, labels[1:], strict=False) if name)
    return named[0] and not named[-1] and sum(named) > 1 and paired and _known(labels, lexicon)


def _known(labels: Sequence[str], lexicon: Lexicon) -> bool:
    said = [label for label in labels if label]
    return any(lexicon.heading(text).is_aspect or said.count(text) > 1 for text in said)


def _is_bare_name(item: Item, lexicon: Lexicon) -> bool:
    text = item.text.rstrip(":： ")
    return is_name(text) and not STEP.match(text) and not lexicon.heading(text).aspect


def _indented(items: Sequence[Item], lexicon: Lexicon) -> list[Item]:
    return [item if _is_bare_name(item, lexicon) else replace(item, level=item.level + 1) for item in items]


def recurring(parts: Sequence[Part], lexicon: Lexicon) -> list[Part]:
    """Headings 「甲型, 优点, 缺点, 乙型, 优点」 written at one level: the aspects move a level below the names."""
    found = list(parts)
    for siblings in _siblings(parts):
        aspects = [number for number in siblings if lexicon.label(_text(parts[number])).is_aspect]
        names = {lexicon.plain(_text(parts[number])) for number in aspects}
        if siblings[0] in aspects or len(names) == len(aspects):
            continue
        for start, end in zip(siblings, [*siblings[1:], len(parts)], strict=True):
            for number in range(start, end) if start in aspects else ():
                part = parts[number]
                if isinstance(part, Item) and part.kind == "heading":
                    if part.level < _level(parts[start]):
                        break
                    found[number] = replace(part, level=part.level + 1)
    return found


def _level(part: Part) -> int:
    return part.level if isinstance(part, Item) else 0


def _siblings(parts: Sequence[Part]) -> Iterator[list[int]]:
    """The headings of one level under each heading, by number; those of drawn pages have a place of their own."""
    groups: dict[tuple[int | None, int], list[int]] = {}
    open_: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        if isinstance(part, Item) and part.kind in ("title", "heading"):
            open_ = [(level, n) for level, n in open_ if level < part.level]
            if part.within is None and part.kind == "heading":
                groups.setdefault((open_[-1][1] if open_ else None, part.level), []).append(number)
            open_.append((part.level, number))
    yield from groups.values()


@dataclass(frozen=True, slots=True)
class _Place:
    """A heading of the page, its text as a name, and the number of the heading it stands under."""

    number: int
    name: str
    parent: int | None


def attributed(parts: Sequence[Part], lexicon: Lexicon) -> list[Part]:
    """Headings beside 优点 that recur under other headings (做法 under every method) open an aspect as 优点 does."""
    places = list(_places(parts, lexicon))
    aspects = {place.number for place in places if lexicon.heading(_text(parts[place.number])).is_aspect}
    beside = {place.parent for place in places if place.number in aspects} - aspects - {None}
    parents: dict[str, set[int | None]] = {}
    for place in places:
        if place.parent not in aspects:
            parents.setdefault(place.name, set()).add(place.parent)
    worded = {place.number for place in places if _is_worded(place, parts, lexicon) and place.parent not in aspects}
    labels = {p.number for p in places if p.parent not in (None, *aspects) and lexicon.is_label(p.name)}
    found = (
        {place.number for place in places if place.number in worded and place.parent not in worded}
        | labels
        | {
            place.number
            for place in places
            if place.parent in beside and place.number not in aspects
            if not lexicon.terms.subject(place.name)
            if ATTRIBUTE.match(place.name) or (len(parents[place.name]) > 1 and parents[place.name] & beside)
        }
    )
    found |= {number for run in _lists(parts) for number in _beside(run, parts, lexicon)}
    return [
        replace(part, attribute=True) if n in found and isinstance(part, Item) else part for n, part in enumerate(parts)
    ]


def _lists(parts: Sequence[Part]) -> Iterator[list[int]]:
    """Bullets that go on in lists of their own, by number: those of one level under one bullet or heading."""
    groups: dict[tuple[int, ...], list[int]] = {}
    open_: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        if not isinstance(part, Item) or part.kind != "bullet":
            open_ = [(-1, number)]  # what stands here parts the lists
            continue
        open_ = [(level, n) for level, n in open_ if level < part.level]
        below = parts[number + 1] if number + 1 < len(parts) else None
        if isinstance(below, Item) and below.kind == "bullet" and below.level > part.level:
            groups.setdefault(tuple(n for _, n in open_), []).append(number)
        open_.append((part.level, number))
    yield from groups.values()


def _beside(siblings: Sequence[int], parts: Sequence[Part], lexicon: Lexicon) -> Iterator[int]:
    """What is an aspect because two others beside it are: worded like one, or named after one of them."""
    aspects = [number for number in siblings if lexicon.label(_text(parts[number]).rstrip(":： ")).is_aspect]
    for number in siblings if len(aspects) > 1 else ():
        name = lexicon.plain(_text(parts[number]))
        asks = lexicon.words.asks(name)
        known = lexicon.terms.subject(name) or searchable(name) in lexicon.names or lexicon.words.is_unit(name)
        worded = asks or lexicon.words.heads_aspect(name) or bool(ATTRIBUTE.match(name))
        if number not in aspects and is_name(name) and len(name) <= LONGEST_QUESTION and (asks or not known):
            yield from [number] if worded or number > aspects[0] else []


def _is_worded(place: _Place, parts: Sequence[Part], lexicon: Lexicon) -> bool:
    """Whether a heading that stands under a name reads like an aspect of it: 病因, 防范措施, 怎么运作."""
    asks = len(place.name) <= LONGEST_QUESTION and lexicon.words.asks(place.name)
    if place.parent is None or lexicon.terms.subject(place.name):
        return False
    if not (asks or lexicon.words.heads_aspect(place.name)):
        return False
    own, above = (lexicon.heading(_text(parts[number])) for number in (place.number, place.parent))
    return bool(above.subject) and not above.aspect and not own.is_aspect


def _text(part: Part) -> str:
    return part.text if isinstance(part, Item) else ""


def _places(parts: Sequence[Part], lexicon: Lexicon) -> Iterator[_Place]:
    open_: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        if isinstance(part, Item) and part.kind in ("title", "heading"):
            open_ = [(level, n) for level, n in open_ if level < part.level]
            yield _Place(number, lexicon.plain(part.text), open_[-1][1] if open_ else None)
            open_.append((part.level, number))
