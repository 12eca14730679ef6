"""How much room a text takes, without a font at hand. All lengths are in points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LINE = 1.25  # line pitch as a multiple of the font size; written into the slides as exact spacing
LATIN = 0.56  # mean advance of a narrow character as a multiple of the font size


@lru_cache(maxsize=4096)
def _advances(text: str) -> tuple[float, ...]:
    """Width of each character as a multiple of the font size."""
    return tuple(1.0 if unicodedata.east_asian_width(char) in "WFA" else LATIN for char in text)


def text_width(text: str, size: float) -> float:
    """Width of ``text`` on one line: a Chinese character is as wide as the font is high."""
    return size * sum(_advances(text))


def line_count(text: str, width: float, size: float, reserve: float = 0.5) -> int:
    """Lines that ``text`` fills in ``width``.

    ``reserve`` characters of each line are kept free, because punctuation never starts a line.
    """
    lines, used = 1, 0.0
    room = max(width / size - reserve, 1.0) + 0.001
    for advance in _advances(text):
        if used + advance > room:
            lines, used = lines + 1, 0.0
        used += advance
    return lines


def text_height(texts: Iterable[str], width: float, size: float) -> float:
    """Height of paragraphs one under the other."""
    return LINE * size * sum(line_count(text, width, size) for text in texts)
