"""The shapes of a p:spTree, where a file offers several forms of one for programs of different age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kejian.ingest.elements import P, name_of
from kejian.ingest.pptx_text import MC


def shape_elements(tree: Any) -> Iterator[Any]:
    """The shapes directly in ``tree``; of alternatives the first choice, which is what is shown."""
    for element in tree:
        if element.tag == f"{MC}AlternateContent":
            chosen = element.find(f"{MC}Choice")
            chosen = chosen if chosen is not None else element.find(f"{MC}Fallback")
            yield from shape_elements(chosen) if chosen is not None else ()
        elif isinstance(element.tag, str) and element.tag.startswith(P):
            yield element


def is_hidden(element: Any) -> bool:
    """Whether the author has hidden a shape or a group."""
    named = name_of(element)
    return named is not None and named.get("hidden") in ("1", "true")
