"""What can be done with an answer: judge it, say why, copy it."""

from __future__ import annotations

from kejian.index.records import LONGEST_COMMENT, REASONS
from kejian.ui.html import Html, element
from kejian.ui.texts import Say

# A thumb, drawn: the signs 👍 👎 need a font that not every computer has.
THUMB = "M2 10h3v9H2zM7 19V10l4-8c1.5 0 2.4 1 2.1 2.5L12.500 8H18a2 2 0 0 1 2 2.300l-1.200 7a2 2 0 0 1-2 1.700z"


def acts(helpful: bool | None, judged: bool, say: Say) -> Html:
    """The buttons under an answer; ``helpful`` is what was said of it before."""
    buttons = [
        element("button", say("复制"), type="button", cls="kj-act", data_act="copy"),
        _thumb("up", say("有帮助"), helpful is True) if judged else None,
        _thumb("down", say("没帮助"), helpful is False) if judged else None,
        element("span", cls="kj-told", role="status"),
    ]
    row = element("div", buttons, cls="kj-acts", role="group", aria_label=say("对这个回答"))
    return element("div", row, _why(say) if judged else None, cls="kj-judge")


def _thumb(act: str, name: str, pressed: bool) -> Html:
    drawn = element(
        "svg", element("path", d=THUMB), viewBox="0 0 22 22", width=15, height=15, aria_hidden="true", cls=f"kj-{act}"
    )
    return element(
        "button",
        drawn,
        element("span", name),
        type="button",
        cls="kj-act",
        data_act=act,
        aria_pressed="true" if pressed else "false",
    )


def _why(say: Say) -> Html:
    """Asked after a thumb down; sent or not, the thumb counts."""
    reasons = [
        element("button", say(reason), type="button", cls="kj-chip", data_reason=reason, aria_pressed="false")
        for reason in REASONS
    ]
    comment = element(
        "textarea",
        rows=2,
        maxlength=LONGEST_COMMENT,
        aria_label=say("补充说明"),
        placeholder=say("补充说明（可不填）：应当是什么，见哪一页"),
    )
    send = element("button", say("提交"), type="button", cls="kj-act kj-main-act", data_act="why")
    return element(
        "div",
        element("p", say("哪里不好？可多选")),
        element("div", reasons, cls="kj-chips"),
        comment,
        send,
        cls="kj-why",
        hidden=True,
    )
