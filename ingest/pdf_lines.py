"""Glyphs → lines: runs of type on one base line, with their spaces, marks and drawn bullets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_page import HYPHENS, Glyph
from kejian.ingest.wording import BULLET, CHINESE, NUMERAL, STEP, one_line

IS_CHINESE = re.compile(f"[{CHINESE}]")
WIDE_GAP = 1.2  # of the type size: beyond, a new run of type begins
JOINED_GAP = 0.9
NARROW_GAP = 0.15  # closer glyphs stand in one box
TYPED_GAP = 0.12  # between Chinese characters, where the file has a space
EDGE = 0.5  # points
LOWEST_BOX = 1.6  # of the type size: lower boxes mark words
WRITTEN_GAP = 0.5  # of the type size between Chinese and Latin: less is set by the program that wrote the file
MARK_GAP = 4.0  # as far may a bullet or number stand from its line
HANGING_STOPS = tuple("，。、；：！？")  # at the end of a full line they may hang over the side of their box
NUMBER = re.compile(rf"^(?:[1-9]\d?(?:[.．]\d{{1,2}})*[.．]?|第[{NUMERAL}\d]+[章节篇编条]|附录[{NUMERAL}\d]+)$")
MEASURES = frozenset(
    "天年月日号个人名元次时小分秒级岁周万千百亿至到种类项条件份台套家位度季类米吨页层步"
)  # behind a number
ONLY_MARK = re.compile(r"^(?:[•●○◦▪▫■□◆◇►▶➢➤✓✔·‧・∙\uf020-\uf0ff–—-]|[(（]?\w{1,3}[)）.．、]|[①-⑳])$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type, in points. ``size`` and ``bold`` are those of most of its glyphs."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    dotted: bool = False  # a drawn bullet stands before it
    mark_left: float = 0.0  # where its bullet, drawn or written, or its first glyph stands
    box: Box | None = None  # the smallest drawn box around it
    table: int | None = None  # stands for the table of this number, which has no text of its own here

    @property
    def top(self) -> float:
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.12 * self.size

    @property
    def marked(self) -> bool:
        """Whether it opens with a bullet or a number."""
        return self.dotted or bool(BULLET.match(self.text) or STEP.match(self.text))


def lines_of(glyphs: Sequence[Glyph], dots: Sequence[Box] = (), boxes: Sequence[Box] = ()) -> list[Line]:
    """All lines from top to bottom, those on one base line from left to right."""
    smallest = sorted(boxes, key=lambda box: box.area)
    sides = _Sides(boxes)
    runs = sorted((_line(run) for run in _runs(glyphs, sides)), key=lambda line: (round(line.base), line.left))
    merged: list[Line] = []
    for row in _rows([run for run in runs if run.text]):
        merged += _merged(sorted(row, key=lambda line: line.left), sides)
    return [_boxed(_dotted(line, dots), smallest) for line in merged]


class _Sides:
    """The upright sides of boxes, to see which part two texts."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.found = sorted((x, box.top, box.bottom) for box in boxes for x in (box.left, box.right))

    def part(self, left: float, right: float, base: float, size: float) -> bool:
        """Whether a side stands between two x on a base line; boxes that only mark words are too low."""
        for x, top, bottom in self.found[bisect_left(self.found, (left - EDGE,)) :]:
            if x > right + EDGE:
                return False
            if top < base - 0.35 * size < bottom and bottom - top > LOWEST_BOX * size:
                return True
        return False


