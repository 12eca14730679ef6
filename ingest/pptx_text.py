"""DrawingML text: the paragraphs of a text body, with level, bullet, number, size and weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kejian.ingest.drawing import Paragraph
from kejian.ingest.elements import down
from kejian.ingest.formula import formula_text, lowered, raised
from kejian.ingest.list_numbers import Counter
from kejian.ingest.wording import BULLET, TICK, one_line

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIPPED_FIELDS = ("slidenum", "datetime")
BULLETS = {f"{A}buChar", f"{A}buBlip"}
KINDS = {*BULLETS, f"{A}buNone", f"{A}buAutoNum"}
ESCAPED_BREAK = re.compile(r"_x000[9-D]_")  # ECMA-376 part 1, 22.9.2.19: characters XML cannot hold
LEVELS = {f"{A}lvl{level + 1}pPr": level for level in range(9)}
Seen = Callable[[Any], bool]  # whether a run can be seen on the slide
Levels = Mapping[int, Any]  # paragraph properties by level


def paragraphs(
    body: Any, bulleted: bool = False, levels: Levels | None = None, seen: Seen | None = None
) -> tuple[Paragraph, ...]:
    """The paragraphs of ``body`` (p:txBody, a:txBody) that hold text.

    ``bulleted`` where bullets are inherited, ``levels`` what else is; runs that are not ``seen`` are left out.
    """
    found: list[Paragraph] = []
    counter = Counter()
    inherited = {**(levels or {}), **list_style(down(body, f"{A}lstStyle"))}
    for element in body.iterchildren(f"{A}p"):
        text = one_line(paragraph_text(element, seen))
        if text:
            found.append(_paragraph(element, text, inherited, bulleted, counter))
    return tuple(found)


def paragraph_text(element: Any, seen: Seen | None = None) -> str:
    """The text of an a:p: runs, breaks, fields other than the slide number and the date, formulas."""
    text = "".join(_texts(element, seen))
    return ESCAPED_BREAK.sub("\n", text) if "_x000" in text else text


def _texts(element: Any, seen: Seen | None) -> Iterator[str]:
    for child in element:
        if child.tag == f"{A}br":
            yield "\n"
        elif child.tag == f"{A}r":
            yield _run_text(child) if seen is None or seen(child) else ""
        elif child.tag == f"{A}fld":
            if not (child.get("type") or "").startswith(SKIPPED_FIELDS) and (seen is None or seen(child)):
                yield _written(child)
        elif child.tag == f"{MC}AlternateContent":
            yield from (piece for choice in child[:1] for piece in _texts(choice, seen))
        elif isinstance(child.tag, str) and not child.tag.startswith(A):
            yield formula_text(child)


def _written(run: Any) -> str:
    text = down(run, f"{A}t")
    return (text.text or "") if text is not None else ""


def _run_text(run: Any) -> str:
    """The text of an a:r; raised and lowered digits and signs as such, for they are marks and exponents."""
    text = _written(run)
    properties = down(run, f"{A}rPr")
    baseline = properties.get("baseline") if properties is not None else None
    if not baseline or not text.strip() or baseline.strip("0%") in ("", "-"):
        return text
    return (lowered(text.strip()) if baseline.startswith("-") else raised(text.strip())) or text


def _paragraph(element: Any, text: str, inherited: Levels, bulleted: bool, counter: Counter) -> Paragraph:
    properties = down(element, f"{A}pPr")
    level = _whole(properties.get("lvl") if properties is not None else None)
    kind = bullet_kind(properties)
    kind = kind if kind is not None else bullet_kind(inherited.get(level))
    typed = BULLET.match(text) if not TICK.match(text.strip()) else None
    number = _number(kind, level, counter)
    text = f"{number} {text}" if number else text[typed.end() :] if typed else text
    is_bullet = bool(typed) or (bulleted if kind is None else kind.tag != f"{A}buNone")
    size, bold = _weight(element)
    return Paragraph(text, level, is_bullet, size, bold)


def list_style(style: Any) -> dict[int, Any]:
    """Paragraph properties by level in an a:lstStyle, p:bodyStyle, …; none where there is no such element."""
    children = style if style is not None else ()
    return {LEVELS[child.tag]: child for child in children if child.tag in LEVELS}


def bullet_kind(properties: Any) -> Any:
    """The bullet element of paragraph properties; None where they leave it to what is inherited."""
    if properties is None:
        return None
    return next((child for child in properties if child.tag in KINDS), None)


def _number(kind: Any, level: int, counter: Counter) -> str:
    """The running number of an automatically numbered paragraph, as PowerPoint shows it; "" for any other."""
    if kind is None or kind.tag != f"{A}buAutoNum":
        counter.skip(level)
        return ""
    return counter.number(level, kind.get("type") or "", _whole(kind.get("startAt"), 1))


def _weight(element: Any) -> tuple[int, bool]:
    """(largest size in hundredths of a point or 0, whether every run is bold)."""
    runs = [down(run, f"{A}rPr") for run in element.iterchildren(f"{A}r")]
    sizes = [_whole(run.get("sz")) for run in runs if run is not None]
    bold = bool(runs) and all(run is not None and run.get("b") in ("1", "true") for run in runs)
    return max(sizes, default=0), bold


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else otherwise
