"""Plain text → outline: numbered titles, short lines over bullets, page marks as slide separators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kejian.corpus.terms import TermBase
from kejian.ingest.extract import read_extract, recognised, site_warnings
from kejian.ingest.extract_glyphs import with_bullets
from kejian.ingest.outline import Item, Outline, Page, Table
from kejian.ingest.text_table import table_at
from kejian.ingest.wording import BULLET, FOOTNOTE, NOTE, NUMERAL, is_name, one_line

PAGE_MARK = re.compile(r"^\W{0,3}(?:第\s*(\d{1,5})\s*[页頁]|(?:slide|page)\s*(\d{1,5}))\W{0,3}$", re.IGNORECASE)
NUMBERED = re.compile(
    rf"^(?:(?P<chapter>第[{NUMERAL}\d]+[章节篇讲课编部分]+)|(?P<big>[{NUMERAL}]{{1,3}}[、.．])"
    rf"|(?P<small>[(（][{NUMERAL}]{{1,3}}[)）])|(?P<dotted>[1-9]\d?(?:[.．][1-9]\d?)+)[.．、\s]?|(?P<digit>[1-9]\d?[.．、](?!\d)))\s*(?P<rest>.+)$"
)
SEPARATED = re.compile(r"[\t|]")
Part = Item | Table
LONGEST_TITLE = 40
LONGEST_PAGE = 6000


@dataclass(frozen=True, slots=True)
class Raw:
    """A line of the file, as written in ``line``: ``indent`` in columns, ``apart`` when a blank line stands before."""

    text: str
    line: str
    indent: int
    apart: bool


def read_text(text: str, terms: TermBase) -> Outline:
    """The outline of a plain text, or of a flattened extract, which a site may have written around."""
    extract = recognised(text)
    if extract is None:
        return _plain_text(with_bullets(text))
    if extract.flat or extract.pages:
        return read_extract(extract, terms, _page_items)
    outline = _plain_text(extract.text)
    return replace(outline, title=extract.cleaned.title or outline.title, warnings=site_warnings(extract))


def _page_items(text: str) -> tuple[Part, ...]:
    """What stands on one page."""
    return tuple(_titled([item for _, lines in _sheets(text) for item in _items(lines)]))


def _plain_text(text: str) -> Outline:
    pages = [page for number, lines in _sheets(text) for page in _pages(list(_items(lines)), number)]
    title = _title(pages)
    return Outline(title, tuple(pages[1:] if title else pages))


def _title(pages: Sequence[Page]) -> str:
    """The title of the file: a first page that is a single short line with others behind it."""
    items = pages[0].items if len(pages) > 1 else ()
    only = items[0] if len(items) == 1 else None
    return only.text if isinstance(only, Item) and is_name(only.text) else ""


def _sheets(text: str) -> Iterator[tuple[int | None, list[Raw]]]:
    """Stretches between form feeds and lines such as 第 3 页, with the number such a line gives."""
    number: int | None = None
    lines: list[Raw] = []
    apart = False
    for line in re.split(r"\r\n|\n|\r|(?=\f)", text):
        mark = PAGE_MARK.match(line.strip())
        if (line.startswith("\f") or mark) and lines:
            yield number, lines
            number, lines = None, []
        if mark:
            number = int(mark[1] or mark[2])
        elif content := one_line(line):
            lines.append(Raw(content, line, len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()), apart))
        apart = not line.strip()
    if lines:
        yield number, lines


def _items(lines: Sequence[Raw]) -> Iterator[Part]:
    """Lines as items and tables; a heading is a numbered short line with something else below it."""
    indents: list[int] = []
    behind = 0
    for at, line in enumerate(lines):
        if at < behind:
            continue
        table, taken = table_at(_together(lines[at:])) if SEPARATED.search(line.line.strip()) else (None, 0)
        if table:
            behind, indents = at + taken, []
            yield table
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        if found := BULLET.match(line.text):
            indents = [*(indent for indent in indents if indent < line.indent), line.indent]
            yield Item("bullet", line.text[found.end() :], len(indents) - 1)
            continue
        indents = []
        yield _item(line, below, lines[at - 1] if at else None)


def _together(lines: Sequence[Raw]) -> list[str]:
    """The first lines, up to a blank one."""
    last = next((n for n, line in enumerate(lines) if n and line.apart), len(lines))
    return [line.line for line in lines[:last]]


def _item(line: Raw, below: Raw | None, above: Raw | None) -> Item:
    kind = _numbered(line.text)
    if kind == "digit" and any(other and _numbered(other.text) == "digit" for other in (below, above)):
        return Item("bullet", line.text)
    if kind:
        return Item("heading", line.text, _level(line.text, kind))
    if NOTE.match(line.text) and not FOOTNOTE.match(line.text):
        return Item("note", NOTE.sub("", line.text))
    return Item("paragraph", line.text)


def _numbered(text: str) -> str:
    """Which numbering a short line without a full stop opens with; "" for none."""
    found = NUMBERED.match(text)
    if not found or len(text) > LONGEST_TITLE or re.search(r"[。；！？;!?：:]", text):
        return ""
    return str(found.lastgroup if found.lastgroup != "rest" else next(k for k, v in found.groupdict().items() if v))


def _level(text: str, kind: str) -> int:
    levels = {"chapter": 1, "big": 2, "small": 3, "digit": 4}
    if kind == "dotted":
        return 3 + len(re.findall(r"\d+", text.split(" ")[0])[:4])
    return levels[kind]


def _pages(items: list[Part], number: int | None) -> Iterator[Page]:
    """One page where the file marks pages; else a page to each heading of the shallowest level found twice."""
    items = _titled(items)
    if number is not None:
        yield Page(tuple(items), number)
        return
    counts = Counter(item.level for item in items if isinstance(item, Item) and item.kind == "heading")
    level = min((level for level, count in counts.items() if count > 1), default=0)
    group: list[Part] = []
    length = 0
    for item in items:
        opens = isinstance(item, Item) and item.kind == "heading" and item.level == level
        if group and (opens or length > LONGEST_PAGE):
            yield Page(tuple(group))
            group, length = [], 0
        group.append(item)
        length += len(item.text) if isinstance(item, Item) else sum(len(cell.text) for cell in item.cells())
    if group:
        yield Page(tuple(group))


def _titled(items: list[Part]) -> list[Part]:
    """A short first line is the title of its page."""
    first = items[0] if items else None
    if isinstance(first, Item) and first.kind == "paragraph" and is_name(first.text) and len(items) > 1:
        return [replace(first, kind="heading", level=1), *items[1:]]
    return items
