"""Terms mined from decks: other names, aspects, subjects; and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Read

from kejian.corpus.mining_words import MiningWords
from kejian.corpus.terms import Term, TermBase
from kejian.ingest.other_names import NameFinder, OtherName
from kejian.ingest.term_mining import proposals, with_other_names

FINDER = NameFinder(frozenset({"业务流程重组"}), MiningWords.bundled())


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("业务流程重组（BPR）的做法", "业务流程重组", "BPR"),
        ("全面开展业务流程重组(BPR)", "业务流程重组", "BPR"),
        ("BPR（业务流程重组）", "业务流程重组", "BPR"),
        ("公司推行全面预算管理（CBM）。", "全面预算管理", "CBM"),
        ("财务共享服务中心（Financial Shared Service Center，FSSC）是机构。", "财务共享服务中心", "FSSC"),
        ("由预算管理委员会（以下简称“预算委”）负责审批。", "预算管理委员会", "预算委"),
        ("《中华人民共和国民法典》（以下简称《民法典》）规定了效力。", "中华人民共和国民法典", "民法典"),
        ("服务级别协议，简称SLA，是承诺。", "服务级别协议", "SLA"),
        ("受限空间作业是指进入封闭设施的作业，俗称“进罐作业”。", "受限空间作业", "进罐作业"),
        ("压力性损伤：长期受压导致的局部损伤，俗称褥疮", "压力性损伤", "褥疮"),
        ("物料清单又叫BOM表，是生产的依据。", "物料清单", "BOM表"),
        ("预算委（全称预算管理委员会）", "预算管理委员会", "预算委"),
    ],
)
def test_other_names(text: str, name: str, alias: str) -> None:
    assert list(FINDER.in_sentence(text)) == [OtherName(name, alias, certain=True)]


@pytest.mark.parametrize(
    "text",
    [
        "会议室（3楼）开放时间（周一至周五）价格（USD）",
        "各部门（以下简称“乙方”）须签订协议。",
        "CT（需要预约）和MRI检查",
        "交HR（负责招聘）",
        "人们俗称的“打白条”不允许。",
        "按附件（A4）填写",
        "简称",
        "（）",
    ],
)
def test_what_is_no_other_name(text: str) -> None:
    assert list(FINDER.in_sentence(text)) == []


@given(st.text("甲乙丙（）()，。：简称又俗由AB C“”《》、", max_size=30))
def test_names_stand_in_the_text(text: str) -> None:
    for other in FINDER.in_sentence(text):
        assert other.name in text
        assert other.alias in text


DECK = """# 降压药

| 类别 | 代表药 | 禁忌症 |
|---|---|---|
| 钙通道阻滞剂（CCB） | 氨氯地平 | 主动脉瓣狭窄 |
| 利尿剂 | 氢氯噻嗪 | 痛风 |

# 科室设置的组织结构

- 医务处
  - 门诊办
  - 病案室
"""


def test_proposals_say_where_they_stand(read: Read) -> None:
    found = proposals([read("proposals.md", DECK)], TermBase())
    assert [(p.kind, p.name, p.of, p.count) for p in found] == [
        ("alias", "CCB", "钙通道阻滞剂", 1),
        ("aspect", "代表药", "", 2),
        ("aspect", "禁忌症", "", 2),
        ("subject", "利尿剂", "", 1),
        ("subject", "医务处", "", 1),
        ("subject", "病案室", "", 1),
        ("subject", "门诊办", "", 1),
    ]
    assert [(s.slide, s.quote) for s in found[0].sightings] == [(1, "钙通道阻滞剂（CCB）")]
    assert found[1].sightings[0].quote == "钙通道阻滞剂（CCB） | 代表药 | 氨氯地平"


def test_known_terms_are_not_proposed(read: Read) -> None:
    known = TermBase((Term("钙通道阻滞剂", ("CCB",)), Term("医务处")), (Term("代表药"),))
    assert {p.name for p in proposals([read("known.md", DECK)], known)} == {"禁忌症", "利尿剂", "门诊办", "病案室"}


def test_certain_other_names_are_in_force_at_once(read: Read) -> None:
    terms = with_other_names([read("force.md", DECK)], TermBase())
    subject = terms.subject("ccb")
    assert subject is not None
    assert subject.name == "钙通道阻滞剂"


def test_a_name_for_two_things_is_not_in_force(read: Read) -> None:
    texts = ("# 甲\n\n客户关系管理（CRM）。", "# 乙\n\n客户评级模型（CRM）。")
    decks = [read(f"two{n}.md", text) for n, text in enumerate(texts)]
    assert len(proposals(decks, TermBase())) == 2
    assert with_other_names(decks, TermBase()).subject("CRM") is None
