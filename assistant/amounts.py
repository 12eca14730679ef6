"""Amounts in a text: numerals with their units, so that 两名 and 2人 are the same and 5人 is not."""

from __future__ import annotations

import re
from functools import lru_cache

from kejian.corpus.cues import Cues

CHINESE = {"半": 0.5, "零": 0, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
NUMERAL = r"\d+(?:\.\d+)?[万千百]?|[零一二两三四五六七八九十百千万半]+|每(?![\d零一二两三四五六七八九十百千万半])"

SHORTENED = re.compile(r"([一二两三四五六七八九十百千万]*[百千万])([一二三四五六七八九])")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")

BARE = "的"  # 「两万八的开支」 leaves its unit out
Amount = tuple[float, str]


def amounts(text: str, cues: Cues) -> set[Amount]:
    """(number, unit) of every amount in ``text`` (searchable form); 每年 is one year, 免费 is 0 元.

    >>> sorted(amounts("每半年一次,收2块", Cues.bundled()))
    [(0.5, '年'), (1.0, '次'), (2.0, '元')]
    """
    text = THOUSANDS.sub("", text)
    found = _pattern(tuple(cues.unit_of)).findall(text)
    free: set[Amount] = {(0.0, "元")} if cues.said(text, "free") else set()
    named = ((number_of(number), cues.unit_of.get(unit, unit)) for number, unit in found)
    return {(number, "" if unit == BARE else unit) for number, unit in named} | free


def without_amounts(text: str, cues: Cues) -> str:
    """``text`` (searchable form) with its amounts taken out.

    >>> without_amounts("请五天假", Cues.bundled())
    '请假'
    """
    return _pattern(tuple(cues.unit_of)).sub("", text)


def up_to_amount(text: str, cues: Cues) -> str:
    """The beginning of ``text`` (searchable form) to the end of its first amount; "" where it has none.

    >>> up_to_amount("买8万块的东西要问几家", Cues.bundled())
    '买8万块'
    """
    found = _pattern(tuple(cues.unit_of)).search(text)
    return text[: found.end()] if found else ""


def differ(first: set[Amount], second: set[Amount]) -> bool:
    """Whether the two name different numbers in some unit.

    >>> differ({(1.0, "年"), (1.0, "次")}, {(0.5, "年"), (1.0, "次")}), differ({(1.0, "年")}, {(3.0, "人")})
    (True, False)
    """
    both = {unit for _, unit in first} & {unit for _, unit in second}
    same = {unit for _, unit in first & second}
    return bool(both - same)


def number_of(text: str) -> float:
    """The value of an Arabic or Chinese numeral, 1 for 每.

    >>> number_of("2.5万"), number_of("十二"), number_of("三百"), number_of("半"), number_of("每"), number_of("两万八")
    (25000.0, 12.0, 300.0, 0.5, 1.0, 28000.0)
    """
    if text == "每":
        return 1.0
    if text[0].isdigit():
        scale = SCALES.get(text[-1], 1)
        return float(text.rstrip("万千百")) * scale
    if short := SHORTENED.fullmatch(text):  # 两万八 is 28,000, 一百五 is 150
        return number_of(short[1]) + CHINESE[short[2]] * SCALES[short[1][-1]] / 10
    total = part = 0.0
    for character in text:
        if character in SCALES:
            total, part = total + (part or 1) * SCALES[character], 0.0
        else:
            part = CHINESE[character]
    return total + part


@lru_cache(maxsize=4)
def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    return re.compile(rf"({NUMERAL})\s*({known}|[^\W\d_]|%)")
