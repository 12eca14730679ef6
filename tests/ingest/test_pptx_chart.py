"""Native charts become tables with numbers as the chart shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt
from reading import Read
from slide_maker import SlideMaker, make

from kejian.ingest.model import Slide
from kejian.ingest.number_format import shown as formatted
from kejian.ingest.pptx_chart import C
from kejian.ingest.pptx_chartex import CX
from kejian.ingest.pptx_shapes import R

Change = Callable[[Any], None]


def shown(read: Read, kind: Any, data: Any, change: Change = lambda chart: None) -> Slide:
    def draw(slide: SlideMaker) -> None:
        change(slide.shapes.add_chart(kind, *map(Pt, (50, 100, 500, 300)), data).chart)

    deck = read("chart.pptx", make(("门店经营情况", draw)))
    assert not deck.warnings
    slide = deck.slides[0]
    assert all(slide.source[block.start : block.end] == block.text for block in slide.blocks)
    assert all(slide.source[fact.start : fact.end] == fact.text for fact in slide.facts)
    return slide


def facts(slide: Slide) -> list[tuple[str, str, str]]:
    return [(fact.subject, fact.aspect, fact.text) for fact in slide.facts]


def data(*names: str, number_format: str = "General") -> CategoryChartData:
    found = CategoryChartData(number_format=number_format)
    found.categories = ["东店", "西店"]
    for number, name in enumerate(names, 1):
        found.add_series(name, (1250.5 * number, 80 * number))
    return found


def titled(chart: Any) -> None:
    chart.has_title = True
    chart.chart_title.text_frame.text = "2023年各店业绩"
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = "金额（万元）"
    chart.category_axis.has_title = True
    chart.category_axis.axis_title.text_frame.text = "门店"


def in_three_dimensions(chart: Any) -> None:
    titled(chart)
    plot = chart._chartSpace.find(f".//{C}barChart")
    plot.tag = f"{C}bar3DChart"


@pytest.mark.parametrize("change", [titled, in_three_dimensions])
def test_series_by_categories(read: Read, change: Change) -> None:
    slide = shown(read, XL_CHART_TYPE.COLUMN_CLUSTERED, data("销售额", "利润"), change)
    assert slide.source.splitlines() == [
        "门店经营情况",
        "2023年各店业绩",
        "数值轴：金额（万元）",
        "门店 | 销售额 | 利润",
        "东店 | 1250.5万元 | 2501万元",
        "西店 | 80万元 | 160万元",
    ]
    assert facts(slide) == [
        ("东店", "销售额", "1250.5万元"),
        ("东店", "利润", "2501万元"),
        ("西店", "销售额", "80万元"),
        ("西店", "利润", "160万元"),
    ]
    cells = {block.text: (block.row, block.column) for block in slide.blocks if block.kind == "cell"}
    assert cells["160万元"] == ("西店", "利润")


def test_one_series_with_a_unit_in_its_name(read: Read) -> None:
    slide = shown(read, XL_CHART_TYPE.BAR_CLUSTERED, data("客流(人次)", number_format="#,##0"))
    assert facts(slide) == [("东店", "客流(人次)", "1,251人次"), ("西店", "客流(人次)", "80人次")]


def test_shares_of_a_pie(read: Read) -> None:
    found = CategoryChartData(number_format="0.0%")
    found.categories = ["直营", "加盟", "其他"]
    found.add_series("收入占比", (0.625, 0.375, None))
    assert facts(shown(read, XL_CHART_TYPE.PIE, found)) == [
        ("直营", "收入占比", "62.5%"),
        ("加盟", "收入占比", "37.5%"),
    ]


def test_categories_of_several_levels_and_numbers(read: Read) -> None:
    found = CategoryChartData()
    for year in ("2022年", "2023年"):
        category = found.add_category(year)
        category.add_sub_category("上半年")
        category.add_sub_category("下半年")
    found.add_series("开店数", (1, 2, 3, 4))
    assert [subject for subject, *_ in facts(shown(read, XL_CHART_TYPE.COLUMN_CLUSTERED, found))] == [
        "2022年 上半年",
        "2022年 下半年",
        "2023年 上半年",
        "2023年 下半年",
    ]
    years = CategoryChartData()
    years.categories = [2021, 2022]
    years.add_series("开店数", (1, 2))
    assert facts(shown(read, XL_CHART_TYPE.LINE, years)) == [("2021", "开店数", "1"), ("2022", "开店数", "2")]


def test_points_of_a_scatter_chart(read: Read) -> None:
    for kind, found in ((XL_CHART_TYPE.XY_SCATTER, XyChartData()), (XL_CHART_TYPE.BUBBLE, BubbleChartData())):
        series = found.add_series("产量")
        for x, y in ((1, 10.5), (2, 20)):
            series.add_data_point(*((x, y) if kind == XL_CHART_TYPE.XY_SCATTER else (x, y, 5)))
        assert facts(shown(read, kind, found)) == [("1", "产量", "10.5"), ("2", "产量", "20")]


def test_scaled_axis(read: Read) -> None:
    def scaled(chart: Any) -> None:
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        units = f'<c:dispUnits {nsdecls("c")}><c:builtInUnit val="tenThousands"/></c:dispUnits>'
        chart.value_axis._element.append(parse_xml(units))
        chart.value_axis.has_title = True
        chart.value_axis.axis_title.text_frame.text = "单位：元"

    found = CategoryChartData()
    found.categories = ["东店"]
    found.add_series("销售额", (125_000,))
    assert facts(shown(read, XL_CHART_TYPE.COLUMN_CLUSTERED, found, scaled)) == [("东店", "销售额", "12.5万元")]


def test_chart_without_numbers_is_said(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        found = CategoryChartData()
        found.categories = ["东店"]
        found.add_series("销售额", (None,))
        slide.shapes.add_chart(XL_CHART_TYPE.PIE, *map(Pt, (50, 100, 500, 300)), found)

    deck = read("chart.pptx", make(("门店", draw)))
    assert deck.warnings == ("第 1 页有 1 处图表没有读取,其中的文字不会被检索到",)


def test_shapes_of_a_chart(read: Read) -> None:
    slide = shown(read, XL_CHART_TYPE.COLUMN_CLUSTERED, data("销售额"), titled)
    frame, table = slide.shapes[-2:]
    assert (frame.left, frame.top, frame.width, frame.height) == tuple(map(Pt, (50, 100, 500, 300)))
    assert slide.source[frame.start : frame.end].startswith("2023年各店业绩")
    assert table.kind == "table"
    assert table.top > frame.top
    assert {block.shape for block in slide.blocks if block.kind == "cell"} == {slide.shapes.index(table)}


def test_newer_kinds_of_charts(read: Read) -> None:
    space = (
        '<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" xmlns:a="a"><cx:chartData>'
        '<cx:data id="0"><cx:strDim type="cat"><cx:lvl ptCount="2"><cx:pt idx="0">线索</cx:pt>'
        '<cx:pt idx="1">成交</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val"><cx:lvl formatCode="#,##0">'
        '<cx:pt idx="0">1200</cx:pt>'
        '<cx:pt idx="1">80</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData>'
        "<cx:v>客户转化</cx:v></cx:txData></cx:tx></cx:title><cx:plotArea><cx:plotAreaRegion>"
        '<cx:series layoutId="funnel"><cx:tx><cx:txData><cx:v>客户数(户)</cx:v></cx:txData></cx:tx>'
        '<cx:dataId val="0"/></cx:series>'
        "</cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>"
    )

    def draw(slide: SlideMaker) -> None:
        from pptx.opc.package import Part
        from pptx.opc.packuri import PackURI
        from pptx.oxml import parse_xml

        part = Part(PackURI("/ppt/charts/chartEx1.xml"), "application/xml", slide.slide.part.package, space.encode())
        related = slide.slide.part.relate_to(part, "http://schemas.microsoft.com/office/2014/relationships/chartEx")
        slide.shapes.add_chart(XL_CHART_TYPE.PIE, *map(Pt, (50, 100, 500, 300)), data("甲"))
        graphic = slide.shapes[-1]._element.graphic.graphicData
        graphic.remove(graphic[0])
        graphic.append(parse_xml(f'<cx:chart xmlns:cx="{CX[1:-1]}" xmlns:r="{R[1:-1]}" r:id="{related}"/>'))

    slide = read("funnel.pptx", make(("销售", draw))).slides[0]
    assert slide.source.splitlines() == ["销售", "客户转化", "客户数(户)", "线索 | 1,200户", "成交 | 80户"]
    assert facts(slide) == [("线索", "客户数(户)", "1,200户"), ("成交", "客户数(户)", "80户")]


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (1234567, "General", "1234567"),
        (0.1, "General", "0.1"),
        (0.0000001, "", "0.0000001"),
        (2.5, "0", "3"),
        (-1234.5, "#,##0.0;[Red](#,##0.0)", "-1,234.5"),
        (1.5, "0.0#", "1.5"),
        (0.05, "0%", "5%"),
        (12, '[$¥-804]#,##0"万"', "¥12万"),
        (45292, 'yyyy"年"m"月"', "2024年1月"),
        (45292, "m/d/yy", "1/1/24"),
        (1e14, "0.00E+00", "100000000000000"),
        (-0.2, "0", "0"),
    ],
)
def test_number_formats(number: float, code: str, expected: str) -> None:
    assert formatted(number, code) == expected
