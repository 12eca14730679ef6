"""Comparison matrices held against the facts of the decks: cells that are invented, and cells left empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import NOT_MENTIONED, Answer, Cell, Citation
from kejian.assistant.evaluation.subjects import Subjects
from kejian.assistant.evaluation.support import Support
from kejian.assistant.evaluation.wording import plain
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck, Fact, Slide

CellName = tuple[str, str]  # subject, aspect


@dataclass(frozen=True, slots=True)
class Cells:
    """Of one matrix: filled cells, the invented ones among them, and of the cells the decks can fill those that are.

    Cell precision is 1 − invented / filled; cell coverage is filled / fillable. A filled cell is invented when it
    cites nothing, when its quotations do not bear it out, or when they are about another subject.
    """

    filled: int
    invented: tuple[CellName, ...]
    fillable: int
    left_empty: tuple[CellName, ...]


@dataclass(frozen=True)
class Matrices:
    """Judges matrices against the facts of ``decks``, whatever the assistant took for the cell of a subject."""

    decks: Sequence[Deck]
    subjects: Subjects
    terms: TermBase
    support: Support

    def cells(self, answer: Answer, question: str) -> Cells | None:
        """None for an answer without a matrix."""
        if answer.matrix is None:
            return None
        cited = {citation.n: citation for citation in answer.citations}
        filled: dict[CellName, bool] = {}
        for subject, aspect, cell in _cells(answer):
            if cell.text.strip() and cell.text != NOT_MENTIONED:
                citations = [cited[n] for n in cell.citations if n in cited]
                filled[subject, aspect] = self._stands(subject, cell, citations)
        fillable = self._fillable(answer, question)
        mine = {(self._name(subject), self._aspect(aspect)) for subject, aspect in filled}
        return Cells(
            len(filled),
            tuple(name for name, stands in filled.items() if not stands),
            len(fillable),
            tuple(sorted(fillable - mine)),
        )

    def _stands(self, subject: str, cell: Cell, citations: Sequence[Citation]) -> bool:
        if not citations or not any(self._is_about(subject, citation) for citation in citations):
            return False
        texts = [self.support.span(citation) for citation in citations]
        return all(self.support.bears_out("\n".join(texts), line) for line in cell.text.split("\n") if line.strip())

    def _is_about(self, subject: str, citation: Citation) -> bool:
        """Whether what is quoted is a fact of ``subject``; where no fact stands there, what its headings name."""
        facts = list(self._facts_at(citation))
        if facts:
            return any(self._name(fact.subject) == self._name(subject) for fact in facts)
        return self._name(subject) in map(self._name, self.subjects.named_in(plain(self.support.span(citation))))

    def _facts_at(self, citation: Citation) -> Iterator[Fact]:
        for slide in self.support.slides.get((citation.deck, citation.slide), ()):
            yield from (f for f in slide.facts if f.start < citation.end and citation.start < f.end)

    def _fillable(self, answer: Answer, question: str) -> set[CellName]:
        """Cells of the subjects asked for or shown, in the rows shown, of which the decks hold a fact."""
        assert answer.matrix is not None
        aspects = {self._aspect(row.aspect) for row in answer.matrix.rows}
        wanted = {self._name(subject) for subject in answer.matrix.subjects}
        facts = list(_facts(self.decks))
        compared = {self._name(fact.subject) for fact in facts if self._aspect(fact.aspect) in aspects}
        wanted |= {name for name in map(self._name, self.subjects.named_in(plain(question))) if name in compared}
        named = ((self._name(fact.subject), self._aspect(fact.aspect)) for fact in facts if fact.aspect)
        return {(subject, aspect) for subject, aspect in named if subject in wanted and aspect in aspects}

    def _name(self, subject: str) -> str:
        return self.subjects.called(self.terms.without_mark(subject))

    def _aspect(self, aspect: str) -> str:
        bare = self.terms.without_mark(aspect)
        term = self.terms.aspect(bare) or self.terms.aspect(self.terms.split_heading(bare)[1])
        return term.name if term else bare


def _cells(answer: Answer) -> Iterator[tuple[str, str, Cell]]:
    assert answer.matrix is not None
    for row in answer.matrix.rows:
        for subject, cell in zip(answer.matrix.subjects, row.cells, strict=False):
            yield subject, row.aspect, cell


def _facts(decks: Iterable[Deck]) -> Iterator[Fact]:
    slides: Iterator[Slide] = (slide for deck in decks for slide in deck.slides)
    for slide in slides:
        yield from slide.facts
