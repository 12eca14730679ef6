"""Lines that a converter broke at a fixed width → whole lines again."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from kejian.ingest.wording import BULLET, FOOTNOTE, NUMBERING

ENDED = re.compile(r"[。；！？!?;:：|]\s*$")
FEWEST_FULL = 3
NARROWEST = 20  # columns: what is narrower is a list of short lines
ROOM = 3  # columns that a line may stay short of the width


def wrap_width(text: str) -> int:
    """The width at which the lines of ``text`` were broken, in columns; 0 where they were not.

    Many bullets (where there are any, else lines) fill it, none goes beyond, and most of the lines that fill it can go
    on in the next. What stands in other boxes may be wider.
    """
    lines = text.split("\n")
    bulleted = [line for line in lines if BULLET.match(line.strip())]
    width = max(map(_columns, bulleted if len(bulleted) > FEWEST_FULL else lines), default=0)
    full = [(a, b) for a, b in pairwise(lines) if _fills(a, width)]
    if width < NARROWEST or len(full) < FEWEST_FULL:
        return 0
    return width if sum(_goes_on(a, b) for a, b in full) * 2 >= len(full) else 0


def unwrapped(text: str, width: int) -> str:
    """``text`` with the lines joined that were broken at ``width``."""
    if not width:
        return text
    joined: list[str] = []
    full = False
    for line in text.split("\n"):
        if full and _goes_on(joined[-1], line):
            joined[-1] += _space(joined[-1], line) + line.strip()
        else:
            joined.append(line)
        full = _fills(line, width)
    return "\n".join(joined)


def _fills(line: str, width: int) -> bool:
    return width - ROOM <= _columns(line) <= width


def _goes_on(line: str, below: str) -> bool:
    """Whether ``below`` can be the rest of ``line``."""
    plain = below.strip()
    opens = BULLET.match(plain) or FOOTNOTE.match(plain) or NUMBERING.match(plain)
    return bool(plain) and not opens and not ENDED.search(line)


def _space(before: str, after: str) -> str:
    return " " if re.search(r"[A-Za-z]$", before) and re.match(r"[A-Za-z]", after.strip()) else ""


def _columns(text: str) -> int:
    """How wide ``text`` is; a Chinese character takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text.rstrip())
