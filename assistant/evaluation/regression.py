"""The regression gate: this result beside an earlier one, question by question.

A loss counts where it is significant: McNemar's test for figures that are yes or no on a question, the paired
permutation test for means, both one-sided, over all questions and over each slice, all of them tested together
(``significant``). A citation that does not verify and an invented cell need no test: one is too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kejian.assistant.evaluation.figures import FIGURES, Figure
from kejian.assistant.evaluation.gold_run import TOTAL
from kejian.assistant.evaluation.statistics import (
    EXACT_UP_TO,
    PERMUTATIONS,
    Hypothesis,
    mcnemar_p,
    permutation_p,
    significant,
)

Result = dict[str, Any]
LEAST_PAIRS = 2  # fewer questions in common are no sample
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """A score that differs; None where it was not measured."""

    slice: str
    score: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Loss:
    """A significant loss: mean over the ``questions`` in common before and after, and the questions that lost."""

    slice: str
    figure: str
    title: str
    before: float
    after: float
    p: float
    questions: tuple[str, ...]
    slides: tuple[int, ...]  # that the losing questions are about

    @property
    def line(self) -> str:
        named = "、".join(self.questions[:MOST_NAMED]) + ("等" if len(self.questions) > MOST_NAMED else "")
        slides = f";涉及第 {'、'.join(map(str, self.slides))} 页" if self.slides else ""
        return f"{self.slice} {self.title}:{self.before:.3f} → {self.after:.3f}(p = {self.p:.2g});{named}{slides}"


@dataclass(frozen=True, slots=True)
class Changes:
    """Scores that moved, questions (id, question as asked) by what became of them, and what the gate fails on."""

    moved: tuple[Moved, ...]
    worse: tuple[tuple[str, str], ...]  # right before, wrong now
    better: tuple[str, ...]  # wrong before, right now
    added: tuple[str, ...]
    gone: tuple[str, ...]
    losses: tuple[Loss, ...] = ()
    broken: tuple[str, ...] = ()  # citations that do not verify, and invented cells

    @property
    def holds(self) -> bool:
        return not self.losses and not self.broken

    def lines(self) -> Iterator[str]:
        """The changes in Chinese, a line each."""
        if not (self.moved or self.worse or self.better or self.added or self.gone or self.broken):
            yield "与基线相比:没有变化"
            return
        yield "与基线相比:" if self.holds else "与基线相比:✗ 退步了"
        yield from (f"  ✗ 显著下降:{loss.line}" for loss in self.losses)
        yield from (f"  ✗ {text}" for text in self.broken)
        yield from (f"  {m.slice} {m.score}:{_shown(m.before)} → {_shown(m.after)}" for m in self.moved)
        yield from (f"  由对变错:{id} {question}" for id, question in self.worse)
        for what, ids in (("由错变对", self.better), ("新增", self.added), ("不再有", self.gone)):
            if ids:
                yield f"  {what}:{'、'.join(ids)}"


def compared(before: Result, after: Result, slides: dict[str, tuple[int, ...]] | None = None) -> Changes:
    """What changed from ``before`` to ``after``, in the order of ``after``; ``slides`` are those of the questions."""
    was = {case["id"]: case["right"] for case in before["cases"]}
    now = {case["id"]: case["right"] for case in after["cases"]}
    questions = {case["id"]: case.get("question", "") for case in after["cases"]}
    return Changes(
        moved=tuple(_moved(before, after)),
        worse=tuple((id, questions[id]) for id, right in now.items() if not right and was.get(id) is True),
        better=tuple(id for id, right in now.items() if right and was.get(id) is False),
        added=tuple(id for id in now if id not in was),
        gone=tuple(id for id in was if id not in now),
        losses=tuple(_losses(before, after, slides or {})),
        broken=tuple(_broken(after)),
    )


def _moved(before: Result, after: Result) -> Iterator[Moved]:
    tables = [(TOTAL, before["total"], after["total"])]
    tables += [(name, before["slices"].get(name, {}), scores) for name, scores in after["slices"].items()]
    for name, old, new in tables:
        for score, value in new.items():
            if old.get(score) != value:
                yield Moved(name, score, old.get(score), value)


@dataclass(frozen=True, slots=True)
class _Paired:
    """One figure on the questions that both results measured it on; ``gains`` are negative where it got worse."""

    slice: str
    figure: Figure
    ids: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def gains(self) -> tuple[float, ...]:
        sign = -1.0 if self.figure.less_is_better else 1.0
        return tuple(sign * (new - old) for old, new in zip(self.before, self.after, strict=True))

    @property
    def tested(self) -> Hypothesis:
        lost, won = sum(gain < 0 for gain in self.gains), sum(gain > 0 for gain in self.gains)
        if self.figure.yes_no:
            return Hypothesis(mcnemar_p(lost, won), mcnemar_p(lost + won, 0))
        least = 0.5 ** (lost + won) if lost + won <= EXACT_UP_TO else 1 / (PERMUTATIONS + 1)
        return Hypothesis(permutation_p(self.gains), least)


def _losses(before: Result, after: Result, slides: dict[str, tuple[int, ...]]) -> Iterator[Loss]:
    pairs = [pair for pair in _pairs(before, after) if len(pair.ids) >= LEAST_PAIRS]
    tested = [pair.tested for pair in pairs]
    for pair, test, lost in zip(pairs, tested, significant(tested), strict=True):
        if lost:
            ids = tuple(id for id, gain in zip(pair.ids, pair.gains, strict=True) if gain < 0)
            about = tuple(sorted({number for id in ids for number in slides.get(id, ())}))
            old, new = (sum(values) / len(values) for values in (pair.before, pair.after))
            yield Loss(pair.slice, pair.figure.key, pair.figure.title, old, new, test.p, ids, about)


def _pairs(before: Result, after: Result) -> Iterator[_Paired]:
    was = {case["id"]: case["values"] for case in before["cases"]}
    for name in (TOTAL, *dict.fromkeys(case["slice"] for case in after["cases"])):
        cases = [case for case in after["cases"] if name in (TOTAL, case["slice"])]
        for figure in FIGURES:
            key = figure.key
            both = [case for case in cases if key in case["values"] and key in was.get(case["id"], {})]
            ids = tuple(case["id"] for case in both)
            now = tuple(case["values"][key] for case in both)
            yield _Paired(name, figure, ids, tuple(was[id][key] for id in ids), now)


def _broken(after: Result) -> Iterator[str]:
    for case in after["cases"]:
        values = case["values"]
        where = f"{case['id']}{_slides_of(case)}"
        if values.get("citation_validity", 1.0) < 1.0:
            yield f"引文与原文不符:{where}"
        if values.get("cell_precision", 1.0) < 1.0:
            yield f"表格里有没有根据的格子:{where}"


def _slides_of(case: dict[str, Any]) -> str:
    cited: Sequence[int] = sorted({citation["slide"] for citation in case.get("citations", ())})
    return f"(所引第 {'、'.join(map(str, cited))} 页)" if cited else ""


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
