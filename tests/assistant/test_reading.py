from __future__ import annotations

import pytest
from deck_assistant import assistant_over

DECK = """# 晾晒方式

| 方式 | 优点 | 缺点 |
| --- | --- | --- |
| 平铺法 | 不用买架子 | 占地方，翻动费工 |
| 挂架法 | 省地方，通风好 | 架子要花钱，怕大风 |
"""


@pytest.fixture(scope="module")
def drying(tmp_path_factory):
    with assistant_over(DECK, tmp_path_factory.mktemp("drying")) as assistant:
        yield assistant


@pytest.mark.parametrize("asked", ["带来什么麻烦", "会带来哪些麻烦", "带来什么坏处", "会带来哪些问题", "带来什么缺点"])
def test_what_is_brought_is_what_the_question_names_behind_it(drying, asked):
    answer = drying.ask(f"平铺法{asked}?")
    assert "翻动费工" in answer.answer
    assert "不用买架子" not in answer.answer


@pytest.mark.parametrize("asked", ["能带来什么", "带来哪些好处", "带来什么优点"])
def test_what_is_brought_is_a_gain_where_nothing_else_is_named(drying, asked):
    answer = drying.ask(f"平铺法{asked}?")
    assert "不用买架子" in answer.answer
    assert "翻动费工" not in answer.answer
