"""How wide text is and where it breaks: a width model of Chinese type, exact for full-width characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NEVER_FIRST = frozenset("*＊，。、；：？！）》」』】〕”’…,.;:?!)]}%％")  # may not begin a line
# A word, a run of space or a character, with the brackets that open before it: those may not end a line.
WORD = re.compile(r"[（(「『《【\[]*(?:[A-Za-z0-9][A-Za-z0-9_.\-+#/@]*|\s+|.)|.", re.DOTALL)
LINE_HEIGHT = 1.3
HANGING = 0.5  # em: the ink of full-width punctuation fills half its square, so it may hang over the edge


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a wrapped text: ``[start, end)`` in the text, width in em."""

    start: int
    end: int
    width: float


def advance(character: str) -> float:
    """Width in em: full-width 1, Latin by rough classes.

    >>> advance("职"), advance("a")
    (1.0, 0.55)
    """
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in "iljtfr.,:;'|!()[] ":
        return 0.32
    return 0.68 if character.isupper() or character in "mw@%&" else 0.55


def width(text: str) -> float:
    return sum(map(advance, text))


def wrap(text: str, limit: float, start: int = 0) -> list[Line]:
    """Lines of at most ``limit`` em, offsets counted from ``start``; Latin words stay whole where they fit.

    Hard line breaks end a line; a line always holds at least one character, so nothing is ever dropped.
    """
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, limit, start)
        start += len(paragraph) + 1
    return lines


def _wrap_paragraph(text: str, limit: float, offset: int) -> list[Line]:
    lines: list[Line] = []
    begin = position = 0
    used = 0.0
    for piece in _pieces(text, limit):
        size = width(piece)
        if used and used + size > limit and piece not in NEVER_FIRST:
            lines.append(Line(offset + begin, offset + position, used))
            begin, used = position, 0.0
        position += len(piece)
        used += size
    return [*lines, Line(offset + begin, offset + position, used)]


def _pieces(text: str, limit: float) -> list[str]:
    """Words and single characters; a word wider than a line falls into characters."""
    return [piece for word in WORD.findall(text) for piece in (list(word) if width(word) > limit else [word])]


def fitting_size(text: str, box: tuple[float, float], largest: float, smallest: float) -> float:
    """The largest type size at which ``text`` fits into ``box`` (width, height), not under ``smallest``."""
    size = largest
    while size > smallest:
        lines = wrap(text, max(box[0] / size, 1.0))
        widest = max(line.width for line in lines) - HANGING
        if len(lines) * size * LINE_HEIGHT <= box[1] and widest * size <= box[0]:
            return size
        size -= 0.5
    return smallest
