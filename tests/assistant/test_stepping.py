"""Questions about one step of a procedure, by its number or by its neighbour; names that are given in passing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from deck_assistant import assistant_over

from kejian.assistant.engine import Assistant

DECK = """# 差旅报销流程

1. 填写报销单
2. 直接主管审批
3. 财务审核
   - 核对发票
4. 出纳付款

# 招聘流程

第一步：用人部门提出需求
第二步：人力资源部发布职位
第三步：面试

# 火灾处置步骤

1. 报警：拨打119
2. 疏散：引导人员撤离

# 反洗钱概念

- 客户尽职调查：了解客户身份和资金来源的过程，简称KYC

# 高血压

## 病因

- 遗传

# 糖尿病

## 病因

- 胰岛素抵抗
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_over(DECK, tmp_path_factory.mktemp("steps")) as made:
        yield made


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("差旅报销的第三步是什么", ["财务审核", "核对发票"], ["出纳付款"]),
        ("差旅报销共几步", ["4 步", "填写报销单", "出纳付款"], []),
        ("差旅报销的最后一步", ["出纳付款"], ["财务审核"]),
        ("招聘第二步做什么", ["发布职位"], ["面试"]),
        ("财务审核之后做什么", ["出纳付款"], ["填写"]),
        ("面试之前做什么", ["发布职位"], ["提出需求"]),
        ("报警之后干什么", ["疏散"], ["119"]),
        ("差旅报销第七步是什么", ["4 步", "没有第 7 步"], ["填写报销单[1]"]),
        ("KYC是啥", ["客户尽职调查", "资金来源"], []),
        ("高血压的病因", ["遗传"], ["胰岛素"]),
    ],
)
def test_steps(assistant: Assistant, question: str, said: list[str], unsaid: list[str]) -> None:
    text = assistant.ask(question).answer
    assert all(part in text for part in said), text
    assert not any(part in text for part in unsaid), text
