"""Rules in articles: 「第五条」 is an item, the 「(一)」 and 「1.」 below it are its list; names over tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kejian.ingest.outline import Item, Table
from kejian.ingest.sections import Break, Flow
from kejian.ingest.wording import NOT_A_NAME, NUMERAL, is_name

LEAST = 2  # a single article may be quoted
LONGEST_CAPTION = 40
ARTICLE = re.compile(rf"^第\s*[{NUMERAL}\d]{{1,6}}\s*条(?![款例])")
NUMBERED = (
    re.compile(rf"^[(（][{NUMERAL}]{{1,3}}[)）]"),
    re.compile(r"^\d{1,2}[.．、](?!\d)"),
    re.compile(r"^(?:[(（]\d{1,2}[)）]|[①-⑳])"),
)
IN_BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")


def with_articles(flow: Sequence[Flow]) -> list[Flow]:
    """``flow`` with its articles as items of the outermost list, and what is numbered below them as theirs."""
    return list(nested_articles(flow)) if has_articles(flow) else list(flow)


def has_articles(flow: Iterable[Flow]) -> bool:
    """Whether ``flow`` is written in articles."""
    return sum(isinstance(part, Item) and _is_article(part) for part in flow) >= LEAST


def _is_article(item: Item) -> bool:
    return item.kind in ("bullet", "paragraph") and bool(ARTICLE.match(item.text))


def nested_articles(flow: Iterable[Flow]) -> Iterator[Flow]:
    """Articles as items of the outermost list, what is numbered or listed below them one level deeper."""
    inside = False
    first: int | None = None  # the level of the first item below the article, in the file's own count
    forms: list[int] = []  # the kinds of numbers that are open below it
    for part in flow:
        if not isinstance(part, Item) or part.kind in ("heading", "title") or _is_named(part):
            inside = inside and isinstance(part, Break)
        elif _is_article(part):
            inside, first, forms = True, None, []
            yield replace(part, kind="bullet", level=0)
            continue
        elif inside and _is_listed(part) and (form := _form(part.text)) is not None:
            forms = [*(other for other in forms if other < form), form]
            part = replace(part, kind="bullet", level=len(forms))
        elif inside and part.kind == "bullet":
            first = part.level if first is None else min(first, part.level)
            part = replace(part, level=1 + part.level - first)
        yield part


def _is_named(item: Item) -> bool:
    """Whether a line may be a heading."""
    return item.kind == "paragraph" and is_name(item.text) and _form(item.text) is None


def _is_listed(item: Item) -> bool:
    """Whether an item has no depth of its own yet."""
    return item.kind in ("bullet", "paragraph") and not item.level


def _form(text: str) -> int | None:
    return next((number for number, form in enumerate(NUMBERED) if form.match(text)), None)


def with_captions(flow: Sequence[Flow]) -> list[Flow]:
    """``flow`` with the name in the line over a table as a heading of that table alone."""
    found: list[Flow] = []
    level = 0
    for part, below in zip(flow, [*flow[1:], None], strict=False):
        if isinstance(part, Item) and part.kind == "heading" and not part.lead:
            level = part.level
        if isinstance(part, Item) and isinstance(below, Table) and _is_caption(part):
            part = replace(part, kind="heading", level=level + 1, lead=True)
        found.append(part)
    return found


def _is_caption(item: Item) -> bool:
    bare = IN_BRACKETS.sub("", item.text)
    named = is_name(bare) and not NOT_A_NAME.search(bare)
    return item.kind == "paragraph" and len(item.text) <= LONGEST_CAPTION and named
