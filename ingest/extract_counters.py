"""Pages of a text that counts them: form feeds, 「第 3 页 共 28 页」, 「3/28」, bare numbers on their own lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kejian.ingest.wording import BULLET, is_name

LINE = re.compile(r"\r\n|\n|\r|(?=\f)")
COUNTED = r"第\s*(\d{1,4})\s*[页頁张](?:\s*[,，/／]?\s*共\s*\d{1,4}\s*[页頁张])?"
TOTAL = re.compile(
    r"第\s*(\d{1,4})\s*[页頁张]\s*[,，/／]?\s*共\s*\d{1,4}\s*[页頁张]|(?<!\S)(\d{1,4})\s*/\s*(\d{1,4})(?!\S)"
    r"|\bpage\s*(\d{1,4})\s*(?:of|/)\s*\d{1,4}\b",
    re.IGNORECASE,
)
OF_LINE = (
    re.compile(rf"\W{{0,3}}{COUNTED}\W{{0,3}}"),
    re.compile(r"\W{0,3}(\d{1,4})\s*/\s*\d{1,4}\W{0,3}"),
    re.compile(r"\W{0,3}(?:slide|page)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W{0,3}", re.IGNORECASE),
    re.compile(r"[-—–·\s]{0,4}(\d{1,3})[-—–·\s]{0,4}"),
)
APART = re.compile(r"(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r)){2,}")
FEWEST = 2
FEWEST_BARE = 3
WIDEST_GAP = 4
LONG_LINE = 120  # characters: several pages stand on it
REPEATED = 3  # pages on which a line stands before it counts as a running head


@dataclass(frozen=True, slots=True)
class Counted:
    """A page and its number; None where the text gives none. ``removed`` counts characters of running heads."""

    number: int | None
    text: str


def counted_pages(text: str) -> list[Counted]:
    """The pages, [] where nothing in the text counts them."""
    flat = _inline(text)
    if flat:
        return flat
    feeds = [page for page in re.split(r"\f", text) if page.strip()]
    if len(feeds) > 1:
        return _numbered_feeds([_lines(page) for page in feeds])
    return _between_marks(_lines(text)) or _apart(text)


def without_running_heads(pages: Sequence[Counted]) -> tuple[list[Counted], tuple[str, ...]]:
    """(pages without the lines that stand at the top or the foot of most of them, these lines)."""
    edges = Counter(line for page in pages for line in set(_edges(_lines(page.text))))
    heads = {line for line, count in edges.items() if count >= REPEATED and count * 2 > len(pages)}
    if not heads:
        return list(pages), ()
    kept = [Counted(page.number, "\n".join(_headless(_lines(page.text), heads))) for page in pages]
    return kept, tuple(sorted(heads))


def _edges(lines: Sequence[str]) -> Iterator[str]:
    full = [line.strip() for line in lines if line.strip()]
    if len(full) > 2:
        yield full[0]
        yield full[-1]


def _headless(lines: Sequence[str], heads: set[str]) -> Iterator[str]:
    """``lines`` without the running heads at either end."""
    full = [number for number, line in enumerate(lines) if line.strip()]
    ends = {full[0], full[-1]} if full else set()
    yield from (line for number, line in enumerate(lines) if number not in ends or line.strip() not in heads)


def _lines(text: str) -> list[str]:
    return [line.lstrip("\f") for line in LINE.split(text)]


def _inline(text: str) -> list[Counted]:
    """Pages of a flattened text: counters that give the total too, several of them to a line."""
    found = [(f, int(f[1] or f[2] or f[4])) for f in TOTAL.finditer(text) if not f[3] or int(f[2]) <= int(f[3])]
    totals = Counter(f[3] for f, _ in found if f[3])
    usual = max(totals, key=lambda total: totals[total], default=None)
    found = [(f, number) for f, number in found if not f[3] or f[3] == usual]
    longest = max((len(line) for line in text.splitlines()), default=0)
    fewest = FEWEST_BARE if usual else FEWEST
    if len(found) < fewest or longest < LONG_LINE or not _ascends([number for _, number in found]):
        return []
    spans = [(f.start(), f.end(), number) for f, number in found]
    pieces = [text[: spans[0][0]]]
    pieces += [text[a[1] : b[0]] for a, b in pairwise(spans)]
    pieces.append(text[spans[-1][1] :])
    return _placed(pieces, [number for *_, number in spans])


def _between_marks(lines: Sequence[str]) -> list[Counted]:
    """Pages of a text of lines, cut at the kind of counter that it uses most."""
    hits = max(([*_hits(lines, pattern)] for pattern in OF_LINE), key=len)
    fewest = FEWEST_BARE if hits and lines[hits[0][0]].strip().strip("-—–· ").isdigit() else FEWEST
    if len(hits) < fewest:
        return []
    places = [place for place, _ in hits]
    pieces = ["\n".join(lines[a + 1 : b]) for a, b in zip([-1, *places], [*places, len(lines)], strict=True)]
    return _placed(pieces, [number for _, number in hits])


def _apart(text: str) -> list[Counted]:
    """Pages that two blank lines part, where most of them are a title over bullets."""
    pages = [page.strip("\r\n") for page in APART.split(text) if page.strip()]
    titled = sum(_is_titled(page) for page in pages)
    return [Counted(None, page) for page in pages] if titled >= FEWEST_BARE and titled * 3 >= len(pages) * 2 else []


def _is_titled(page: str) -> bool:
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    return len(lines) > 1 and is_name(lines[0]) and not BULLET.match(lines[0]) and bool(BULLET.match(lines[1]))


def _hits(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Lines that are counters of one kind, as long as their numbers ascend."""
    found = [(place, int(f[1])) for place, line in enumerate(lines) if (f := pattern.fullmatch(line.strip()))]
    if _ascends([number for _, number in found]):
        yield from found


