"""The order in which an answer is said: its sentences, and the headings and list items its Markdown shows them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kejian.assistant.answer import Answer, Sentence

HEADING = re.compile(r"^\*\*(.+)\*\*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    kind: Literal["heading", "item", "sentence"]
    text: str
    citations: tuple[int, ...] = ()


def parts(answer: Answer) -> tuple[Part, ...]:
    """Headings, list items and sentences, in order; each sentence occurs once, but for those a table already says.

    A heading that only repeats the question is left out. The Markdown is searched for the sentences and for what
    stands between them, but never rendered.
    """
    asked = answer.question.strip().rstrip("?？")
    return tuple(part for part in _parts(answer) if part != Part("heading", asked))


def _parts(answer: Answer) -> Iterator[Part]:
    cursor = 0
    tabled = _tabled(answer)
    for sentence in answer.sentences:
        written = _written(sentence)
        place = answer.answer.find(written, cursor)
        if place < 0:
            if not sentence.citations or not tabled.issuperset(sentence.citations):
                yield Part("sentence", sentence.text, sentence.citations)
            continue
        between = answer.answer[cursor:place]
        yield from (Part("heading", text) for text in HEADING.findall(between))
        item = re.search(r"(?:^|\n)- $", between) is not None
        yield Part("item" if item else "sentence", sentence.text, sentence.citations)
        cursor = place + len(written)
    yield from (Part("heading", text) for text in HEADING.findall(answer.answer[cursor:]))


def _tabled(answer: Answer) -> frozenset[int]:
    """The citations that stand in the cells of the comparison."""
    rows = answer.matrix.rows if answer.matrix else ()
    return frozenset(n for row in rows for cell in row.cells for n in cell.citations)


def _written(sentence: Sentence) -> str:
    return sentence.text + "".join(f"[{n}]" for n in sentence.citations)


def plain_text(markdown: str) -> str:
    """The text of an answer that has no sentences, without marks of emphasis.

    >>> plain_text("**材料未提及**:请换个问法")
    '材料未提及:请换个问法'
    """
    return markdown.replace("**", "").strip()
