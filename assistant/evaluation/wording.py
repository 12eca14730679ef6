"""Texts as points and support are compared: width, script, numerals and units made alike, cut into clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from kejian.assistant.amounts import number_of
from kejian.corpus.cues import Cues
from kejian.corpus.normalize import searchable

BUNDLED_WORDS = Path(__file__).parents[2] / "corpus" / "scoring.yaml"
CITATION_MARK = re.compile(r"\[\d+\]")
LINE_END = re.compile(r"\s*\n\s*")
BREAK = re.compile(r"<br\s*/?>|\n")
SENTENCE_END = re.compile(r"[。!！?？;；|\t]")
CLAUSE_END = re.compile(r"[,，:：。!！?？;；|\t]|(?<!\d)\.(?!\d)|(?<![合兼])并(?![发行列购非入网])")
BULLET = re.compile(r"^\s*(?:[-*•]\s+|\d+[.、)]\s*|#+\s*)*")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
PERCENT = re.compile(r"百分之([零一二三四五六七八九十百]+|\d+(?:\.\d+)?)")
NUMERAL = "零一二两三四五六七八九十百千万"

Amount = tuple[str, str]  # number as written in digits, unit under its first spelling


@dataclass(frozen=True)
class ScoringWords:
    """What scoring knows of language.

    Words that undo a thing, units (those that measure time, those that only count), how a text says that it found
    nothing, and words that are each other's opposite.
    """

    undoing: tuple[str, ...]
    unit_of: Mapping[str, str]
    time: frozenset[str]
    counting: frozenset[str]
    refusing: tuple[str, ...]
    opposites: tuple[tuple[str, str], ...]

    @classmethod
    @cache
    def bundled(cls) -> ScoringWords:
        content = yaml.safe_load(BUNDLED_WORDS.read_text(encoding="utf-8"))
        units = {spelling: group[0] for group in content["measures"] for spelling in group}
        time, counting = (frozenset(content[name]) for name in ("time", "counting"))
        pairs = [pair for one, other in content["opposites"] for pair in ((one, other), (other, one))]
        return cls(tuple(content["undoing"]), units, time, counting, tuple(content["refusing"]), tuple(pairs))

    def dimension(self, unit: str) -> str:
        """What ``unit`` measures: amounts of one dimension can be held against each other."""
        return "time" if unit in self.time else unit


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """``text`` in searchable form, without citation marks and emphasis, numerals in front of units as digits; one line.

    >>> plain("財務部在**五個工作日**內付款[4]"), plain("百分之八十"), plain("每季度一次")
    ('财务部在5工作日内付款', '80%', '每1季度1次')
    """
    apart = LINE_END.sub("。", CITATION_MARK.sub("", text).replace("**", ""))
    folded = THOUSANDS.sub("", searchable(apart))
    folded = PERCENT.sub(lambda found: f"{_digits(found[1])}%", folded)
    folded = _numeral().sub(lambda found: f"{_digits(found[1])}{_unit(found[2])}", folded)
    return re.sub(rf"每(?={_units()})", "每1", folded).replace("的", "")


def _digits(numeral: str) -> str:
    return f"{number_of(numeral):.10g}"


def _unit(spelling: str) -> str:
    return ScoringWords.bundled().unit_of[spelling]


@cache
def _units() -> str:
    spellings = sorted(ScoringWords.bundled().unit_of, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, spellings))})"


@cache
def _numeral() -> re.Pattern[str]:
    return re.compile(rf"(\d+(?:\.\d+)?万?|[{NUMERAL}]+)\s*({_units()})")


@cache
def _amount() -> re.Pattern[str]:
    units = sorted(set(ScoringWords.bundled().unit_of.values()), key=len, reverse=True)
    return re.compile(rf"(?<![a-z\d.])(\d+(?:\.\d+)?)({'|'.join(map(re.escape, units))}|(?![a-z\d]))")


def amounts(text: str) -> frozenset[Amount]:
    """(number, unit) of every amount in ``text``, which is in plain form; the unit of a bare number is "".

    >>> sorted(amounts(plain("每晚不超过350元")))
    [('1', '晚'), ('350', '元')]
    """
    return frozenset((number, unit) for number, unit in _amount().findall(text))


def without_amounts(text: str) -> str:
    """``text`` (plain form) with a blank in place of every amount."""
    return _amount().sub(" ", text)


def lines(text: str) -> Iterator[str]:
    """The lines of an answer without their bullets; cells of one table row apart."""
    for line in BREAK.split(text):
        if bare := BULLET.sub("", line).strip():
            yield bare


def sentences(line: str) -> list[str]:
    """The sentences of a line.

    >>> sentences("反应快；成本低。")
    ['反应快', '成本低']
    """
    return [piece.strip() for piece in SENTENCE_END.split(line) if piece.strip()]


@lru_cache(maxsize=16384)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a text.

    >>> clauses("决策快，很少受牵制;2.0版")
    ('决策快', '很少受牵制', '2.0版')
    """
    return tuple(piece.strip() for piece in CLAUSE_END.split(text) if piece.strip())


@lru_cache(maxsize=16384)
def sign(text: str) -> int:
    """1 or -1: every negation and every word of smallness turns it (``text`` in plain form).

    >>> sign("决策慢"), sign("不慢"), sign("省去通勤时间"), sign("不同部门")
    (-1, 1, -1, 1)
    """
    keeps, turns = _turning()
    return -1 if len(turns.findall(keeps.sub(" ", without_amounts(text)))) % 2 else 1


def turned(text: str) -> list[str]:
    """What each negation or word of smallness of ``text`` (plain form) is about: the text behind it, or itself.

    >>> turned("7天内未激活"), turned("决策慢")
    (['激活'], ['慢'])
    """
    keeps, turns = _turning()
    bare = keeps.sub(" ", text)
    found = list(turns.finditer(bare))
    ends = [*(other.start() for other in found[1:]), len(bare)][: len(found)]
    behind = (bare[one.end() : end].strip() for one, end in zip(found, ends, strict=True))
    return [rest or one.group() for one, rest in zip(found, behind, strict=True)]


def without_turns(text: str) -> str:
    """``text`` (plain form) with a blank in place of its negations; words of smallness stay."""
    return _negations().sub(" ", text)


@cache
def _negations() -> re.Pattern[str]:
    return _any_of((*Cues.bundled().intents["negations"], *ScoringWords.bundled().undoing))


@cache
def _turning() -> tuple[re.Pattern[str], re.Pattern[str]]:
    cues = Cues.bundled()
    words = (*cues.intents["negations"], *cues.intents["low"], *ScoringWords.bundled().undoing)
    units = tuple(ScoringWords.bundled().unit_of)  # 小时 is not small
    return _any_of((*cues.intents["no_negations"], *units)), _any_of(words)


def _any_of(spellings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(set(spellings), key=len, reverse=True))))