def _runs(glyphs: Iterable[Glyph], sides: _Sides) -> Iterable[list[Glyph]]:
    """Stretches of glyphs that follow each other on a base line, as they come in the file."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and _twice(run[-1], glyph):
            continue
        if run and not _follows(run[-1], glyph, sides):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _twice(before: Glyph, glyph: Glyph) -> bool:
    """A glyph that is drawn twice to look bold or shaded."""
    near = abs(before.left - glyph.left) < 0.1 * glyph.size and abs(before.base - glyph.base) < 0.1 * glyph.size
    return near and before.text == glyph.text


def _follows(before: Glyph, glyph: Glyph, sides: _Sides) -> bool:
    size = max(before.size, glyph.size)
    raised = 0.5 if min(before.size, glyph.size) < 0.8 * size else 0.2
    gap = glyph.left - before.right
    if not (abs(before.base - glyph.base) <= raised * size and -0.6 * size < gap < WIDE_GAP * size):
        return False
    return gap < NARROW_GAP * size or not sides.part(before.right, glyph.left, glyph.base, size)


def _line(run: Sequence[Glyph]) -> Line:
    sizes = sorted(glyph.size for glyph in run)
    size = sizes[len(sizes) // 2]
    main = next(glyph for glyph in run if glyph.size == size)
    bold = sum(glyph.bold for glyph in run) * 2 > len(run)
    left = run[0].left
    return Line(_text(run), left, max(glyph.right for glyph in run), main.base, size, bold, mark_left=left)


def _text(run: Sequence[Glyph]) -> str:
    text = ""
    for number, glyph in enumerate(run):
        apart = number and _is_apart(run[number - 1], glyph, bool(NUMBER.match(text)))
        text += f" {glyph.text}" if apart else glyph.text
    return f"{one_line(text[:-1])}\xad" if text.endswith(HYPHENS) else one_line(text)


def _is_apart(before: Glyph, glyph: Glyph, numbered: bool) -> bool:
    """Whether a space is written between two glyphs; ``numbered``: nothing but a number stands before."""
    gap = (glyph.left - before.right) / glyph.size
    chinese = [bool(IS_CHINESE.match(text)) for text in (before.text, glyph.text)]
    if all(chinese):
        return gap > 0.45 or (gap > TYPED_GAP and (glyph.typed or (numbered and glyph.spaced)))
    if any(chinese) and not glyph.typed and not (numbered and (before.text in ".．" or glyph.text not in MEASURES)):
        return gap > WRITTEN_GAP
    return glyph.spaced or gap > 0.3


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that share a base line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        last = rows[-1][-1] if rows else None
        if last and line.base - last.base <= 0.3 * min(line.size, last.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _merged(row: Sequence[Line], sides: _Sides) -> list[Line]:
    found: list[Line] = []
    for line in row:
        before = found[-1] if found else None
        gap = (line.left - before.right) / max(line.size, before.size) if before else 0.0
        apart = before is not None and sides.part(before.right, line.left, line.base, line.size)
        if before and not apart and gap < (MARK_GAP if ONLY_MARK.match(before.text) else JOINED_GAP):
            found[-1] = joined(before, line, " " if gap > 0.3 else "")
        else:
            found.append(line)
    return found


def joined(one: Line, two: Line, between: str = " ") -> Line:
    """Two lines on one base line as one."""
    longer = max(one, two, key=lambda line: len(line.text))
    style = (longer.base, longer.size, longer.bold)
    marked = bool(ONLY_MARK.match(one.text))
    text = f"{one.text}{between}{two.text}"
    left = two.left if marked else one.left
    return Line(text, left, max(one.right, two.right), *style, one.dotted, one.mark_left, one.box)


def _dotted(line: Line, dots: Sequence[Box]) -> Line:
    for dot in dots:
        level = line.top < (dot.top + dot.bottom) / 2 < line.bottom
        if level and 0 < line.left - dot.right < 2 * line.size:
            return replace(line, dotted=True, mark_left=dot.left)
    return line


def _boxed(line: Line, smallest: Sequence[Box]) -> Line:
    middle = line.base - 0.35 * line.size
    right = line.right - (line.size if line.text.endswith(HANGING_STOPS) else 2)
    around = (box for box in smallest if box.holds(line.left + 2, middle) and box.holds(right, middle))
    return replace(line, box=next(around, None))


def wrapped(one: str, two: str) -> str:
    """A paragraph's line and the next as one text: no space between Chinese, no hyphen that only broke a word.

    >>> wrapped("新员工须参加", "入职培训"), wrapped("see the", "manual"), wrapped("infor\\xad", "mation")
    ('新员工须参加入职培训', 'see the manual', 'information')
    """
    if one.endswith("\xad"):
        return one[:-1] + two
    if not one or not two or one.endswith("-"):
        return one + two
    chinese = IS_CHINESE.match(one[-1]) or IS_CHINESE.match(two[0])
    return one + two if chinese else f"{one} {two}"
