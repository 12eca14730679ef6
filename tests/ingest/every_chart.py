"""Slides with charts of the common kinds: categories down, series across, numbers as the chart shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt
from slide_maker import SlideMaker
from truth import Truth

YEARS = ("2022年", "2023年")


def drawn(
    kind: Any, labels: Sequence[Any], series: dict[str, Sequence[Any]], title: str = "", code: str = "General"
) -> Callable[[SlideMaker], None]:
    def draw(slide: SlideMaker) -> None:
        data = CategoryChartData(number_format=code)
        data.categories = labels
        for name, numbers in series.items():
            data.add_series(name, numbers)
        add(slide, kind, data, title)

    return draw


def add(slide: SlideMaker, kind: Any, data: Any, title: str) -> Any:
    chart = slide.shapes.add_chart(kind, *map(Pt, (40, 120, 600, 360)), data).chart
    chart.has_title = bool(title)
    if title:
        chart.chart_title.text_frame.text = title
    return chart


def scatter(slide: SlideMaker) -> None:
    data = XyChartData()
    series = data.add_series("门店")
    for x, y in ((1.5, 20), (3, 35)):
        series.add_data_point(x, y)
    add(slide, XL_CHART_TYPE.XY_SCATTER, data, "")


def combined(slide: SlideMaker) -> None:
    """Columns, and a line over them in a plot of its own."""
    from copy import deepcopy

    from lxml import etree

    data = CategoryChartData()
    data.categories = YEARS
    data.add_series("收入", (10, 12))
    data.add_series("增长率", (0.1, 0.2), number_format="0%")
    chart = add(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data, "")
    bars = chart.plots[0]._element
    plot = etree.SubElement(bars.getparent(), bars.tag.replace("barChart", "lineChart"))
    bars.addnext(plot)
    plot.append(bars.sers[1])
    plot.extend(deepcopy(axis) for axis in bars.findall(bars.tag.replace("barChart", "axId")))


CHARTS = (
    Truth("销量图",
          drawn(XL_CHART_TYPE.COLUMN_CLUSTERED, YEARS, {"甲店": (1200, 1350), "乙店": (980, None)}, code="#,##0"),
          "甲店 | 乙店\n2022年 | 1,200 | 980\n2023年 | 1,350",
          cells={"1,350": ("2023年", "甲店"), "980": ("2022年", "乙店")}),
    Truth("走势图", drawn(XL_CHART_TYPE.LINE, (date(2024, 1, 31), date(2024, 2, 29)), {"客流": (30, 45)}),
          "客流\n2024-01-31 | 30\n2024-02-29 | 45"),
    Truth("构成图",
          drawn(XL_CHART_TYPE.PIE, ("线上", "线下"), {"占比": (0.625, 0.375)}, "渠道占比", "0.0%"),
          "渠道占比\n占比\n线上 | 62.5%\n线下 | 37.5%", cells={"62.5%": ("线上", "占比")}),
    Truth("条形图",
          drawn(XL_CHART_TYPE.BAR_STACKED, ("培训费(元)", "差旅费(元)"), {"一季度": (5, 7), "二季度": (6, 8)}),
          "一季度 | 二季度\n培训费(元) | 5 | 6\n差旅费(元) | 7 | 8", cells={"8": ("差旅费(元)", "二季度")}),
    Truth("散点图", scatter, "门店\n1.5 | 20\n3 | 35"),
    Truth("组合图", combined, "收入 | 增长率\n2022年 | 10 | 10%\n2023年 | 12 | 20%",
          cells={"20%": ("2023年", "增长率")}),
)  # fmt: skip
