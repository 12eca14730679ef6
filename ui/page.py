"""The web page: its head, its tabs, and the panel that shows slides beside all of them. It holds no logic.

Texts of decks reach the browser only as the ``value`` of an HTML component. They must never be put into its
``html_template``: Gradio evaluates that as a JavaScript template.
"""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from fastapi import FastAPI

from kejian.corpus.errors import KejianError
from kejian.ui.render import shelf
from kejian.ui.service import Service
from kejian.ui.tabs import chat
from kejian.ui.tabs.tab import PRIVATE, Frame, Tab, static
from kejian.ui.texts import speaker

TABS: tuple[Tab, ...] = (chat.TAB,)
CONCURRENCY = 40  # answers streamed at once: most of their time is the pace of the stream, not work
QUEUE_LIMIT = 512


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
        head=f"{static('head.html')}<style>{_styles()}</style>",
    )


def _styles() -> str:
    return "\n".join(static(name) for name in ("page.css", "parts.css", *(name for tab in TABS for name in tab.styles)))


def _build(service: Service) -> gr.Blocks:
    with gr.Blocks(title="课件 · 培训课件问答", analytics_enabled=False, fill_width=True) as page:
        frame = Frame(page, service, speaker("zh"))
        held = _head()
        with gr.Row(elem_id="kj-main"):
            with gr.Tabs(elem_id="kj-tabs"):
                for tab in TABS:
                    _add(tab, frame)
            with gr.Column(elem_id="kj-side"):
                _fixed("panel.html", "kj-panel")
        page.load(lambda: _shelf(service), outputs=[held], **PRIVATE)
    page.queue(default_concurrency_limit=CONCURRENCY, max_size=QUEUE_LIMIT, api_open=False)
    return page


def _head() -> gr.HTML:
    with gr.Row(elem_id="kj-top"):
        _fixed("brand.html", "kj-brand")
        return gr.HTML("", elem_id="kj-shelf", apply_default_css=False, js_on_load=None)


def _add(tab: Tab, frame: Frame) -> None:
    with gr.Tab(frame.say(tab.label), id=tab.key, elem_id=f"kj-tab-{tab.key}"):
        tab.build(frame)


def _fixed(name: str, elem_id: str) -> gr.HTML:
    return gr.HTML(html_template=static(name), elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _shelf(service: Service) -> str:
    """One line on the library; where it cannot be used, the tabs say so."""
    try:
        return shelf(service.decks())
    except KejianError:
        return ""
