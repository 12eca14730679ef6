"""BEIR ``corpus.jsonl`` → outline: each line (``_id``, ``title``, ``text``) is a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kejian.corpus.errors import RefusedFile
from kejian.ingest.files import decode
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.wording import one_line


def read_beir_lines(content: bytes, path: Path) -> Outline:
    """The outline of a text collection.

    Raises:
        RefusedFile: it is no text, or a line is no object with ``_id`` and ``text``; the message names the line.
    """
    text, warnings = decode(content, path)
    lines = text.split("\n")
    pages = (_page(line, f"{path} 第 {number} 行") for number, line in enumerate(lines, 1) if line.strip())
    return Outline("", tuple(page for page in pages if page.items), warnings)


def _page(line: str, place: str) -> Page:
    record = _record(line, place)
    title = one_line(record.get("title") or "")
    said = (one_line(part) for part in record["text"].splitlines())
    paragraphs = tuple(Item("paragraph", part) for part in said if part)
    return Page((Item("title", title), *paragraphs) if title else paragraphs)


def _record(line: str, place: str) -> dict[str, Any]:
    """The object of a line, its texts being texts."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise RefusedFile(f"{place}不是有效的 JSON,请改正这一行后再收入") from None
    if not isinstance(record, dict) or not isinstance(record.get("_id"), str | int):
        raise RefusedFile(f'{place}缺少 "_id",每行应为 {{"_id": …, "title": …, "text": …}}')
    if not isinstance(record.get("text"), str) or not isinstance(record.get("title") or "", str):
        raise RefusedFile(f'{place}的 "text" 或 "title" 不是文字,请改正这一行后再收入')
    return record
