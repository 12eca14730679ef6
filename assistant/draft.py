"""An answer in the making: statements with their sources become numbered citations, sentences and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kejian.assistant.answer import Cell, Citation, Kind, Matrix, Refusal, Row, Sentence, Structure
from kejian.assistant.knowledge import Entity, Source

LINE = "\n"
MOST_ANSWERS = 3  # lines quoted behind a question: its answer


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer and the ranges that bear it out. ``item`` makes it a list item."""

    text: str
    sources: tuple[Source, ...]
    item: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that orders the answer and claims nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class TableCell:
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    subjects: tuple[str, ...]
    rows: tuple[tuple[str, tuple[TableCell, ...]], ...]


Part: TypeAlias = Statement | Heading | Table


@dataclass(frozen=True, slots=True)
class Tree:
    name: str
    sources: tuple[Source, ...] = ()
    duties: tuple[str, ...] = ()
    children: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer returns."""

    kind: Kind
    parts: tuple[Part, ...]
    confidence: float
    tree: Tree | None = None
    refusal: Refusal | None = None
    about: tuple[Entity, ...] = ()  # whom the answer speaks of, for the next question's pronouns
    listed: tuple[Entity, ...] = ()  # what it lists, for 「第三个」
    why: str = ""  # the path taken, for the trace

    @property
    def table(self) -> Table | None:
        return next((part for part in self.parts if isinstance(part, Table)), None)


@dataclass(slots=True)
class Numbering:
    """Numbers sources in order of first use; one range of one slide has one number."""

    _numbers: dict[tuple[tuple[str, str], int, int], int] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)

    def of(self, sources: Sequence[Source]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self._number(source) for source in sources))

    def _number(self, source: Source) -> int:
        key = (source.place.key, source.start, source.end)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            self.citations.append(_citation(len(self.citations) + 1, source))
        return self._numbers[key]


def _citation(number: int, source: Source) -> Citation:
    slide, deck = source.place.slide, source.place.deck
    inside = 0 <= source.start < source.end <= len(slide.source)
    place = (deck.id, deck.title, slide.number, slide.title)
    return Citation(number, *place, source.quote, source.start, source.end, inside, _confidence(source))


def _confidence(source: Source) -> float | None:
    """How certain the least certain part is that was recognised in a picture; None where none was."""
    inside = (b for b in source.place.slide.blocks if b.start < source.end and source.start < b.end)
    return min((b.confidence for b in inside if b.confidence is not None), default=None)


def marks(numbers: Sequence[int]) -> str:
    """Citation marks as written in the answer.

    >>> marks((1, 3))
    '[1][3]'
    """
    return "".join(f"[{number}]" for number in numbers)


def sentences_of(draft: Draft, numbering: Numbering) -> tuple[Sentence, ...]:
    """Every statement, and every filled cell of the table as a sentence of its own."""
    said: list[Sentence] = []
    for part in draft.parts:
        if isinstance(part, Statement):
            said.append(Sentence(part.text, numbering.of(part.sources)))
        elif isinstance(part, Table):
            said += _cell_sentences(part, numbering)
    return tuple(said)


def _cell_sentences(table: Table, numbering: Numbering) -> list[Sentence]:
    return [
        Sentence(f"{subject}的{aspect}：{cell.text.replace(LINE, '；')}", numbering.of(cell.sources))
        for aspect, cells in table.rows
        for subject, cell in zip(table.subjects, cells, strict=True)
        if cell.sources
    ]


def markdown_of(draft: Draft, numbering: Numbering) -> str:
    """The parts as Markdown, and the matrix as a table under them."""
    lines: list[str] = []
    for part in draft.parts:
        item = isinstance(part, Statement) and part.item
        if lines and not (item and lines[-1].startswith("- ")):
            lines.append("")
        lines += _lines(part, numbering)
    return LINE.join(lines)


def _lines(part: Part, numbering: Numbering) -> list[str]:
    if isinstance(part, Heading):
        return [f"**{part.text}**"]
    if isinstance(part, Table):
        return _table_lines(part, numbering)
    return [f"{'- ' if part.item else ''}{part.text}{marks(numbering.of(part.sources))}"]


def _table_lines(table: Table, numbering: Numbering) -> list[str]:
    rows = [
        [aspect, *(f"{_one_line(cell.text)}{marks(numbering.of(cell.sources))}" for cell in cells)]
        for aspect, cells in table.rows
    ]
    head = ["方面", *table.subjects]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def _one_line(text: str) -> str:
    return text.replace("|", "\\|").replace(LINE, "<br>")


def matrix_of(table: Table, numbering: Numbering) -> Matrix:
    return Matrix(
        table.subjects,
        tuple(Row(a, tuple(Cell(c.text, numbering.of(c.sources)) for c in cells)) for a, cells in table.rows),
    )


def structure_of(tree: Tree, numbering: Numbering) -> Structure:
    return Structure(
        tree.name,
        tree.duties,
        tuple(structure_of(child, numbering) for child in tree.children),
        numbering.of(tree.sources),
    )
