"""An answer shown outside of the conversation: its marks open the slides as there, and it can be asked on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from urllib.parse import urlencode

from kejian.assistant.answer import Answer
from kejian.ui.html import Html, Node, element
from kejian.ui.render_body import chips
from kejian.ui.texts import Say


def holder(answer: Answer, *inner: Node, **attributes: str | None) -> Html:
    """What is shown of an answer; its citations travel as data, for the script of the panel."""
    data = json.dumps([asdict(citation) for citation in answer.citations], separators=(",", ":"))
    return element("article", inner, cls="kj-holder", lang="zh-CN", data_citations=data, **attributes)


def ask_on(questions: Sequence[str], say: Say) -> Html | None:
    """Questions for the conversation."""
    if not questions:
        return None
    name = say("接着问")
    return element("nav", element("h3", name), chips(questions), cls="kj-next", aria_label=name)


def address(path: str, **values: str | Sequence[str]) -> str:
    """A path with its query."""
    return f"{path}?{urlencode(values, doseq=True)}" if values else path


def load(text: Node, get: str, into: str, cls: str, **attributes: str | bool | None) -> Html:
    """A button that puts what ``get`` shows into the slot ``into`` of its room (static/studio.js)."""
    return element("button", text, type="button", cls=cls, data_get=get, data_into=into, **attributes)


def slot(name: str, *inner: Node) -> Html:
    """A place of a room that is filled later."""
    return element("div", inner, cls="kj-slot", data_slot=name)
