"""Lines of a page → regions in reading order (columns, boxes) → paragraphs, with wrapped lines joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kejian.ingest.drawing import Frame
from kejian.ingest.parents import label_of
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_lines import Line, joined, wrapped
from kejian.ingest.reading_order import in_reading_order
from kejian.ingest.text import NUMBERED
from kejian.ingest.wording import CLAUSE, FOOTNOTE

LEAST_COLUMN = 3  # lines
PROSE_WIDTH = 10  # of the type size: narrower columns are lists or tables
PROSE_FILL = 0.5
APART = 1.1  # of the type size between lines: beyond, another paragraph or block
INSETS = 16  # points that a box leaves free at both sides together, but no more than
INSET = 0.15  # of its width
HANGING = 3.2  # of the type size: as far may the lines of a bullet or number stand in
STEP_IN = 2.5
NARROW = 8  # of the type size: shorter lines are names, not lines of a paragraph
LABELLED = 10  # characters: lines that open with labels as short are each a paragraph
NOT_FIRST = ")）]】》」』”’，。、；：！？,;!?"  # what never begins a line
ENDS = ("。", "；", "！", "？", ";", "：", ":")
Region = list[Line]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the lines it is set in."""

    text: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        return self.lines[0]


def regions(lines: Sequence[Line], landscape: bool) -> list[Region]:
    """Stretches of lines that are read one after the other, each from top to bottom."""
    if not lines:
        return []
    if landscape:
        return in_reading_order([*_in_boxes(lines), *clusters([line for line in lines if line.box is None])], _frame)
    candidates = sorted({round(line.mark_left) for line in lines if _alike(line, lines) >= LEAST_COLUMN})
    cuts = [_columns(lines, x - 1.0) for x in candidates[:40]]
    best = max(cuts, key=lambda cut: cut[0], default=(0, []))
    return best[1] if best[0] else [_whole_rows(lines)]


def _alike(line: Line, lines: Sequence[Line]) -> int:
    """How many lines begin where ``line`` does, or a step behind it, as a list under its heading."""
    return sum(-2 < other.mark_left - line.mark_left < STEP_IN * line.size for other in lines)


def _in_boxes(lines: Sequence[Line]) -> list[Region]:
    """The text of every drawn box."""
    found: dict[Box, Region] = {}
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        if line.box is not None:
            found.setdefault(line.box, []).append(line)
    return list(found.values())


def _frame(region: Region) -> Frame:
    left, right = min(line.left for line in region), max(line.right for line in region)
    top, bottom = min(line.top for line in region), max(line.bottom for line in region)
    return Frame(round(left * 10), round(top * 10), round(right * 10), round(bottom * 10))


def _columns(lines: Sequence[Line], x: float) -> tuple[int, list[Region]]:
    """(how many lines stand in columns, regions) when the page is cut at ``x`` wherever no line crosses it."""
    run: Region = []
    found: list[Region] = []
    inside = 0
    for line in [*sorted(lines, key=lambda line: line.base), None]:
        if line is not None and not line.mark_left < x < line.right:
            run.append(line)
            continue
        counted, cut = _cut(run, x)
        inside += counted
        found += cut
        run = []
        if line is not None:
            found.append([line])
    return inside, _gathered(found)


def _cut(run: Region, x: float) -> tuple[int, list[Region]]:
    """A stretch that nothing crosses at ``x``: both columns, if they are set as prose."""
    left, right = [line for line in run if line.right <= x], [line for line in run if line.right > x]
    if not (_is_prose(right) or _is_list(right)):
        return 0, [[line] for line in run]
    top, foot = min(line.top for line in right), max(line.bottom for line in right)
    head = [line for line in left if line.bottom < top]
    left = [line for line in left if line.bottom >= top]
    tail = _tail(left, right, foot)
    left = left[: len(left) - len(tail)]
    if not (_is_prose(left) and _is_prose(right)) and not (_is_list(left) and _is_list(right)):
        return 0, [[line] for line in run]
    columns = [left, *regions(right, landscape=False)]
    return len(left) + len(right), [*([line] for line in head), *columns, *([line] for line in tail)]


def _tail(left: Region, right: Region, foot: float) -> Region:
    """The lines under two columns that belong to neither: from a heading or a wide gap on, unless set as prose."""
    for at, line in enumerate(left):
        apart = at > 0 and line.top - left[at - 1].bottom > 2 * APART * line.size
        if line.top > foot and (apart or _opens(line, right)):
            return [] if _is_prose(left[at:]) else left[at:]
    return []


def _is_prose(column: Region) -> bool:
    if len(column) < LEAST_COLUMN:
        return False
    size = median(line.size for line in column)
    widths = [line.right - line.left for line in column]
    return max(widths) >= PROSE_WIDTH * size and median(widths) >= PROSE_FILL * max(widths)


def _is_list(column: Region) -> bool:
    """Whether half of the lines open with a bullet or a number."""
    return len(column) >= LEAST_COLUMN and sum(line.marked for line in column) * 2 >= len(column)


def _opens(line: Line, others: Region) -> bool:
    """Whether a line under a column looks like the heading of what follows at full width."""
    size = median(other.size for other in others)
    return line.size > 1.1 * size or line.bold or bool(NUMBERED.match(line.text))


