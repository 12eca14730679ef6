"""Several questions in one, subjects that are described, courses of events, and what a quotation must say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deck_assistant import assistant_over

from kejian.assistant.engine import Assistant

DECK = """# 值守模式

## 集中值守

- 做法：所有抢修人员集中在一个基地待命
- 优点：大活能一次压上去
- 缺点：到边远镇区路远

## 分区值守

- 做法：供水区域划成几片，每片设一个抢修点
- 优点：到场快
- 缺点：每个点都要配挖机

# 应急办

- 职责：协调外部单位
- 设在：安全运行部
- 联系电话：转8120

# 一张工单的旅程

1. 受理：前台5分钟内录入
2. 派单：客服部派给值班长
3. 回访：24小时内

# 新结构说明

| 做法 | 优点 | 缺点 |
| --- | --- | --- |
| 设立综合调度站 | 一个入口 | 要分清转给谁 |
| 合并夜班车队 | 用人少 | 熟悉路线慢 |

# 派驻合约

派驻服务合约每年12月续签，由工程部组织谈判。自营车队保留26辆货车，司机负责装卸。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(DECK, tmp_path_factory.mktemp("several")) as made:
        yield made


def test_every_question_in_one_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("应急办的职责是什么，联系电话是多少？")
    assert answer.refusal is None
    assert "协调外部单位" in answer.answer
    assert "8120" in answer.answer
    assert all(sentence.citations for sentence in answer.sentences)


def test_a_part_without_an_answer_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("应急办的职责是什么，年终奖发多少？")
    assert "协调外部单位" in answer.answer
    assert "材料里没有找到：年终奖发多少" in answer.answer


def test_an_enumeration_is_one_question(assistant: Assistant) -> None:
    answer = assistant.ask("集中值守、分区值守有什么区别？")
    assert answer.kind == "compare"
    assert answer.matrix is not None
    assert answer.matrix.subjects == ("集中值守", "分区值守")


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("人都集中在一个基地待命，有什么坏处", "到边远镇区路远", "配挖机"),
        ("每片设一个抢修点，好在哪", "到场快", "一次压上去"),
    ],
)
def test_a_described_subject_is_found(assistant: Assistant, question: str, said: str, unsaid: str) -> None:
    answer = assistant.ask(question)
    assert said in answer.answer
    assert unsaid not in answer.answer


def test_the_steps_of_a_described_course_are_listed(assistant: Assistant) -> None:
    answer = assistant.ask("工单从头到尾怎么走")
    assert [word for word in ("受理", "派单", "回访") if word in answer.answer] == ["受理", "派单", "回访"]


@pytest.mark.parametrize("question", ["派驻服务合约一年多少钱", "自营车队司机的月工资是多少"])
def test_a_number_of_something_else_is_no_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refusal is not None
    assert answer.refusal.reason == "not_in_material"


def test_a_number_of_what_was_asked_is(assistant: Assistant) -> None:
    assert "26辆" in assistant.ask("自营车队保留多少辆货车").answer


def test_a_follow_up_names_a_longer_thing_by_part_of_its_name(assistant: Assistant) -> None:
    answer = assistant.ask("那夜班车队呢", ["设立综合调度站有什么缺点"])
    assert answer.resolved == "合并夜班车队有什么缺点"
    assert "熟悉路线慢" in answer.answer
