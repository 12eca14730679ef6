"""Metrics and matching against values worked out by hand."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from kejian.assistant.answer import Citation, Sentence
from kejian.assistant.evaluation import matching, metrics
from kejian.assistant.evaluation.matching import folded, missed_points, said_phrases, says
from kejian.ingest.model import Deck, Slide


@pytest.mark.parametrize("module", [metrics, matching])
def test_worked_examples_in_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("k", "expected"),
    [(1, 0.0), (3, 0.5), (5, 1.0), (10, 1.0)],
)
def test_recall(k: int, expected: float) -> None:
    # relevant 16 and 19 stand at ranks 2 and 5
    assert metrics.recall_at(k, [17, 16, 20, 18, 19], {16, 19}) == expected


def test_recall_of_nothing_relevant_is_not_measured() -> None:
    assert metrics.recall_at(5, [1, 2], set()) is None
    assert metrics.reciprocal_rank([1, 2], set()) is None


@pytest.mark.parametrize(("ranked", "expected"), [([16], 1.0), ([1, 2, 16], 1 / 3), ([1, 2], 0.0), ([], 0.0)])
def test_reciprocal_rank(ranked: list[int], expected: float) -> None:
    assert metrics.reciprocal_rank(ranked, {16}) == expected


def test_mean_passes_over_what_was_not_measured() -> None:
    assert metrics.mean([None, 1.0, 0.0, None]) == 0.5
    assert metrics.mean([None]) is None
    # the order of the questions does not change the last digit
    values = [0.1] * 7 + [0.7, 1 / 3]
    assert metrics.mean(values) == metrics.mean(values[::-1])


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 5), (90, 9), (95, 10), (100, 10)])
def test_percentile_is_nearest_rank(percent: float, expected: int) -> None:
    assert metrics.percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == expected


def test_percentile_of_nothing() -> None:
    assert metrics.percentile([], 50) is None


SOURCE = "优点\n决策快,受影响小"
DECK = Deck("d", "课件", "0", (Slide("s", 16, 1, "选型", SOURCE),))


def citation(**changes: object) -> Citation:
    fields = {"n": 1, "deck": "d", "deck_title": "课件", "slide": 16, "title": "选型", "quote": "决策快"}
    return Citation(**{**fields, "start": 3, "end": 6, "verified": True, **changes})  # type: ignore[arg-type]


def test_a_true_quotation_stands() -> None:
    assert SOURCE[3:6] == "决策快"
    assert metrics.invalid_citations([citation(), citation(verified=False)], [DECK]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"start": 4, "end": 7},  # one character off
        {"quote": "决策慢"},
        {"quote": "决策快 "},
        {"slide": 17},
        {"deck": "e"},
        {"quote": "", "end": 3},
        {"quote": "小", "start": -1, "end": 11},
        {"quote": "受影响小", "start": 7, "end": 99},
        {"quote": "", "start": 90, "end": 99},
    ],
)
def test_a_false_quotation_does_not_stand(changes: dict[str, object]) -> None:
    wrong = citation(**changes)
    assert metrics.invalid_citations([citation(), wrong], [DECK]) == [wrong]


def test_slides_of_one_number_are_told_apart_by_their_text() -> None:
    twice = Deck("d", "课件", "0", (*DECK.slides, Slide("t", 16, 2, "续", "另一页")))
    assert metrics.invalid_citations([citation(), citation(quote="另一", start=0, end=2)], [twice]) == []


def test_uncited_sentences() -> None:
    bare, dangling = Sentence("无据", ()), Sentence("悬空", (1, 2))
    assert metrics.uncited_sentences([Sentence("有据", (1,)), bare, dangling], [citation()]) == [bare, dangling]


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("决策 **快**[1],受影响小。[2]", "决策快受影响小"),
        ("規模優勢", "规模优势"),
        ("ＢＰＲ 培訓", "bpr培训"),
        ("设臵岗位", "设置岗位"),
        ("A、B 与 C", "AB与C"),
        ("部门内部的决策不受他人影响,因此快", "决策…快"),
        ("决策快", "决策…快"),
        ("决策快", "决策......快"),
        ("共 3 个中心", "3个…中心"),
    ],
)
def test_said(text: str, variant: str) -> None:
    assert says(text, ["别的", variant])


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("决策慢", "决策快"),
        ("快决策", "决策…快"),
        ("决策" + "一" * 13 + "快", "决策…快"),
        ("任何话", ""),
        ("任何话", "……"),
        ("任何话", ",。"),
        ("", "话"),
        ("见[3]", "3"),
    ],
)
def test_not_said(text: str, variant: str) -> None:
    assert not says(text, [variant])


def test_a_gap_is_at_most_twelve_characters() -> None:
    assert says("决策" + "一" * 12 + "快", ["决策…快"])
    assert not says("决策" + "一" * 13 + "快", ["决策…快"])


def test_points_and_forbidden_phrases() -> None:
    text = "市场反应快,成本低。"
    assert missed_points(text, [("反应快", "响应快"), ("质量高", "品质高")]) == ["质量高"]
    assert said_phrases(text, ["成本高", "成本低"]) == ["成本低"]


def test_folding_is_stable() -> None:
    assert folded(folded("前後端型,的 ＯＲＧ")) == folded("前後端型,的 ＯＲＧ") == "前后端型的org"
