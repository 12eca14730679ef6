"""A running document → pages: its title, and a page to each heading of the level that divides it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kejian.ingest.outline import Item, Outline, Page, Table

LONGEST_PAGE = 6000  # characters; a longer chapter is divided at its own headings


class Break:
    """The author begins a new page or section here."""


Part = Item | Table
Flow = Part | Break


def divided(flow: Iterable[Flow], title: str = "", warnings: tuple[str, ...] = ()) -> Outline:
    """The outline of a document whose parts are ``flow``; ``title`` is used where the text itself has none.

    The title is a first item of kind ``title``, else a first heading of the shallowest level that stands alone.
    Pages begin at headings of the shallowest level found twice; without any, where the author broke the page.
    """
    parts = list(flow)
    first = next((part for part in parts if not isinstance(part, Break)), None)
    named = isinstance(first, Item) and (first.kind == "title" or _is_lone_heading(first, parts))
    if named and isinstance(first, Item):
        title = first.text
        if _opens(parts[parts.index(first) + 1 :]):
            parts.remove(first)
    return Outline(title, tuple(Page(tuple(_notes_last(group))) for group in _pages(parts)), warnings)


def _headings(parts: Iterable[Flow]) -> list[Item]:
    return [part for part in parts if isinstance(part, Item) and part.kind == "heading" and not part.lead]


def _is_lone_heading(first: Item, parts: Sequence[Flow]) -> bool:
    """Whether ``first`` is a heading over all others."""
    heads = _headings(parts)
    return len(heads) > 1 and first is heads[0] and all(head.level > first.level for head in heads[1:])


def _opens(below: Sequence[Flow]) -> bool:
    """Whether the next thing is a heading; with text under it the title heads a page of its own."""
    following = next((part for part in below if not isinstance(part, Break)), None)
    return isinstance(following, Item) and following.kind == "heading" and not following.lead


def _pages(parts: Sequence[Flow]) -> Iterator[list[Part]]:
    counts = Counter(head.level for head in _headings(parts))
    level = min((level for level, count in counts.items() if count > 1), default=0)
    for group in _grouped(parts, level):
        content = [part for part in group if not isinstance(part, Break)]
        yield from _shortened(content, level + 1)


def _grouped(parts: Sequence[Flow], level: int) -> Iterator[list[Flow]]:
    """``parts`` cut before every heading down to ``level``, at breaks where that is 0; headings alone go on."""
    group: list[Flow] = []
    for part in parts:
        heads = isinstance(part, Item) and part.kind == "heading" and not part.lead and part.level <= level
        begins = heads if level else isinstance(part, Break)
        full = any(not _is_heading(other) for other in group)
        if begins and (full or any(_level(other) >= _level(part) >= 0 for other in group)):
            yield group
            group = []
        group.append(part)
    yield group


def _is_heading(part: Flow) -> bool:
    return isinstance(part, Break) or (part.kind == "heading" and not part.lead if isinstance(part, Item) else False)


def _level(part: Flow) -> int:
    return part.level if isinstance(part, Item) and part.kind == "heading" else -1


def _shortened(group: list[Part], level: int) -> Iterator[list[Part]]:
    """``group``, in pieces where it is too long: at headings of the next level, else between any two parts."""
    if sum(map(_length, group)) <= LONGEST_PAGE:
        if group:
            yield group
    elif level <= 9:
        for piece in _grouped(group, level):
            yield from _shortened([part for part in piece if not isinstance(part, Break)], level + 1)
    else:
        yield from _cut(group)


def _cut(group: list[Part]) -> Iterator[list[Part]]:
    piece: list[Part] = []
    length = 0
    for part in group:
        if piece and length + _length(part) > LONGEST_PAGE:
            yield piece
            piece, length = [], 0
        piece.append(part)
        length += _length(part)
    yield piece


def _length(part: Part) -> int:
    return len(part.text) if isinstance(part, Item) else sum(len(cell.text) for cell in part.cells())


def _notes_last(group: Sequence[Part]) -> list[Part]:
    """Footnotes stand at the foot, then what is noted on the text, so that they do not divide a list."""
    places = {"footnote": 1, "note": 2}
    return sorted(group, key=lambda part: places.get(part.kind, 0) if isinstance(part, Item) else 0)
