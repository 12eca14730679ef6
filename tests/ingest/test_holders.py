"""Boxes that name a unit and the person who holds it, and tables that have a column of people."""

from __future__ import annotations

from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Inches
from reading import Read
from slide_maker import SlideMaker, make

from kejian.ingest.holders import held, unit_line
from kejian.ingest.model import Deck


def told(deck: Deck) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("测试部 李晓云", ("测试部", "李晓云")),
        ("质量保证部 QA 沈若楠", ("质量保证部", "QA", "沈若楠")),
        ("PMO 简宁", ("PMO", "简宁")),
        ("海外部 高远（代）", ("海外部", "高远")),
        ("检修组 组长 雷大鹏", ("检修组", "检修组组长", "雷大鹏")),
        ("调度室（调度） 主任：汤建国", ("调度室（调度）", "调度室（调度）主任", "汤建国")),
        ("防汛指挥部总指挥 总经理 纪春晖", ("防汛指挥部", "防汛指挥部总指挥总经理", "纪春晖")),
        ("市场 拓展部", None),
        ("计划 财务部", None),
        ("安全 管理", None),
    ],
)
def test_a_unit_and_its_holder_are_told_apart(text: str, spellings: tuple[str, ...] | None) -> None:
    found = held(text)
    assert (found.spellings if found else None) == spellings


def test_a_name_broken_over_two_lines_stays_one_name() -> None:
    assert unit_line(["公众客户", "部"]) == "公众客户部"
    assert unit_line(["总经理", "魏长河"]) == "总经理 魏长河"


def test_a_box_of_two_lines_says_who_holds_the_unit(tmp_path, terms) -> None:
    from kejian.ingest.read import read_deck

    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "组织架构"
    boxes = []
    for number, lines in enumerate((["总经理", "魏长河"], ["生产部", "马国梁"], ["质量部", "许静怡"])):
        left, top = (Inches(2 * number), Inches(4)) if number else (Inches(3), Inches(2))
        box = slide.shapes.add_shape(1, left, top, Inches(1.5), Inches(0.8))
        box.text_frame.text = "\n".join(lines)
        boxes.append(box)
    for below in boxes[1:]:
        line = slide.shapes.add_connector(1, 0, 0, 0, 0)
        line.begin_connect(boxes[0], 2)
        line.end_connect(below, 0)
    path = tmp_path / "chart.pptx"
    deck.save(str(path))
    read = read_deck(path, terms)
    relations = {(r.parent, r.child) for s in read.slides for r in s.relations}
    assert relations == {("总经理 魏长河", "生产部 马国梁"), ("总经理 魏长河", "质量部 许静怡")}
    assert told(read) >= {
        ("生产部", "负责人", "马国梁"),
        ("质量部", "负责人", "许静怡"),
        ("总经理", "负责人", "魏长河"),
    }
    for slide_ in read.slides:
        assert all(slide_.source[fact.start : fact.end] == fact.text for fact in slide_.facts)


CHART = (
    (("防汛指挥部总指挥", "总经理 纪春晖"), None),
    (("排涝组", "组长 雷大鹏"), 0),
    (("泵车一队",), 1),
    (("泵车二队", "（两组共用1辆）"), 1),
    (("门卫主管",), 0),
    (("门卫 6人", "巡夜 2人", "犬只（外租）"), 4),
)


def chart(page: SlideMaker) -> None:
    drawn: list[Any] = []
    for number, (lines, above) in enumerate(CHART):
        depth = 0 if above is None else 1 if above == 0 else 2
        drawn.append(page.box((20 + 110 * number, 110 + 90 * depth, 100, 50), *lines))
        if above is not None:
            page.line(drawn[above], drawn[-1])


def test_a_unit_its_post_and_the_person_in_one_box(read: Read) -> None:
    deck = read("posted.pptx", make(("防汛组织", chart)))
    assert told(deck) >= {("排涝组", "负责人", "组长 雷大鹏"), ("防汛指挥部", "负责人", "总指挥 总经理 纪春晖")}
    relations = {(relation.parent, relation.child) for slide in deck.slides for relation in slide.relations}
    assert {("排涝组 组长 雷大鹏", "泵车一队"), ("排涝组 组长 雷大鹏", "泵车二队（两组共用1辆）")} <= relations
    for slide in deck.slides:
        assert all(slide.source[fact.start : fact.end] == fact.text for fact in slide.facts)


def test_lines_with_numbers_are_posts_of_their_own(read: Read) -> None:
    (slide,) = read("posts.pptx", make(("防汛组织", chart))).slides
    assert [r.child for r in slide.relations if r.parent == "门卫主管"] == ["门卫 6人", "巡夜 2人", "犬只（外租）"]


@pytest.mark.parametrize("said", ["（暂缺，由雷大鹏代管）", "暂缺", "目前由雷大鹏兼任", "（空缺）"])
def test_a_vacancy_is_told_of_the_holder(read: Read, said: str) -> None:
    deck = read(
        "vacant.md",
        f"# 门岗\n\n## 门卫主管\n\n{said}\n\n## 门卫\n\n由保安公司代招，每月结算一次工钱和加班费，由队长签字。\n",
    )
    assert ("门卫主管", "负责人", said) in told(deck)
    assert [aspect for subject, aspect, _ in told(deck) if subject == "门卫"] == [""]
    labelled = read("labelled.md", f"# 门岗\n\n门卫主管：{said}\n\n门卫：每月结算一次工钱和加班费。\n")
    assert ("门卫主管", "负责人", said) in told(labelled)


def test_departments_beside_people_are_the_subjects(read: Read) -> None:
    heads = "<tr><th>部门</th><th>负责人</th><th>主要职责</th></tr>"
    first = "<tr><td rowspan=2>质量部</td><td rowspan=2>沈若楠</td><td>归口偏差</td></tr><tr><td>审核批记录</td></tr>"
    second = "<tr><td>设备部</td><td>耿大庆</td><td>维护设备</td></tr>"
    said = told(read("people.html", f"<h1>分工</h1><table>{heads}{first}{second}</table>"))
    assert said >= {
        ("质量部", "负责人", "沈若楠"),
        ("质量部", "主要职责", "归口偏差"),
        ("质量部", "主要职责", "审核批记录"),
        ("设备部", "负责人", "耿大庆"),
    }
    assert not any(subject == "沈若楠" for subject, _, _ in said)


def test_a_cell_that_is_an_aspects_name_is_said_under_another(read: Read) -> None:
    said = told(
        read("limits.md", "# 请假\n\n| 天数 | 审批人 |\n| --- | --- |\n| 3天以内 | 主管 |\n| 4至10天 | 负责人 |\n")
    )
    assert ("4至10天", "审批人", "负责人") in said


@pytest.mark.parametrize("text", ["厂长 — 雷广源", "厂长—雷广源", "厂长 – 雷广源", "厂长 雷广源"])
def test_a_dash_parts_post_and_person(text):
    found = held(text)
    assert found is not None
    assert (found.name, found.person) == ("厂长", "雷广源")


@pytest.mark.parametrize("text", ["品控部 — 化验室", "第一步—收货"])
def test_what_stands_behind_a_dash_need_not_be_a_person(text):
    assert held(text) is None
