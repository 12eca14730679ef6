"""Web pages saved by Word: lists written as paragraphs, tables of contents."""

from __future__ import annotations

import re
from typing import Any

from kejian.ingest.outline import Item
from kejian.ingest.webpage_text import lines_of
from kejian.ingest.wording import STEP, one_line

LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
CONTENTS = re.compile(r"^Mso(?:Toc\d|TocHeading|TableofFigures)", re.IGNORECASE)


def is_contents(element: Any) -> bool:
    """Whether a paragraph is a line of a table of contents."""
    return bool(CONTENTS.match(element.get("class") or ""))


def listed(element: Any) -> Item | None:
    """The item of a list that Word wrote as a paragraph; None for any other paragraph."""
    found = LIST.search(element.get("style") or "")
    lines = lines_of(element) if found else []
    if found is None or not lines:
        return None
    marks = (mark for mark in element.iter("span") if MARK.search(mark.get("style") or ""))
    mark = next((one_line("".join(node.itertext())) for node in marks), "")
    text = one_line(" ".join(lines)).removeprefix(mark).strip()
    if not text:
        return None
    numbered = bool(STEP.match(f"{mark} ")) or mark[:1].isdigit() or mark.startswith("第")
    return Item("bullet", f"{mark} {text}" if numbered else text, int(found[1]) - 1)
