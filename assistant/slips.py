"""Names with a slip in them (前后瑞型, 维护按装部, qianhouduan型): which name was meant."""

from __future__ import annotations

import operator
import re
from collections.abc import Container, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kejian.assistant.knowledge import Knowledge
from kejian.assistant.sounds import Sounds, alike, sound_of

SHORTEST, LONGEST = 4, 24  # characters of a name in which one wrong character leaves no doubt, and is worth a look
LATIN = re.compile(r"[a-z0-9]")
NUMERAL = re.compile("[0-9一二三四五六七八九十百千万]")
Places = NDArray[np.int64]
Named = Mapping[int, tuple[int, int]]  # by where a name begins: where it ends, and the entity


class Slip(NamedTuple):
    """``text[start:end]`` means ``name``, a name of ``entity``."""

    start: int
    end: int
    name: str
    entity: int

    def mended(self, text: str) -> str:
        """``text`` with the name in place of the slip."""
        return f"{text[: self.start]}{self.name}{text[self.end :]}"


@dataclass(frozen=True)
class Slips:
    """Finds slips. ``names`` are searchable spellings with their entities, longest first; ``known`` words are none."""

    names: Mapping[str, int]
    known: Container[str]
    knowledge: Knowledge
    sounds: Sounds

    @cached_property
    def _listed(self) -> tuple[tuple[str, int], ...]:
        return tuple(self.names.items())

    @cached_property
    def _characters(self) -> tuple[dict[str, Places], Places]:
        """Where in ``_listed`` names with each character stand, and how many different ones each name has."""
        found: dict[str, list[int]] = {}
        for place, (name, _) in enumerate(self._listed):
            for character in set(name):
                found.setdefault(character, []).append(place)
        sizes = np.array([len(set(name)) for name, _ in self._listed], dtype=np.int64)
        return {character: np.array(places) for character, places in found.items()}, sizes

    def _nearly_within(self, text: str) -> Iterator[tuple[str, int]]:
        """Names of which ``text`` lacks at most one character."""
        having, sizes = self._characters
        places = [having[character] for character in set(text) if character in having]
        said = np.bincount(np.concatenate(places), minlength=len(sizes)) if places else np.zeros_like(sizes)
        return (self._listed[place] for place in np.flatnonzero(sizes - said <= 1))

    @classmethod
    def of(cls, knowledge: Knowledge, known: Container[str]) -> Slips:
        """Over the names of a library."""
        named = {folded: entity for entity, folded in knowledge.names.items()}
        spoken_of = (knowledge.points_of, knowledge.under, knowledge.above, knowledge.charts_of)
        long = [
            n for n, entity in named.items() if SHORTEST <= len(n) <= LONGEST and any(entity in s for s in spoken_of)
        ]
        names = {name: named[name] for name in sorted(long, key=lambda name: -len(name))}
        return cls(names, known, knowledge, Sounds(named))

    def find(self, text: str, taken: Set[int], named: Named) -> Slip | None:
        """The longest name within one slip of a stretch of ``text`` (searchable form).

        Places in ``taken`` belong to something else. A name in ``named`` gives way to a longer one around it.
        """
        found = (slip for slip in self._misspelt(text) if taken.isdisjoint(range(slip.start, slip.end)))
        best = next((slip for slip in found if self._gives_way(text, slip, named)), None)
        return best or (None if named else self._heard(text, taken))

    def _misspelt(self, text: str) -> Iterator[Slip]:
        for name, entity in self._nearly_within(text):
            for length in (len(name), len(name) - 1, len(name) + 1):
                for start in range(len(text) - length + 1):
                    stretch = text[start : start + length]
                    if not misspells(stretch, name, self.known) or not whole_word(text, start, start + length):
                        continue
                    if not self.knowledge.says(stretch):
                        yield Slip(start, start + length, name, entity)

    def _gives_way(self, text: str, slip: Slip, named: Named) -> bool:
        """Whether every name that the slip touches is a shorter one inside it.

        Where one character more makes the same thing's longer name (白金 in 白金持), that character has to be one
        of the longer name or to sound like one: the next word of the sentence does not.
        """
        for start, (end, entity) in named.items():
            if end <= slip.start or slip.end <= start:
                continue
            if not (slip.start <= start and end <= slip.end):
                return False
            left = text[slip.start : start] + text[end : slip.end]
            if len(left) < 2 and not (entity == slip.entity and left and sound_of(left) in map(sound_of, slip.name)):
                return False
        return True

    def _heard(self, text: str, taken: Set[int]) -> Slip | None:
        """A name by its sound, where the stretch is no word of the library itself."""
        for start, end, name, entity in self.sounds.find(text):
            if taken.isdisjoint(range(start, end)) and not self.knowledge.says(text[start:end]):
                return Slip(start, end, name, entity)
        return None


def misspells(stretch: str, name: str, known: Container[str]) -> bool:
    """Whether ``stretch`` is ``name`` with one slip; ``known`` words are no slips, nor fillers at its ends.

    Another character at an end has to sound the same, for else it belongs to the next word (大客户合并: not 大客户部).
    A number is never a slip of another one: 二级部门 is not 一级部门.
    """
    if stretch in known or name in stretch or stretch != stretch.strip() or not one_edit(stretch, name):
        return False
    ends = ((stretch[0], name[0]), (stretch[-1], name[-1]))
    if len(stretch) == len(name) and sum(map(operator.ne, stretch, name)) == 1:
        return all(here == there or alike(here, there) for here, there in ends) and _same_numbers(stretch, name)
    return not any(here != there and here in known for here, there in ends) and _same_numbers(stretch, name)


def _same_numbers(stretch: str, name: str) -> bool:
    return NUMERAL.findall(stretch) == NUMERAL.findall(name)


def one_edit(first: str, second: str) -> bool:
    """Whether one replaced, missing, added or transposed character makes ``second`` of ``first``.

    >>> one_edit("前后瑞型", "前后端型"), one_edit("大户部", "大客户部"), one_edit("甲乙", "丙丁")
    (True, True, False)
    """
    if first == second:
        return True
    head = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    one, two = first[head:], second[head:]
    swapped = len(one) > 1 and len(one) == len(two) and one[:2] == two[1::-1] and one[2:] == two[2:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or swapped


def whole_word(text: str, start: int, end: int) -> bool:
    """Latin names and cues must not be cut out of a longer word; Chinese has no such borders."""

    def joined(left: str, right: str) -> bool:
        return bool(LATIN.match(left) and LATIN.match(right))

    before = start > 0 and joined(text[start - 1], text[start])
    after = end < len(text) and joined(text[end - 1], text[end])
    return not (before or after)
