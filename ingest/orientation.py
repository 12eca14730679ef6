"""Which axis of a table holds the aspects: what the term base knows, else general signs, each with a vote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kejian.corpus.slide_words import SlideWords
from kejian.ingest.lexicon import Heading
from kejian.ingest.wording import ATTRIBUTE

Knows = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Sides:
    """The heads of a table: its corner, those down the first column, those along the first row."""

    corner: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]


def rows_are_aspects(sides: Sides, words: SlideWords, knows: Knows) -> bool:
    """Whether the wording of heads says that the rows hold the aspects; ``knows`` tells names that stand elsewhere.

    Where there is no sign the columns do.
    """
    names = tuple([head.name for head in heads if head.name] for heads in (sides.rows, sides.columns))
    votes = aspect_votes(names[0], words, knows, sides.corner) - aspect_votes(names[1], words, knows, sides.corner)
    votes -= 2 * all(map(words.is_period, names[1]))  # figures by year or by month
    votes += words.heads_aspects(sides.corner) - words.heads_subjects(sides.corner)
    # With one column of content a single sign says little: 项目 | 窗口.
    return votes > (1 if len(sides.columns) == 1 else 0)


def share(heads: Sequence[Heading]) -> float:
    """The share of heads with an aspect; 高风险, 中风险, 低风险 are names that one aspect ends."""
    ending = min((head.aspect for head in heads), key=len, default="")
    family = bool(ending) and any(head.subject for head in heads) and all(h.name.endswith(ending) for h in heads)
    if len(heads) > 1 and family:
        return 0.0
    return sum(bool(head.aspect) for head in heads) / len(heads) if heads else 0.0


def aspect_votes(names: Sequence[str], words: SlideWords, knows: Knows, corner: str = "") -> float:
    """How much the heads of one side sound like aspects, below 0 like names."""
    if not names:
        return 0.0
    ending = "" if any(map(words.is_period, names)) else _shared_ending(names)
    attributes = ["、" not in name and _is_worded(name, words) for name in names]
    family = bool(ending) and not words.is_attribute(ending) and not ATTRIBUTE.match(ending)
    known = sum(knows(name) for name, worded in zip(names, attributes, strict=True) if not worded) / len(names)
    alike = len(ending) > 1 and all(attributes)
    worded = 0.0 if alike else 2 * sum(attributes) / len(names)
    return worded - family - known - 2 * bool(ending and corner and corner.endswith(ending))


def _is_worded(name: str, words: SlideWords) -> bool:
    return bool(ATTRIBUTE.match(name)) or words.is_attribute(name) or words.asks(name)


def _shared_ending(names: Sequence[str]) -> str:
    """What more than half of several heads end in: two characters of two heads, or one of three."""
    for length, least in ((2, 2), (1, 3)):
        endings = Counter(name[-length:] for name in set(names) if len(name) > length)
        ending, count = endings.most_common(1)[0] if endings else ("", 0)
        if count >= least and count * 2 > len(names):
            return ending
    return ""
