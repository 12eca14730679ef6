"""A document as Markdown in which no text of a deck or a question can become markup, a link or a picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kejian.ui.exported import Block, Heading, Item, Paragraph, Table
from kejian.ui.html import shown

PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")  # CommonMark 0.31, 2.4: all may be escaped
NEEDLESS = re.compile(r"\\([\"%',/:;?])")  # of these none begins anything within a line of text


def markdown_of(blocks: Sequence[Block]) -> str:
    """The document, lists kept together and everything else apart."""
    lines: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None and not (isinstance(block, Item) and isinstance(before, Item)):
            lines.append("")
        lines.extend(_lines(block))
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """``text`` on one line, as it is.

    >>> escaped("![x](http://a.b) <b>1. *x*")
    '\\\\!\\\\[x\\\\]\\\\(http://a\\\\.b\\\\) \\\\<b\\\\>1\\\\. \\\\*x\\\\*'
    """
    return NEEDLESS.sub(r"\1", PUNCTUATION.sub(r"\\\1", " ".join(shown(text).split())))


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(level, text):
            return [f"{'#' * level} {escaped(text)}"]
        case Paragraph(text):
            return [escaped(text)]
        case Item(level, text):
            return [f"{'  ' * level}- {escaped(text)}"]
        case Table(rows):
            head, *body = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
            return [head, "|" + " --- |" * len(rows[0]), *body]


def _cell(text: str) -> str:
    return "<br>".join(map(escaped, text.split("\n")))
