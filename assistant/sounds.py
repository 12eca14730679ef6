"""Names recognised by how they sound: typed in pinyin, or with characters of the same sound (前后段型)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

SHORTEST_SOUND = 6  # letters; shorter sounds belong to too many words
SHORTEST_NAME = 3


@lru_cache(maxsize=20_000)
def sound_of(character: str) -> str:
    """The commonest toneless pinyin of a character; the character itself where it has none.

    >>> sound_of("端"), sound_of("a")
    ('duan', 'a')
    """
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character)) or character


def alike(first: str, second: str) -> bool:
    """Whether two characters sound the same, or as good as: many say zh, ch, sh, ng as z, c, s, n, and l for n.

    >>> alike("心", "兴"), alike("部", "布"), alike("部", "合")
    (True, True, False)
    """
    return _blurred(sound_of(first)) == _blurred(sound_of(second))


def _blurred(sound: str) -> str:
    return re.sub("^n", "l", re.sub("ng$", "n", re.sub("^([zcs])h", r"\1", sound)))


def sounded(text: str) -> str:
    """The pinyin of a text, character by character: the same for all texts of one sound."""
    return "".join(map(sound_of, text))


def spoken(text: str) -> str:
    """The pinyin of a text as people read it: characters with several sounds by their neighbours.

    >>> sounded("重庆部"), spoken("重庆部")
    ('zhongqingbu', 'chongqingbu')
    """
    from pypinyin.seg.simpleseg import seg

    return "".join(map(_word_spoken, seg(text)))


@lru_cache(maxsize=50_000)
def _word_spoken(word: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word))


@dataclass(frozen=True)
class Sounds:
    """Names by their sound. ``names`` are searchable spellings with the entities they name."""

    names: Mapping[str, int]

    @cached_property
    def _by_sound(self) -> dict[str, str]:
        """Names by sound, the longest first; a sound that several entities have belongs to none."""
        found: dict[str, dict[int, str]] = {}
        for name, entity in self.names.items():
            if len(name) >= SHORTEST_NAME and not name.isascii():
                for sound in {sounded(name), spoken(name)}:
                    found.setdefault(sound, {}).setdefault(entity, name)
        single = {sound: min(owners.values()) for sound, owners in found.items() if len(owners) == 1}
        return dict(sorted(single.items(), key=lambda item: -len(item[0])))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """Sounds worth looking for, and which comes first."""
        return {sound: rank for rank, sound in enumerate(self._by_sound) if len(sound) >= SHORTEST_SOUND}

    def find(self, text: str) -> Iterator[tuple[int, int, str, int]]:
        """(start, end, name, entity) of stretches of ``text`` (searchable form) that sound like a name, longest first.

        >>> list(Sounds({"前后端型": 7}).find("qianhouduanxing的优点"))
        [(0, 15, '前后端型', 7)]
        """
        heard, starts = "", {}
        for place, character in enumerate(text):
            starts[len(heard)] = place
            heard += "" if character in " '" else sound_of(character)
        starts[len(heard)] = len(text)
        for sound in sorted(self._sounds_in(heard, list(starts)), key=self._ranks.__getitem__):
            place, name = heard.find(sound), self._by_sound[sound]
            if place in starts and place + len(sound) in starts:
                yield starts[place], starts[place + len(sound)], name, self.names[name]

    def _sounds_in(self, heard: str, borders: Sequence[int]) -> set[str]:
        """Sounds of names in ``heard`` from one border of characters to another."""
        longest = len(next(iter(self._ranks), ""))
        found: set[str] = set()
        for at, start in enumerate(borders):
            last = bisect_right(borders, start + longest)
            found.update(sound for end in borders[at + 1 : last] if (sound := heard[start:end]) in self._ranks)
        return found
