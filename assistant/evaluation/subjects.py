"""The names of a library as an evaluation sees them: who is spoken of, under whatever name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kejian.assistant.evaluation.wording import plain
from kejian.assistant.naming import linked_names, written_names
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck, Slide
from kejian.ingest.term_mining import with_other_names

BRACKETED = re.compile(r"^(.+?)\s*[（(]\s*([^（）()]{2,20})\s*[)）]$")
LEAD = re.compile(
    r"^(?:在|从|对|由|按|至于|关于|其中)?[“「\"]?"
)  # what may stand in front of the name a sentence is about
SHORTEST = 2


@dataclass(frozen=True)
class Subjects:
    """``groups`` hold the spellings of one subject each; by their first spelling, ``siblings`` are the sets of subjects
    of which one slide says the same aspect: what one of them is asked about may be said of another by mistake.
    ``linked`` holds all spellings of one subject, also those that are too short or common to be looked for in texts."""

    groups: tuple[tuple[str, ...], ...] = ()
    siblings: tuple[frozenset[str], ...] = ()
    linked: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of_decks(cls, decks: Sequence[Deck], terms: TermBase) -> Subjects:
        """What the facts of ``decks`` are about, with the other names that the term base and the decks give."""
        known = with_other_names(decks, terms)
        slides = [slide for deck in decks for slide in deck.slides]
        written = [fact.subject for slide in slides for fact in slide.facts]
        boxes = (name for slide in slides for relation in slide.relations for name in (relation.parent, relation.child))
        written += [name for name in boxes if len(name) > SHORTEST]  # a shorter box may be any word
        names = [name for name in dict.fromkeys(map(known.without_mark, written)) if name]
        short = _remainders(names)
        groups = _joined((*_spellings(name, known), *short.get(name, ())) for name in names)
        return cls(groups, _siblings(slides, known, groups), _linked(slides, known))

    @cached_property
    def _group_of(self) -> dict[str, str]:
        return {plain(spelling): group[0] for group in self.groups for spelling in group}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        spellings = sorted((s for s in self._group_of if len(s) >= SHORTEST), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, spellings)) or "(?!)")

    def named_in(self, text: str) -> tuple[str, ...]:
        """The subjects named in ``text`` (plain form), in its order; of names within names the longest."""
        if text not in self._seen:
            self._seen[text] = tuple(self._group_of[found] for found in self._pattern.findall(text))
        return self._seen[text]

    @cached_property
    def _seen(self) -> dict[str, tuple[str, ...]]:
        return {}

    def called(self, name: str) -> str:
        """One and the same name for every spelling of a subject; else the first subject named in ``name``, or itself.

        >>> subjects = Subjects((("甲型",),), linked=(("方案一:集中制", "方案一", "集中制"),))
        >>> subjects.called("集中制"), subjects.called("甲型的变体"), subjects.called("乙型")
        ('方案一:集中制', '甲型', '乙型')
        """
        found = name if plain(name) in self._whole else next(iter(self.named_in(plain(name))), name)
        return self._whole.get(plain(found), found)

    @cached_property
    def _whole(self) -> dict[str, str]:
        return {plain(spelling): group[0] for group in self.linked for spelling in group}

    def leading(self, text: str) -> str:
        """The subject a sentence begins with, which is what it is about; "" where it begins otherwise."""
        found = self._pattern.match(text, LEAD.match(text).end())  # type: ignore[union-attr]
        return self._group_of[found.group()] if found else ""

    def without(self, text: str) -> str:
        """``text`` (plain form) with a blank in place of every name."""
        return self._pattern.sub(" ", text)

    def are_rivals(self, one: str, other: str) -> bool:
        """Whether the two are compared somewhere, and neither name is part of the other."""
        apart = one not in other and other not in one
        return apart and any(one in group and other in group for group in self.siblings)


def _spellings(name: str, terms: TermBase) -> tuple[str, ...]:
    term = terms.subject(name)
    found = BRACKETED.match(name)
    own = (name, *(found.groups() if found else ()))
    others = (*term.spellings,) if term else ()
    return tuple(dict.fromkeys((*own, *others)))


def _linked(slides: Sequence[Slide], terms: TermBase) -> tuple[tuple[str, ...], ...]:
    """Names that are spellings of one thing, as answers are composed by them, but not where a slide speaks against it.

    Of two subjects that one slide sets side by side under one aspect, neither is a name of the other unless it stands
    within it: a wrong link would make wrong cells of a comparison look right.
    """
    spelled, owner = linked_names(written_names(slides, terms), terms)
    doubted: set[int] = set()
    for slide in slides:
        seen: dict[tuple[str, int], str] = {}
        for fact in slide.facts:
            name = plain(terms.without_mark(fact.subject))
            number = owner.get(searchable(terms.without_mark(fact.subject)))
            if number is not None and fact.aspect:
                other = seen.setdefault((plain(terms.without_mark(fact.aspect)), number), name)
                doubted |= {number} if other not in name and name not in other else set()
    return tuple(names for number, names in enumerate(spelled) if len(names) > 1 and number not in doubted)


def _remainders(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is left of names that begin alike, 专业版 of 极光专业版 beside 极光轻量版; where it is left of one only.

    >>> _remainders(["极光专业版", "极光轻量版", "开发部"])
    {'极光专业版': ('专业版',), '极光轻量版': ('轻量版',)}
    """
    found: dict[str, list[str]] = {}
    for name in names:
        for length in range(SHORTEST, len(name) - SHORTEST):
            alike = [other for other in names if other.startswith(name[:length]) and other != name]
            if any(len(other) > length + SHORTEST for other in alike):
                found.setdefault(name[length:], []).append(name)
    shortest: dict[str, str] = {}
    for rest, owners in found.items():
        if len(owners) == 1 and rest not in names:
            shortest[owners[0]] = rest  # later prefixes are longer, what they leave is shorter
    return {name: (rest,) for name, rest in shortest.items()}


def _joined(groups: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Groups that share a spelling become one, in order of first appearance."""
    joined: list[dict[str, None]] = []
    for group in groups:
        keys = {plain(spelling) for spelling in group}
        same = [known for known in joined if keys & {plain(spelling) for spelling in known}]
        if not same:
            joined.append(dict.fromkeys(group))
            continue
        same[0].update(dict.fromkeys(group))
        for other in same[1:]:
            same[0].update(other)
            joined.remove(other)
    return tuple(tuple(group) for group in joined)


def _siblings(
    slides: Iterable[Slide], terms: TermBase, groups: tuple[tuple[str, ...], ...]
) -> tuple[frozenset[str], ...]:
    first = {plain(spelling): group[0] for group in groups for spelling in group}
    found: list[frozenset[str]] = []
    for slide in slides:
        by_aspect: dict[str, set[str]] = {}
        for fact in slide.facts:
            name = terms.without_mark(fact.subject)
            by_aspect.setdefault(plain(terms.without_mark(fact.aspect)), set()).add(first.get(plain(name), name))
        found += [frozenset(names) for aspect, names in by_aspect.items() if aspect and len(names) > 1]
    return tuple(dict.fromkeys(found))
