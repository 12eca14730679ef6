"""Amounts in questions meet the ranges of tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest
from deck_assistant import assistant_over

from kejian.assistant.answer import Answer
from kejian.assistant.ranges import ranges
from kejian.corpus.cues import Cues

CUES = Cues.bundled()
DECK = """---
title: 采购与差旅制度
---

<!-- slide: 1 -->

## 采购审批权限

| 采购金额 | 审批人 | 比价要求 |
| --- | --- | --- |
| 5000元以下 | 部门主管 | 不要求比价 |
| 5000元至5万元 | 采购总监 | 至少两家比价 |
| 超过5万元 | 总经理办公会 | 公开招标 |

<!-- slide: 2 -->

## 差旅审批

| 出差天数 | 审批人 |
| --- | --- |
| 3天以内 | 组长 |
| 4至10天 | 部门主管 |
| 10天以上 | 分管副总 |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    with assistant_over(DECK, tmp_path_factory.mktemp("purchase")) as assistant:
        yield assistant.ask


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3天以内", -math.inf, 3, "天"),
        ("不足3天", -math.inf, 3, "天"),
        ("4至10天", 4, 10, "天"),
        ("5000元-5万元", 5000, 50000, "元"),
        ("三年以上五年", 3, 5, "年"),
        ("满一年", 1, math.inf, "年"),
        ("超过20人", 20, math.inf, "人"),
    ],
)
def test_ranges_are_read(text, low, high, unit):
    found = ranges(text, CUES)
    assert [(r.low, r.high, r.unit) for r in found] == [(low, high, unit)]


def test_ends_are_included_as_the_words_say():
    within, short, beyond = (ranges(text, CUES)[0] for text in ("3天以内", "不足3天", "超过3天"))
    assert within.holds((3, "天"))
    assert not short.holds((3, "天"))
    assert not beyond.holds((3, "天"))
    assert not within.holds((3, "年"))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("采购3000块的东西谁批", "部门主管"),
        ("采购20万元的设备由谁审批", "总经理办公会"),
        ("采购2万元要怎么比价", "至少两家比价"),
        ("出差五天谁审批", "部门主管"),
        ("出差两周谁审批", ""),  # weeks are no days: nothing is guessed
    ],
)
def test_the_row_whose_range_holds_the_amount_answers(ask, question, quote):
    quotes = [citation.quote for citation in ask(question).citations]
    assert (quotes == [quote]) if quote else ("部门主管" not in quotes)


LIMITS = """---
title: 审批权限
---

<!-- slide: 1 -->

## 审批权限一览

| 事项 | 班组长 | 部门经理 | 总经理 |
| --- | --- | --- | --- |
| 客户赔付 | 500以内 | 5,000以内 | 5万以内 |
| 临时用车 | 1天以内 | 3天以内 | 3天以上 |

<!-- slide: 2 -->

## 值守班组

### 巡检组

- 每两小时巡视一次机房
- 填写巡检记录
"""


@pytest.fixture(scope="module")
def limits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    with assistant_over(LIMITS, tmp_path_factory.mktemp("limits")) as assistant:
        yield assistant.ask


@pytest.mark.parametrize(
    ("question", "who"),
    [("谁可以批一笔3万块的客户赔付", "总经理"), ("客户赔付300元找谁批", "班组长"), ("临时用车5天谁批", "总经理")],
)
def test_of_limits_in_columns_the_closest_that_holds_the_amount_answers(limits, question, who):
    answer = limits(question)
    assert f"{'客户赔付' if '赔付' in question else '临时用车'}的{who}" in answer.answer
    assert len(answer.citations) == 1


def test_points_under_no_aspect_answer_what_a_unit_does(limits):
    answer = limits("巡检组的职责")
    assert answer.kind == "list"
    assert "没有写明是“职责”" in answer.answer
    assert [c.quote for c in answer.citations] == ["每两小时巡视一次机房", "填写巡检记录"]


def test_a_chart_is_found_by_its_title(limits):
    assert [c.slide for c in limits("审批权限在第几页").citations] == [1]
