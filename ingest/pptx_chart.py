"""Native charts → a title and a table: categories down, series across, numbers as the chart shows them.

Read from the chart's XML, so that the kinds that python-pptx cannot open (3-D, surface, stock) are read too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kejian.ingest.number_format import plain, shown
from kejian.ingest.outline import Item, Table, filled
from kejian.ingest.pptx_text import A, paragraph_text
from kejian.ingest.wording import one_line

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
AXIS = "数值轴："
MOST_POINTS = 2_000
SCALES = {
    "hundreds": (100, "百"), "thousands": (1_000, "千"), "tenThousands": (10_000, "万"),
    "hundredThousands": (100_000, "十万"), "millions": (10**6, "百万"), "tenMillions": (10**7, "千万"),
    "hundredMillions": (10**8, "亿"), "billions": (10**9, "十亿"), "trillions": (10**12, "万亿"),
}  # fmt: skip
UNIT = (
    r"[十百千万亿]{0,3}(?:元|美元|港元|欧元|人民币|人|人次|人天|个|台|套|部|次|件|条|户|家|辆|只|天|日|周|月|年|小时|课时|学时|分钟|分|秒|毫秒|吨|公斤|千克"
    r"|克|斤|米|厘米|毫米|公里|平方米|亩|升|度|倍|百分点)|[十百千万亿]{1,3}|[%％‰℃]|°C|kg|g|km|m|cm|mm|[KMGT]B|[KMG]bps|kWh?|h|min|s|ms"
)
IN_BRACKETS = re.compile(rf"[（(]\s*(?:单位\s*[:：]?\s*)?({UNIT})\s*[)）]\s*$")
NAMED = re.compile(rf"(?:^|单位\s*[:：]\s*)({UNIT})$")


@dataclass(frozen=True, slots=True)
class ChartText:
    """What a chart says. ``axes`` are the titles of its value axes."""

    title: str
    table: Table | None
    axes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Labels and numbers of one series, by the index of the point."""

    name: str
    labels: dict[int, str]
    numbers: dict[int, str]


def read_chart(space: Any, shape: int) -> ChartText:
    """Read a c:chartSpace; ``shape`` is the index of the table's shape."""
    title = _rich(space.find(f"{C}chart/{C}title"))
    axes = {_value(axis, "axId"): axis for axis in space.iterfind(f"{C}chart/{C}plotArea/*") if _is_axis(axis)}
    plots = (plot for plot in space.iterfind(f"{C}chart/{C}plotArea/*") if not _is_axis(plot))
    series = [_series(one, _axes_of(plot, axes), title) for plot in plots for one in plot.iterfind(f"{C}ser")]
    corner = next((text for axis in axes.values() if not _is_value_axis(axis) and (text := _rich_title(axis))), "")
    scales = (_rich_title(axis) for axis in axes.values() if _is_value_axis(axis))
    return ChartText(title, chart_table(series, title, shape, corner), tuple(dict.fromkeys(filter(None, scales))))


def chart_items(said: ChartText, frame: int) -> tuple[Item | Table, ...]:
    """Title, axes and table; the title stands in the shape of the whole chart, whose index is ``frame``."""
    level, shape = int(bool(said.title)), said.table.shape if said.table else frame
    title = [Item("heading", said.title, 1, shape, within=0, place=frame)] if said.title else []
    axes = [Item("picture", AXIS + text, shape=shape, within=level, place=frame) for text in said.axes]
    table = [replace(said.table, within=level)] if said.table else []
    return (*title, *axes, *table)


def chart_table(series: list[Series], title: str, shape: int, corner: str = "") -> Table | None:
    """Categories down, series across; None where there is no number."""
    labels = {entry: None for one in series for entry in _entries(one)}
    if not labels:
        return None
    alone = title if len(series) == 1 else ""
    names = [one.name or alone or f"系列{number}" for number, one in enumerate(series, 1)]
    rows = [[_cell(corner), *map(_cell, names)]]
    for index, label in list(labels)[:MOST_POINTS]:
        numbers = (one.numbers.get(index, "") if (index, label) in _entries(one) else "" for one in series)
        rows.append([_cell(label), *map(_cell, numbers)])
    return Table(filled(rows), shape, crossed=True)


def _entries(series: Series) -> dict[tuple[int, str], None]:
    """(index, label) of every point with a number, in order."""
    return {(index, series.labels.get(index) or str(index + 1)): None for index in series.numbers}


