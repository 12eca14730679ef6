from __future__ import annotations

import pytest

from kejian.assistant.amounts import amounts, number_of
from kejian.assistant.polarity import sign_of
from kejian.corpus.cues import Cues

CUES = Cues.bundled()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("反应迅速", 1),
        ("反应不够迅速", -1),
        ("成本低", -1),
        ("成本不低", 1),
        ("不同专业分别管理", 1),
        ("特别适合小规模", -1),
        ("不超过三天", 1),
        ("严禁烟火", -1),
    ],
)
def test_negations_and_words_of_smallness_turn_the_sign(text, sign):
    assert sign_of(text, CUES) == sign


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("排两名护士", {(2.0, "人")}),
        ("每笔2块", {(1.0, "笔"), (2.0, "元")}),
        ("每三年一次", {(3.0, "年"), (1.0, "次")}),
        ("每半年", {(0.5, "年")}),
        ("免收手续费", {(0.0, "元")}),
        ("1.5万元", {(15000.0, "元")}),
        ("占比30%", {(30.0, "%")}),
        ("没有数字", set()),
    ],
)
def test_amounts_are_numbers_with_units(text, found):
    assert amounts(text, CUES) == found


@pytest.mark.parametrize(("text", "value"), [("三百二十", 320), ("一万二千", 12000), ("十", 10), ("2.5千", 2500)])
def test_numerals_have_values(text, value):
    assert number_of(text) == value
