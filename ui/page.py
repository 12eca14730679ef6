"""The web page: its head, its tabs, and the panel that shows slides beside all of them. It holds no logic.

Texts of decks reach the browser only as the ``value`` of an HTML component. They must never be put into its
``html_template``: Gradio evaluates that as a JavaScript template.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
if importlib.util.find_spec("matplotlib") is None:
    # Gradio tries to import it around every update of every answer, and each time the whole path is searched anew.
    sys.modules["matplotlib"] = None  # type: ignore[assignment]  # Python's own way to say that there is none

import gradio as gr
from fastapi import FastAPI

from kejian.corpus.errors import KejianError
from kejian.ui.render import shelf
from kejian.ui.render_frame import brand, other_language, panel_frame
from kejian.ui.service import Service
from kejian.ui.tabs import chat, studio
from kejian.ui.tabs.tab import PRIVATE, Frame, Tab, fixed, static
from kejian.ui.texts import Language, speaker

TABS: tuple[Tab, ...] = (chat.TAB, studio.COMPARE, studio.CHARTS, studio.LIBRARY, studio.INSPECTOR)
STYLES, SCRIPTS = ("page.css", "parts.css", "panel.css"), ("panel.js", "chart.js")
ADDRESSES: dict[str, Language] = {"/en": "en", "/": "zh"}  # the last one takes every other address
CODES: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
CONCURRENCY = 40  # answers streamed at once: most of their time is the pace of the stream, not work
QUEUE_LIMIT = 512


def mount_page(app: FastAPI, service: Service, *, with_studio: bool) -> None:
    """Serve the page in each language, with nothing of Gradio that it does not need; 问答 only without a studio."""
    tabs = TABS if with_studio else TABS[:1]
    for address, language in ADDRESSES.items():
        gr.mount_gradio_app(
            app,
            _build(service, language, tabs),
            path=address,
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
            head=_head_of_document(language, tabs),
        )


def _head_of_document(language: Language, tabs: Sequence[Tab]) -> str:
    styles = _joined(*STYLES, *(name for tab in tabs for name in tab.styles))
    scripts = _joined(*SCRIPTS, *(name for tab in tabs for name in tab.scripts))
    return (
        f'<script data-language="{CODES[language]}">{static("language.js")}</script>'
        f"<style>{styles}</style><script>{scripts}</script>"
    )


def _joined(*names: str) -> str:
    """Files of the page, each once."""
    return "\n".join(static(name) for name in dict.fromkeys(names))


def _build(service: Service, language: Language, tabs: Sequence[Tab]) -> gr.Blocks:
    say = speaker(language)
    with gr.Blocks(title=say("课件 · 培训课件问答"), analytics_enabled=False, fill_width=True) as page:
        frame = Frame(page, service, say)
        with gr.Row(elem_id="kj-top"):
            fixed(brand(), "kj-brand")
            held = fixed("", "kj-shelf")
            fixed(other_language(language, say), "kj-languages")
        with gr.Row(elem_id="kj-main"):
            with gr.Tabs(elem_id="kj-tabs"):
                for tab in tabs:
                    _add(tab, frame)
            with gr.Column(elem_id="kj-side"):
                fixed(panel_frame(say, language), "kj-panel")
        page.load(lambda: _shelf(frame), outputs=[held], **PRIVATE)
    page.queue(default_concurrency_limit=CONCURRENCY, max_size=QUEUE_LIMIT, api_open=False)
    return page


def _add(tab: Tab, frame: Frame) -> None:
    with gr.Tab(frame.say(tab.label), id=tab.key, elem_id=f"kj-tab-{tab.key}"):
        tab.build(frame)


def _shelf(frame: Frame) -> str:
    """One line on the library; where it cannot be used, the tabs say so."""
    try:
        return shelf(frame.service.decks(), frame.say)
    except KejianError:
        return ""
