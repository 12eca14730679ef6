"""SmartArt: org charts become relations, everything else bullets in order; all text arrives."""

from __future__ import annotations

import pytest
from diagram_maker import Diagram, insert
from reading import Read
from slide_maker import SlideMaker, make

from kejian.ingest.model import Deck, Slide

FRAME = (100.0, 120.0, 500.0, 300.0)


def only(deck: Deck) -> Slide:
    assert len(deck.slides) == 1
    assert not deck.warnings
    slide = deck.slides[0]
    assert all(slide.source[block.start : block.end] == block.text for block in slide.blocks)
    assert all(slide.source[fact.start : fact.end] == fact.text for fact in slide.facts)
    assert all(slide.source[relation.start : relation.end] == relation.child for relation in slide.relations)
    return slide


def shown(read: Read, title: str, diagram: Diagram) -> Slide:
    def draw(slide: SlideMaker) -> None:
        insert(slide.slide, diagram, FRAME)

    return only(read("smartart.pptx", make((title, draw))))


def facts(slide: Slide) -> list[tuple[str, str, str]]:
    return [(fact.subject, fact.aspect, fact.text) for fact in slide.facts]


def edges(slide: Slide) -> set[str]:
    return {" → ".join((*relation.chain, relation.child)) for relation in slide.relations}


def chart(layout: str = "orgChart1", category: str = "hierarchy") -> Diagram:
    diagram = Diagram(layout, category)
    root = diagram.add("总经理")
    market = diagram.add("市场部", root)
    diagram.add("客服部", root)
    diagram.add("秘书", root, asst=True)
    team = diagram.add("策划组", market)
    diagram.add("文案岗", team)
    diagram.add("渠道组", market)
    return diagram


@pytest.mark.parametrize(
    ("layout", "category"),
    [("orgChart1", "hierarchy"), ("HalfCircleOrganizationChart", ""), ("hierarchy2", ""), ("unknown", "hierarchy")],
)
def test_hierarchy(read: Read, layout: str, category: str) -> None:
    slide = shown(read, "公司组织结构", chart(layout, category))
    assert slide.source.splitlines() == [
        "公司组织结构",
        "总经理",
        "  秘书",
        "  市场部",
        "    策划组",
        "      文案岗",
        "    渠道组",
        "  客服部",
    ]
    assert edges(slide) == {
        "总经理 → 秘书",
        "总经理 → 市场部",
        "总经理 → 客服部",
        "总经理 → 市场部 → 策划组",
        "总经理 → 市场部 → 渠道组",
        "总经理 → 市场部 → 策划组 → 文案岗",
    }


def test_boxes_with_duties_titles_and_no_text(read: Read) -> None:
    diagram = Diagram("orgChart1", "hierarchy")
    root = diagram.add("厂长", transition="王某")
    blank = diagram.add("[文本]", root, prompt="[文本]")
    diagram.add("生产部\n组织生产；\n保养设备。", blank)
    diagram.add("质检部", root)
    slide = shown(read, "部门职责", diagram)
    assert slide.source.splitlines()[:4] == ["部门职责", "厂长", "  生产部", "  质检部"]
    assert edges(slide) == {"厂长 → 生产部", "厂长 → 质检部"}
    assert facts(slide) == [
        ("厂长", "部门职责", "王某"),
        ("生产部", "部门职责", "组织生产"),
        ("生产部", "部门职责", "保养设备。"),
    ]


@pytest.mark.parametrize("layout", ["process1", "chevron2", "cycle2", "pyramid1", "matrix1", "default"])
def test_steps_and_lists(read: Read, layout: str) -> None:
    diagram = Diagram(layout)
    for text in ("填表", "审批", "归档"):
        diagram.add(text, transition="通过" if text == "审批" else "")
    slide = shown(read, "报销流程", diagram)
    assert slide.source.splitlines() == ["报销流程", "填表", "审批", "  通过", "归档"]
    assert {block.kind for block in slide.blocks[1:]} == {"bullet"}
    assert [text for *_, text in facts(slide)] == ["填表", "审批", "通过", "归档"]
    assert not slide.relations


