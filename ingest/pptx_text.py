"""DrawingML text: the paragraphs of a text body, with level, bullet, number, size and weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kejian.ingest.drawing import Paragraph
from kejian.ingest.wording import BULLET, one_line

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED_FIELDS = ("slidenum", "datetime")
BULLETS = {f"{A}buChar", f"{A}buBlip"}
ESCAPED_BREAK = re.compile(r"_x000[9-D]_")  # ECMA-376 part 1, 22.9.2.19: characters XML cannot hold
CHINESE_NUMERALS = "零一二三四五六七八九十"


def paragraphs(body: Any, bulleted: bool = False) -> tuple[Paragraph, ...]:
    """The paragraphs of ``body`` (p:txBody, a:txBody) that hold text; ``bulleted`` where bullets are inherited."""
    found: list[Paragraph] = []
    counts: dict[int, int] = {}
    inherited = _list_style(body)
    for element in body.iterchildren(f"{A}p"):
        text = one_line(paragraph_text(element))
        if text:
            found.append(_paragraph(element, text, inherited, bulleted, counts))
    return tuple(found)


def paragraph_text(element: Any) -> str:
    """The text of an a:p: runs, breaks, fields other than the slide number and the date, formulas."""
    return ESCAPED_BREAK.sub("\n", "".join(_texts(element)))


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{A}br":
            yield "\n"
        elif child.tag == f"{A}r":
            yield child.findtext(f"{A}t") or ""
        elif child.tag == f"{A}fld":
            if not (child.get("type") or "").startswith(SKIPPED_FIELDS):
                yield child.findtext(f"{A}t") or ""
        elif isinstance(child.tag, str) and not child.tag.startswith(A) and child.tag != FALLBACK:
            yield from (node.text or "" for node in child.iter(MATH))


def _paragraph(element: Any, text: str, inherited: dict[int, Any], bulleted: bool, counts: dict[int, int]) -> Paragraph:
    properties = element.find(f"{A}pPr")
    level = _whole(properties.get("lvl") if properties is not None else None)
    kind = _bullet_kind(properties)
    kind = kind if kind is not None else _bullet_kind(inherited.get(level))
    typed = BULLET.match(text)
    number = _number(kind, level, counts)
    text = f"{number} {text}" if number else text[typed.end() :] if typed else text
    is_bullet = bool(typed) or (bulleted if kind is None else kind.tag != f"{A}buNone")
    size, bold = _weight(element)
    return Paragraph(text, level, is_bullet, size, bold)


def _list_style(body: Any) -> dict[int, Any]:
    """Paragraph properties by level that the shape sets for itself."""
    style = body.find(f"{A}lstStyle")
    levels = {level: style.find(f"{A}lvl{level + 1}pPr") for level in range(9)} if style is not None else {}
    return {level: properties for level, properties in levels.items() if properties is not None}


def _bullet_kind(properties: Any) -> Any:
    """The bullet element of paragraph properties; None where they leave it to what is inherited."""
    if properties is None:
        return None
    kinds = (child for child in properties if child.tag in BULLETS or child.tag in (f"{A}buNone", f"{A}buAutoNum"))
    return next(kinds, None)


def _number(kind: Any, level: int, counts: dict[int, int]) -> str:
    """The running number of an automatically numbered paragraph, as PowerPoint shows it; "" for any other."""
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
    if kind is None or kind.tag != f"{A}buAutoNum":
        counts.pop(level, None)
        return ""
    counts[level] = counts[level] + 1 if level in counts else _whole(kind.get("startAt"), 1)
    return _written(counts[level], kind.get("type") or "")


def _written(number: int, form: str) -> str:
    if form.startswith("alpha"):
        letter = chr(ord("a") + (number - 1) % 26)
        text = letter.upper() if "Uc" in form else letter
    elif form.startswith("ea1Chs") and number <= 10:
        text = CHINESE_NUMERALS[number]
    elif form.startswith("circleNum") and number <= 20:
        return chr(ord("①") + number - 1)
    else:
        text = str(number)
    closing = "、" if form.startswith("ea1Chs") else ")" if "Paren" in form else "."
    return f"({text})" if "ParenBoth" in form else text + closing


def _weight(element: Any) -> tuple[int, bool]:
    """(largest size in hundredths of a point or 0, whether every run is bold)."""
    runs = [run.find(f"{A}rPr") for run in element.iterchildren(f"{A}r")]
    sizes = [_whole(run.get("sz")) for run in runs if run is not None]
    bold = bool(runs) and all(run is not None and run.get("b") in ("1", "true") for run in runs)
    return max(sizes, default=0), bold


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else otherwise
