"""问答: the conversation, with the answer streamed into its turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from kejian.corpus.errors import KejianError
from kejian.ui.conversation import Talk, converse, reopened
from kejian.ui.render import failed, welcome
from kejian.ui.render_frame import history
from kejian.ui.tabs.tab import PRIVATE, Frame, Tab, fixed, static
from kejian.ui.visitors import visitor_of

EXAMPLES = 6
SESSION_SECONDS = 4 * 3600
LOST = "服务出了意外，这个问题没有答成；请再问一次，若仍不行，请查看服务端的日志"


@dataclass(frozen=True, slots=True)
class Components:
    """What the events read and write."""

    talk: gr.State
    feed: gr.HTML
    box: gr.Textbox
    send: gr.Button
    fresh: gr.Button


def build(frame: Frame) -> None:
    components = _lay_out(frame)
    _connect(frame, components)
    frame.page.load(lambda: _opening(frame), outputs=[components.feed], **PRIVATE)


TAB = Tab("chat", "问答", build, styles=("chat.css",), scripts=("feedback.js", "history.js"))


def _lay_out(frame: Frame) -> Components:
    say = frame.say
    talk = gr.State(Talk(), time_to_live=SESSION_SECONDS)
    with gr.Column(elem_id="kj-talk"):
        with gr.Row(elem_id="kj-tools"):
            fixed(history(say), "kj-history")
            fresh = gr.Button(say("新对话"), elem_id="kj-fresh")
        feed = _feed()
        with gr.Row(elem_id="kj-composer"):
            box = _box(frame)
            send = gr.Button(say("提问"), variant="primary", elem_id="kj-send")
    return Components(talk, feed, box, send, fresh)


def _feed() -> gr.HTML:
    """The log. Its template never changes: the script puts each new ``value``, a turn, into its place."""
    return gr.HTML(
        "",
        html_template=static("log.html"),
        js_on_load=static("chat.js"),
        elem_id="kj-feed",
        apply_default_css=False,
    )


def _box(frame: Frame) -> gr.Textbox:
    return gr.Textbox(
        label=frame.say("问题，最多 500 字"),
        show_label=False,
        container=False,
        placeholder=frame.say("输入问题，回车发送"),
        lines=1,
        max_lines=6,
        autofocus=False,
        elem_id="kj-box",
    )


def _connect(frame: Frame, on: Components) -> None:
    async def ask(typed: str, talk: Talk, event: gr.EventData, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        data = event._data if isinstance(event._data, dict) else {}
        question, literal = str(data.get("question", typed) or ""), data.get("literal") is True
        held = talk if talk.visitor else Talk(visitor_of(request.cookies), talk.id, talk.turns)
        async for update in converse(frame.service, frame.say, held, question, literal):
            yield update.html, update.talk

    def open_kept(talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        try:
            update = reopened(frame.service, frame.say, visitor_of(request.cookies), str(event._data["open"]))
        except KejianError as error:
            return failed("welcome", "", str(error)), Talk()
        return update.html, update.talk

    asked = gr.on(
        [on.box.submit, on.send.click, on.feed.submit],
        ask,
        inputs=[on.box, on.talk],
        outputs=[on.feed, on.talk],
        postprocess=False,  # it is HTML as it stands: no thread and no search for files at every update
        **PRIVATE,
    )
    asked.failure(lambda: failed("lost", "", frame.say(LOST)), outputs=[on.feed], **PRIVATE)
    opened = on.feed.select(open_kept, inputs=[on.talk], outputs=[on.feed, on.talk], **PRIVATE)
    opened.failure(lambda: failed("welcome", "", frame.say(LOST)), outputs=[on.feed], **PRIVATE)
    on.fresh.click(lambda: (_opening(frame), Talk()), outputs=[on.feed, on.talk], **PRIVATE)


def _opening(frame: Frame) -> str:
    """The empty conversation; a library that cannot be used says so here."""
    try:
        decks = frame.service.decks()
        return welcome(frame.service.examples(EXAMPLES) if decks else (), decks, frame.say)
    except KejianError as error:
        return failed("welcome", "", str(error))
