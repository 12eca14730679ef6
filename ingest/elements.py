"""Steps through an XML tree by plain loops: slides hold thousands of elements, and a path expression costs more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
NAMED = f"{P}cNvPr"


def down(element: Any, *tags: str) -> Any:
    """What is reached by taking, step by step, the first child of each tag; None where a step finds none.

    >>> from lxml import etree
    >>> tree = etree.fromstring("<a><b/><b><c/></b><d><c n='1'/></d></a>")
    >>> down(tree, "d", "c").get("n"), down(tree, "b", "c"), down(None, "b")
    ('1', None, None)
    """
    for tag in tags:
        if element is None:
            return None
        for child in element:
            if child.tag == tag:
                element = child
                break
        else:
            return None
    return element


def children(element: Any) -> dict[str, Any]:
    """By tag: the first child of each; none where there is no element."""
    found: dict[str, Any] = {}
    for child in element if element is not None else ():
        found.setdefault(child.tag, child)
    return found


def name_of(shape: Any) -> Any:
    """The p:cNvPr of a shape, picture, frame, connector or group: its id, its name, whether it is hidden."""
    return next(_names(shape), None)


def _names(shape: Any) -> Iterator[Any]:
    for child in shape:
        for grandchild in child:
            if grandchild.tag == NAMED:
                yield grandchild
