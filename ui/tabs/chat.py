"""问答: the conversation, with the answer streamed into its turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from kejian.corpus.errors import KejianError
from kejian.ui.conversation import Turns, converse
from kejian.ui.render import failed, welcome
from kejian.ui.service import Service
from kejian.ui.tabs.tab import PRIVATE, Frame, Tab, static

EXAMPLES = 6
SESSION_SECONDS = 4 * 3600
LOST = "服务出了意外，这个问题没有答成；请再问一次，若仍不行，请查看服务端的日志"


@dataclass(frozen=True, slots=True)
class Components:
    """What the events read and write."""

    turns: gr.State
    feed: gr.HTML
    box: gr.Textbox
    send: gr.Button
    fresh: gr.Button


def build(frame: Frame) -> None:
    components = _lay_out()
    _connect(frame.service, components)
    frame.page.load(lambda: _opening(frame.service), outputs=[components.feed], **PRIVATE)


TAB = Tab("chat", "问答", build, styles=("chat.css",))


def _lay_out() -> Components:
    turns = gr.State((), time_to_live=SESSION_SECONDS)
    with gr.Column(elem_id="kj-talk"):
        with gr.Row(elem_id="kj-tools"):
            fresh = gr.Button("新对话", elem_id="kj-fresh")
        feed = _feed()
        with gr.Row(elem_id="kj-composer"):
            box, send = _composer()
    return Components(turns, feed, box, send, fresh)


def _feed() -> gr.HTML:
    """The log. Its template never changes: the script puts each new ``value``, a turn, into its place."""
    return gr.HTML(
        "",
        html_template=static("log.html"),
        js_on_load=static("page.js"),
        elem_id="kj-feed",
        apply_default_css=False,
    )


def _composer() -> tuple[gr.Textbox, gr.Button]:
    box = gr.Textbox(
        label="问题",
        show_label=False,
        container=False,
        placeholder="输入问题，回车发送",
        lines=1,
        max_lines=6,
        autofocus=False,
        elem_id="kj-box",
    )
    return box, gr.Button("提问", variant="primary", elem_id="kj-send")


def _connect(service: Service, on: Components) -> None:
    async def ask(typed: str, turns: Turns, event: gr.EventData) -> AsyncIterator[tuple[Any, ...]]:
        data = event._data if isinstance(event._data, dict) else {}
        question = data.get("question", typed)
        async for update in converse(service, str(question or ""), turns):
            yield update.html, gr.skip() if not update.answered else "", update.turns

    asked = gr.on(
        [on.box.submit, on.send.click, on.feed.submit],
        ask,
        inputs=[on.box, on.turns],
        outputs=[on.feed, on.box, on.turns],
        **PRIVATE,
    )
    asked.failure(lambda: failed("lost", "", LOST), outputs=[on.feed], **PRIVATE)
    on.fresh.click(lambda: (_opening(service), ()), outputs=[on.feed, on.turns], **PRIVATE)


def _opening(service: Service) -> str:
    """The empty conversation; a library that cannot be used says so here."""
    try:
        decks = service.decks()
        return welcome(service.examples(EXAMPLES) if decks else (), decks)
    except KejianError as error:
        return failed("welcome", "", str(error))
