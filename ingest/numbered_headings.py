"""Documents typed without heading styles: 「第一章」, 「一、」 and 「(一)」 over their text are its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kejian.ingest.outline import Item
from kejian.ingest.sections import Break, Flow
from kejian.ingest.wording import NUMERAL

LONGEST = 40
STATEMENT = re.compile(r"[。；！？;!?：:，]")
FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^第\s*[{NUMERAL}\d]+\s*(?:[章篇编]|部分)",
        rf"^第\s*[{NUMERAL}\d]+\s*节",
        rf"^[{NUMERAL}]{{1,3}}[、.．]",
        rf"^[(（][{NUMERAL}]{{1,3}}[)）]",
    )
)


def with_numbered_headings(flow: Sequence[Flow]) -> list[Flow]:
    """``flow`` with numbered short lines as headings, unless headings are there; a title in front is one."""
    if any(isinstance(part, Item) and part.kind == "heading" and not part.lead for part in flow):
        return list(flow)
    levels = [_level(part) for part in flow]
    around = zip([0, *levels], [*levels[1:], 1], strict=False)
    found = [_headed(part, level, near) for part, level, near in zip(flow, levels, around, strict=False)]
    first = next((n for n, part in enumerate(found) if not isinstance(part, Break)), 0)
    if any(levels) and isinstance(part := found[first], Item) and part.kind == "heading" and part.lead:
        found[first] = replace(part, kind="title", level=0, lead=False)
    return found


def _level(part: Flow) -> int:
    """The level that the numbering of a short line gives, 0 for none."""
    if not isinstance(part, Item) or part.kind not in ("paragraph", "bullet", "heading"):
        return 0
    if len(part.text) > LONGEST or STATEMENT.search(part.text):
        return 0
    return next((level for level, form in enumerate(FORMS, 1) if form.match(part.text)), 0)


def _headed(part: Flow, level: int, around: tuple[int, int]) -> Flow:
    """Lines numbered alike that follow one another are a list, and nothing heads nothing; chapters always do."""
    listed = level > 2 and (around[0] == level or 0 < around[1] <= level)
    if not isinstance(part, Item) or not level or listed:
        return part
    return replace(part, kind="heading", level=level, lead=False)
