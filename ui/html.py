"""HTML and SVG built from elements whose text is always escaped: nothing a deck or a user wrote can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# Characters that hide or reorder text; shown as a box, so that a forged name or quotation cannot pass unseen.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
VOID = frozenset({"br", "wbr", "rect", "path", "line", "circle", "input"})

Attribute = str | int | float | bool | None


class Html(str):
    """Markup made by this module: the only text that is not escaped again."""

    __slots__ = ()


Node = str | Iterable["Node"] | None


def shown(text: str) -> str:
    """``text`` as it is displayed: same length, control and direction characters made visible."""
    return UNSEEN.sub("▯", text)


def markup(node: Node) -> Html:
    """Markup of a node: ``Html`` stays, other strings are escaped, iterables are joined, None is nothing.

    >>> markup(["<b>", element("i", "x & y")])
    '&lt;b&gt;<i>x &amp; y</i>'
    """
    if node is None:
        return Html()
    if isinstance(node, Html):
        return node
    if isinstance(node, str):
        return Html(escape(shown(node), quote=True))
    return Html("".join(markup(child) for child in node))


def element(tag: str, *children: Node, **attributes: Attribute) -> Html:
    """An element. ``cls`` is the class; ``_`` in names becomes ``-``; False and None leave an attribute out.

    >>> element("a", "1 < 2", cls="x", data_n=3, hidden=True)
    '<a class="x" data-n="3" hidden>1 &lt; 2</a>'
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID:
        return Html(f"<{tag}{written}/>")
    return Html(f"<{tag}{written}>{markup(children)}</{tag}>")


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = "class" if name == "cls" else name.strip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return f' {name}="{escape(shown(text), quote=True)}"'
