"""The newer charts (waterfall, funnel, treemap, …) → a title and a table, like those of ``pptx_chart``."""

from __future__ import annotations

from typing import Any

from kejian.ingest.pptx_chart import MOST_POINTS, ChartText, Series, chart_table, number_text, unit_in
from kejian.ingest.pptx_text import A, paragraph_text
from kejian.ingest.wording import one_line

CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"


def read_chartex(space: Any, shape: int) -> ChartText:
    """Read a cx:chartSpace; ``shape`` is the index of the table's shape."""
    title = _said(space.find(f"{CX}chart/{CX}title"))
    data = {found.get("id"): found for found in space.iterfind(f"{CX}chartData/{CX}data")}
    drawn = [(one, one.find(f"{CX}dataId")) for one in space.iter(f"{CX}series")]
    series = [
        _series(one, data[id_.get("val")], title) for one, id_ in drawn if id_ is not None and id_.get("val") in data
    ]
    return ChartText(title, chart_table(series, title, shape), ())


def _series(element: Any, data: Any, title: str) -> Series:
    name = _said(element.find(f"{CX}tx"))
    labels: dict[int, str] = {}
    for level in reversed(data.findall(f"{CX}strDim[@type='cat']/{CX}lvl")):  # the innermost is given first
        for index, text in _points(level).items():
            labels[index] = f"{labels[index]} {text}" if index in labels else text
    level = data.find(f"{CX}numDim/{CX}lvl")
    code = level.get("formatCode") or "" if level is not None else ""
    unit = unit_in(name) or unit_in(title)
    numbers = {n: number_text(text, code, unit) for n, text in _points(level).items()} if level is not None else {}
    return Series(name, labels, {index: text for index, text in numbers.items() if text})


def _points(level: Any) -> dict[int, str]:
    points = ((point.get("idx") or "", one_line(point.text or "")) for point in level.iterfind(f"{CX}pt"))
    return {int(index): text for index, text in points if index.isdigit() and int(index) < MOST_POINTS and text}


def _said(element: Any) -> str:
    """The text of a title or of a series' name."""
    if element is None:
        return ""
    written = [paragraph_text(paragraph) for paragraph in element.iter(f"{A}p")]
    return one_line("\n".join(written) or next((node.text or "" for node in element.iter(f"{CX}v")), ""))
