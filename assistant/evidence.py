"""How far the words of a question are borne out by a text: idf-weighted coverage."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from kejian.corpus.normalize import searchable
from kejian.corpus.synonyms import Synonyms
from kejian.index.grams import GramIndex, pairs_of

MOST_BIGRAMS = 0.6
REMEMBERED = 50_000  # counts
SAID_OTHERWISE = 0.8  # what a synonym counts for against the word itself


class Weights:
    """Inverse document frequency of words, from the character pairs of a collection of texts, and their synonyms."""

    def __init__(self, counts: GramIndex, texts: int, synonyms: Synonyms | None = None) -> None:
        """``counts`` says in how many of the collection's ``texts`` a character or pair stands."""
        self.synonyms = synonyms or Synonyms({})
        self._count, self._total = lru_cache(maxsize=REMEMBERED)(counts.count), max(texts, 1)

    @classmethod
    def of_texts(cls, texts: Sequence[str], synonyms: Synonyms | None = None) -> Weights:
        """Of a collection that no index was made of."""
        return cls(GramIndex.build(map(searchable, texts), with_rows=False), len(texts), synonyms)

    def of(self, word: str) -> float:
        """BM25's idf (Robertson and Spärck Jones) of the rarest bigram in ``word``; always above 0.

        A single character, mostly a verb or a leftover of segmentation, counts half.
        """
        seen = min(map(self._count, pairs_of(word)))
        idf = math.log(1 + (self._total - seen + 0.5) / (seen + 0.5))
        return idf if len(word) > 1 else idf / 2

    def known(self, word: str) -> bool:
        """Whether every bigram of ``word`` stands somewhere in the collection."""
        return all(map(self._count, pairs_of(word)))

    def other_words(self, word: str) -> tuple[str, ...]:
        """Synonyms of ``word`` that stand somewhere in the collection."""
        return tuple(other for other in self.synonyms.of(word) if self.known(other))

    def match(self, word: str, folded: str) -> float:
        """How much of ``word`` or of a synonym stands in ``folded`` (searchable form)."""
        said = match(word, folded)
        if said < SAID_OTHERWISE and any(stands_in(other, folded) for other in self.synonyms.of(word)):
            return SAID_OTHERWISE
        return said


def stands_in(word: str, folded: str) -> bool:
    """Whether ``word`` stands in ``folded`` (searchable form); Latin words only whole.

    >>> stands_in("it", "audit"), stands_in("it", "it部门"), stands_in("火灾", "发生火灾时")
    (False, True, True)
    """
    if word not in folded or not word.isascii():
        return word in folded
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", folded) is not None


def match(word: str, folded: str) -> float:
    """How much of ``word`` stands in ``folded`` (searchable form): 1 whole, else the share of its bigrams.

    Less than ``MOST_BIGRAMS`` is no match: 法务部 shares a bigram with 业务部 and nothing else.
    """
    if word in folded:
        return 1.0
    if len(word) < 3 or word.isascii():
        return 0.0
    bigrams = pairs_of(word)
    share = sum(gram in folded for gram in bigrams) / len(bigrams)
    return share if share >= MOST_BIGRAMS else 0.0


def coverage(words: Sequence[str], folded: str, weights: Weights) -> float:
    """Share of the words' idf weight that ``folded`` (searchable form) bears out, 0 to 1; 0 without words."""
    total = sum(weights.of(word) for word in words)
    return sum(weights.of(word) * weights.match(word, folded) for word in words) / total if total else 0.0
