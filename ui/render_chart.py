"""A structure on the page: its chart, and the buttons that fold it and save it as a picture."""

from __future__ import annotations

from kejian.assistant.answer import Structure
from kejian.ui.chart_svg import chart_svg
from kejian.ui.html import Html, element
from kejian.ui.texts import Say


def chart_figure(structure: Structure, say: Say) -> Html:
    """The chart with its buttons; what they do is in static/chart.js."""
    acts = [
        _act("fold", say("全部收起")) if any(child.children for child in structure.children) else None,
        _act("unfold", say("全部展开"), hidden=True),
        _act("svg", say("存为 SVG")),
        _act("png", say("存为 PNG")),
    ]
    return element(
        "figure",
        element("div", chart_svg(structure, say), cls="kj-scroll kj-figure", tabindex=0),
        element("figcaption", acts, cls="kj-acts"),
        cls="kj-charted",
        data_name=structure.name,
    )


def _act(does: str, name: str, hidden: bool = False) -> Html:
    return element("button", name, type="button", cls="kj-act", data_chart=does, hidden=hidden)