def test_list_with_levels(read: Read) -> None:
    diagram = Diagram("hierarchy3", "list")
    market, calls = diagram.add("市场部"), diagram.add("客服部")
    diagram.add("接听来电", calls)
    diagram.add("策划宣传", market)
    diagram.add("维护渠道", market)
    for node, place in ((market, (0, 0, 200, 30)), (calls, (250, 0, 200, 30))):
        diagram.draw(node, place, "")
    slide = shown(read, "部门职责", diagram)
    assert facts(slide) == [
        ("市场部", "部门职责", "策划宣传"),
        ("市场部", "部门职责", "维护渠道"),
        ("客服部", "部门职责", "接听来电"),
    ]


def test_sentences_in_a_hierarchy_are_said_of_the_unit_over_them(read: Read) -> None:
    diagram = Diagram("hierarchy2", "hierarchy")
    root = diagram.add("厂长")
    unit = diagram.add("生产部", root)
    diagram.add("按计划组织生产，保证交期。", unit)
    diagram.add("质检部：抽检成品，出具报告。", root)
    slide = shown(read, "部门职责", diagram)
    assert edges(slide) == {"厂长 → 生产部", "厂长 → 质检部"}
    assert facts(slide) == [
        ("质检部", "", "抽检成品，出具报告。"),
        ("生产部", "部门职责", "按计划组织生产，保证交期。"),
    ]


def test_every_node_has_its_place(read: Read) -> None:
    diagram = Diagram("orgChart1", "hierarchy")
    root = diagram.add("总部")
    unit = diagram.add("分部", root)
    diagram.draw(root, (150, 0, 200, 60), "总部")
    diagram.draw(unit, (150, 100, 200, 60), "分部\n张某")
    slide = shown(read, "组织结构", diagram)
    frame = next(s for s in slide.shapes if (s.left, s.top) == (100 * 12700, 120 * 12700))
    assert (frame.width, frame.height) == (500 * 12700, 300 * 12700)
    block = next(block for block in slide.blocks if block.text == "分部")
    assert block.shape is not None
    place = slide.shapes[block.shape]
    assert (place.kind, place.left // 12700, place.top // 12700, place.width // 12700) == ("box", 250, 220, 200)
    assert "张某" in slide.source


def test_diagram_in_a_group_and_under_a_heading(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        for left, name in ((20, "甲型"), (370, "乙型")):
            group = slide.group()
            diagram = Diagram("orgChart1", "hierarchy")
            diagram.add(f"{name[0]}组", diagram.add("经理"))
            insert(slide.slide, diagram, (left, 160, 300, 200), group.shapes)
            group.text((left, 110, 300, 30), name)

    slide = only(read("smartart.pptx", make(("两种模式", draw))))
    assert slide.source.splitlines() == ["两种模式", "甲型", "经理", "  甲组", "乙型", "经理", "  乙组"]
    assert [(r.path, r.parent, r.child) for r in slide.relations] == [
        (("两种模式", "甲型"), "经理", "甲组"),
        (("两种模式", "乙型"), "经理", "乙组"),
    ]


def test_text_of_the_drawing_where_the_model_has_none(read: Read) -> None:
    diagram = Diagram("default")
    diagram.draw("gone", (0, 0, 100, 50), "只在图中")
    assert shown(read, "图示", diagram).source.splitlines() == ["图示", "只在图中"]


def test_empty_and_circular_models(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        insert(slide.slide, Diagram("default"), FRAME)

    deck = read("empty.pptx", make(("图示", draw)))
    assert deck.warnings == ("第 1 页有 1 处SmartArt没有读取,其中的文字不会被检索到",)
    diagram = Diagram("orgChart1", "hierarchy")
    root = diagram.add("甲部")
    diagram.links.append(f'<dgm:cxn modelId="loop" srcId="{root}" destId="{root}"/>')
    assert shown(read, "图示", diagram).source.splitlines() == ["图示", "甲部"]
