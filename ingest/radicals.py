"""Radicals that the fonts of a PDF give in place of the characters that look the same (Unicode 4.2.17, CJK Radicals).

Kangxi radicals have compatibility mappings; of the supplement only those are listed that are characters of their own.
"""

from __future__ import annotations

import unicodedata

RADICALS = "⺁⺇⺈⺌⺏⺒⺓⺗⺘⺜⺝⺞⺟⺠⺤⺩⺪⺫⺬⺯⺶⺷⺸⺹⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳"
CHARACTERS = (
    "厂几刀小尢巳幺心手日月歹母民爪王疋目示糸羊羊羊老肉虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟"
)
SUPPLEMENT = dict(zip(RADICALS, CHARACTERS, strict=True))


def as_character(char: str) -> str:
    """The character for a radical; any other as it is.

    >>> as_character("\\u2f08"), as_character("\\u2ed3"), as_character("人")
    ('人', '长', '人')
    """
    if not "\u2e80" <= char <= "\u2fdf":
        return char
    return SUPPLEMENT.get(char) or unicodedata.normalize("NFKC", char)
