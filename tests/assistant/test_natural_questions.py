"""Questions as colleagues ask them, of a deck about a town's swimming halls: described, shortened, in two parts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deck_assistant import assistant_over

from kejian.assistant.engine import Assistant

DECK = """---
title: 游泳馆运营培训
---

<!-- slide: 1 -->

## 为什么要调整

- 客流下滑：冬季客流比三年前少了四成
- 设备老旧：水泵平均用了十一年

<!-- slide: 2 -->

## 三种经营方式的比较

| 方式 | 每月水电 | 救生员人数 | 适合的馆 |
| --- | --- | --- | --- |
| 直营深水制 | 9万元 | 12人 | 有跳台的馆 |
| 联营温泉制 | 6万元 | 7人 | 郊区的馆 |
| 托管训练制 | 5万元 | 4人 | 学校旁的馆 |

<!-- slide: 3 -->

## 我们选哪一种

- 董事会2024年5月8日决定采用联营温泉制
- 理由一：郊区馆占了大半
- 理由二：水电开支最容易压下来
- 北岸馆因合同没有到期，暂时保留直营深水制

<!-- slide: 4 -->

## 岗位任职名单

| 岗位 | 姓名 | 分机 |
| --- | --- | --- |
| 水质部部长 | 蒋文清 | 3301 |
| 救生队队长 | 邓小川 | 3302 |

<!-- slide: 5 -->

## 改造期时间表

| 阶段 | 起止时间 | 主要工作 |
| --- | --- | --- |
| 停水 | 3月1日至3月10日 | 放空池水、检修阀门 |
| 换砖 | 3月11日至4月5日 | 铲除旧砖、铺防滑砖 |
| 试水 | 4月6日至4月12日 | 注水、化验 |

<!-- slide: 6 -->

## 新人常问

- 问：可以带朋友免费游吗？答：每人每年6张赠票，不能转卖
- 问：讲错了泳姿怎么办？答：当场更正，课后告诉队长

<!-- slide: 7 -->

## 孩子溺水了

1. 吹哨清池，两人下水
2. 抬上岸，查呼吸
3. 3分钟内报急救中心

<!-- slide: 8 -->

## 退课和请假

- 迟到超过15分钟，教练可以缩短课时；超过30分钟按旷课处理
- 退课减免：500元以内由前台批准；500元至2000元由馆长批准
- 水质部隶属工程中心，由副馆长分管

<!-- slide: 9 -->

## 化验和投药

化验是每两小时取一次池水测余氯，记在日报上。投药前要关闭循环泵。

<!-- slide: 10 -->

## 部门职责

### 水质部

#### 职责

- 每天两次投药
- 清洗过滤砂缸

<!-- slide: 11 -->

## 各片区的尝试

| 片区 | 面积 |
| --- | --- |
| 东湖片 | 900平方米 |
| 西岭片 | 700平方米 |

### 东湖片的晚场试点

#### 优点

- 客流明显增加

#### 缺点

- 值班人手紧

### 西岭片的早场做法

#### 优点

- 值班人手充足

#### 缺点

- 客流增加不多

<!-- slide: 12 -->

## 热身和放松

| 方式 | 时长 |
| --- | --- |
| 动态 | 10分钟 |
| 静态 | 5分钟 |

### 动态拉伸

#### 优点

- 升温快

### 静态拉伸

#### 优点

- 不易拉伤

<!-- slide: 13 -->

## 退费分级

