"""A conversation as a document: the blocks that Markdown and Word are written from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kejian.assistant.answer import Answer, Cell, Citation, Structure
from kejian.corpus.errors import UsageError
from kejian.index.records import Turn
from kejian.ui.export_docx import docx_of
from kejian.ui.export_markdown import markdown_of
from kejian.ui.exported import Block, Heading, Item, Paragraph, Table
from kejian.ui.parts import parts, plain_text
from kejian.ui.render_body import REFUSAL_TITLES

Format = Literal["md", "docx"]


@dataclass(frozen=True, slots=True)
class Written:
    """A kind of document: how it is written and what a browser is told of it."""

    write: Callable[[Sequence[Block]], bytes]
    media_type: str


FORMATS: dict[str, Written] = {
    "md": Written(lambda blocks: markdown_of(blocks).encode("utf-8"), "text/markdown; charset=utf-8"),
    "docx": Written(docx_of, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def exported(turns: Sequence[Turn], format: str) -> bytes:
    """A conversation with the sources of every answer, as a file of this format.

    Raises:
        UsageError: the format is unknown.
    """
    if format not in FORMATS:
        raise UsageError(f"不能导出为「{format}」，可选：{'、'.join(FORMATS)}")
    return FORMATS[format].write(list(blocks_of(turns)))


def blocks_of(turns: Sequence[Turn]) -> Iterator[Block]:
    """The conversation from top to bottom."""
    yield Heading(1, turns[0].question if turns else "对话")
    for number, turn in enumerate(turns, 1):
        answer = Answer.from_json(turn.answer)
        yield Heading(2, f"{number}. {turn.question}")
        if answer.resolved != answer.question:
            yield Paragraph(f"理解为：{answer.resolved}")
        yield from _answer(answer)
        yield from _sources(answer)
        yield Paragraph(f"提问时间：{turn.asked_at[:16].replace('T', ' ')}（UTC）")


def _answer(answer: Answer) -> Iterator[Block]:
    if answer.refusal:
        yield Paragraph(REFUSAL_TITLES[answer.refusal.reason])
    said = parts(answer)
    if answer.matrix:
        head = ["", *answer.matrix.subjects]
        yield Table([head, *([row.aspect, *map(_cell, row.cells)] for row in answer.matrix.rows)])
    if answer.structure:
        yield from _units(answer.structure, 0)
    if not said and not answer.matrix and not answer.structure:
        yield Paragraph(plain_text(answer.answer))
    for part in said:
        text = part.text + "".join(f"[{n}]" for n in part.citations)
        if part.kind == "heading":
            yield Heading(3, text)
        else:
            yield Item(0, text) if part.kind == "item" else Paragraph(text)


def _cell(cell: Cell) -> str:
    return cell.text + "".join(f"[{n}]" for n in cell.citations)


def _units(unit: Structure, level: int) -> Iterator[Block]:
    yield Item(level, unit.name + "".join(f"[{n}]" for n in unit.citations))
    for child in unit.children:
        yield from _units(child, level + 1)


def _sources(answer: Answer) -> Iterator[Block]:
    if answer.citations:
        yield Heading(3, "来源")
        yield from (Item(0, _source(citation)) for citation in answer.citations)
    elif answer.refusal and answer.refusal.nearest:
        yield Heading(3, "最接近的页")
        yield from (Item(0, f"《{near.deck_title}》第{near.slide}页 {near.title}") for near in answer.refusal.nearest)


def _source(citation: Citation) -> str:
    said = f"[{citation.n}] 《{citation.deck_title}》第{citation.slide}页 {citation.title}：「{citation.quote}」"
    if citation.confidence is None:
        return said
    return f"{said}（识别自图片，置信度 {citation.confidence:.2f}，请对照原图）"
