"""An answer in the making: statements with their sources become numbered citations, sentences and Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kejian.assistant.answer import Cell, Citation, Kind, Matrix, Refusal, Row, Sentence, Structure
from kejian.assistant.knowledge import Entity, Source


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
    parts: tuple[Statement | Heading, ...]
    confidence: float
    table: Table | None = None
    tree: Tree | None = None
    refusal: Refusal | None = None
    about: tuple[Entity, ...] = ()  # whom the answer speaks of, for the next question's pronouns
    why: str = ""  # the path taken, for the trace


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
    return Citation(
        number, deck.id, deck.title, slide.number, slide.title, source.quote, source.start, source.end, inside
    )


def marks(numbers: Sequence[int]) -> str:
    """Citation marks as written in the answer.

    >>> marks((1, 3))
    '[1][3]'
    """
    return "".join(f"[{number}]" for number in numbers)


def sentences_of(draft: Draft, numbering: Numbering) -> tuple[Sentence, ...]:
    """Every statement, and every filled cell of the table as a sentence of its own."""
    said = [Sentence(p.text, numbering.of(p.sources)) for p in draft.parts if isinstance(p, Statement)]
    for aspect, cells in draft.table.rows if draft.table else ():
        for subject, cell in zip(draft.table.subjects if draft.table else (), cells, strict=True):
            if cell.sources:
                text = f"{subject}的{aspect}:{cell.text.replace(chr(10), ';')}"
                said.append(Sentence(text, numbering.of(cell.sources)))
    return tuple(said)


def markdown_of(draft: Draft, numbering: Numbering) -> str:
    """The parts as Markdown, and the matrix as a table under them."""
    lines: list[str] = []
    for part in draft.parts:
        item = isinstance(part, Statement) and part.item
        if lines and not (item and lines[-1].startswith("- ")):
            lines.append("")
        if isinstance(part, Heading):
            lines.append(f"**{part.text}**")
        else:
            lines.append(f"{'- ' if item else ''}{part.text}{marks(numbering.of(part.sources))}")
    if draft.table:
        lines += ["", *_table_lines(draft.table, numbering)]
    return "\n".join(lines)


def _table_lines(table: Table, numbering: Numbering) -> list[str]:
    rows = [
        [aspect, *(f"{_one_line(cell.text)}{marks(numbering.of(cell.sources))}" for cell in cells)]
        for aspect, cells in table.rows
    ]
    head = ["方面", *table.subjects]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def _one_line(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


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
