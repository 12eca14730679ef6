"""What slides say by where their boxes stand: names, aspects that the term base knows, and labels that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_placed import KNOWN, LAYOUTS, UNKNOWN, HtmlMaker, Layout, html, sizes_in_one_box
from pdf_maker import printed
from reading import Read
from slide_maker import make

CASES = [(layout, labels) for layout in LAYOUTS for labels in layout.labels]


@pytest.mark.parametrize(("layout", "labels"), CASES, ids=[f"{layout.name}: {labels[0]}" for layout, labels in CASES])
def test_facts_have_their_subject_and_aspect(read: Read, layout: Layout, labels: tuple[str, str]) -> None:
    (slide,) = read("hand.pptx", make(("三种采购方式", lambda page: layout.draw(page, labels)))).slides
    found = {(fact.subject, fact.aspect, fact.text) for fact in slide.facts}
    assert found == layout.expected(labels)


def test_printed_slides_say_the_same(read: Read, tmp_path: Path) -> None:
    cases = [(layout, labels) for layout, labels in CASES if layout.draw is not sizes_in_one_box]
    pages = []
    for layout, labels in cases:
        layout.draw(maker := HtmlMaker(), labels)
        pages.append(maker.page("三种采购方式"))
    slides = read("hand.pdf", printed(html(pages), tmp_path)).slides
    for (layout, labels), slide in zip(cases, slides, strict=True):
        found = {(fact.subject, fact.aspect, fact.text) for fact in slide.facts}
        assert found == layout.expected(labels), layout.name


def test_nothing_is_lost(read: Read) -> None:
    for layout in LAYOUTS:
        (slide,) = read("hand.pptx", make(("三种采购方式", lambda page: layout.draw(page, KNOWN)))).slides  # noqa: B023
        for _, _, text in layout.expected(KNOWN):
            assert text in slide.source
    assert "Centralized" in slide.source


def test_a_label_may_recur_from_slide_to_slide(read: Read) -> None:
    pages = [("电话组", "两天", "王师傅"), ("柜台组", "三天", "李师傅")]
    draws = [lambda page, said=said: page.text((20, 120, 600, 200), *map(":".join, zip(UNKNOWN, said, strict=True)))
             for _, *said in pages]  # fmt: skip
    deck = read("slides.pptx", make(*((name, draw) for (name, *_), draw in zip(pages, draws, strict=True))))
    found = {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}
    assert found == {(name, label, text) for name, *said in pages for label, text in zip(UNKNOWN, said, strict=True)}


def test_a_label_may_stand_for_one_that_begins_alike(read: Read) -> None:
    """One card of three says 代表片区 where the others say 代表楼栋: no place of that name is meant."""
    said = {
        "独立制": "代表楼栋:云栖",
        "片区制": "代表片区:城北",
        "派驻制": "代表楼栋:银泰",
        "外包制": "城北片区:管三栋楼",
    }
    text = "# 模式\n\n" + "".join(
        f"## {name}\n\n管得{n}。\n\n{line}\n\n" for n, (name, line) in enumerate(said.items())
    )
    facts = [fact for slide in read("cards.md", text + "# 其他\n\n- 无\n").slides for fact in slide.facts]
    found = {(fact.subject, fact.aspect, fact.text) for fact in facts}
    assert {("独立制", "代表楼栋", "云栖"), ("片区制", "代表片区", "城北"), ("派驻制", "代表楼栋", "银泰")} <= found
    assert "城北片区" in {subject for subject, _, _ in found}


def test_short_labels_stand_for_aspects(read: Read) -> None:
    text = "# 结算方式\n\n## 固定总价\n\n- 好:效率高;好批\n- 坏:容易亏\n\n## 按天结算\n\n- 好:不怕变\n- 坏:盯得细\n"
    facts = [fact for slide in read("short.md", text).slides for fact in slide.facts]
    assert {(fact.subject, fact.aspect, fact.text) for fact in facts} == {
        ("固定总价", "优点", "效率高"), ("固定总价", "优点", "好批"), ("固定总价", "缺点", "容易亏"),
        ("按天结算", "优点", "不怕变"), ("按天结算", "缺点", "盯得细"),
    }  # fmt: skip


def test_what_is_said_again_is_no_label(read: Read) -> None:
    """One list on two slides, and a unit that two units have: nothing of it is an aspect."""
    page = "# 第{}讲\n\n## {}\n\n- 销售部:{}\n- 先登记\n  - 核对证件\n".format
    deck = read("again.md", page("一", "华东区", "张三") + page("二", "华南区", "李四"))
    facts = [fact for slide in deck.slides for fact in slide.facts]
    assert not {"销售部", "先登记"} & {fact.aspect for fact in facts}


def test_a_lone_corner_is_no_table(read: Read) -> None:
    slide_of = make(
        ("对照", lambda page: (page.box((20, 120, 90, 30), "对比项目"), page.box((20, 160, 90, 30), "说明")))
    )
    assert read("corner.pptx", slide_of).slides[0].source.splitlines() == ["对照", "对比项目", "说明"]
