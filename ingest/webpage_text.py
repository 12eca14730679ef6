"""What of a web page is text: visible elements, their lines, what is bold."""

from __future__ import annotations

import re
from typing import Any

from kejian.ingest.wording import BREAK_IN_CHINESE, one_line

NOT_TEXT = """
script style nav template noscript head title iframe object embed svg canvas audio video select textarea button
datalist map rp rt
"""
STACKED = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre search section summary table tbody td tfoot
th thead tr ul
"""
DROPPED = frozenset(NOT_TEXT.split())
BLOCKS = frozenset(STACKED.split())
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def folded(text: str) -> str:
    r"""``text`` with its white space as browsers fold it: a line break between Chinese characters is none.

    >>> folded("适用于\n 全体员工"), folded("see\n the manual")
    ('适用于全体员工', 'see the manual')
    """
    return re.sub(r"\s+", " ", BREAK_IN_CHINESE.sub("", text))


class LineBuffer:
    """Text between two blocks, gathered piece by piece; white space is folded as browsers fold it."""

    def __init__(self, kept: bool = False) -> None:
        self.kept = kept  # line breaks are kept, as in <pre>
        self.lines = [""]

    def add(self, text: str | None) -> None:
        """Append ``text``."""
        pieces = (text or "").splitlines() or [""] if self.kept else [folded(text or "")]
        self.lines[-1] += pieces[0]
        self.lines += pieces[1:]
        if self.kept and (text or "").endswith("\n"):
            self.end_line()

    def end_line(self) -> None:
        """What follows stands on a line of its own."""
        self.lines.append("")

    def take(self) -> list[str]:
        """The lines with text so far; the buffer is empty then."""
        lines = [line for line in map(one_line, self.lines) if line]
        self.lines = [""]
        return lines


def is_hidden(element: Any) -> bool:
    """Whether browsers do not show ``element``, or it is navigation."""
    style = element.get("style") or ""
    return element.get("hidden") is not None or element.get("role") == "navigation" or bool(HIDDEN_STYLE.search(style))


def lines_of(element: Any) -> list[str]:
    """The lines of text in ``element``, blocks and breaks dividing them."""
    buffer = LineBuffer(element.tag == "pre")
    _gather(element, buffer)
    return buffer.take()


def _gather(element: Any, buffer: LineBuffer) -> None:
    buffer.add(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in DROPPED and not is_hidden(child):
            divides = child.tag in BLOCKS or child.tag == "br"
            if divides:
                buffer.end_line()
            buffer.add(one_line(child.get("alt") or "") if child.tag == "img" else "")
            _gather(child, buffer)
            if divides and child.tag != "br":
                buffer.end_line()
        buffer.add(child.tail)


def is_bold(element: Any) -> bool:
    """Whether all text of ``element`` stands in one bold element."""
    if BOLD_STYLE.search(element.get("style") or ""):
        return bool(lines_of(element))
    children = [child for child in element if isinstance(child.tag, str) and child.tag != "br"]
    if len(children) != 1 or (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    return children[0].tag in ("b", "strong") or (children[0].tag in ("span", "font") and is_bold(children[0]))
