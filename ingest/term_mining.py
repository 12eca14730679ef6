"""Decks → terms that their term base does not hold: other names, aspects, subjects, each with where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from kejian.corpus.mining_words import MiningWords
from kejian.corpus.normalize import searchable
from kejian.corpus.slide_words import SlideWords
from kejian.corpus.terms import Role, TermBase
from kejian.ingest.model import Deck, Fact, Slide
from kejian.ingest.other_names import NameFinder
from kejian.ingest.wording import STEP, is_name, sentences

Kind = Literal["alias", "aspect", "subject"]
KINDS: tuple[Kind, ...] = ("alias", "aspect", "subject")
CHINESE_WORD = re.compile(r"^[^（()）、]*[\u3400-\u9fff]{2}[^（()）、]*$")
SHORT = re.compile(r"[A-Z][A-Za-z0-9&/+-]{1,9}")
BEHIND = re.compile(r"\s*[(（][^（）()]*[)）]$|[，,].*$")
WHOLE_HEADS = frozenset({"全称", "中文全称", "中文名", "中文名称"})
CHINESE_HEADS = frozenset({"中文", "中文意思", "意思", "含义", "说明", "定义", "是什么"})
SHOWN = 3  # sightings kept of each term
LEAST_SUBJECTS = 2  # a head is taken for an aspect where it says something of two subjects


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a term was seen; ``quote`` is the line as written."""

    deck: str
    slide: int
    quote: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A term that the term base does not hold. ``of`` is what an alias stands for; ``role`` is a guess."""

    kind: Kind
    name: str
    of: str
    role: Role
    count: int
    certain: bool  # good enough to be used without being asked for
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    kind: Kind
    name: str
    of: str
    certain: bool
    sighting: Sighting


def proposals(decks: Iterable[Deck], terms: TermBase) -> tuple[Proposal, ...]:
    """What ``decks`` call by names that ``terms`` lacks: aliases, aspects, subjects, the most frequent first."""
    words = MiningWords.bundled()
    decks = tuple(decks)
    found: dict[tuple[Kind, str, str], list[_Seen]] = defaultdict(list)
    for deck in decks:
        for seen in chain(_aliases(deck, words), _aspects(deck), _subjects(deck)):
            if _is_new(seen, terms, words):
                found[seen.kind, searchable(seen.name), searchable(seen.of)].append(seen)
    proposed = [_proposal(group, words) for group in found.values()]
    taken = {searchable(p.name) for p in proposed if p.kind != "subject"}
    kept = [p for p in proposed if p.kind != "subject" or searchable(p.name) not in taken]
    return tuple(sorted(kept, key=lambda p: (KINDS.index(p.kind), not p.certain, -p.count, p.name)))


def with_other_names(decks: Iterable[Deck], terms: TermBase) -> TermBase:
    """``terms`` with the ``other_names`` in ``decks``."""
    return terms.with_aliases(other_names(decks, terms))


def other_names(decks: Iterable[Deck], terms: TermBase) -> tuple[tuple[str, str], ...]:
    """(name, alias) that ``decks`` leave no doubt about; an alias that means two things is left out."""
    certain = [p for p in _alias_proposals(decks, terms) if p.certain]
    meant: dict[str, set[str]] = defaultdict(set)
    for proposal in certain:
        meant[searchable(proposal.name)].add(searchable(proposal.of))
    return tuple((p.of, p.name) for p in certain if len(meant[searchable(p.name)]) == 1)


def _alias_proposals(decks: Iterable[Deck], terms: TermBase) -> list[Proposal]:
    words = MiningWords.bundled()
    found: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for seen in chain.from_iterable(_aliases(deck, words) for deck in decks):
        if _is_new(seen, terms, words):
            found[searchable(seen.name), searchable(seen.of)].append(seen)
    return [_proposal(group, words) for group in found.values()]


def _proposal(group: Sequence[_Seen], words: MiningWords) -> Proposal:
    first = group[0]
    role = words.role_of(first.name) if first.kind == "aspect" else "other"
    sightings = tuple(dict.fromkeys(seen.sighting for seen in group))
    certain = any(seen.certain for seen in group)
    return Proposal(first.kind, first.name, first.of, role, len(sightings), certain, sightings[:SHOWN])


def _is_new(seen: _Seen, terms: TermBase, words: MiningWords) -> bool:
    if searchable(seen.name) in words.common or terms.aspect(seen.name):
        return False
    known = terms.subject(seen.name)
    if seen.kind != "alias":
        return known is None
    whole = terms.subject(seen.of)
    return known is None or (whole is None and searchable(known.name) == searchable(seen.name))


def _sighted(deck: Deck, slide: Slide, quote: str) -> Sighting:
    return Sighting(deck.title, slide.number, quote)


def _aliases(deck: Deck, words: MiningWords) -> Iterator[_Seen]:
    finder = NameFinder(_known_names(deck), words)
    for slide in deck.slides:
        for block in slide.blocks:
            for start, end in sentences(block.text):
                seen = _sighted(deck, slide, block.text[start:end])
                for other in finder.in_sentence(seen.quote):
                    yield _Seen("alias", other.alias, other.name, other.certain, seen)
        for fact in slide.facts:
            if (whole := _spelled_out(fact)) is not None:
                seen = _sighted(deck, slide, f"{fact.subject} | {fact.aspect} | {fact.text}")
                known = searchable(fact.aspect) in WHOLE_HEADS or searchable(whole) in finder.known
                yield _Seen("alias", fact.subject, whole, certain=known, sighting=seen)
            if searchable(fact.aspect) in words.short_heads and is_name(fact.text) and fact.subject:
                seen = _sighted(deck, slide, f"{fact.subject} | {fact.aspect} | {fact.text}")
                yield _Seen("alias", fact.text, fact.subject, certain=True, sighting=seen)


def _spelled_out(fact: Fact) -> str | None:
    """What a short name in Latin letters stands for, where a column 全称 or 中文 says so; None where none does."""
    head = searchable(fact.aspect)
    if not SHORT.fullmatch(fact.subject) or not (head in WHOLE_HEADS or head in CHINESE_HEADS):
        return None
    whole = BEHIND.sub("", fact.text).strip()
    return whole if is_name(whole) and CHINESE_WORD.match(whole) else None


def _known_names(deck: Deck) -> frozenset[str]:
    """What the deck gives a name: subjects, units, titles and headings."""
    names = (
        name
        for slide in deck.slides
        for name in (
            slide.title,
            *(fact.subject for fact in slide.facts),
            *(unit for relation in slide.relations for unit in (relation.parent, relation.child)),
            *(block.text for block in slide.blocks if block.kind == "heading"),
        )
    )
    return frozenset(searchable(name) for name in names if is_name(name))


def _aspects(deck: Deck) -> Iterator[_Seen]:
    """Heads under which something is said of several subjects, or of one in several places."""
    found: dict[str, list[tuple[str, Sighting]]] = defaultdict(list)
    for slide in deck.slides:
        for fact in slide.facts:
            if fact.aspect and _is_term(fact.aspect) and " " not in fact.aspect:
                sighting = _sighted(deck, slide, f"{fact.subject} | {fact.aspect} | {fact.text}")
                found[fact.aspect].append((fact.subject, sighting))
    for aspect, sayings in found.items():
        if len({subject for subject, _ in sayings}) >= LEAST_SUBJECTS:
            yield from (_Seen("aspect", aspect, "", False, sighting) for _, sighting in sayings)


def _subjects(deck: Deck) -> Iterator[_Seen]:
    """Boxes of charts, and what is explained: what something is said of under several aspects, or defined."""
    aspects: dict[str, set[str]] = defaultdict(set)
    for fact in (fact for slide in deck.slides for fact in slide.facts):
        aspects[fact.subject].add(fact.aspect)
    titles = {searchable(slide.title) for slide in deck.slides}
    for slide in deck.slides:
        units = (name for relation in slide.relations for name in (relation.parent, relation.child))
        spoken_of = (f.subject for f in slide.facts if len(aspects[f.subject] - {""}) > 1)
        for name in dict.fromkeys(chain(units, spoken_of)):
            if _is_term(name) and searchable(name) not in titles - {searchable(slide.title)}:
                yield _Seen("subject", name, "", False, _sighted(deck, slide, name))


def _is_term(name: str) -> bool:
    """Whether ``name`` can stand in a term base: short, no sentence, no step, no date or number."""
    plain = searchable(name)
    words = SlideWords.bundled()
    return (
        2 <= len(plain) <= 12
        and is_name(name)
        and not STEP.match(name)
        and not words.is_period(name)
        and bool(CHINESE_WORD.search(name))
        and not any(found[1] for found in MiningWords.bundled().lead_ins.finditer(name))
        and not plain[0].isdigit()
    )
