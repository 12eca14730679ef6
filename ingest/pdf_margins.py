"""What recurs at the head and foot of pages: running titles and page numbers, to be left out and to number pages by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.ingest.pdf_lines import Line

MARGIN = 0.12  # of the height of the page
MOST = 0.6  # of the pages
LEAST_PAGES = 3
DIGITS = re.compile(r"\d+")
LEADERS = re.compile(r"(?:[.．…·]\s?){3,}\s*\d{1,4}$")
PAGE_NUMBER = re.compile(
    r"^[\s\W_]*(?:第|page)?\s*(?P<number>\d{1,4})\s*(?:页|頁)?[\s\W_]*(?:(?:共|of)?\s*\d{1,4}\s*(?:页|頁)?)?[\s\W_]*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Sheet:
    """The lines of a page, tables among them as single lines without text."""

    width: float
    height: float
    lines: list[Line]
    number: int | None = None

    def margin(self) -> list[Line]:
        """The lines near the upper and lower edge."""
        low, high = self.height * MARGIN, self.height * (1 - MARGIN)
        return [line for line in self.lines if line.table is None and (line.bottom < low or line.top > high)]


def without_margins(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Take running heads and page numbers out of ``sheets``, number these; what was taken out, once each."""
    counts = Counter(key for sheet in sheets for key in {_key(line) for line in sheet.margin()})
    written = sum(bool(sheet.lines) for sheet in sheets)
    least = max(LEAST_PAGES, MOST * written)
    recurring = {key for key, count in counts.items() if count >= least}
    taken: Counter[str] = Counter()
    for position, sheet in enumerate(sheets, 1):
        lines = [line for line in sheet.margin() if _key(line) in recurring or _is_number(line, position, sheet)]
        found = (PAGE_NUMBER.match(line.text) for line in lines)
        sheet.number = next((int(match["number"]) for match in found if match), None)
        taken.update(line.text for line in lines if not PAGE_NUMBER.match(line.text))
        sheet.lines = [line for line in sheet.lines if not any(line is other for other in lines)]
    return tuple(dict.fromkeys(next(t for t in taken if DIGITS.sub("#", t) == k) for k in _keys(taken)))


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """``lines`` without those of a table of contents, which only repeat headings."""
    led = [line for line in lines if LEADERS.search(line.text)]
    return [line for line in lines if line not in led] if len(led) >= LEAST_PAGES else list(lines)


def _keys(taken: Counter[str]) -> list[str]:
    return list(dict.fromkeys(DIGITS.sub("#", text) for text in taken))


def _key(line: Line) -> str:
    return DIGITS.sub("#", line.text)


def _is_number(line: Line, position: int, sheet: Sheet) -> bool:
    """Whether a line at the foot is the page's own number."""
    found = PAGE_NUMBER.match(line.text)
    return bool(found) and line.top > sheet.height * (1 - MARGIN) and found is not None and int(found[1]) == position


def printed_numbers(sheets: Sequence[Sheet]) -> list[int]:
    """The number of every page: as printed where most pages print one and they go up, else the position."""
    offsets = Counter(sheet.number - at for at, sheet in enumerate(sheets, 1) if sheet.number is not None)
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    shift = offset if count >= max(LEAST_PAGES, MOST * len(sheets)) and offset > -1 else 0
    return [position + shift for position in range(1, len(sheets) + 1)]
