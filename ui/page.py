"""The web page: Gradio components and their events. It holds no logic: the service answers, render makes what is shown.

Texts of decks reach the browser only as the ``value`` of an HTML component. They must never be put into its
``html_template``: Gradio evaluates that as a JavaScript template.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from fastapi import FastAPI

from kejian.corpus.errors import KejianError
from kejian.ui.conversation import Turns, converse
from kejian.ui.render import failed, shelf, welcome
from kejian.ui.service import Service

STATIC = Path(__file__).with_name("static")
EXAMPLES = 6
CONCURRENCY = 40  # answers streamed at once: most of their time is the pace of the stream, not work
QUEUE_LIMIT = 512
SESSION_SECONDS = 4 * 3600
LOST = "服务出了意外，这个问题没有答成；请再问一次，若仍不行，请查看服务端的日志"
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class Components:
    """What the events read and write."""

    turns: gr.State
    shelf: gr.HTML
    feed: gr.HTML
    box: gr.Textbox
    send: gr.Button
    fresh: gr.Button


def static(name: str) -> str:
    """A file of the page's own markup, style or script."""
    return (STATIC / name).read_text(encoding="utf-8")


def mount_page(app: FastAPI, service: Service) -> None:
    """Serve the page at ``/`` of an application, with nothing of Gradio that it does not need."""
    gr.mount_gradio_app(
        app,
        _build(service),
        path="/",
        footer_links=[],
        run_history=False,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        allowed_paths=[],
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        theme=gr.themes.Base(font="sans-serif", font_mono="monospace"),
        head=f"{static('head.html')}<style>{static('page.css')}</style>",
    )


def _build(service: Service) -> gr.Blocks:
    with gr.Blocks(title="课件 · 培训课件问答", analytics_enabled=False, fill_width=True) as page:
        components = _lay_out()
        _connect(service, components)
        page.load(lambda: _opening(service), outputs=[components.feed, components.shelf], **PRIVATE)
    page.queue(default_concurrency_limit=CONCURRENCY, max_size=QUEUE_LIMIT, api_open=False)
    return page


def _lay_out() -> Components:
    turns = gr.State((), time_to_live=SESSION_SECONDS)
    with gr.Row(elem_id="kj-top"):
        _fixed("brand.html", "kj-brand")
        held = gr.HTML("", elem_id="kj-shelf", apply_default_css=False, js_on_load=None)
        fresh = gr.Button("新对话", elem_id="kj-fresh")
    with gr.Row(elem_id="kj-main"):
        with gr.Column(elem_id="kj-talk"):
            feed = _feed()
            with gr.Row(elem_id="kj-composer"):
                box, send = _composer()
        with gr.Column(elem_id="kj-side"):
            _fixed("panel.html", "kj-panel")
    return Components(turns, held, feed, box, send, fresh)


def _fixed(name: str, elem_id: str) -> gr.HTML:
    return gr.HTML(html_template=static(name), elem_id=elem_id, apply_default_css=False, js_on_load=None)


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
    on.fresh.click(lambda: (*_opening(service), ()), outputs=[on.feed, on.shelf, on.turns], **PRIVATE)


def _opening(service: Service) -> tuple[str, str]:
    """The empty conversation and the line on the library; a library that cannot be used says so here."""
    try:
        decks = service.decks()
        return welcome(service.examples(EXAMPLES) if decks else (), decks), shelf(decks)
    except KejianError as error:
        return failed("welcome", "", str(error)), ""
