"""Faults seeded into the real assistant are caught by the slice that should; an unchanged one never fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from faults import FAULTS, Fault, State

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.gold_run import Answering, evaluate_gold
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.regression import Changes, compared
from kejian.assistant.evaluation.report import as_json
from kejian.corpus.gold_questions import GoldQuestion, bundled_gold
from kejian.corpus.terms import TermBase
from kejian.index.home import Home

QUICK = ("列举只剩一条", "不理会之前的话", "格子错一列")  # changes of answers: no deck is read anew
QUICK_SLICES = ("优点", "比较", "多轮")
RUNS = 20


@dataclass(frozen=True)
class Bench:
    """The bundled deck, its questions, and what the unchanged system makes of them."""

    state: State
    terms: TermBase
    judge: Judge
    questions: Sequence[GoldQuestion]
    before: dict[str, Any]

    def result(self, system: Answering, questions: Sequence[GoldQuestion] = ()) -> dict[str, Any]:
        return as_json(evaluate_gold(system, self.state.search, self.judge, questions or self.questions))

    def changes(self, system: Answering) -> Changes:
        slides = {question.id: question.slides for question in self.questions}
        return compared(self.before, self.result(system), slides)


def bench_of(home: Home, slices: Sequence[str] = ()) -> Bench:
    snapshot = home.snapshot()
    state, judge = State(snapshot.decks, snapshot.search), Judge(snapshot.decks, home.terms)
    questions = [question for question in bundled_gold() if not slices or question.slice in slices]
    report = evaluate_gold(Assistant(state, home.terms), state.search, judge, questions)
    return Bench(state, home.terms, judge, questions, as_json(report))


@pytest.fixture(scope="module")
def quick(bundled_home: Home) -> Bench:
    return bench_of(bundled_home, QUICK_SLICES)


@pytest.fixture(scope="module")
def whole(bundled_home: Home) -> Bench:
    return bench_of(bundled_home)


def assert_caught(fault: Fault, bench: Bench) -> None:
    with pytest.MonkeyPatch.context() as patch:
        changes = bench.changes(fault.build(bench.state, bench.terms, patch))
    seen = {loss.slice for loss in changes.losses}
    named = [line for line in changes.broken if fault.broken and fault.broken in line]
    assert not changes.holds
    assert seen & fault.slices or named, f"{fault.name}: seen in {sorted(seen)}, broken: {changes.broken[:3]}"


@pytest.mark.parametrize("name", QUICK)
def test_a_fault_is_caught_by_its_slice(name: str, quick: Bench) -> None:
    assert_caught(next(fault for fault in FAULTS if fault.name == name), quick)


def test_an_unchanged_system_passes(quick: Bench) -> None:
    again = quick.changes(Assistant(quick.state, quick.terms))
    assert again.holds
    assert not again.moved  # to the last digit


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_every_fault_is_caught_by_its_slice(fault: Fault, whole: Bench) -> None:
    assert_caught(fault, whole)


@pytest.mark.slow
def test_an_unchanged_system_never_fails(whole: Bench) -> None:
    """Twenty runs, each of a new assistant and with the questions in another order."""
    for run in range(RUNS):
        questions = Random(run).sample(whole.questions, len(whole.questions))
        result = whole.result(Assistant(whole.state, whole.terms), questions)
        assert compared(whole.before, result).holds
        assert result["total"] == whole.before["total"]
