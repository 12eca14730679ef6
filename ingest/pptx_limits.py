"""How much one presentation may hold: beyond, it was made to keep its reader busy."""

from __future__ import annotations

from typing import Any

from kejian.ingest.elements import P

MOST_SLIDES = 2_000
# 50,000 boxes on one slide took 25 s of processor time; drawn by people, 300 are many.
MOST_SHAPES = 5_000
SHAPES = tuple(f"{P}{name}" for name in ("sp", "cxnSp", "pic", "graphicFrame", "grpSp"))


class Excess(Exception):
    """``str()`` is a Chinese clause that says what there is too much of."""


def bounded(slides: Any) -> list[Any]:
    """The slides of a presentation; a list of slides may show one of them over and over.

    Raises:
        Excess: there are too many, or one holds too many shapes.
    """
    if len(slides) > MOST_SLIDES:
        raise Excess(f"有 {len(slides)} 页,超过 {MOST_SLIDES} 页的上限,请拆分后再收入")
    found = list(slides)
    for position, slide in enumerate(found, 1):
        if (count := sum(1 for _ in slide._element.iter(*SHAPES))) > MOST_SHAPES:
            raise Excess(f"第 {position} 页有 {count} 个形状,超过 {MOST_SHAPES} 个的上限,请简化这一页后再收入")
    return found
