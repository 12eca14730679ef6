"""Footnotes and endnotes of a document: their marks, counted as the text refers to them, and their texts."""

from __future__ import annotations

from typing import Any, Literal

from kejian.ingest.package import parse_part
from kejian.ingest.wording import one_line

NoteKind = Literal["footnotes", "endnotes"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Notes:
    """All notes of one document; ``part`` is its main part."""

    def __init__(self, part: Any) -> None:
        self._texts: dict[tuple[NoteKind, str], str] = {}
        self._marks: dict[tuple[NoteKind, str], str] = {}
        for relation in part.rels.values():
            kind: NoteKind | None = _kind(relation.reltype)
            if kind and not relation.is_external:
                root = parse_part(relation.target_part.blob)
                for note in root:
                    text = one_line(" ".join(_paragraph(p) for p in note.iter(f"{W}p")))
                    if note.get(f"{W}type") in (None, "normal"):
                        self._texts[kind, note.get(f"{W}id") or ""] = text

    def text(self, kind: NoteKind, id_: str) -> str:
        """What the note says; "" where there is none."""
        return self._texts.get((kind, id_), "")

    def mark(self, kind: NoteKind, id_: str) -> str:
        """``[1]`` for the first note that is referred to, and so on; "" for a note that says nothing."""
        if not self.text(kind, id_):
            return ""
        return self._marks.setdefault((kind, id_), f"[{len(self._marks) + 1}]")


def _kind(type_: str) -> NoteKind | None:
    name = type_.rpartition("/")[2]
    return "footnotes" if name == "footnotes" else "endnotes" if name == "endnotes" else None


def _paragraph(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
