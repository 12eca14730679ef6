"""Slides that draw structures: SmartArt of each family, connectors and free lines in every way, groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from diagram_maker import Diagram, insert
from PIL import Image
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Pt
from slide_maker import Place, SlideMaker
from truth import Truth

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
DECORATION = (
    f'<a:extLst xmlns:a="{A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><d:decorative'
    ' xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
FRAME = (60.0, 120.0, 600.0, 380.0)
UNITS = ("销售部", "客服部", "财务部")
TREE = "总经理 → 销售部\n总经理 → 客服部\n总经理 → 财务部"
TREE_LINES = "总经理\n  销售部\n  客服部\n  财务部"


# SmartArt


def smart(layout: str, category: str, nodes: str, drawn: bool = False) -> Callable[[SlideMaker], None]:
    """Draws a diagram; ``nodes`` are lines, indented by level, ``! `` in front of assistants."""

    def draw(slide: SlideMaker) -> None:
        diagram = Diagram(layout, category)
        above = ["doc"]
        for number, line in enumerate(nodes.splitlines()):
            depth, text = (len(line) - len(line.lstrip())) // 2, line.strip()
            node = diagram.add(text.removeprefix("! "), above[depth], asst=text.startswith("! "))
            above[depth + 1 :] = [node]
            if drawn:
                diagram.draw(node, (10.0 + 60 * depth, 10.0 + 40 * number, 120.0, 30.0), text.removeprefix("! "))
        insert(slide.slide, diagram, FRAME)

    return draw


ORGANISATION = "总经理\n  ! 秘书\n  市场部\n    策划组\n      文案岗\n    渠道组\n  客服部"
ORGANISATION_EDGES = """
总经理 → 秘书
总经理 → 市场部
总经理 → 客服部
总经理 → 市场部 → 策划组
总经理 → 市场部 → 渠道组
总经理 → 市场部 → 策划组 → 文案岗
"""
BRANCHES = "受理\n  核对证件\n    原件\n  登记\n审批\n归档"
FAMILIES = (
    ("列表", "default", "list"), ("流程图示", "process1", "process"), ("矩阵图示", "matrix1", "matrix"),
    ("棱锥图", "pyramid1", "pyramid"), ("循环图", "cycle2", "cycle"), ("关系图", "venn1", "relationship"),
)  # fmt: skip


# Connectors


def boxes(slide: SlideMaker, *places: tuple[str, float, float]) -> dict[str, Any]:
    return {name: slide.box((left, top, 100, 30), name) for name, left, top in places}


def usual(slide: SlideMaker) -> dict[str, Any]:
    """A root over three units, created out of order."""
    return boxes(slide, ("财务部", 500, 250), ("总经理", 300, 130), ("客服部", 300, 250), ("销售部", 100, 250))


def glue(
    slide: SlideMaker, begin: Any, end: Any, sites: tuple[int, int] = (2, 0), kind: Any = MSO_CONNECTOR.ELBOW
) -> Any:
    connector = slide.shapes.add_connector(kind, 0, 0, 0, 0)
    connector.begin_connect(begin, sites[0])
    connector.end_connect(end, sites[1])
    return connector


def line(slide: SlideMaker, *ends: float) -> Any:
    return slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Pt, ends))


def both_ways(slide: SlideMaker) -> None:
    """Glued at both ends, some drawn from the unit up to its superior."""
    found = usual(slide)
    for n, name in enumerate(UNITS):
        pair = (found["总经理"], found[name])
        glue(slide, *(pair[::-1] if n == 1 else pair), sites=(0, 2) if n == 1 else (2, 0))


def all_upwards(slide: SlideMaker) -> None:
    found = usual(slide)
    for name in UNITS:
        glue(slide, found[name], found["总经理"], (0, 2), MSO_CONNECTOR.STRAIGHT)


def half_glued(slide: SlideMaker) -> None:
    found = usual(slide)
    for name, x in zip(UNITS, (150, 350, 550), strict=True):
        connector = line(slide, 350, 160, x, 250)
        if name == "客服部":
            connector.end_connect(found[name], 0)
        else:
            connector.begin_connect(found["总经理"], 2)


def sideways(slide: SlideMaker) -> None:
    found = boxes(
        slide, ("总经理", 40, 250), ("销售部", 240, 150), ("客服部", 240, 250), ("财务部", 240, 350), ("一组", 440, 150)
    )
    for name in UNITS:
        glue(slide, found["总经理"], found[name], (3, 1))
    glue(slide, found["销售部"], found["一组"], (3, 1))


def several_roots(slide: SlideMaker) -> None:
    found = boxes(
        slide,
        ("厂长", 100, 130),
        ("书记", 500, 130),
        ("车间", 40, 230),
        ("仓库", 180, 230),
        ("工会", 440, 230),
        ("团委", 580, 230),
    )
    for root, unit in (("厂长", "车间"), ("厂长", "仓库"), ("书记", "工会"), ("书记", "团委")):
        glue(slide, found[root], found[unit])


def across_groups(slide: SlideMaker) -> None:
    """Boxes inside groups, connectors outside; and the other way round."""
    left, right = slide.group(), slide.group()
    found = boxes(slide, ("总经理", 300, 130))
    found |= boxes(left, ("销售部", 100, 250), ("一组", 60, 350))
    found |= boxes(right, ("客服部", 500, 250), ("二组", 560, 350))
    lines = slide.group()
    glue(slide, found["总经理"], found["销售部"])
    glue(lines, found["总经理"], found["客服部"])
    glue(left, found["销售部"], found["一组"])
    glue(slide, found["客服部"], found["二组"])


def elbow_to_touch(slide: SlideMaker) -> None:
    """Unglued elbows, turned and flipped as programs write them, whose ends touch the boxes."""
    usual(slide)
    for x in (150, 550):
        left, width, height = min(x, 350), 200, 90
        # Down, across, down: an elbow that is turned by a quarter lies on its side before.
        turned = (left + (width - height) / 2, 160 + (height - width) / 2, height, width)
        elbow(slide, turned, f'rot="{5_400_000 if x < 350 else 16_200_000}"' + ("" if x < 350 else ' flipH="1"'))
    line(slide, 350, 160, 350, 250)


def elbow(slide: SlideMaker, place: Place, attributes: str) -> None:
    connector = slide.shapes.add_connector(
        MSO_CONNECTOR.ELBOW, *map(Pt, (place[0], place[1], place[0] + place[2], place[1] + place[3]))
    )
    xfrm = connector._element.spPr.find(f"{{{A}}}xfrm")
    for attribute in attributes.split():
        key, value = attribute.replace('"', "").split("=")
        xfrm.set(key, value)


def open_freeforms(slide: SlideMaker) -> None:
    """Polylines drawn by hand, open and without a fill."""
    usual(slide)
    for x in (150, 350, 550):
        builder = slide.shapes.build_freeform(Pt(350), Pt(160))
        builder.add_line_segments([(Pt(350), Pt(200)), (Pt(x), Pt(200)), (Pt(x), Pt(250))][x == 350 :], close=False)
        builder.convert_to_shape().fill.background()


def comb(slide: SlideMaker) -> None:
    """A trunk, a bar and drops that meet in between."""
    usual(slide)
    line(slide, 350, 160, 350, 205)
    line(slide, 150, 205, 550, 205)
    for x in (150, 350, 550):
        line(slide, x, 250, x, 205)


def comb_of_bars(slide: SlideMaker) -> None:
    """The same, drawn as thin rectangles."""
    usual(slide)
    for place in ((349, 160, 2, 45), (149, 204, 402, 2), (149, 205, 2, 45), (349, 205, 2, 45), (549, 205, 2, 45)):
        slide.box(place)


def comb_of_elbows(slide: SlideMaker) -> None:
    """A trunk that bends, and drops that leave its bar."""
    usual(slide)
    builder = slide.shapes.build_freeform(Pt(350), Pt(160))
    builder.add_line_segments([(Pt(350), Pt(205)), (Pt(150), Pt(205)), (Pt(150), Pt(250))], close=False)
    builder.convert_to_shape().fill.background()
    line(slide, 350, 205, 550, 205)
    for x in (350, 550):
        line(slide, x, 205, x, 250)


def two_combs(slide: SlideMaker) -> None:
    """Three levels, a comb between each two."""
    usual(slide)
    comb_lines(slide, 350, 160, (150, 350, 550), 250)
    boxes(slide, ("一组", 40, 380), ("二组", 160, 380))
    comb_lines(slide, 150, 280, (90, 210), 380)


def comb_lines(slide: SlideMaker, x: float, top: float, drops: Sequence[float], bottom: float) -> None:
    middle = (top + bottom) / 2
    line(slide, x, top, x, middle)
    line(slide, min(drops), middle, max(drops), middle)
    for drop in drops:
        line(slide, drop, middle, drop, bottom)


def labelled(slide: SlideMaker) -> None:
    """Words that are written on a line."""
    found = boxes(slide, ("总公司", 300, 130), ("子公司", 300, 280))
    glue(slide, found["总公司"], found["子公司"], kind=MSO_CONNECTOR.STRAIGHT)
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, (40, 400, 300, 20)))
    shape._element.spPr.find(f"{{{A}}}prstGeom").set("prst", "line")
    shape.text_frame.text = "持股关系如上图所示。"


def cards(slide: SlideMaker) -> None:
    """Names in boxes of their own laid over pictures of boxes, in groups, glued to the empty boxes."""
    drawn = []
    for name, left, top in (("董事会", 280, 120), ("经理层", 120, 260), ("监事会", 440, 260)):
        group = slide.group()
        drawn.append(group.box((left, top, 140, 50)))
        group.text((left + 20, top + 12, 100, 26), name)
    for unit in drawn[1:]:
        glue(slide, drawn[0], unit)


def pictured(slide: SlideMaker) -> None:
    """Names laid over pictures of boxes, which the connectors are glued to."""
    stream = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(stream, "PNG")
    drawn = []
    for name, left, top in (("股东会", 280, 120), ("董事会", 120, 260), ("监事会", 440, 260)):
        picture = slide.shapes.add_picture(stream, *map(Pt, (left, top, 140, 50)))
        picture._element.nvPicPr.cNvPr.append(parse_xml(DECORATION))
        drawn.append(picture)
        slide.text((left + 20, top + 12, 100, 26), name)
    for unit in drawn[1:]:
        glue(slide, drawn[0], unit)


def steps(slide: SlideMaker) -> None:
    found = boxes(slide, ("填表", 40, 200), ("审批", 240, 200), ("归档", 440, 200))
    for one, other in (("填表", "审批"), ("审批", "归档")):
        connector = glue(slide, found[one], found[other], (3, 1), MSO_CONNECTOR.STRAIGHT)
        connector.line._get_or_add_ln().append(parse_xml(f'<a:tailEnd xmlns:a="{A}" type="triangle"/>'))


def duties_below(slide: SlideMaker) -> None:
    """A list under every unit, and a line under the whole chart."""
    found = usual(slide)
    for n, name in enumerate(UNITS):
        glue(slide, found["总经理"], found[name])
        slide.text((80 + 200 * n, 300, 140, 90), f"- {name[0]}一", f"- {name[0]}二")
    slide.text((60, 450, 580, 30), "三个部门互相配合。")


def duties_beside(slide: SlideMaker) -> None:
    """A chart from left to right, with a sentence right of every unit."""
    found = boxes(slide, ("总经理", 40, 250), ("销售部", 200, 150), ("客服部", 200, 250), ("财务部", 200, 350))
    for name in UNITS:
        glue(slide, found["总经理"], found[name], (3, 1))
        slide.text((330, found[name].top / 12700, 320, 30), f"{name[0]}字开头的一句话。")


def explained_steps(slide: SlideMaker) -> None:
    found = boxes(slide, ("填表", 40, 200), ("审批", 240, 200), ("归档", 440, 200))
    for one, other in (("填表", "审批"), ("审批", "归档")):
        connector = glue(slide, found[one], found[other], (3, 1), MSO_CONNECTOR.STRAIGHT)
        connector.line._get_or_add_ln().append(parse_xml(f'<a:tailEnd xmlns:a="{A}" type="triangle"/>'))
    slide.text((30, 250, 120, 60), "由经办人填写。")
    slide.text((430, 250, 120, 60), "由档案室保管。")


# Groups


def nested(slide: SlideMaker) -> None:
    right = slide.group()
    right.text((400, 120, 200, 24), "乙型")
    inner = right.group()
    inner.text((400, 160, 200, 60), "- 乙一", "- 乙二")
    left = slide.group()
    left.text((20, 160, 200, 60), "- 甲一")
    left.text((20, 120, 200, 24), "甲型")


def turned(slide: SlideMaker, attributes: str) -> None:
    """A group whose boxes change places: their lines still touch them, and they are read as they lie."""
    group = slide.group()
    for name, top in (("下面的框", 130), ("上面的框", 330)):
        group.box((300, top, 120, 40), name)
    line(group, 360, 170, 360, 330)
    xfrm = group.shapes._grpSp.grpSpPr.find(f"{{{A}}}xfrm")
    for attribute in attributes.split():
        key, value = attribute.replace('"', "").split("=")
        xfrm.set(key, value)


def scaled(slide: SlideMaker) -> None:
    """A group drawn small and shown large, beside free text."""
    group = slide.group()
    group.text((100, 100, 50, 20), "组内第一句。")
    group.text((100, 140, 50, 20), "组内第二句。")
    xfrm = group.shapes._grpSp.grpSpPr.find(f"{{{A}}}xfrm")
    for tag, values in (("off", ("x", 20, "y", 120)), ("ext", ("cx", 200, "cy", 240))):
        element = xfrm.find(f"{{{A}}}{tag}")
        element.set(values[0], str(Pt(values[1])))
        element.set(values[2], str(Pt(values[3])))
    slide.text((300, 230, 300, 30), "组外的话。")


def overlapping(slide: SlideMaker) -> None:
    slide.box((40, 140, 600, 200), "底下的大框写着前言。")
    slide.box((60, 220, 200, 60), "左边的小框压着它。")
    slide.box((300, 220, 200, 60), "右边的小框也压着。")


STRUCTURES = (
    Truth("组织结构图示", smart("orgChart1", "hierarchy", ORGANISATION, drawn=True),
          ORGANISATION.replace("! ", ""), ORGANISATION_EDGES),
    Truth("水平组织结构", smart("hierarchy2", "hierarchy", ORGANISATION),
          ORGANISATION.replace("! ", ""), ORGANISATION_EDGES),
    *(Truth(title, smart(layout, category, BRANCHES, drawn=bool(n % 2)), BRANCHES)
      for n, (title, layout, category) in enumerate(FAMILIES)),
    Truth("公司组织结构", both_ways, TREE_LINES, TREE),
    Truth("由下而上的连线", all_upwards, TREE_LINES, TREE),
    Truth("一头粘连的线", half_glued, TREE_LINES, TREE),
    Truth("从左到右的结构", sideways, "总经理\n  销售部\n    一组\n  客服部\n  财务部",
          f"{TREE}\n总经理 → 销售部 → 一组"),
    Truth("两套班子", several_roots, "厂长\n  车间\n  仓库\n书记\n  工会\n  团委",
          "厂长 → 车间\n厂长 → 仓库\n书记 → 工会\n书记 → 团委"),
    Truth("跨组的连线", across_groups, "总经理\n  销售部\n    一组\n  客服部\n    二组",
          "总经理 → 销售部\n总经理 → 客服部\n总经理 → 销售部 → 一组\n总经理 → 客服部 → 二组"),
    Truth("旋转的肘形线", elbow_to_touch, TREE_LINES, TREE),
    Truth("任意多边形画的线", open_freeforms, TREE_LINES, TREE),
    Truth("线段拼成的梳", comb, TREE_LINES, TREE),
    Truth("细长方形拼成的梳", comb_of_bars, TREE_LINES, TREE),
    Truth("折线拼成的梳", comb_of_elbows, TREE_LINES, TREE),
    Truth("三层的梳", two_combs, "总经理\n  销售部\n    一组\n    二组\n  客服部\n  财务部",
          f"{TREE}\n总经理 → 销售部 → 一组\n总经理 → 销售部 → 二组"),
    Truth("线上的字", labelled, "总公司\n  子公司\n持股关系如上图所示。", "总公司 → 子公司"),
    Truth("治理结构", cards, "董事会\n  经理层\n  监事会", "董事会 → 经理层\n董事会 → 监事会"),
    Truth("图片做的框", pictured, "股东会\n  董事会\n  监事会", "股东会 → 董事会\n股东会 → 监事会"),
    Truth("各部门职责", duties_below,
          f"{TREE_LINES}\n销售部\n销一\n销二\n客服部\n客一\n客二\n财务部\n财一\n财二\n三个部门互相配合。", TREE,
          facts=(("销售部", "部门职责", "销二"), ("财务部", "部门职责", "财一"))),
    Truth("横排的职责", duties_beside,
          f"{TREE_LINES}\n销售部\n销字开头的一句话。\n客服部\n客字开头的一句话。\n财务部\n财字开头的一句话。", TREE,
          facts=(("客服部", "职责", "客字开头的一句话。"),)),
    Truth("开户流程", explained_steps, "填表\n  由经办人填写。\n审批\n归档\n  由档案室保管。"),
    Truth("报销流程", steps, "填表\n审批\n归档"),
    Truth("两种模式的优点", nested, "甲型\n甲一\n乙型\n乙一\n乙二",
          facts=(("甲型", "优点", "甲一"), ("乙型", "优点", "乙二"))),
    Truth("翻转的组", lambda s: turned(s, 'flipV="1"'), "上面的框\n  下面的框", "上面的框 → 下面的框"),
    Truth("旋转半圈的组", lambda s: turned(s, 'rot="10800000"'), "上面的框\n  下面的框", "上面的框 → 下面的框"),
    Truth("放大的组", scaled, "组内第一句。\n组内第二句。\n组外的话。"),
    Truth("重叠的框", overlapping, "底下的大框写着前言。\n左边的小框压着它。\n右边的小框也压着。"),
)  # fmt: skip
