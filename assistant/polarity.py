"""Whether two short texts about the same thing agree: has it or not, much or little, allowed or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kejian.assistant.evidence import Weights, coverage
from kejian.corpus.cues import Cues
from kejian.corpus.normalize import searchable

CLAUSE = re.compile(r"[^,，;；。.!！?？、:：\n]+")
SAME_CLAUSE = 0.6  # share of the question's words one clause must bear out to speak of the same thing


def sign_of(text: str, cues: Cues) -> int:
    """1 or -1: each negation and each word of smallness turns the sign (searchable form; names taken out before).

    >>> [sign_of(text, Cues.bundled()) for text in ("缺乏连续性", "连续性好", "成本不低", "禁止戴手套")]
    [-1, 1, 1, -1]
    """
    text = _any_of(cues.intents["no_negations"]).sub(" ", text)
    return -1 if (_count(text, cues.intents["negations"]) + _count(text, cues.intents["low"])) % 2 else 1


def clause_about(text: str, words: Sequence[str], weights: Weights) -> str:
    """The clause of ``text`` that bears out most of ``words``, "" where none bears out enough (searchable form)."""
    clauses = [found.group() for found in CLAUSE.finditer(searchable(text))]
    best = max(clauses, key=lambda clause: coverage(words, clause, weights), default="")
    return best if coverage(words, best, weights) >= SAME_CLAUSE else ""


def _count(text: str, spellings: tuple[str, ...]) -> int:
    """How many of ``spellings`` stand in ``text``, the longest first, none inside another."""
    return len(_any_of(spellings).findall(text))


@lru_cache(maxsize=8)
def _any_of(spellings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(spellings, key=len, reverse=True))))
