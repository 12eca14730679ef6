"""Inline Markdown and HTML fragments → plain lines of text, as a reader would see them."""

from __future__ import annotations

import re
from html import unescape

from markdown_it.token import Token

from kejian.ingest.wording import LABEL

STOPS = tuple("。！？；：:")
LINE_TAG = re.compile(r"<\s*/?\s*(?:br|p|div|li|tr|ul|ol|table|h[1-6])\b[^>]*>", re.IGNORECASE)
HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")


def paragraphs(token: Token) -> list[str]:
    """The lines of an inline token: <br> and hard breaks divide, markup goes, an image leaves its description."""
    lines = [""]
    for child in token.children or []:
        if child.type == "hardbreak" or (child.type == "html_inline" and LINE_TAG.match(child.content)):
            lines.append("")
        elif child.type == "softbreak":
            lines[-1] += "\n"
        elif child.type in ("text", "code_inline", "image"):
            lines[-1] += child.content
    return [part for line in lines for part in _separate(line.split("\n"))]


def _separate(lines: list[str]) -> list[str]:
    """Lines that are only wrapped are joined; one after a full stop, or that opens with a label, stands alone."""
    parts = lines[:1]
    for line in lines[1:]:
        if parts[-1].rstrip().endswith(STOPS) or LABEL.match(line.strip()):
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    return parts


def plain_html(content: str) -> list[str]:
    """The lines of text in an HTML fragment; comments, scripts and styles are left out."""
    return unescape(TAG.sub("", LINE_TAG.sub("\n", HIDDEN.sub("", content)))).splitlines()
