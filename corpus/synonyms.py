"""The wording dictionary (说法词典): groups of words that say the same; nothing here is about any deck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from kejian.corpus.normalize import searchable

BUNDLED_SYNONYMS = Path(__file__).with_name("synonyms.yaml")
SHORTEST_PHRASE = 3  # shorter words are left to segmentation, which sees where they end


@dataclass(frozen=True)
class Synonyms:
    """Other words for a word, all in searchable form; those of its groups in the order written, formal ones first."""

    words: Mapping[str, tuple[str, ...]]

    @classmethod
    @cache
    def bundled(cls) -> Synonyms:
        return cls.of_groups(yaml.safe_load(BUNDLED_SYNONYMS.read_text(encoding="utf-8")))

    @classmethod
    def of_groups(cls, groups: list[list[str]]) -> Synonyms:
        """Each group lists words that may stand for each other.

        A single character (批, 报) says what the longer words say, but is not looked for in their place: it stands in
        too many other words.
        """
        found: dict[str, dict[str, None]] = {}
        for group in groups:
            folded = [searchable(word) for word in group]
            for word in folded:
                others = (other for other in folded if other != word and len(other) > 1)
                found.setdefault(word, {}).update(dict.fromkeys(others))
        return cls({word: tuple(others) for word, others in found.items()})

    def of(self, word: str) -> tuple[str, ...]:
        """Words that say the same as ``word`` (searchable form).

        >>> Synonyms.of_groups([["火灾", "着火"], ["着火", "起火"]]).of("着火")
        ('火灾', '起火')
        """
        return self.words.get(word, ())

    def phrases_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Ranges of ``text`` (searchable form) that are phrases of the dictionary, from the left, the longest first.

        >>> list(Synonyms.of_groups([["独立", "一个人"]]).phrases_in("能一个人上夜班"))
        [(1, 4)]
        """
        position = 0
        while position < len(text):
            lengths = (n for n in self._lengths.get(text[position], ()) if text[position : position + n] in self.words)
            length = next(lengths, 0)
            if length:
                yield position, position + length
            position += length or 1

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, set[int]] = {}
        for word in self.words:
            if len(word) >= SHORTEST_PHRASE:
                found.setdefault(word[0], set()).add(len(word))
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}
