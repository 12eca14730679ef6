"""检索台: what a question was taken to mean, and every passage with its ranks, its scores and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from kejian.assistant.inspection import InspectedHit, Inspection
from kejian.ui.html import Html, Node, element
from kejian.ui.render_body import Body
from kejian.ui.render_holder import holder, load, slot
from kejian.ui.texts import Say

PARTS = {"nearness": "语义", "wording": "词语", "borne_out": "说到", "fullness": "长短"}
SCALE = 60.0  # percent of the bar for a score of 1: a good hit has about 1, the best up to 1.6


def inspector(say: Say) -> Html:
    """The whole tab before anything was asked."""
    asked = element(
        "input", name="q", type="search", cls="kj-field", maxlength=500, placeholder=say("输入问题或词"),
        aria_label=say("要检索的问题或词"), data_enter="inspect", autocomplete="off",
    )  # fmt: skip
    told = say(
        "看一个问题是怎样检索的：两路各排第几、综合分由什么组成、哪些段落用到了，没有用到的是为什么。与对话走同一段代码。"
    )
    return element(
        "div",
        element("h2", say("检索台"), cls="kj-room-title"),
        element("p", told, cls="kj-lead"),
        element(
            "div",
            asked,
            load(say("检索"), "/api/inspect", "hits", "kj-button kj-primary", data_act="inspect"),
            cls="kj-asking",
            data_form=True,
        ),
        slot("hits"),
        cls="kj-inspector",
    )


def inspection_view(found: Inspection, say: Say) -> Html:
    """How the question was read, the answer folded, and the passages as a table."""
    answer = element(
        "details", element("summary", say("回答")), Body(found.answer, say).html(), cls="kj-read kj-inspected-answer"
    )
    return holder(found.answer, _reading(found, say), answer, _table(found, say), _legend(found, say))


def _reading(found: Inspection, say: Say) -> Html:
    trace = found.trace
    read: list[tuple[str, Node]] = [
        (say("理解为"), trace.resolved),
        (say("又按"), trace.wordings[-1] if len(trace.wordings) > 1 else ""),
        (say("对象"), "、".join(trace.subjects)),
        (say("方面"), "、".join(trace.aspects)),
        (say("其余的词"), "、".join(trace.words)),
        (say("走的路"), trace.path),
        (say("说明"), "；".join((*trace.notes, *trace.faults))),
    ]
    pairs = [[element("dt", name), element("dd", value)] for name, value in read if value]
    return element("dl", pairs, cls="kj-reading")


def _table(found: Inspection, say: Say) -> Html:
    heads = (say("综合"), say("段落"), say("向量"), say("词语"), say("概率"), say("去向"))
    table = element(
        "table",
        element("thead", element("tr", [element("th", text, scope="col") for text in heads])),
        element("tbody", [_row(hit, found, say) for hit in found.hits]),
        cls="kj-table kj-hits",
    )
    if not found.hits:
        return element("p", say("没有找到相关的段落"), cls="kj-lead")
    name = say("检索到的段落")
    return element("div", table, cls="kj-scroll", tabindex=0, role="region", aria_label=name)


def _row(hit: InspectedHit, found: Inspection, say: Say) -> Html:
    slide = element(
        "button",
        element("span", say("第{n}页", n=hit.slide), cls="kj-page"),
        element("span", hit.title, cls="kj-title"),
        type="button",
        cls="kj-near",
        data_slide=f"{hit.deck}/{hit.slide}",
    )
    return element(
        "tr",
        element("th", element("strong", str(hit.rank)), f"{hit.score:.3f}", _bar(hit, say), scope="row"),
        element("td", slide, element("p", hit.text, cls="kj-clamp"), element("small", hit.deck_title)),
        element(
            "td", *_leg(hit.dense_rank, found.legs, say), _pair("cos", hit.dense_score, 3), _pair("z", hit.dense_z, 1)
        ),
        element("td", *_leg(hit.lexical_rank, found.legs, say), _pair("BM25", hit.lexical_score, 2)),
        element("td", f"{hit.probability:.2f}"),
        element("td", hit.outcome),
        cls="kj-used" if hit.cited else "kj-left-out",
    )


def _leg(rank: int | None, legs: int, say: Say) -> Sequence[Html]:
    told = say("第 {rank} 名", rank=rank) if rank else say("不在前 {n} 名", n=legs)
    return [element("strong", told) if rank else element("span", told, cls="kj-silent")]


def _pair(name: str, value: float, digits: int) -> Html:
    return element("small", f"{name} {value:.{digits}f}")


def _bar(hit: InspectedHit, say: Say) -> Html:
    """The parts of the score side by side; those below zero are told but not drawn."""
    parts = asdict(hit.parts)
    told = "，".join(f"{say(PARTS[name])} {value:.3f}" for name, value in parts.items())
    drawn = [
        element("i", cls=f"kj-part-{name}", style=f"width:{value * SCALE:.1f}%")
        for name, value in parts.items()
        if value > 0
    ]
    return element("span", drawn, cls="kj-parts", role="img", aria_label=told, title=told)


def _legend(found: Inspection, say: Say) -> Html:
    names = [element("span", element("i", cls=f"kj-part-{name}"), say(text)) for name, text in PARTS.items()]
    told = say("够回答的概率到 {threshold} 才摘句；只看综合前 {n} 名", threshold=found.threshold, n=found.looked_into)
    return element("p", names, told, cls="kj-legend")
