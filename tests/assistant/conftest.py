"""A small deck of a field of its own, read by the real ingest and searched by the real index and model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deck_assistant import assistant_over

from kejian.assistant.answer import Answer
from kejian.assistant.engine import Assistant
from kejian.corpus.terms import Term
from kejian.index.encoder import open_encoder
from kejian.index.home import Home

BUNDLED_DECK = Path(__file__).parents[2] / "corpus/decks/bpr.pptx"
DECK = """---
title: 冷链仓储培训
---

<!-- slide: 3 -->

## 三种仓型的选择

### 中央仓型

#### 优点

- 库存集中，周转快
- 采购量大，议价能力强

#### 缺点

- 离门店远，配送时间长

### 前置仓型

#### 优点

- 离门店近，半小时送达

#### 缺点

- 点位分散，租金高
- 每个点位都要备货，损耗大

### 云仓型

#### 优点

- 按需租用，投入少

<!-- slide: 4 -->

## 仓储中心组织结构与职责

### 仓储中心的组织结构（编者推断）

- 仓储中心
  - 收货组（验收组）
  - 冷库组*
  - 发运组
    - 装车班
    - 调度班

### 收货组（验收组）

#### 职责

- 核对到货数量和温度记录
- 登记入库台账

### 发运组

#### 职责

- 安排车辆和路线
- 交接签收单据

\\* 冷库组只在设有低温库的城市设立。

<!-- slide: 5 -->

## 温控要求

冷冻品在途温度不得高于零下18摄氏度。冷藏品保持在2到8摄氏度之间。超温30分钟以上的货物必须隔离待检。

> 备注:本页数据来自行业标准。
"""


@pytest.fixture(scope="session")
def bundled_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with the bundled deck, taken in once for all tests that ask the bundled questions."""
    with Home.open(tmp_path_factory.mktemp("bundled"), encoder=lambda: open_encoder(None)) as home:
        assert not any(file.error for file in home.ingest([BUNDLED_DECK]).files)
        yield home


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("deck")
    with assistant_over(DECK, folder, Term("前置仓型", ("前置仓",), ("forward warehouse",))) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Callable[..., Answer]:
    def asked(question: str, *turns: str) -> Answer:
        return assistant.ask(question, turns)

    return asked
