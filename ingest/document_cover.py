"""The title of a document whose first page has no title style: the line in the largest type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kejian.ingest.outline import Item
from kejian.ingest.sections import Break, Flow
from kejian.ingest.wording import LETTER

LARGE = 18.0  # points
LONGEST = 40
MOST_LINES = 12  # of a cover
GENERIC_TITLE = re.compile(
    r"^(?:(?:microsoft )?word\b.*|.*\.(?:docx?|wps|rtf|dotx?)|(?:文档|文件|document)\s*\d*|无?标题|untitled|title)$",
    re.IGNORECASE,
)


def cover_title(flow: Sequence[Flow], sizes: Mapping[int, float]) -> str:
    """The largest line before the first heading, "" where none stands out; ``sizes`` by the ids of the items."""
    cover: list[Item] = []
    for part in flow[: MOST_LINES + 1]:
        if not isinstance(part, Item) or (part.kind == "heading" and not part.lead):
            if isinstance(part, Break) and not cover:
                continue
            break
        cover.append(part)
    if any(part.kind == "title" for part in cover):
        return ""
    named = [part for part in cover if len(part.text) <= LONGEST and LETTER.search(part.text)]
    best = max(named, key=lambda part: sizes.get(id(part), 0.0), default=None)
    return best.text if best is not None and sizes.get(id(best), 0.0) >= LARGE else ""
