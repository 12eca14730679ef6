"""The scorer of key points: what it makes of damaged answers, and how far it agrees with people."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from kejian.assistant.evaluation import statistics, subjects, wording
from kejian.assistant.evaluation.agreement import AGREED_FROM, bundled_agreement, read_labels
from kejian.assistant.evaluation.points import PointScorer
from kejian.assistant.evaluation.subjects import Subjects

SUBJECTS = Subjects((("甲型", "甲式"), ("乙型",), ("配送中心",)), (frozenset({"甲型", "乙型"}),))
SCORER = PointScorer(SUBJECTS)


@pytest.mark.parametrize("module", [wording, subjects, statistics])
def test_worked_examples_in_docstrings(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)


@pytest.mark.parametrize(
    ("answer", "point", "grade", "contradiction"),
    [
        ("甲型的优点：部门内部决策快[1]", "部门内部决策快", "right", ""),
        ("甲型:部門內部決策快", "部门内部决策快", "right", ""),
        ("部门内部的决策很快", "部门内部决策快", "right", ""),
        ("部门内部决策慢", "部门内部决策快", "wrong", "意思相反"),
        ("部门内部决策不快", "部门内部决策快", "wrong", "意思相反"),
        ("乙型的部门内部决策快", "部门内部决策快", "wrong", "说的是乙型"),
        ("**乙型的优点（2 项）**\n- 部门内部决策快", "部门内部决策快", "wrong", "说的是乙型"),
        ("甲式的部门内部决策快", "部门内部决策快", "right", ""),
        ("甲型离门店远", "离门店近", "wrong", "意思相反"),
        ("在五个工作日内付款", "5个工作日内付款", "right", ""),
        ("在三个工作日内付款", "5个工作日内付款", "wrong", "数量不同:3工作日,应为 5工作日"),
        ("在一段时间内付款", "5个工作日内付款", "partly", ""),
        ("二十四小时内", "四小时内", "wrong", "数量不同:24小时,应为 4小时"),
        ("营销职能集中", "营销职能集中，面向客户能形成规模优势", "partly", ""),
        ("别的话", "部门内部决策快", "wrong", ""),
        ("", "部门内部决策快", "wrong", ""),
    ],
)
def test_grades(answer: str, point: str, grade: str, contradiction: str) -> None:
    verdict = SCORER.verdict("甲型有哪些优点?", answer, (point,))
    assert (verdict.grade, verdict.contradiction if grade == "wrong" else "") == (grade, contradiction)


def test_a_variant_that_says_the_opposite_makes_it_wrong() -> None:
    verdict = SCORER.verdict("能退款吗", "激活后可以退差价", ("不予退款", "!可以退差价"))
    assert (verdict.grade, verdict.contradiction) == ("wrong", "说成了“可以退差价”")


def test_the_slide_tells_how_a_short_point_is_turned() -> None:
    slide = "网络管理难以按客户类别来划分"
    assert SCORER.verdict("", slide, ("客户类别",), slide).grade == "right"
    turned = SCORER.verdict("", "网络管理可以按客户类别来划分", ("客户类别",), slide)
    assert (turned.grade, turned.contradiction) == ("wrong", "意思相反")


def test_a_correction_is_not_a_contradiction() -> None:
    answer = "不是。甲组不在配送中心之下，它隶属仓储中心。"
    assert SCORER.verdict("甲组属于哪里", answer, ("仓储中心",)).grade == "right"


def test_meaning_lifts_what_is_said_in_other_words_but_no_contradiction() -> None:
    scorer = PointScorer(SUBJECTS, meaning=lambda one, other: 0.9)
    point, other_words = ("临时工流失率明显上升",), "临时工走的人明显变多"
    assert SCORER.verdict("", other_words, point).grade == "partly"
    assert scorer.verdict("", other_words, point).grade == "right"
    assert scorer.verdict("", "部门内部决策慢", ("部门内部决策快",)).grade == "wrong"


def test_the_scorer_agrees_with_people() -> None:
    found = bundled_agreement()
    assert found.pairs >= 150
    assert found.kappa >= AGREED_FROM
    assert found.weighted >= AGREED_FROM
    assert found.left_out >= AGREED_FROM


def test_the_labelled_sample_holds_real_and_damaged_answers() -> None:
    names, pairs = read_labels()
    assert {pair.label for pair in pairs} == {"right", "partly", "wrong"}
    assert {"real", "half", "negated", "other", "swapped", "number", "paraphrase"} <= {pair.how for pair in pairs}
    assert {pair.deck for pair in pairs} == set(names)
    apart = {(pair.deck, pair.question): pair.part for pair in pairs}
    assert all(apart[pair.deck, pair.question] == pair.part for pair in pairs)  # no question is in both parts
