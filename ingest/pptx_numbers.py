"""What stands at the foot of slides: their numbers, counted by the program or typed by the author, and footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kejian.ingest.drawing import Drawn, Frame
from kejian.ingest.pptx_shapes import Drawing
from kejian.ingest.wording import FOOTNOTE

Line = tuple[Frame, tuple[str, ...]]
FOOT = 0.8  # of the height of a slide: page numbers stand below
FEWEST = 2  # a single number at the foot of one slide may be anything


def printed_numbers(drawings: Sequence[Drawing], first: int, height: int) -> list[int]:
    """The number of every slide: that of the program from ``first`` on, unless the author has typed others.

    Typed numbers count where they rise from slide to slide in one place; slides without one go on counting.
    """
    counted = list(range(first, first + len(drawings)))
    typed = _typed(drawings, height)
    rising = all(one < other for (_, one), (_, other) in pairwise(typed))
    if not typed or not rising:
        return counted
    shift = typed[0][1] - counted[typed[0][0]]
    if all(number - counted[n] == shift for n, number in typed):
        return [number + shift for number in counted] if counted[0] + shift > 0 else counted
    own = dict(typed)
    numbers = [own.get(n, number) for n, number in enumerate(counted)]
    return numbers if len(set(numbers)) == len(numbers) else counted


def is_page_number(drawn: Drawn, number: int, height: int) -> bool:
    """Whether a shape at the foot of the slide holds no more than its number."""
    return _number(drawn, height) == number


def line_at(drawn: Drawn) -> Line:
    """What a shape says, and where."""
    return drawn.frame, tuple(paragraph.text for paragraph in drawn.paragraphs)


def repeated_at_foot(drawings: Sequence[Drawing], height: int) -> frozenset[Line]:
    """Lines that stand at the foot of several slides, in one place; footnotes, which bear a mark, are none."""
    found = Counter(
        line_at(drawn)
        for drawing in drawings
        for drawn in drawing.drawn
        if drawn.paragraphs and not drawn.role and drawn.frame.top > height * FOOT
        if not FOOTNOTE.match(drawn.paragraphs[0].text)
    )
    return frozenset(line for line, count in found.items() if count > FEWEST)


def _typed(drawings: Sequence[Drawing], height: int) -> list[tuple[int, int]]:
    """(position, number) of the slides with a typed number; those in their placeholder count before any other."""
    placed = [(n, drawing.number) for n, drawing in enumerate(drawings) if drawing.number is not None]
    if placed:
        return placed
    found: dict[Frame, list[tuple[int, int]]] = {}
    for n, drawing in enumerate(drawings):
        for drawn in drawing.drawn:
            if (number := _number(drawn, height)) is not None:
                found.setdefault(drawn.frame, []).append((n, number))
    longest = max(found.values(), key=len, default=[])
    return longest if len(longest) >= FEWEST else []


def _number(drawn: Drawn, height: int) -> int | None:
    text = drawn.paragraphs[0].text if len(drawn.paragraphs) == 1 else ""
    plain = text.isdecimal() and len(text) < 5 and drawn.frame.top > height * FOOT
    return int(text) if plain else None
