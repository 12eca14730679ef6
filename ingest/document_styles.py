"""Styles of a document: outline level, title, contents, numbering and weight, with what styles inherit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
TITLE = re.compile(r"^(?:title|标题|文档标题)$", re.IGNORECASE)
CONTENTS = re.compile(r"^(?:toc|目录|table of figures|图表目录)(?:\s*\d|\s+heading|\s*标题)?$", re.IGNORECASE)
LIST_DEPTH = re.compile(r"^(?:list \w+|列表\D*)\s*([2-5])$", re.IGNORECASE)
BODY_LEVEL = 9  # ECMA-376 part 1, 17.3.1.20: level 9 is body text
DEEPEST_CHAIN = 12


class Styles:
    """The paragraph styles of one document; ``part`` is its main part."""

    def __init__(self, part: Any) -> None:
        root = part.styles.element
        self._styles = {s.get(f"{W}styleId"): s for s in root.iterchildren(f"{W}style")}
        paragraphs = (s for s in self._styles.values() if s.get(f"{W}type") == "paragraph")
        self._default = next((s.get(f"{W}styleId") for s in paragraphs if s.get(f"{W}default") in ("1", "true")), "")

    def outline_level(self, paragraph: Any) -> int:
        """1 for the highest headings, 0 for body text: the paragraph's own level, its style's, or the style's name."""
        for properties in self._properties(paragraph):
            level = properties.find(f"{W}outlineLvl")
            if level is not None and (level.get(f"{W}val") or "").isdigit():
                value = int(level.get(f"{W}val"))
                return value + 1 if value < BODY_LEVEL else 0
        found = (HEADING.match(name) for name in self._names(paragraph))
        return next((int(match[1]) for match in found if match), 0)

    def is_title(self, paragraph: Any) -> bool:
        """Whether the paragraph is the document's title."""
        return any(TITLE.match(name) for name in list(self._names(paragraph))[:1])

    def is_contents(self, paragraph: Any) -> bool:
        """Whether the paragraph is a line of a table of contents."""
        return any(CONTENTS.match(name) for name in list(self._names(paragraph))[:1])

    def is_bold(self, paragraph: Any) -> bool:
        """Whether the style makes its text bold."""
        marks = (style.find(f"{W}rPr/{W}b") for style in self._chain(paragraph))
        found = next((mark for mark in marks if mark is not None), None)
        return found is not None and found.get(f"{W}val", "true") not in ("0", "false", "off")

    def type_size(self, paragraph: Any) -> float:
        """The size of its largest type in points, 0 where neither its runs nor its style say."""
        own = [run.find(f"{W}rPr/{W}sz") for run in paragraph.iter(f"{W}r") if (run.findtext(f"{W}t") or "").strip()]
        styled = [style.find(f"{W}rPr/{W}sz") for style in self._chain(paragraph)]
        given = [mark for mark in own if mark is not None] or [mark for mark in styled if mark is not None][:1]
        sizes = [mark.get(f"{W}val") or "" for mark in given]
        return max((int(size) / 2 for size in sizes if size.isdigit() and len(size) < 5), default=0.0)

    def list_depth(self, paragraph: Any) -> int:
        """The level that a name such as ``List Bullet 2`` gives, from 0."""
        found = (LIST_DEPTH.match(name) for name in self._names(paragraph))
        return next((int(match[1]) - 1 for match in found if match), 0)

    def numbering(self, paragraph: Any) -> tuple[str, int | None]:
        """(number of the list, its level where given) of the paragraph itself or its style; ("", None) for none."""
        list_, level = "", None
        for properties in self._properties(paragraph):
            found = properties.find(f"{W}numPr")
            if found is None:
                continue
            level = _value(found.find(f"{W}ilvl")) if level is None else level
            number = found.find(f"{W}numId")
            if number is not None:
                list_ = number.get(f"{W}val") or ""
                break
        return list_, level

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        """Paragraph properties, nearest first."""
        own = paragraph.find(f"{W}pPr")
        chain = (style.find(f"{W}pPr") for style in self._chain(paragraph))
        yield from (properties for properties in (own, *chain) if properties is not None)

    def _names(self, paragraph: Any) -> Iterator[str]:
        for style in self._chain(paragraph):
            name = style.find(f"{W}name")
            yield (name.get(f"{W}val") or "").strip() if name is not None else ""

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style and those that it is based on."""
        own = paragraph.find(f"{W}pPr/{W}pStyle")
        id_ = own.get(f"{W}val") if own is not None else self._default
        for _ in range(DEEPEST_CHAIN):
            style = self._styles.get(id_)
            if style is None:
                return
            yield style
            based = style.find(f"{W}basedOn")
            id_ = based.get(f"{W}val") if based is not None else None


def _value(element: Any) -> int | None:
    text = (element.get(f"{W}val") or "") if element is not None else ""
    return int(text) if text.isdigit() and len(text) < 3 else None
