"""Presentations: text, groups, tables, charts of boxes, notes, numbers, and what could not be read."""

from __future__ import annotations

import warnings
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from pptx import Presentation
from reading import Read
from slide_maker import BLANK, TITLE_AND_BODY, SlideMaker, make, saved

from kejian.ingest.files import check_zip
from kejian.ingest.model import Deck, Slide
from kejian.ingest.pptx_descriptions import DECORATIVE


def only(deck: Deck) -> Slide:
    assert len(deck.slides) == 1
    return deck.slides[0]


def facts(slide: Slide) -> list[tuple[str, str, str]]:
    return [(fact.subject, fact.aspect, fact.text) for fact in slide.facts]


def edges(slide: Slide) -> set[str]:
    return {" → ".join((*relation.chain, relation.child)) for relation in slide.relations}


def test_body_placeholder_levels(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        frame = slide.slide.placeholders[1].text_frame
        frame.text = "市场部"
        for text, level in (("策划宣传", 1), ("维护渠道", 1), ("客服部", 0), ("接听来电", 1)):
            paragraph = frame.add_paragraph()
            paragraph.text, paragraph.level = text, level

    slide = only(read("body.pptx", make(("各部门职责", draw), layout=TITLE_AND_BODY)))
    assert slide.source == "各部门职责\n市场部\n  策划宣传\n  维护渠道\n客服部\n  接听来电"
    assert facts(slide) == [
        ("市场部", "部门职责", "策划宣传"),
        ("市场部", "部门职责", "维护渠道"),
        ("客服部", "部门职责", "接听来电"),
    ]


def test_connectors_make_a_chart_drawn_either_way(read: Read) -> None:
    def draw(slide: SlideMaker, turned: bool) -> None:
        root = slide.box((300, 150, 100, 30), "总经理")
        sales, call = slide.box((100, 250, 100, 30), "销售部*"), slide.box((500, 250, 100, 30), "呼叫", "中心")
        team = slide.box((500, 350, 100, 30), "一组")
        for parent, child in ((root, call), (root, sales), (call, team)):
            slide.line(*((child, parent) if turned else (parent, child)))
        slide.text((50, 480, 400, 30), "* 筹建中")

    for turned in (False, True):
        slide = only(read("chart.pptx", make(("公司组织结构", lambda s, t=turned: draw(s, t)))))  # type: ignore[misc]
        assert slide.source.splitlines() == [
            "公司组织结构",
            "总经理",
            "  销售部*",
            "  呼叫中心",
            "    一组",
            "* 筹建中",
        ]
        assert edges(slide) == {"总经理 → 销售部", "总经理 → 呼叫中心", "总经理 → 呼叫中心 → 一组"}
        assert facts(slide) == [("销售部", "备注", "筹建中")]


def test_one_line_drawn_upwards_does_not_make_another_root(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        root = slide.box((300, 150, 100, 30), "总经理")
        units = [slide.box((100 + 200 * n, 250, 100, 30), name) for n, name in enumerate(("销售部", "客服部"))]
        slide.line(root, units[0])
        slide.line(units[1], root)

    assert edges(only(read("mixed.pptx", make(("公司组织结构", draw))))) == {"总经理 → 销售部", "总经理 → 客服部"}


def test_charts_side_by_side_belong_to_the_headings_over_them(read: Read) -> None:
    def column(slide: SlideMaker, left: int, name: str) -> None:
        slide.text((left, 100, 200, 24), name)
        root, unit = slide.box((left + 50, 150, 100, 30), "经理"), slide.box((left + 50, 220, 100, 30), f"{name[0]}组")
        slide.line(root, unit)
        slide.text((left, 300, 200, 24), "优点")
        slide.text((left, 330, 200, 60), f"- {name[0]}快")

    def draw(slide: SlideMaker) -> None:
        for left, name in ((480, "丙型"), (20, "甲型"), (250, "乙型")):
            column(slide, left, name)

    slide = only(read("columns.pptx", make(("三种模式", draw))))
    assert facts(slide) == [("甲型", "优点", "甲快"), ("乙型", "优点", "乙快"), ("丙型", "优点", "丙快")]
    assert [(r.path, r.child) for r in slide.relations] == [
        (("三种模式", "甲型"), "甲组"),
        (("三种模式", "乙型"), "乙组"),
        (("三种模式", "丙型"), "丙组"),
    ]


def test_boxes_in_a_matrix_have_a_heading_over_and_one_beside_them(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        for column, name in enumerate(("甲型", "乙型")):
            slide.text((150 + 250 * column, 100, 200, 30), name, bold=True)
            for row, aspect in enumerate(("优点", "缺点")):
                slide.text((150 + 250 * column, 150 + 120 * row, 200, 80), f"{name[0]}{aspect[0]}一。", "其二。")
        for row, aspect in enumerate(("优点", "缺点")):
            slide.text((40, 150 + 120 * row, 80, 30), aspect)

    slide = only(read("matrix.pptx", make(("模式比较", draw))))
    assert facts(slide) == [
        (f"{name}型", aspect, text)
        for name in "甲乙"
        for aspect in ("优点", "缺点")
        for text in (f"{name}{aspect[0]}一。", "其二。")
    ]


def test_cards_and_what_spans_them(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        for n, (name, text) in enumerate(
            (("客户导向", "以需求为中心。"), ("流程优化", "减少交接。"), ("信息集成", "一次录入。"))
        ):
            slide.text((40 + 220 * n, 110, 40, 40), f"0{n + 1}", size=28)
            slide.text((90 + 220 * n, 115, 140, 30), name, size=18)
            slide.text((40 + 220 * n, 180, 200, 80), text, size=14)
        slide.text((40, 480, 620, 30), "三项缺一不可。", size=14)
        slide.text((600, 5, 100, 20), "内部资料", size=9)

    slide = only(read("cards.pptx", make(("三大原则", draw))))
    assert facts(slide)[1:] == [
        ("客户导向", "", "以需求为中心。"),
        ("流程优化", "", "减少交接。"),
        ("信息集成", "", "一次录入。"),
        ("三大原则", "", "三项缺一不可。"),
    ]


def test_box_under_two_others_keeps_both(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        top = slide.box((300, 100, 100, 30), "总部")
        left, right = slide.box((100, 200, 100, 30), "业务线"), slide.box((500, 200, 100, 30), "职能线")
        shared = slide.box((300, 300, 100, 30), "项目组")
        for parent, child in ((top, left), (top, right), (left, shared), (right, shared)):
            slide.line(parent, child)

    slide = only(read("matrix.pptx", make(("组织结构", draw))))
    assert edges(slide) == {
        "总部 → 业务线",
        "总部 → 职能线",
        "总部 → 业务线 → 项目组",
        "总部 → 职能线 → 项目组",
    }


def test_arrows_are_a_course_of_events(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        steps = [slide.box((50 + 180 * n, 200, 120, 40), text) for n, text in enumerate(("填表", "审批", "归档"))]
        for first, second in pairwise(steps):
            slide.line(first, second, arrow=True)

    slide = only(read("flow.pptx", make(("报销流程", draw))))
    assert not slide.relations
    assert facts(slide) == [("报销流程", "", "填表"), ("报销流程", "", "审批"), ("报销流程", "", "归档")]


def test_steps_may_say_more_than_their_names(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        first = slide.box((50, 200, 160, 90), "受理", "- 核对证件", "- 登记信息")
        second = slide.box((350, 200, 160, 90), "审批", "- 两日内答复")
        slide.line(first, second, arrow=True)

    slide = only(read("flow.pptx", make(("开户流程", draw))))
    assert slide.source.splitlines() == ["开户流程", "受理", "  核对证件", "  登记信息", "审批", "  两日内答复"]
    assert [text for *_, text in facts(slide)][-1] == "两日内答复"


def test_box_of_a_chart_may_say_more_than_its_name(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        root = slide.box((300, 100, 150, 30), "总经理")
        unit = slide.box((300, 200, 250, 90), "市场部", "- 策划宣传", "- 维护渠道")
        slide.line(root, unit)

    slide = only(read("boxes.pptx", make(("部门职责", draw))))
    assert edges(slide) == {"总经理 → 市场部"}
    assert facts(slide) == [("市场部", "部门职责", "策划宣传"), ("市场部", "部门职责", "维护渠道")]


def test_table_with_merged_cells(read: Read) -> None:
    rows = (
        ("中心", "部门", "职责", "编制"),
        ("营销中心", "市场部", "宣传\n调研", "5"),
        ("", "销售部", "销售", "8"),
        ("网络中心", "维护部", "巡检", "9"),
    )
    deck = read("merged.pptx", make(("部门", lambda s: s.table((20, 100, 600, 200), rows, [(1, 0, 2, 0)]))))  # type: ignore[arg-type,return-value]
    slide = only(deck)
    assert facts(slide) == [
        ("市场部", "职责", "宣传"),
        ("市场部", "职责", "调研"),
        ("市场部", "编制", "5"),
        ("销售部", "职责", "销售"),
        ("销售部", "编制", "8"),
        ("维护部", "职责", "巡检"),
        ("维护部", "编制", "9"),
    ]
    assert {fact.path for fact in slide.facts if fact.subject == "销售部"} == {("部门", "营销中心")}
    cells = {block.text: (block.row, block.column) for block in slide.blocks if block.kind == "cell"}
    assert cells["销售"] == ("销售部", "职责")
    assert cells["调研"] == ("市场部", "职责")


def test_a_group_of_rows_takes_in_what_is_no_unit(read: Read) -> None:
    rows = (
        ("等级", "行为", "扣分"),
        ("严重（A类）", "代签名", "30"),
        ("", "收现金", "20"),
        ("一般（C类）", "手写", "2"),
    )
    deck = read("groups.pptx", make(("处罚", lambda s: s.table((20, 100, 600, 200), rows, [(1, 0, 2, 0)]))))  # type: ignore[arg-type,return-value]
    said = facts(only(deck))
    assert [fact for fact in said if fact[1] == "行为"][:2] == [
        ("严重（A类）", "行为", "代签名"),
        ("严重（A类）", "行为", "收现金"),
    ]
    assert ("收现金", "扣分", "20") in said


def test_dots_in_a_table_say_which_row_goes_with_which_column(read: Read) -> None:
    rows = (("材料", "住院", "身故"), ("申请书", "●", "●"), ("发票", "●", ""), ("死亡证明", "", "●"))
    deck = read("dots.pptx", make(("材料", lambda s: s.table((20, 100, 600, 200), rows))))  # type: ignore[arg-type,return-value]
    assert facts(only(deck)) == [
        ("住院", "材料", "申请书"),
        ("身故", "材料", "申请书"),
        ("住院", "材料", "发票"),
        ("身故", "材料", "死亡证明"),
    ]


def test_a_corner_over_two_rows_says_how_deep_the_head_is(read: Read) -> None:
    rows = (("产品", "首年", "", "续期"), ("", "十年交", "二十年交", "第二年起"), ("安心", "22%", "32%", "5%"))
    merged = [(0, 0, 1, 0), (0, 1, 0, 2)]
    deck = read("deep.pptx", make(("佣金", lambda s: s.table((20, 100, 600, 200), rows, merged))))  # type: ignore[arg-type,return-value]
    assert facts(only(deck)) == [
        ("安心", "首年 十年交", "22%"),
        ("安心", "首年 二十年交", "32%"),
        ("安心", "续期 第二年起", "5%"),
    ]


def test_a_table_of_units_under_one_another_is_a_chart(read: Read) -> None:
    rows = (
        ("总经理 李海", "", "", ""),
        ("副总经理 周山", "", "副总经理 韩江", ""),
        ("运行中心", "安全中心", "开发中心", "数据中心"),
        ("监控组", "网络组", "核心组", "报表组"),
        ("机房组\n系统组", "", "渠道组", ""),
    )
    merged = [(0, 0, 0, 3), (1, 0, 1, 1), (1, 2, 1, 3)]
    deck = read("chart.pptx", make(("科技部", lambda s: s.table((20, 100, 600, 200), rows, merged))))  # type: ignore[arg-type,return-value]
    slide = only(deck)
    assert not slide.facts
    assert {(r.parent, r.child) for r in slide.relations} == {
        ("总经理 李海", "副总经理 周山"),
        ("总经理 李海", "副总经理 韩江"),
        ("副总经理 周山", "运行中心"),
        ("副总经理 周山", "安全中心"),
        ("副总经理 韩江", "开发中心"),
        ("运行中心", "监控组"),
        ("运行中心", "机房组"),
        ("运行中心", "系统组"),
        ("安全中心", "网络组"),
        ("开发中心", "核心组"),
        ("开发中心", "渠道组"),
        ("副总经理 韩江", "数据中心"),
        ("数据中心", "报表组"),
    }


def test_table_with_two_rows_of_heads_and_a_caption(read: Read) -> None:
    rows = (
        ("费用标准", "", "", ""),
        ("级别", "住宿", "", "餐补"),
        ("", "一线", "其他", ""),
        ("经理", "500", "400", "100"),
    )
    merged = [(0, 0, 0, 3), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3)]
    slide = only(read("heads.pptx", make(("差旅", lambda s: s.table((20, 100, 600, 200), rows, merged)))))  # type: ignore[arg-type,return-value]
    assert facts(slide) == [("经理", "住宿 一线", "500"), ("经理", "住宿 其他", "400"), ("经理", "餐补", "100")]
    assert slide.facts[0].path == ("差旅", "费用标准")


def test_groups_are_read_whole_and_scaled(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        right = slide.group()
        right.text((400, 100, 200, 24), "乙型")
        inner = right.group()
        inner.text((400, 140, 200, 60), "- 乙一", "- 乙二")
        left = slide.group()
        left.text((20, 140, 200, 60), "- 甲一")
        left.text((20, 100, 200, 24), "甲型")

    slide = only(read("groups.pptx", make(("两种模式的优点", draw))))
    assert slide.source.splitlines() == ["两种模式的优点", "甲型", "甲一", "乙型", "乙一", "乙二"]
    assert [subject for subject, _, _ in facts(slide)] == ["甲型", "乙型", "乙型"]
    place = next(
        slide.shapes[block.shape] for block in slide.blocks if block.text == "乙一" and block.shape is not None
    )
    assert (place.left // 12700, place.top // 12700) == (400, 140)


def test_numbers_notes_hidden_slides_and_page_numbers(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.text((20, 120, 400, 40), "第一段。")
        slide.text((650, 500, 40, 20), "17")
        slide.notes("讲稿第一段。\n第二段。")
        slide.slide._element.set("show", "0")

    deck = read("numbers.pptx", make(("一", lambda s: None), ("二", draw), first=16, title="PowerPoint Presentation"))
    assert [(slide.number, slide.position, slide.hidden) for slide in deck.slides] == [(16, 1, False), (17, 2, True)]
    assert deck.warnings == ("第 17 页是隐藏页,放映时不显示,内容已照常收入",)
    assert [block.text for block in deck.slides[1].blocks if block.kind == "note"] == ["讲稿第一段。", "第二段。"]
    assert deck.slides[1].source == "二\n第一段。\n讲稿第一段。\n第二段。"
    assert deck.title == "numbers"


def test_automatic_numbers_are_shown(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        from slide_maker import _element

        shape = slide.text((20, 120, 400, 80), "填表", "审批")
        for paragraph in shape.text_frame.paragraphs:
            paragraph._p.get_or_add_pPr().append(_element("a:buAutoNum", type="arabicPeriod", startAt="3"))

    slide = only(read("steps.pptx", make(("报销流程", draw))))
    assert [text for _, _, text in facts(slide)] == ["3. 填表", "4. 审批"]


def test_title_without_placeholder(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.text((20, 200, 500, 60), "成本低。", size=18)
        slide.text((20, 20, 500, 60), "甲型的优点", size=32)
        slide.text((20, 0, 100, 12), "内部资料", size=8)

    slide = only(read("untitled.pptx", make(("", draw), layout=BLANK)))
    assert slide.title == "甲型的优点"
    assert ("甲型", "优点", "成本低") in [(s, a, t.rstrip("。")) for s, a, t in facts(slide)]


def test_what_is_not_read_is_said(read: Read) -> None:
    from PIL import Image

    def draw(slide: SlideMaker) -> None:
        stream = BytesIO()
        Image.new("RGB", (80, 80)).save(stream, "PNG")
        for left, description in ((20, ""), (120, "机房照片"), (220, "image1.png"), (320, "图片 4")):
            picture = slide.shapes.add_picture(BytesIO(stream.getvalue()), left * 12700, 1_500_000)
            picture._element.nvPicPr.cNvPr.set("descr", description)

    deck = read("pictures.pptx", make(("机房", draw), ("", lambda s: None), first=4))
    assert deck.warnings == (
        "第 4 页有 3 处图片(没有安装文字识别)没有读取,其中的文字不会被检索到",
        "第 5 页没有可读的文字",
        "图片中的文字没有识别,要识别请运行 pip install 'kejian[ocr]',然后重新收入",
    )
    assert [block.text for block in deck.slides[0].blocks if block.kind == "picture"] == ["图片说明：机房照片"]


def test_connectors_and_their_ends_are_kept(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.line(slide.box((100, 100, 50, 20), "上级"), slide.box((20, 200, 50, 20), "下级"))

    slide = only(read("ends.pptx", make(("组织结构", draw))))
    line = next(shape for shape in slide.shapes if shape.kind == "connector")
    assert line.begin_shape is not None
    assert line.end_shape is not None
    ends = [slide.shapes[index] for index in (line.begin_shape, line.end_shape)]
    assert [slide.source[shape.start : shape.end] for shape in ends] == ["上级", "下级"]
    assert len(line.way) >= 4
    assert (min(line.way[::2]), min(line.way[1::2])) == (line.left, line.top)
    assert (max(line.way[::2]), max(line.way[1::2])) == (line.left + line.width, line.top + line.height)


@pytest.mark.parametrize("layout", [TITLE_AND_BODY, BLANK])
def test_line_breaks_inside_names_are_closed(read: Read, layout: int) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.text((20, 150, 300, 60)).text_frame.text = "商业客户部\v（中小企业部）"
        slide.text((20, 250, 300, 60), "公用\v电话部")  # written as _x000B_

    slide = only(read("breaks.pptx", make(("部门", draw), layout=layout)))
    assert slide.source.splitlines()[-2:] == ["商业客户部（中小企业部）", "公用电话部"]


def test_inherited_place_of_placeholders(read: Read) -> None:
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[TITLE_AND_BODY])
    slide.shapes.title.text = "标题"
    slide.placeholders[1].text_frame.text = "正文"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = only(read("inherited.pptx", saved(presentation)))
    body = found.shapes[1]
    expected = slide.placeholders[1]
    assert (body.left, body.top, body.width, body.height) == (
        expected.left,
        expected.top,
        expected.width,
        expected.height,
    )


def test_bold_line_heads_the_text_and_labels_in_its_box(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        for top, name, said in ((100, "砖墙", "用砖砌。用于外墙。"), (300, "板墙", "用板拼。")):
            box = slide.text((50, top, 600, 150), name, said, "- 优点：稳当", "- 缺点：拆不了")
            box.text_frame.paragraphs[0].runs[0].font.bold = True

    slide = only(read("bold.pptx", make(("两种墙", draw))))
    assert facts(slide) == [
        ("砖墙", "", "用砖砌。用于外墙。"),
        ("砖墙", "优点", "稳当"),
        ("砖墙", "缺点", "拆不了"),
        ("板墙", "", "用板拼。"),
        ("板墙", "优点", "稳当"),
        ("板墙", "缺点", "拆不了"),
    ]


def test_bold_line_heads_sentences(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        box = slide.text((50, 100, 600, 150), "夜间锁门规定", "晚上十点后锁大门；钥匙交给门卫保管。")
        box.text_frame.paragraphs[0].runs[0].font.bold = True

    assert facts(only(read("bold.pptx", make(("安全", draw))))) == [
        ("夜间锁门规定", "", "晚上十点后锁大门"),
        ("夜间锁门规定", "", "钥匙交给门卫保管。"),
    ]


def test_bold_lines_divide_a_box(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        box = slide.text((50, 100, 600, 300), "砖墙", "- 优点：稳当", "板墙", "- 优点：便宜", "- 可拆")
        for number in (0, 2):
            box.text_frame.paragraphs[number].runs[0].font.bold = True

    assert facts(only(read("bold.pptx", make(("两种墙", draw))))) == [
        ("砖墙", "优点", "稳当"),
        ("板墙", "优点", "便宜"),
        ("板墙", "", "可拆"),
    ]


def test_box_with_a_bare_bullet(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.text((0, 0, 0, 0), "丁")
        slide.text((0, 0, 0, 0), "·")

    assert only(read("bare.pptx", make(("丁", draw)))).title == "丁"


def test_decoration_is_not_missed_and_description_makes_no_claim(read: Read) -> None:
    from lxml import etree
    from PIL import Image

    def draw(slide: SlideMaker) -> None:
        stream = BytesIO()
        Image.new("RGB", (8, 8)).save(stream, "PNG")
        plain = slide.shapes.add_picture(stream, 254_000, 1_500_000)._element.nvPicPr.cNvPr
        extension = etree.SubElement(plain, "ext")
        etree.SubElement(extension, DECORATIVE).set("val", "1")
        slide.shapes.add_picture(stream, 2_540_000, 1_500_000)._element.nvPicPr.cNvPr.set("descr", "机房：冷通道")

    deck = read("decoration.pptx", make(("机房", draw)))
    assert not deck.warnings
    assert deck.slides[0].source == "机房\n图片说明：机房：冷通道"
    assert not deck.slides[0].facts


def test_faults_of_the_outline_are_not_called_damage(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AttributeError("a mistake of ours")

    monkeypatch.setattr("kejian.ingest.pptx.read_page", fail)
    with pytest.raises(AttributeError):
        read("mistake.pptx", make(("一", lambda s: None)))


def test_the_same_line_at_the_foot_of_slides_is_read_once(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.text((40, 150, 400, 40), "正文。")
        slide.text((40, 500, 200, 20), "甲公司培训部")

    deck = read("feet.pptx", make(*((title, draw) for title in "一二三四")))
    assert [slide.source.splitlines() for slide in deck.slides] == [
        ["一", "正文。", "甲公司培训部"],
        *([title, "正文。"] for title in "二三四"),
    ]
    assert {fact.text for slide in deck.slides for fact in slide.facts} == {"正文。"}


def test_typed_page_numbers_are_those_printed(read: Read) -> None:
    def draw(number: int) -> object:
        return lambda slide: (slide.text((40, 150, 400, 40), "正文。"), slide.text((650, 500, 40, 20), str(number)))

    deck = read("typed.pptx", make(("封面", lambda s: None), ("一", draw(30)), ("二", draw(31))))  # type: ignore[arg-type]
    assert [slide.number for slide in deck.slides] == [29, 30, 31]
    assert deck.slides[1].source == "一\n正文。"


def test_packages_of_many_slides_with_notes_are_let_in() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(1_000):  # a slide, its notes, and the relationships of both
            for part in ("slide", "rels/slide", "notes", "rels/notes"):
                archive.writestr(f"ppt/{part}{number}.xml", b"<a/>")
    check_zip(stream.getvalue(), Path("long.pptx"))
