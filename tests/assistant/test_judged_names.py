"""Cells are judged by all the names that a deck gives a subject, and a wrong link makes no wrong cell right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from deck_assistant import assistant_over
from faults import shifted_cells

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.subjects import Subjects
from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck

DECK = """---
title: 项目办
---

<!-- slide: 1 -->

## 三种组织

### 职能型:专业扎堆

#### 优点

- 同行在一起，学得快

#### 缺点

- 跨部门的事没人管

### 项目型——人随项目走

#### 优点

- 目标一致，反应快

#### 缺点

- 项目一散人没地方去

### 方案三:矩阵制

#### 优点

- 人手可以共用

<!-- slide: 2 -->

## 客服的两个岗位

| 岗位 | 职责 | 上班时间 |
| --- | --- | --- |
| 前台客服（CSR） | 接电话并登记 | 早八点到晚八点 |
| 后台支持（BO） | 处理工单 | 早九点到晚六点 |

<!-- slide: 3 -->

## 岗位的待遇

| 岗位 | 补贴 |
| --- | --- |
| CSR | 每月三百元 |
| BO | 每月两百元 |

<!-- slide: 4 -->

## 什么时候用

| 看什么 | 职能型 | 项目型 | 矩阵制 |
| --- | --- | --- | --- |
| 适用 | 任务稳定 | 任务一次性 | 两样都有 |
"""
DOUBTFUL = """# 两种做法

<!-- slide: 1 -->

## 方案一:集中制

- 统一采购

<!-- slide: 2 -->

## 做法的优点

| 做法 | 优点 |
| --- | --- |
| 方案一 | 便宜 |
| 集中制 | 反应快 |
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(DECK, tmp_path_factory.mktemp("names")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "filled"),
    [
        ("比较职能型和项目型", 6),
        ("职能型、项目型和矩阵制有什么区别", 8),
        ("职能型和方案三有什么区别", 5),
        ("前台客服和后台支持有什么区别", 6),
        ("比较CSR和BO", 6),
    ],
)
def test_cells_under_other_names_stand_and_those_of_others_do_not(
    assistant: Assistant, question: str, filled: int
) -> None:
    judge = Judge(assistant.snapshot.decks, assistant.knowledge.terms)
    answer = assistant.ask(question)
    cells = judge.matrices.cells(answer, question)
    assert cells is not None
    assert (cells.filled, cells.invented, cells.fillable, cells.left_empty) == (filled, (), filled, ())
    wrong = judge.matrices.cells(shifted_cells(answer), question)
    assert wrong is not None
    assert len(wrong.invented) == wrong.filled == filled


def test_what_a_slide_sets_side_by_side_is_not_one_thing(tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text(DOUBTFUL, encoding="utf-8")
    terms = TermBase.bundled()
    subjects = Subjects.of_decks([read_deck(tmp_path / "deck.md", terms)], terms)
    assert subjects.called("方案一") != subjects.called("集中制")