def _gathered(parts: Sequence[Region]) -> list[Region]:
    """Single lines that follow each other as one region, rows of several made one line."""
    found: list[Region] = []
    loose: Region = []
    for part in parts:
        if len(part) == 1:
            loose += part
            continue
        if loose:
            found.append(_whole_rows(loose))
            loose = []
        if part:
            found.append(part)
    return [*found, _whole_rows(loose)] if loose else found


def _whole_rows(lines: Sequence[Line]) -> Region:
    """Lines with those on one base line joined, as the cells of a table without lines."""
    rows: Region = []
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        level = bool(rows) and abs(rows[-1].base - line.base) <= 0.3 * line.size
        if level and line.table is None and rows[-1].table is None and line.box == rows[-1].box:
            one, two = sorted((rows[-1], line), key=lambda line: line.left)
            rows[-1] = joined(one, two)
        else:
            rows.append(line)
    return rows


def clusters(lines: Sequence[Line]) -> list[Region]:
    """Lines that stand close below each other, as in a text box."""
    found: list[Region] = []
    for line in sorted(lines, key=lambda line: (line.base, line.left)):
        above = next((cluster for cluster in reversed(found) if _is_under(line, cluster)), None)
        if above is None:
            found.append([line])
        else:
            above.append(line)
    return found


def _is_under(line: Line, cluster: Region) -> bool:
    last = cluster[-1]
    if line.bold and not last.bold and _stands_off(line, cluster):
        return False
    across = min(line.right, last.right) - max(line.mark_left, last.mark_left)
    alike = abs(line.size - last.size) < 0.15 * max(line.size, last.size)
    near = -0.3 * line.size < line.top - last.bottom < APART * line.size
    aligned = abs(line.mark_left - last.mark_left) < 6 * line.size or line.left >= last.left
    return alike and near and across > 0 and aligned


def _stands_off(line: Line, cluster: Region) -> bool:
    """Whether a bold line stands farther from the text above it than its lines do from each other."""
    last = cluster[-1]
    usual = last.top - cluster[-2].bottom if len(cluster) > 1 else 0.3 * line.size
    return line.top - last.bottom > usual + 0.15 * line.size


def paragraphs(region: Region) -> list[Paragraph]:
    """The paragraphs of a region; lines that only broke because the column or the box ended are joined."""
    found: list[list[Line]] = []
    for line in region:
        if found and _continues(line, found[-1], region):
            found[-1].append(line)
        else:
            found.append([line])
    return [_paragraph(lines) for lines in found]


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    text = ""
    for line in lines:
        text = wrapped(text, line.text)
    return Paragraph(text.rstrip("\xad"), tuple(lines))


def _continues(line: Line, above: Sequence[Line], region: Region) -> bool:
    last, size = above[-1], line.size
    if line.table is not None or last.table is not None or line.box != last.box:
        return False
    if (
        line.marked
        or FOOTNOTE.match(line.text)
        or NUMBERED.match(line.text)
        or (0 < len(label_of(line.text)) <= LABELLED and 0 < len(label_of(above[0].text)) <= LABELLED)
        or abs(last.size - size) > 0.08 * size
        or last.bold != line.bold
    ):
        return False
    gap = line.top - last.bottom
    usual = above[1].top - above[0].bottom if len(above) > 1 else gap
    if (
        gap > APART * size
        or gap > usual + 0.25 * size
        or line.left > _left(above) + (HANGING if above[0].marked else 1.2) * size
    ):
        return False
    listed = above[0].marked
    indented = not listed and len(above) == 1 and last.left > min(other.left for other in region) + 1.2 * size
    if indented and line.left > last.left - size:
        return False
    return _is_full(last, line, region)


def _left(lines: Sequence[Line]) -> float:
    return lines[0].left if len(lines) == 1 else min(line.left for line in lines[1:])


def _fills(last: Line, line: Line, box: Box) -> bool:
    """Whether a line in a box leaves no room for the next character, beside it or up to the right side."""
    inset = min(INSETS, INSET * (box.right - box.left))
    stops = len(line.text[1:4]) - len(line.text[1:4].lstrip(NOT_FIRST))
    need = (0.9 + stops) * line.size
    if last.right - last.left + need > box.right - box.left - inset:
        return True
    return abs(line.left - last.left) < 0.5 * line.size and last.right + need > box.right - inset / 2


def _is_full(last: Line, line: Line, region: Region) -> bool:
    """Whether a line ends where its column or box does, so that the text goes on below."""
    if last.box is not None:
        return _fills(last, line, last.box) and not last.text.endswith(ENDS)
    if last.right - last.left < NARROW * last.size:
        return False
    edge = max((other.right for other in region if other.table is None), default=0.0)
    word = line.text.split(" ")[0]
    part = len(word) / max(len(line.text), 1) * (line.right - line.left) if word.isascii() else line.size
    if last.right + part + 0.35 * line.size < edge:
        return False
    if sum(other.right > edge - 1.5 * line.size for other in region if other.table is None) > 1:
        return True
    wide = last.right - last.left >= 20 * line.size
    return not last.text.endswith(ENDS) and (wide or bool(CLAUSE.search(last.text + line.text)))
