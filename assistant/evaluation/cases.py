"""One gold question judged: what was expected, what came, and what was missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kejian.assistant.answer import Answer, Sentence, Structure
from kejian.assistant.evaluation.matching import missed_points
from kejian.assistant.evaluation.matrices import Cells
from kejian.assistant.evaluation.metrics import uncited_sentences
from kejian.assistant.evaluation.points import PointVerdict
from kejian.assistant.evaluation.ranking import Ranked
from kejian.assistant.evaluation.structures import Edges
from kejian.assistant.evaluation.support import Supported
from kejian.corpus.gold_questions import GoldQuestion
from kejian.corpus.normalize import searchable
from kejian.ingest.model import Deck

MARK = re.compile(r"\[(\d+)\]")
SlideKey = tuple[str, int]  # deck id, printed number


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its answer, and the judgement."""

    gold: GoldQuestion
    answer: Answer
    refusal_expected: bool | None  # None: a refusal came that is as right as the answer
    points: tuple[PointVerdict, ...]  # the key points that are asked of it
    forbidden: tuple[str, ...]  # phrases it says though it must not
    uncited_slides: tuple[int, ...]  # expected slides that no citation names
    invalid: tuple[int, ...]  # numbers of the citations whose quotation does not stand in the source
    dangling: tuple[int, ...]  # marks in the text that no citation has
    unsupported: tuple[str, ...]  # sentences without a citation
    ranked: tuple[SlideKey, ...]  # slides as retrieval returned them, best first
    relevant: frozenset[SlideKey]  # the expected slides
    useful: bool | None  # of a right refusal: whether it helps on; None otherwise
    by_span: Supported  # sentences and citations, judged by the quotations
    by_slide: Supported  # ... and by the whole slides
    slides_ranked: Ranked | None = None  # None where no slide is expected
    blocks_ranked: Ranked | None = None  # None where no block says a key point
    cells: Cells | None = None  # None without a matrix
    edges: Edges | None = None  # None where no structure is given or wanted
    resolved_right: bool | None = None  # of a follow-up: whether it was understood; None where nothing says how

    @property
    def refused(self) -> bool:
        return self.answer.kind == "refusal"

    @property
    def decision_right(self) -> bool:
        """It was right to refuse, or right to answer."""
        return self.refusal_expected is None or self.refusal_expected == self.refused

    @property
    def scored_as_answer(self) -> bool:
        """Key points and slides count: an answer was expected, and no refusal as good came instead."""
        return self.refusal_expected is False

    @property
    def kind_right(self) -> bool:
        """The answer has one of the expected forms."""
        return not self.gold.kinds or self.answer.kind in self.gold.kinds

    @property
    def missed(self) -> tuple[str, ...]:
        """The key points that are not said right."""
        return tuple(point.point for point in self.points if point.grade != "right")

    @property
    def right(self) -> bool:
        """Nothing was missed: what a comparison with a baseline counts."""
        faults = (self.missed, self.forbidden, self.uncited_slides, self.invalid, self.dangling, self.unsupported)
        invented = self.cells is not None and bool(self.cells.invented)
        return self.decision_right and self.useful is not False and not invented and not any(faults)


def refusal_expected(gold: GoldQuestion, answer: Answer) -> bool | None:
    """Whether ``gold`` wants a refusal; None where it wants an answer but a refusal came that is as right.

    The rule: ``expect`` decides. A question that expects an answer and lists ``reasons`` all the same (a false
    premise, say, which an answer may correct) may be refused for one of them: such a refusal is neither right nor
    wrong for precision and recall, and no key point or slide is asked of it.
    """
    if gold.expect == "refusal":
        return True
    return None if answer.refusal and answer.refusal.reason in gold.reasons else False


def is_useful(gold: GoldQuestion, answer: Answer) -> bool:
    """A refusal helps when its reason is an expected one, it says all that ``mention`` asks, and it leads on.

    It leads on when it names what is covered or points to a slide; small talk and other matters out of scope
    need not.
    """
    refusal = answer.refusal
    if refusal is None or (gold.reasons and refusal.reason not in gold.reasons):
        return False
    leads_on = bool(refusal.covered or refusal.nearest) or refusal.reason == "out_of_scope"
    return leads_on and not missed_points(said_text(answer), gold.mention)


def said_text(answer: Answer) -> str:
    """Everything the answer says: its text, its matrix cell by cell with whose it is, and its structure."""
    text = answer.answer
    if answer.matrix is not None:
        text = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith("|"))
    return "\n".join([text, *_matrix_lines(answer), *_structure_lines(answer.structure)])


def _matrix_lines(answer: Answer) -> Iterator[str]:
    for row in answer.matrix.rows if answer.matrix else ():
        for subject, cell in zip(answer.matrix.subjects if answer.matrix else (), row.cells, strict=False):
            yield f"{subject}的{row.aspect}：{cell.text}".replace("\n", "；")


def _structure_lines(structure: Structure | None) -> Iterator[str]:
    if structure is not None:
        yield structure.name
        yield from structure.duties
        for child in structure.children:
            yield from _structure_lines(child)


def sentences_of(answer: Answer) -> tuple[Sentence, ...]:
    """The sentences that need support: an answer without any counts as one."""
    return answer.sentences or (Sentence(answer.answer, ()),)


def unsupported(answer: Answer) -> list[Sentence]:
    """Sentences without a citation."""
    return uncited_sentences(sentences_of(answer), answer.citations)


def dangling_marks(answer: Answer) -> list[int]:
    """Marks such as [3] that no citation has; a number in brackets that a quotation brings along is none."""
    quoted = {int(mark) for citation in answer.citations for mark in MARK.findall(citation.quote)}
    known = quoted | {citation.n for citation in answer.citations}
    return sorted({int(mark) for mark in MARK.findall(answer.answer)} - known)


def expected_slides(gold: GoldQuestion, decks: Iterable[Deck]) -> frozenset[SlideKey]:
    """The slides ``gold`` names, in the deck it names."""
    deck = deck_named(gold.deck, decks)
    return frozenset((deck.id, number) for number in gold.slides) if deck else frozenset()


def deck_named(name: str, decks: Iterable[Deck]) -> Deck | None:
    """The deck with this id or title."""
    wanted = searchable(name)
    return next((deck for deck in decks if name == deck.id or wanted == searchable(deck.title)), None)
