"""Whether a text says a key point: exact matching on a folded form, the same on every run and machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kejian.corpus.normalize import searchable

WIDEST_GAP = 12  # characters of the folded form that ``…`` in a variant may stand for
CITATION_MARK = re.compile(r"\[\d+\]")
ELLIPSIS = re.compile(r"…+|\.{3,}")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """``text`` as it is compared: searchable form, without citation marks, spaces and punctuation.

    >>> folded("决策**快**,受影响 小。[1]")
    '决策快受影响小'
    """
    return "".join(filter(str.isalnum, searchable(CITATION_MARK.sub("", text))))


@lru_cache(maxsize=4096)
def _pattern(variant: str) -> re.Pattern[str]:
    pieces = [piece for piece in map(folded, ELLIPSIS.split(variant)) if piece]
    gap = f".{{0,{WIDEST_GAP}}}?"
    return re.compile(gap.join(map(re.escape, pieces)) if pieces else r"(?!)")


def says(text: str, variants: Iterable[str]) -> bool:
    """Whether ``text`` contains one of ``variants``; ``…`` in a variant stands for a gap of up to 12 characters.

    >>> says("各部门内部的决策比较迅速", ("决策…迅速",))
    True
    """
    return any(_pattern(variant).search(folded(text)) for variant in variants)


def missed_points(text: str, points: Iterable[Sequence[str]]) -> list[str]:
    """The key points of which ``text`` says no accepted variant, each named by its first variant."""
    return [point[0] for point in points if not says(text, point)]


def said_phrases(text: str, phrases: Iterable[str]) -> list[str]:
    """Those of ``phrases`` that ``text`` says though it must not."""
    return [phrase for phrase in phrases if says(text, (phrase,))]
