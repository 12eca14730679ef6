"""Comments, hidden text and tracked changes of a Word document: read as notes, or counted for a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kejian.ingest.document_text import W, is_on
from kejian.ingest.package import parse_part
from kejian.ingest.wording import one_line

HIDDEN = "隐藏的文字"


class Comments:
    """All comments of one document; ``part`` is its main part."""

    def __init__(self, part: Any) -> None:
        self._texts: dict[str, str] = {}
        for relation in part.rels.values():
            if relation.reltype.endswith("/comments") and not relation.is_external:
                for comment in parse_part(relation.target_part.blob).iter(f"{W}comment"):
                    self._texts.setdefault(comment.get(f"{W}id") or "", _said(comment))

    def on(self, element: Any) -> Iterator[str]:
        """What is noted on ``element``, each comment once."""
        for reference in element.iter(f"{W}commentReference"):
            if text := self._texts.pop(reference.get(f"{W}id") or "", ""):
                yield text


def _said(comment: Any) -> str:
    text = one_line(" ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")))
    author = one_line(comment.get(f"{W}author") or "")
    return f"批注({author}):{text}" if text and author else text and f"批注:{text}"


def hidden(element: Any) -> Counter[str]:
    """How many runs with text are not shown."""
    runs = (run for run in element.iter(f"{W}r") if is_on(run.find(f"{W}rPr/{W}vanish")) is True)
    return Counter(HIDDEN for run in runs if (run.findtext(f"{W}t") or "").strip())


def changes(body: Any) -> int:
    """How many tracked insertions and deletions of text are neither accepted nor rejected."""
    inserted = (mark for mark in body.iter(f"{W}ins", f"{W}moveTo") if (mark.findtext(f".//{W}t") or "").strip())
    deleted = (mark for mark in body.iter(f"{W}del") if (mark.findtext(f".//{W}delText") or "").strip())
    return sum(1 for _ in inserted) + sum(1 for _ in deleted)
