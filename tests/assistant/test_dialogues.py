"""Dialogues: what a later question leaves out is taken from what was said before, and nothing else is touched."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kejian.assistant.answer import Answer

Ask = Callable[..., Answer]

DIALOGUES = [
    # turns, question, as resolved
    (("三种仓型各有什么优缺点?",), "第三种呢", "云仓型"),
    (("三种仓型各有什么优缺点?", "第三种呢"), "那它的优点", "云仓型的优点"),
    (("三种仓型各有什么优缺点?", "第三种呢", "那它的优点"), "和中央仓型比呢", "云仓型和中央仓型的优点比较"),
    (("三种仓型各有什么优缺点?", "第二种呢"), "和第三种比呢", "前置仓型和云仓型的比较"),
    (("中央仓型和前置仓型的比较",), "那优点呢", "中央仓型、前置仓型的优点"),
    (("中央仓型和前置仓型的比较",), "它们的缺点呢", "中央仓型、前置仓型的缺点"),
    (("中央仓型的优点", "前置仓型的优点"), "这两个有什么区别", "中央仓型、前置仓型有什么区别"),
    (("中央仓型的优点",), "那前置仓型", "前置仓型的优点"),
    (("中央仓型的优点", "那前置仓型"), "缺点呢", "前置仓型的缺点"),
    (("发运组负责什么",), "在第几页", "发运组在第几页"),
    (("发运组负责什么",), "为什么", "发运组为什么"),
    (("发运组负责什么",), "它下面有哪些部门", "发运组下面有哪些部门"),
    (("发运组负责什么",), "收货组呢", "收货组负责什么"),
    (("发运组负责什么",), "它的上级呢", "发运组的上级"),
    (("中央仓型的缺点", "发运组归谁管"), "那前置仓型的缺点呢", "那前置仓型的缺点呢"),
    (("前置仓型的缺点",), "您好，请问一下云仓型呢？谢谢", "云仓型的缺点"),
    (("介绍一下云仓型",), "为什么选它?", "为什么选云仓型"),
    (("超温30分钟以上的货物怎么办",), "那10分钟呢", "超温10分钟的货物怎么办"),
]
ALONE = [
    "发运组是什么",
    "装车班是发运组的吗",
    "收货组就是验收组吧",
    "介绍一下前置仓型这种仓型",
    "前置仓型这个方案的缺点是什么",
    "以集中为主的那种仓型好在哪儿",
    "我们想投诉该找谁呀",
    "某某公司的组织架构是怎样的",
    "第四款设备是什么",
    "第21页的内容是什么",
    "哪些部门不是必须设置的",
    "工会在这个架构里怎么安排",
    "甲制和乙丙制有什么区别",
]


@pytest.mark.parametrize(("turns", "question", "resolved"), DIALOGUES)
def test_a_dialogue(ask: Ask, turns: tuple[str, ...], question: str, resolved: str) -> None:
    assert ask(question, *turns).resolved == resolved


@pytest.mark.parametrize("question", ALONE)
def test_a_question_that_stands_alone_is_never_changed(ask: Ask, question: str) -> None:
    told = random.Random(question)
    before = [turn for turns, *_ in DIALOGUES for turn in turns]
    for _ in range(3):
        turns = told.sample(before, 3)
        assert ask(question, *turns).resolved == question, turns