def _cell(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _series(element: Any, axes: list[Any], title: str) -> Series:
    name = one_line(" ".join(node.text or "" for node in element.iterfind(f"{C}tx//{C}v")))
    labels, values = (_first(element, *tags) for tags in (("cat", "xVal"), ("val", "yVal")))
    axis = axes[1] if len(axes) > 1 else None
    scale, word = _scale(axis)
    unit = unit_in(_rich_title(axis), word) or unit_in(name) or unit_in(title)
    numbers = {index: number_text(text, code, unit or word, scale) for index, (text, code) in _points(values).items()}
    return Series(name, _labels(labels), {index: text for index, text in numbers.items() if text})


def _axes_of(plot: Any, axes: dict[str, Any]) -> list[Any]:
    """The axes of a plot: that of the categories first."""
    return [axes[id_] for node in plot.iterfind(f"{C}axId") if (id_ := node.get("val")) in axes]


def _scale(axis: Any) -> tuple[float, str]:
    """What the numbers of an axis are divided by, and the word for it."""
    units = axis.find(f"{C}dispUnits") if axis is not None else None
    if units is None:
        return 1.0, ""
    factor, word = SCALES.get(_value(units, "builtInUnit"), (1, ""))
    own = _float(_value(units, "custUnit"))
    return (own, "") if own else (float(factor), word)


def unit_in(text: str, word: str = "") -> str:
    """The unit in brackets at the end of ``text``, or that is all of it; behind ``word``, the scale of its axis."""
    found = IN_BRACKETS.search(text) or NAMED.search(text)
    unit = found[1] if found else ""
    return unit if not unit or unit.startswith(word) else word + unit


def number_text(text: str, code: str, unit: str, scale: float = 1.0) -> str:
    """A number as shown, with its unit; "" where ``text`` is none."""
    number = _float(text)
    if number is None:
        return ""
    said = shown(number / scale, code) if scale == 1.0 else plain(round(number / scale, 6))
    return said if said[-1] in "%％‰" or said.endswith(unit) else said + unit


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e15 else None


def _points(data: Any) -> dict[int, tuple[str, str]]:
    """By index: (value, number format) of a c:cat, c:val, … without levels."""
    if data is None:
        return {}
    code = next((node.text or "" for node in data.iter(f"{C}formatCode")), "")
    points = ((p, _index(p), p.findtext(f"{C}v") or "") for p in data.iter(f"{C}pt"))
    return {index: (text, p.get("formatCode") or code) for p, index, text in points if index is not None}


def _labels(data: Any) -> dict[int, str]:
    levels = list(data.iter(f"{C}lvl")) if data is not None else []
    if levels:
        return _levelled(levels)
    return {index: one_line(_label(text, code)) for index, (text, code) in _points(data).items()}


def _label(text: str, code: str) -> str:
    number = _float(text) if code else None
    return text if number is None else shown(number, code)


def _levelled(levels: list[Any]) -> dict[int, str]:
    """Labels of several levels, given innermost first; an outer one holds until the next of its level."""
    found = {index: one_line(text) for index, (text, _) in _points(levels[0]).items()}
    for level in levels[1:]:
        outer = {index: one_line(text) for index, (text, _) in _points(level).items()}
        found = {index: f"{outer[max(over)]} {text}" if (over := [n for n in outer if n <= index]) else text
                 for index, text in found.items()}  # fmt: skip
    return found


def _first(element: Any, *tags: str) -> Any:
    return next((node for tag in tags if (node := element.find(f"{C}{tag}")) is not None), None)


def _index(point: Any) -> int | None:
    text = point.get("idx") or ""
    return int(text) if text.isdigit() and int(text) < MOST_POINTS else None


def _value(element: Any, tag: str) -> str:
    node = element.find(f"{C}{tag}")
    return node.get("val") or "" if node is not None else ""


def _is_axis(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("Ax")


def _is_value_axis(axis: Any) -> bool:
    return bool(axis.tag == f"{C}valAx")


def _rich_title(axis: Any) -> str:
    return _rich(axis.find(f"{C}title")) if axis is not None else ""


def _rich(title: Any) -> str:
    return one_line("\n".join(_texts(title))) if title is not None else ""


def _texts(title: Any) -> Iterator[str]:
    yield from (paragraph_text(paragraph) for paragraph in title.iter(f"{A}p"))
    yield from (node.text or "" for node in title.iter(f"{C}v"))
