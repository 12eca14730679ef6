"""What stands around the tabs: the name of the page, the panel for slides, the list of earlier conversations."""

from __future__ import annotations

import json

from kejian.ui.html import Html, element
from kejian.ui.texts import Language, Say

# Texts that only the script says; {x} is filled in there.
SCRIPT_WORDS = {
    "unreachable": "服务没有回应，请检查网络后再试",
    "copied": "已复制",
    "uncopied": "浏览器不允许复制，请手工选择",
    "thanks": "谢谢，已记下",
    "sent": "谢谢，已记下，会有人看到",
    "none": "还没有对话：问过的问题和回答都会留在这里",
    "unfound": "没有找到含有这些词的对话",
    "forget": "删除",
    "really": "确定删除？",
    "turns": "{n} 个问题",
    "source": "第{n}页",
}


def brand() -> Html:
    """Name and sign."""
    sign = [
        element("rect", x=2, y=5, width=28, height=20, rx=3, cls="b-page"),
        element("rect", x=7, y=10.5, width=11, height=3, rx=1.5, cls="b-line"),
        element("rect", x=7, y=16.5, width=18, height=4, rx=1, cls="b-mark"),
    ]
    drawn = element("svg", sign, viewBox="0 0 32 32", width=30, height=30, aria_hidden="true")
    return element("div", drawn, element("h1", "课件"), cls="kj-brand", lang="zh-CN")


def other_language(language: Language, say: Say) -> Html:
    """The way to the page in the other language; the conversation goes along."""
    address, name, code = ("/en/", "English", "en") if language == "zh" else ("/", "中文", "zh-CN")
    return element("a", name, href=address, cls="kj-language", lang=code, hreflang=code, title=say("切换界面语言"))


def panel_frame(say: Say, language: Language) -> Html:
    """The panel that slides are shown in, empty."""
    words = {name: say(text) for name, text in SCRIPT_WORDS.items()}
    return element(
        "aside",
        element(
            "div",
            element("h2", say("课件原页"), cls="kj-bar-title"),
            _step("‹", -1, say("上一条来源")),
            element("span", cls="kj-count", aria_live="polite"),
            _step("›", 1, say("下一条来源")),
            element("button", say("放大"), type="button", cls="kj-zoom", aria_pressed="false", hidden=True),
            element("button", "✕", type="button", cls="kj-close", aria_label=say("关闭课件原页")),
            cls="kj-bar",
        ),
        element("div", _empty(say), cls="kj-view"),
        cls="kj-panel",
        aria_label=say("课件原页"),
        data_words=json.dumps(words, ensure_ascii=False),
        data_language=language,
    )


def _step(sign: str, by: int, name: str) -> Html:
    return element("button", sign, type="button", cls="kj-step", data_step=by, aria_label=name, hidden=True)


def _empty(say: Say) -> Html:
    lines = ((28, 28, 96, 10), (28, 58, 184, 7), (28, 79, 138, 7), (28, 100, 160, 7), (28, 118, 110, 7))
    drawn = element(
        "svg",
        element("rect", x=8, y=8, width=224, height=134, rx=8, cls="e-page"),
        element("rect", x=22, y=74, width=150, height=17, rx=4, cls="e-mark"),
        [element("rect", x=x, y=y, width=w, height=h, rx=h / 2, cls="e-line") for x, y, w, h in lines],
        viewBox="0 0 240 150",
        aria_hidden="true",
    )
    said = element("p", say("点回答里的角标，这里打开课件原页，并标出被引用的那一句。"))
    return element("div", drawn, said, cls="kj-empty")


def history(say: Say) -> Html:
    """The button of the earlier conversations and their list, which the script fills."""
    name = say("对话记录")
    search = element(
        "input",
        type="search",
        cls="kj-history-search",
        placeholder=say("在问过的问题和回答里找"),
        aria_label=say("在对话里查找"),
    )
    closing = element("button", "✕", type="button", cls="kj-history-close", aria_label=say("关闭对话记录"))
    drawer = element(
        "dialog",
        element("div", element("h2", name), closing, cls="kj-history-bar"),
        search,
        element("p", cls="kj-told", role="status"),
        element("ol", cls="kj-history-list"),
        cls="kj-history",
        aria_label=name,
    )
    return element("div", element("button", name, type="button", cls="kj-history-open"), drawer)
