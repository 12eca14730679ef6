"""What the BPR deck has to say, against the reading of the source document."""

from collections import defaultdict

import pytest

from kejian.corpus.build_decks import DECKS
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck


@pytest.fixture(scope="module")
def bpr() -> Deck:
    return read_deck(DECKS / "bpr.pptx", TermBase.bundled())


@pytest.fixture(scope="module")
def counted(bpr: Deck) -> dict[tuple[int, str, str], int]:
    """Facts by slide, subject and aspect."""
    found: dict[tuple[int, str, str], int] = defaultdict(int)
    for slide in bpr.slides:
        for fact in slide.facts:
            found[slide.number, fact.subject, fact.aspect] += 1
    return found


def children(bpr: Deck, number: int, *chain: str) -> list[str]:
    slide = next(slide for slide in bpr.slides if slide.number == number)
    return [relation.child for relation in slide.relations if relation.chain == chain]


@pytest.mark.parametrize(("name", "good", "bad"), [("前后端型", 3, 3), ("产品主导型", 3, 4), ("客户主导型", 3, 2)])
def test_archetypes(counted: dict[tuple[int, str, str], int], name: str, good: int, bad: int) -> None:
    assert (counted[16, name, "优点"], counted[16, name, "缺点"]) == (good, bad)


def test_the_scheme_is_chosen_for_three_reasons(counted: dict[tuple[int, str, str], int]) -> None:
    assert counted[16, "前后端型", "选择理由"] == 3


@pytest.mark.parametrize(
    ("unit", "duties"),
    [
        ("营销中心", 5),
        ("市场拓展部", 4),
        ("大客户部", 5),
        ("技术方案", 2),
        ("行业经理", 2),
        ("县局分部", 1),
        ("商业客户部（中小企业部）", 4),
        ("公众客户部（个人客户部）", 9),
        ("黄页号簿公司", 2),
        ("呼叫中心", 11),
        ("公用电话部", 2),
        ("增值业务中心", 4),
        ("业务支持中心（计费帐务中心）", 5),
    ],
)
def test_duties_of_the_marketing_centre(counted: dict[tuple[int, str, str], int], unit: str, duties: int) -> None:
    assert counted[18, unit, "职责"] == duties


def test_duties_of_the_network_centre(counted: dict[tuple[int, str, str], int]) -> None:
    assert counted[20, "网络中心", "职责"] == 8


def test_the_recommended_organisation(bpr: Deck) -> None:
    assert len(children(bpr, 17, "总经理")) == 8
    assert len(children(bpr, 17, "总经理", "营销中心")) == 9
    assert children(bpr, 17, "总经理", "网络中心") == ["网络管理调度部", "资源调配建设部", "维护安装部"]


def test_the_seven_features_of_the_new_structure(counted: dict[tuple[int, str, str], int]) -> None:
    rows = {subject for number, subject, aspect in counted if number == 19 and aspect == "潜在问题"}
    assert len(rows) == 7
    assert all(counted[19, row, aspect] for row in rows for aspect in ("设计原理描述", "新结构优势", "潜在问题"))


def test_inference_is_marked_as_such_and_nothing_else(bpr: Deck) -> None:
    inferred = {
        (slide.number, fact.aspect): fact.inferred
        for slide in bpr.slides
        for fact in slide.facts
        if fact.aspect in ("优点", "缺点", "选择理由", "特点", "职责", "潜在问题", "备注")
    }
    assert inferred == {
        (16, "优点"): False,
        (16, "缺点"): False,
        (16, "选择理由"): False,
        (16, "特点"): True,
        (17, "备注"): False,
        (18, "职责"): True,
        (18, "备注"): False,
        (19, "潜在问题"): True,
        (20, "职责"): True,
        (20, "备注"): False,
    }
    assert {slide.number for slide in bpr.slides if any(edge.inferred for edge in slide.relations)} == {16, 18}


@pytest.mark.parametrize("name", ["黄页号簿公司", "公话公司", "增值业务公司"])
def test_footnotes_of_units_left_to_each_place(bpr: Deck, name: str) -> None:
    facts = [fact for slide in bpr.slides if slide.number == 17 for fact in slide.facts if fact.subject == name]
    assert [fact.text for fact in facts] == ["是否设置不作统一要求，由各地按本地情况决定。"]
