"""Slips of the keyboard in names, and polite words around a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kejian.assistant.answer import Answer
from kejian.assistant.slips import misspells
from kejian.corpus.cues import Cues

Ask = Callable[..., Answer]


@pytest.mark.parametrize(
    ("stretch", "name", "slip"),
    [
        ("前置苍型", "前置仓型", True),  # of the same sound
        ("前值瓜型", "前置仓型", False),  # two of them
        ("前置型", "前置仓型", True),
        ("前仓置型", "前置仓型", True),
        ("前置仓行", "前置仓型", True),
        ("大客户合", "大客户部", False),  # the last character belongs to the next word
        ("客户服务部", "客户服务", False),  # a longer name
        ("二级部门", "一级部门", False),  # another number
        ("满10年", "满20年", False),
        (" call center", "call center", False),
    ],
)
def test_what_is_a_slip(stretch: str, name: str, slip: bool) -> None:
    assert misspells(stretch, name, {"的", "和"}) is slip


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("中央仓型和前置仓型有什么区别", "中央仓型和前直仓型有什么区别"),  # one name right, one not
        ("中央仓型和前置仓型有什么区别", "中央仓性和前仓置型有什么区别"),  # neither
        ("前置仓型有哪些缺点", "前置仓形有哪些缺点"),  # an alias of it is right
        ("发运组是仓储中心的吗", "发运组是仓储中兴的吗"),
        ("前置仓型有哪些缺点", "您好，请问一下前置仓型有哪些缺点？谢谢"),
        ("前置仓型有哪些缺点", "话说前置仓型有哪些缺点"),
        ("发运组负责什么", "麻烦说下,发运组负责什么"),
        ("冷藏品要保持在多少摄氏度之间", " 冷 藏品要保持在多少摄氏度之间 "),
    ],
)
def test_a_slip_changes_nothing(ask: Ask, right: str, wrong: str) -> None:
    expected, found = ask(right), ask(wrong)
    assert expected.kind != "refusal"
    assert (found.kind, found.citations) == (expected.kind, expected.citations)
    assert found.resolved == wrong.strip()


def test_a_name_with_a_slip_is_less_certain(ask: Ask) -> None:
    assert ask("前直仓型有哪些缺点").confidence < ask("前置仓型有哪些缺点").confidence


@pytest.mark.parametrize("question", ["谢谢!", "你好", "请问", "介绍一下甲部"])
def test_a_frame_without_a_question_stays(question: str) -> None:
    assert Cues.bundled().unframed(question) == question
