"""对比, 架构, 资料库, 检索台: each a room that static/studio.js fills from the HTTP interface when it is first seen."""

from __future__ import annotations

from collections.abc import Callable

from kejian.ui.html import element
from kejian.ui.tabs.tab import Frame, Tab, fixed


def _room(key: str, address: str) -> Callable[[Frame], None]:
    def build(frame: Frame) -> None:
        fixed(element("div", cls="kj-room", data_room=address), f"kj-room-{key}")

    return build


def _tab(key: str, label: str, address: str) -> Tab:
    return Tab(key, label, _room(key, address), styles=("studio.css",), scripts=("studio.js",))


COMPARE = _tab("compare", "对比", "/api/comparables")
CHARTS = _tab("charts", "架构", "/api/structures")
LIBRARY = _tab("library", "资料库", "/api/decks")
INSPECTOR = _tab("inspector", "检索台", "/api/inspect")
