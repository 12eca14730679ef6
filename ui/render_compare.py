"""对比: what can be compared, the choice of subjects and aspects, and the matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kejian.assistant.answer import Answer
from kejian.assistant.comparables import MOST_SUBJECTS, Comparable, ComparableGroup, Comparables
from kejian.ui.html import Html, Node, element
from kejian.ui.render_body import Body
from kejian.ui.render_holder import address, ask_on, holder, load, slot
from kejian.ui.render_source import sources
from kejian.ui.texts import Say

MOST_OFFERED = 400  # subjects offered while a name is typed


def picker(found: Comparables, subjects: Sequence[str], aspects: Sequence[str], say: Say) -> Html:
    """The whole tab with the chosen subjects; what they have in common is compared at once."""
    known = {name: one for one in found.subjects for name in (one.label, one.name)}
    chosen = list(dict.fromkeys(known[name] for name in map(str.strip, subjects) if name in known))
    unknown = [name for name in subjects if name.strip() and name.strip() not in known]
    if not found.subjects:
        return _empty(say)
    then = address("/api/compare", subject=[one.name for one in chosen], aspect=aspects) if len(chosen) > 1 else None
    return element(
        "div",
        element("h2", say("对比"), cls="kj-room-title"),
        element(
            "p", say("选几个对象，看材料在每个方面怎么写；每格注明出处，没有写的格子就写“材料未提及”。"), cls="kj-lead"
        ),
        _groups(found.groups, chosen, say),
        _choice(found, chosen, aspects, say),
        element("p", say("材料里没有「{name}」", name="、".join(unknown)), cls="kj-error", role="alert")
        if unknown
        else None,
        slot("result"),
        cls="kj-compare",
        data_then=then,
        data_then_into="result",
    )


def _empty(say: Say) -> Html:
    return element(
        "div",
        element("h2", say("还没有能比较的对象"), cls="kj-room-title"),
        element(
            "p", say("课件里分方面写到的对象（例如几种方案各自的优点、缺点）收入之后，会列在这里。"), cls="kj-lead"
        ),
        cls="kj-compare",
    )


def _groups(groups: Sequence[ComparableGroup], chosen: Sequence[Comparable], say: Say) -> Html | None:
    if not groups:
        return None
    now = {one.name for one in chosen}
    shown = element("div", [_group(group, now, say) for group in groups], cls="kj-groups")
    name = element("summary", say("材料里并列的"), element("small", say("{n} 组", n=len(groups))))
    return element("details", name, shown, cls="kj-read", open=len(chosen) < 2)


def _group(group: ComparableGroup, now: set[str], say: Say) -> Html:
    subjects = group.subjects[:MOST_SUBJECTS]
    get = address("/api/comparables", subject=subjects, aspect=group.aspects)
    where = [element("span", say("第{n}页", n=group.slide), cls="kj-page"), " ", group.deck_title]
    told = [
        element("strong", group.name),
        element("span", "、".join(group.subjects), cls="kj-clamp"),
        element("small", where, " · ", "、".join(group.aspects)),
    ]
    return load(told, get, "room", "kj-group", aria_pressed="true" if now == set(subjects) else "false")


def _choice(found: Comparables, chosen: Sequence[Comparable], aspects: Sequence[str], say: Say) -> Html:
    offered = dict.fromkeys(aspect for one in chosen for aspect in one.aspects)
    wanted = [name for name in aspects if name in offered] or list(offered)
    adding = [
        element("input", name="subject", cls="kj-field", list="kj-subjects", placeholder=say("输入名称，加入对象"),
                aria_label=say("加入对象"), data_enter="add", autocomplete="off"),
        element("datalist", [element("option", value=one.name) for one in found.subjects[:MOST_OFFERED]],
                id="kj-subjects"),
        load(say("加入"), "/api/comparables", "room", "kj-button", data_act="add"),
    ]  # fmt: skip
    return element(
        "section",
        _checks(say("对象"), "subject", [(one.name, one.label, True) for one in chosen], adding),
        _checks(say("方面"), "aspect", [(name, name, name in wanted) for name in offered]) if offered else None,
        load(say("比较"), "/api/compare", "result", "kj-button kj-primary", data_act="compare"),
        cls="kj-choice",
        data_form=True,
    )


def _checks(legend: str, name: str, options: Iterable[tuple[str, str, bool]], more: Node = None) -> Html:
    boxes = [
        element(
            "label",
            element("input", type="checkbox", name=name, value=value, checked=checked),
            element("span", label),
            cls="kj-check",
        )
        for value, label, checked in options
    ]
    return element("fieldset", element("legend", legend), boxes, more, cls="kj-checks")


def comparison_view(answer: Answer, subjects: Sequence[str], aspects: Sequence[str], say: Say) -> Html:
    """The matrix with ways to save it, and a way to ask on from each cell."""
    files = {kind: address(f"/api/compare.{kind}", subject=subjects, aspect=aspects) for kind in ("xlsx", "svg")}
    saving = element(
        "div",
        element("a", say("存为 Excel"), cls="kj-button", href=files["xlsx"], download="kejian-compare.xlsx"),
        element("a", say("存为 SVG"), cls="kj-button", href=files["svg"], download="kejian-compare.svg"),
        element("button", say("存为 PNG"), type="button", cls="kj-button", data_png=files["svg"]),
        cls="kj-bar-of-buttons",
    )
    on = ask_on(answer.suggestions, say)
    body, cited = Body(answer, say).html(), sources(answer, say)
    return holder(answer, saving if answer.matrix else None, body, on, cited, data_ask_cells=say("接着问"))
