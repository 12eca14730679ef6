"""Writes a deck source as Markdown: front matter, one numbered marker a slide, headings, lists, tables, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kejian.corpus.deck_source import (
    Chart,
    DeckSource,
    Element,
    Node,
    Paragraph,
    Points,
    Records,
    Row,
    Section,
    SlideSource,
    Table,
)

SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(deck: DeckSource) -> str:
    """The whole deck; ends with a line break."""
    lines = ["---", f"title: {deck.title}", "---", "", f"# {_plain(deck.title)}", ""]
    for slide in deck.slides:
        lines += _slide(slide)
    return "\n".join(lines).rstrip() + "\n"


def _slide(slide: SlideSource) -> Iterator[str]:
    yield from (f"<!-- slide: {slide.number} -->", "", f"## {_plain(slide.title)}", "")
    for element in slide.body:
        yield from _element(element, 3)
    for footnote in slide.footnotes:
        yield from (_plain(footnote), "")
    for note in slide.notes:
        yield from (f"> 备注:{_plain(note)}", "")


def _element(element: Element, level: int) -> Iterator[str]:
    match element:
        case Paragraph():
            yield from (_plain(element.text), "")
        case Points():
            marks = (f"{n}." for n in range(1, len(element.texts) + 1)) if element.numbered else None
            yield from (f"{next(marks) if marks else '-'} {_plain(text)}" for text in element.texts)
            yield ""
        case Table():
            yield from _table(element)
        case Records():
            yield from _records(element, level)
        case Chart():
            yield from (*_outline(element.root, 0), "")
        case Section():
            yield from (_heading(element.heading, level), "")
            for inner in element.body:
                yield from _element(inner, level + 1)
        case Row():
            for inner in element.body:
                yield from _element(inner, level)


def _table(table: Table) -> Iterator[str]:
    yield _table_row(table.columns)
    yield _table_row(["---"] * len(table.columns))
    for row in table.rows:
        yield _table_row(["<br>".join(map(_plain, cell)) for cell in row])
    yield ""


def _table_row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _records(records: Records, level: int) -> Iterator[str]:
    for entry in records.entries:
        yield from (_heading(entry.name, level + entry.level), "")
        for aspect, texts in zip(records.aspects, entry.cells, strict=True):
            if texts:
                yield from (_heading(aspect, level + entry.level + 1), "")
                yield from (f"- {_plain(text)}" for text in texts)
                yield ""


def _outline(node: Node, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {_plain(node.name)}"
    for child in node.children:
        yield from _outline(child, depth + 1)


def _heading(text: str, level: int) -> str:
    return f"{'#' * min(level, 6)} {_plain(text)}"


def _plain(text: str) -> str:
    """``text`` so that Markdown shows exactly these characters."""
    return SPECIAL.sub(r"\\\1", text)
