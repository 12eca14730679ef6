"""Care for gold questions: what is wrong with a file, line by line, each with how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kejian.assistant.evaluation.cases import deck_named
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.matching import folded, says
from kejian.assistant.evaluation.subjects import Subjects
from kejian.assistant.evaluation.wording import plain
from kejian.corpus.cues import Cues
from kejian.corpus.gold_questions import GoldLine, GoldQuestion, gold_lines
from kejian.ingest.model import Slide

VERDICTS = frozenset(
    {"是", "是的", "不是", "并非", "不对", *(word for both in Cues.bundled().verdicts.values() for word in both)}
)
ALIKE = 0.9  # share of character pairs in common from which two questions are taken for one


@dataclass(frozen=True, slots=True)
class Problem:
    """``what`` is wrong on a line and how to mend it; ``kind`` is schema, duplicate, leak, deck, slide or point."""

    file: str
    line: int
    id: str
    kind: str
    what: str

    @property
    def text(self) -> str:
        named = f" {self.id}" if self.id else ""
        return f"{self.file} 第 {self.line} 行{named}:{self.what}"


def checked(paths: Sequence[Path], judge: Judge) -> list[Problem]:
    """Everything wrong with the files, in the order of their lines; questions are compared across files, too.

    Raises:
        UsageError: a file cannot be read.
    """
    read = [(path, line) for path in paths for line in gold_lines(path)]
    problems = [Problem(str(path), line.number, _id(line), "schema", line.fault) for path, line in read if line.fault]
    good = [(path, line, line.question) for path, line in read if line.question and not line.fault]
    for path, line, question in good:
        problems += (
            Problem(str(path), line.number, question.id, kind, what) for kind, what in _faults(question, judge)
        )
    problems += _repeated(good, judge.scorer.subjects)
    order = {str(path): at for at, path in enumerate(paths)}
    return sorted(problems, key=lambda problem: (order[problem.file], problem.line))


def _id(line: GoldLine) -> str:
    return line.question.id if line.question else ""


def _faults(question: GoldQuestion, judge: Judge) -> Iterator[tuple[str, str]]:
    """What is wrong with one question by itself and against the decks."""
    deck = deck_named(question.deck, judge.decks)
    if question.deck and deck is None:
        yield "deck", f"资料库里没有课件《{question.deck}》,请先收入,或改正 deck"
        return
    numbers = {slide.number for slide in deck.slides} if deck else set()
    for number in question.slides:
        if number not in numbers:
            yield "slide", f"课件《{question.deck}》没有第 {number} 页,请改正 slides"
    slides = [slide for slide in deck.slides if slide.number in question.slides] if deck else []
    for point in question.points if slides else ():
        if not _stands(question, point, slides, judge):
            yield "point", f"要点「{point[0]}」在所写的页上找不到,请按原文改写,或改正 slides"
    for phrase in question.forbid:
        if any(folded(phrase) in folded(variant) for point in question.points for variant in point):
            yield "point", f"forbid 里的「{phrase}」也是要点的一部分,请删去一个"


def _stands(question: GoldQuestion, point: Sequence[str], slides: Sequence[Slide], judge: Judge) -> bool:
    """Whether a slide says the point: literally, or as the scorer reads it; 「不是」 answers, and stands nowhere."""
    if point[0] in VERDICTS:
        return True
    return any(
        says(slide.source, point) or judge.scorer.verdict("", slide.source, point, slide.source).grade == "right"
        for slide in slides
    )


Read = tuple[Path, GoldLine, GoldQuestion]


def _repeated(read: Sequence[Read], subjects: Subjects) -> Iterator[Problem]:
    """Questions asked twice: a duplicate within a slice, a leak between slices, where one tells of the other."""
    seen: list[tuple[frozenset[str], tuple[tuple[str, ...], ...], Read]] = []
    ids: dict[str, Read] = {}
    for path, line, question in read:
        if question.id in ids and ids[question.id][0] != path:
            yield Problem(
                str(path), line.number, question.id, "duplicate", f"{ids[question.id][0]} 里也有这个 id,请换一个"
            )
        ids.setdefault(question.id, (path, line, question))
        pairs = _pairs(question.question)
        turns = (tuple(map(folded, question.turns)), subjects.named_in(plain(question.question)))
        twin = next((other for known, before, other in seen if before == turns and _alike(pairs, known)), None)
        if twin is not None:
            place = f"{twin[0].name} 第 {twin[1].number} 行「{twin[2].question}」"
            if twin[2].slice == question.slice:
                yield Problem(str(path), line.number, question.id, "duplicate", f"与 {place} 问的一样,请删去一个")
            else:
                what = f"与 {place}({twin[2].slice})问的一样,两类的得分会互相沾光,请改写或删去一个"
                yield Problem(str(path), line.number, question.id, "leak", what)
        seen.append((pairs, turns, (path, line, question)))


def _pairs(question: str) -> frozenset[str]:
    """Character pairs of a question; written in another script it is another question, which tests just that."""
    text = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", question).lower()))
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
