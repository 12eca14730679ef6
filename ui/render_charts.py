"""架构: the list of structures, a chart, and the card of a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote

from kejian.assistant.answer import Answer
from kejian.assistant.charts import Chart
from kejian.ui.html import Html, element
from kejian.ui.render_body import Body
from kejian.ui.render_chart import chart_figure
from kejian.ui.render_holder import ask_on, holder, load, slot
from kejian.ui.render_source import sources
from kejian.ui.texts import Say


def chart_list(found: Sequence[Chart], say: Say) -> Html:
    """The whole tab; the first structure is shown at once."""
    if not found:
        return element(
            "div",
            element("h2", say("还没有组织结构"), cls="kj-room-title"),
            element("p", say("课件里画出的组织结构图，或逐级列出的部门，收入之后会画在这里。"), cls="kj-lead"),
            cls="kj-charts",
        )
    decks = groupby(found, key=lambda chart: (chart.deck, chart.deck_title))
    listed = [
        element("section", element("h3", title), element("ul", [_entry(chart, say) for chart in of]))
        for (_, title), of in decks
    ]
    return element(
        "div",
        element("nav", element("h2", say("架构"), cls="kj-room-title"), listed, cls="kj-list", aria_label=say("架构")),
        element("div", slot("chart"), slot("unit"), cls="kj-chart-view"),
        cls="kj-charts",
        data_then=_address(found[0]),
        data_then_into="chart",
    )


def _address(chart: Chart) -> str:
    return f"/api/structures/{quote(chart.id, safe='')}"


def _entry(chart: Chart, say: Say) -> Html:
    size = say("{units} 个单位，{levels} 级", units=chart.units, levels=chart.levels)
    inferred = element("span", say("编者推断"), cls="kj-badge") if chart.inferred else None
    told = [
        element("span", chart.name, cls="kj-title"),
        element("small", element("span", say("第{n}页", n=chart.slide), cls="kj-page"), " · ", size, inferred),
    ]
    return element("li", load(told, _address(chart), "chart", "kj-entry", data_clears="unit", data_chosen=True))


def chart_view(answer: Answer, say: Say) -> Html:
    """A chart whose units open their cards, and what it says in words."""
    words = [Body(replace(answer, structure=None), say).html(), sources(answer, say)]
    return holder(
        answer,
        element("h2", answer.question, cls="kj-room-title"),
        element("p", say("点一个单位，看它的上级、下级、职责和设立理由。"), cls="kj-lead"),
        chart_figure(answer.structure, say) if answer.structure else None,
        element("details", element("summary", say("用文字说明")), words),
        data_units="/api/units",
    )


def unit_card(answer: Answer, say: Say) -> Html:
    """What is known of a unit, each sentence with its source."""
    head = element("h2", answer.question, cls="kj-room-title", tabindex=-1)
    return holder(answer, head, Body(answer, say).html(), ask_on(answer.suggestions, say), sources(answer, say))
