"""Yes/no questions are answered with yes or no where the deck decides them, and with neither where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from deck_assistant import assistant_over

from kejian.assistant.answer import Answer

DECK = """---
title: 图书馆读者服务
---

<!-- slide: 1 -->

## 借阅规则

| 读者 | 借期 | 续借 | 光盘 | 说明 |
| --- | --- | --- | --- | --- |
| 普通读者 | 30天 | 可以续借一次 | √ | 期刊不得外借 |
| 少儿读者 | 15天 | 不能续借 | × | 须由家长陪同 |

<!-- slide: 2 -->

## 各组职责

### 流通组

#### 职责

- 办理借书证
- 催还逾期图书

### 采编组

#### 职责

- 图书采购
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    with assistant_over(DECK, tmp_path_factory.mktemp("library")) as assistant:
        yield assistant.ask


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("普通读者能不能续借", "可以，"),
        ("少儿读者可以续借吗", "不可以，"),
        ("普通读者可以外借期刊吗", "不可以，"),
        ("少儿读者能借光盘吗", "不可以，"),
        ("普通读者能借光盘吗", "是的，"),
        ("办理借书证是流通组的事吗", "是的，"),
        ("催还图书是不是采编组负责", "不是。"),
    ],
)
def test_yes_and_no_are_said_in_the_mood_of_the_question(ask, question, begins):
    answer = ask(question)
    assert answer.answer.startswith(begins), answer.answer
    assert all(citation.verified for citation in answer.citations)
    assert answer.citations


def test_nothing_is_decided_where_the_material_says_less_than_asked(ask):
    answer = ask("图书采购只能由采编组负责吗")
    assert not answer.answer.startswith(("不是", "不可以", "需要"))
