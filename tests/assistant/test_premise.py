"""Questions that take for granted what the deck does not say, or says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from deck_assistant import assistant_over

from kejian.assistant.answer import Answer

DECK = """---
title: 叉车与仓库安全培训
---

<!-- slide: 1 -->

## 叉车类型

| 类型 | 优点 | 缺点 | 审批人 | 年检 | 每班人数 |
| --- | --- | --- | --- | --- | --- |
| 电动叉车 | 噪声小 | 续航短，购置投资大 | 仓储主管 | 每年一次 | 2人 |
| 内燃叉车 | 动力强 | 缺乏环保性 | 厂长 | 每半年一次 | 3人 |

<!-- slide: 2 -->

## 各组职责

### 设备组

#### 职责

- 叉车的保养和维修
- 充电间的管理

### 安全组

#### 职责

- 处理伤亡事故
- 组织消防演练

<!-- slide: 3 -->

## 操作要求

### 叉车驾驶

#### 操作规定

- 禁止载人行驶
- 下坡必须倒车行驶

<!-- slide: 4 -->

## 仓储部组织结构

- 仓储部
  - 设备组
  - 收发组
- 安环部
  - 安全组
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Answer]]:
    with assistant_over(DECK, tmp_path_factory.mktemp("forklift")) as assistant:
        yield assistant.ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("电动叉车的投资为什么那么小", "投资大"),
        ("内燃叉车为什么环保性那么好", "缺乏环保性"),
        ("叉车驾驶为什么可以载人行驶", "禁止载人行驶"),
        ("电动叉车为什么要厂长审批", "仓储主管"),
        ("内燃叉车为什么每年一次年检", "每半年一次"),
        ("内燃叉车为什么要排5个人", "3人"),
        ("为什么由设备组处理伤亡事故", "处理伤亡事故"),
        ("设备组为什么归安环部管", "隶属仓储部"),
    ],
)
def test_a_premise_that_the_material_contradicts_is_named(ask, question, said):
    answer = ask(question)
    assert answer.refusal is not None, answer.answer
    assert answer.refusal.reason == "false_premise"
    assert said in answer.answer
    assert answer.refusal.nearest


@pytest.mark.parametrize(
    "question",
    [
        "电动叉车的投资为什么大",
        "内燃叉车为什么要排3个人",
        "内燃叉车为什么缺乏环保性",
        "叉车驾驶为什么禁止载人行驶",
        "设备组为什么归仓储部管",
    ],
)
def test_a_premise_that_holds_is_not_called_false(ask, question):
    answer = ask(question)
    assert answer.refusal is None or answer.refusal.reason != "false_premise"