| 级别 | 退多少 |
| --- | --- |
| 特级 | 全额退 |
| 一级 | 退七成 |
| 二级 | 不退 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(DECK, tmp_path_factory.mktemp("library")) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("公司为啥要搞调整", ("客流下滑", "设备老旧"), id="a heading asks it in other words"),
        pytest.param(
            "三种方式哪种水电最省，各多少", ("9万元", "6万元", "5万元"), id="an aspect described, all side by side"
        ),
        pytest.param("深水和温泉分别要几个救生员", ("12人", "7人"), id="types told by a word of their names"),
        pytest.param("为什么选联营温泉制", ("郊区馆占了大半", "水电开支"), id="lines labelled as reasons"),
        pytest.param("北岸馆为什么还是直营深水制", ("合同没有到期",), id="a sentence that says because"),
        pytest.param("董事会哪天决定采用联营温泉制", ("5月8日",), id="a date in a sentence"),
        pytest.param("水质部的头儿是谁，分机多少", ("蒋文清", "3301"), id="who holds a post, and its number"),
        pytest.param("改造期分哪几个阶段", ("停水", "换砖", "试水"), id="rows called by the head over them"),
        pytest.param("讲错了怎么办", ("当场更正",), id="an answer behind its question"),
        pytest.param("孩子溺水了第二步做什么", ("抬上岸",), id="a numbered line of no procedure"),
        pytest.param("学员迟到四十分钟还能上课吗", ("旷课",), id="the closest of two limits in a sentence"),
        pytest.param("退课想减免800块找谁批", ("馆长",), id="limits in one line"),
        pytest.param("水质部归谁管", ("副馆长",), id="whom a unit stands under, in words"),
        pytest.param("化验是干什么", ("余氯",), id="what something is that is no unit"),
    ],
)
def test_it_is_answered_from_what_the_deck_says(assistant, question, said):
    answer = assistant.ask(question)
    assert answer.refusal is None, answer.answer
    for text in said:
        assert text in answer.answer, answer.answer
    assert answer.citations
    assert all(citation.verified for citation in answer.citations)


def test_only_the_aspect_that_is_described_is_compared(assistant):
    matrix = assistant.ask("直营深水制和托管训练制比，救生员哪个多").matrix
    assert matrix is not None
    assert [row.aspect for row in matrix.rows] == ["救生员人数"]


@pytest.mark.parametrize(
    ("turns", "question", "resolved", "said"),
    [
        (("水质部负责什么",), "部长是谁", "水质部部长是谁", "蒋文清"),
        (("直营深水制每月水电多少",), "温泉呢", "联营温泉制每月水电多少", "6万元"),
    ],
)
def test_a_follow_up_names_what_stands_beside_or_belongs_to_the_subject(assistant, turns, question, resolved, said):
    answer = assistant.ask(question, turns)
    assert (answer.resolved, said in answer.answer) == (resolved, True), answer.answer


def test_points_stand_in_the_row_of_the_subject_they_are_told_for(assistant):
    matrix = assistant.ask("东湖片和西岭片的优缺点比较").matrix
    assert matrix is not None
    assert len(matrix.rows) > 2  # what both speak of has rows of its own
    assert all(any(cell.citations for cell in row.cells) for row in matrix.rows)


def test_names_that_end_alike_elsewhere_are_the_same_things(assistant):
    answer = assistant.ask("动态和静态的优点各是什么")
    assert "升温快" in answer.answer, answer.answer
    assert "不易拉伤" in answer.answer


@pytest.mark.parametrize("question", ["who is the head of 水质部", "who approves 800元 of 减免"])
def test_words_of_business_may_be_english(assistant, question):
    answer = assistant.ask(question)
    assert answer.refusal is None, answer.answer


@pytest.mark.parametrize("question", ["三级的退多少", "D类会员退多少"])
def test_a_class_that_is_not_there_is_refused(assistant, question):
    answer = assistant.ask(question)
    assert answer.refusal is not None, answer.answer


def test_what_is_said_of_somebody_else_is_no_answer(assistant):
    answer = assistant.ask("邓小川的办公室在几楼")
    assert answer.refusal is not None, answer.answer


def test_what_is_counted_by_its_own_noun_is_none_of_those_listed(assistant):
    question = "第四种经营方式的优点是什么"
    assert assistant.ask(question, ("改造期分哪几个阶段",)).resolved == question
    assert assistant.ask("第三个阶段做什么", ("改造期分哪几个阶段",)).resolved.startswith("试水")


def test_the_fourth_of_three_is_refused(assistant):
    answer = assistant.ask("第四种经营方式的每月水电是多少")
    assert answer.refusal is not None, answer.answer
    assert answer.refusal.reason == "false_premise"