def _ascends(numbers: Sequence[int]) -> bool:
    """Whether they count pages: up, and seldom more than one at a time."""
    steps = [after - before for before, after in pairwise(numbers)]
    return bool(numbers) and all(0 < step <= WIDEST_GAP for step in steps)


def _placed(pieces: Sequence[str], numbers: Sequence[int]) -> list[Counted]:
    """One piece more than numbers: they stand over their pages, or under them where nothing follows the last."""
    first, last = pieces[0].strip(), pieces[-1].strip()
    if (first and not last) or (first and numbers[0] == 1):
        pages = [Counted(number, piece) for number, piece in zip(numbers, pieces, strict=False)]
        rest = [Counted(numbers[-1] + 1, pieces[-1])] if last else []
        return [page for page in (*pages, *rest) if page.text.strip()]
    before = [Counted(max(numbers[0] - 1, 0) or None, pieces[0])] if first else []
    after = (Counted(number, piece) for number, piece in zip(numbers, pieces[1:], strict=True))
    return [page for page in (*before, *after) if page.text.strip()]


def _numbered_feeds(pages: Sequence[list[str]]) -> list[Counted]:
    """Pages between form feeds; the number is the line at their foot or at their head that counts along."""
    for at in (-1, 0):
        numbers = [_number_at(page, at) for page in pages]
        offsets = Counter(number - place for place, number in enumerate(numbers) if number is not None)
        usual, count = max(offsets.items(), key=lambda item: item[1], default=(0, 0))
        if count >= FEWEST and count * 2 >= len(pages):
            return [
                Counted(place + usual, "\n".join(_without_line(page, at) if numbers[place] == place + usual else page))
                for place, page in enumerate(pages)
            ]
    return [Counted(None, "\n".join(page)) for page in pages]


def _number_at(page: Sequence[str], at: int) -> int | None:
    full = [line.strip() for line in page if line.strip()]
    found = next((f for pattern in OF_LINE if (f := pattern.fullmatch(full[at]))), None) if full else None
    return int(found[1]) if found else None


def _without_line(page: list[str], at: int) -> list[str]:
    place = [number for number, line in enumerate(page) if line.strip()][at]
    return page[:place] + page[place + 1 :]
