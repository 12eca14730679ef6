"""What a tab of the page is: a name, its files, and a function that lays out its components and connects their events.

A tab holds no logic: what it shows comes from the service, is drawn by a render module, and can be had from Python
and the command line as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from kejian.ui.service import Service
from kejian.ui.texts import Say

STATIC = Path(__file__).parents[1] / "static"
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}  # for every event of the page


@dataclass(frozen=True, slots=True)
class Frame:
    """What a tab is built with: the page it is on, the library that answers, the language of the interface."""

    page: gr.Blocks
    service: Service
    say: Say


@dataclass(frozen=True, slots=True)
class Tab:
    """``key`` is the id of the tab and of its element (``kj-tab-<key>``), ``label`` its Chinese name."""

    key: str
    label: str
    build: Callable[[Frame], None]
    styles: tuple[str, ...] = ()  # files in static/, put into the head of the page
    scripts: tuple[str, ...] = ()


def static(name: str) -> str:
    """A file of the page's own markup, style or script."""
    return (STATIC / name).read_text(encoding="utf-8")


def fixed(html: str, elem_id: str) -> gr.HTML:
    """A component that only shows what it is given."""
    return gr.HTML(html, elem_id=elem_id, apply_default_css=False, js_on_load=None)
