"""Flattened text → tokens, and the slide numbers among them: numbers that stand alone and ascend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.corpus.extract_words import ExtractWords
from kejian.ingest.extract_site import BULLETS
from kejian.ingest.wording import LETTER

TOKEN = re.compile(rf"[{BULLETS}]|[^\s{BULLETS}]+")
NUMBER = re.compile(r"[1-9][0-9]{0,2}")
WIDEST_GAP = 3
LONG_TOKEN = 6


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tokens of a slide. ``number`` is None where none were found; ``cut`` marks a slide without its head."""

    number: int | None
    tokens: tuple[str, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Chain:
    """Numbers that ascend: how good they are as slide numbers, and the places of their tokens."""

    score: float
    at: int
    value: int
    before: _Chain | None = None

    def places(self) -> list[int]:
        chain: _Chain | None = self
        found = []
        while chain is not None:
            found.append(chain.at)
            chain = chain.before
        return found[::-1]

    @property
    def first(self) -> int:
        return self.places()[0]


def tokens_of(text: str) -> list[str]:
    """``text`` cut at white space; every bullet is a token of its own."""
    return TOKEN.findall(text)


def is_bullet(token: str) -> bool:
    """Whether ``token`` is a bullet mark."""
    return len(token) == 1 and token in BULLETS


def sheets(tokens: Sequence[str], words: ExtractWords) -> list[Sheet]:
    """``tokens`` by slide. Numbers stand over their slides, or under them where nothing follows the last.

    What stands before the first number over a slide belongs to the slide before.
    """
    places = slide_numbers(tokens, words)
    if not places:
        return [Sheet(None, tuple(tokens))]
    numbers = [int(tokens[place]) for place in places]
    pieces = [tuple(tokens[a + 1 : b]) for a, b in zip([-1, *places], [*places, len(tokens)], strict=True)]
    if any(map(is_bullet, pieces[0])) and (not pieces[-1] or numbers[0] == 1):
        rest = [Sheet(numbers[-1] + 1, pieces[-1])] if pieces[-1] else []
        return [*(Sheet(n, piece) for n, piece in zip(numbers, pieces, strict=False)), *rest]
    before = [Sheet(numbers[0] - 1, pieces[0], cut=True)] if pieces[0] and numbers[0] > 1 else []
    lost = pieces[0] if numbers[0] == 1 else ()
    numbered = [Sheet(n, piece) for n, piece in zip(numbers, pieces[1:], strict=True)]
    return [*before, Sheet(numbers[0], (*lost, *numbered[0].tokens)), *numbered[1:]]


def slide_numbers(tokens: Sequence[str], words: ExtractWords) -> list[int]:
    """Places of the slide numbers; [] where fewer than two ascend."""
    best: dict[int, _Chain] = {}
    for at, token in enumerate(tokens):
        if not _may_be_number(tokens, at, words):
            continue
        value = int(token)
        worth = 1.0 + _opens_slide(tokens, at, words)
        gaps = [(best[value - gap], gap) for gap in range(1, WIDEST_GAP + 1) if value - gap in best]
        chains = [_Chain(before.score + worth - (gap - 1), at, value, before) for before, gap in gaps]
        found = max([*chains, _Chain(worth, at, value)], key=lambda chain: chain.score)
        if value not in best or found.score >= best[value].score:
            best[value] = found
    long = [chain for chain in best.values() if chain.before is not None]
    chosen = max(long, key=lambda chain: (chain.score, chain.at - chain.first), default=None)
    return chosen.places() if chosen else []


def _may_be_number(tokens: Sequence[str], at: int, words: ExtractWords) -> bool:
    """Whether a number stands alone, between tokens that are none, and counts nothing."""
    if not NUMBER.fullmatch(tokens[at]):
        return False
    before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
    opens = not after or LETTER.search(after) or is_bullet(after)
    return bool(opens) and not before.isdigit() and after not in words.measures


def _opens_slide(tokens: Sequence[str], at: int, words: ExtractWords) -> float:
    """How much what stands behind a number looks like the beginning of a slide, from 0 to 1."""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if words.ends_like_title(after):
        return 1.0
    return 0.5 if len(after) >= LONG_TOKEN else 0.0
