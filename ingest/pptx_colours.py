"""Which text of a slide nobody can see: in the colour of what it stands on, or too small for any screen.

Only what is certain counts: plain colours, on the shape's own fill, or on a plain background with nothing drawn
between. Everything else is taken to be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from kejian.ingest.elements import P, down
from kejian.ingest.pptx_text import A

FILLS = {f"{A}{name}Fill" for name in ("no", "solid", "grad", "blip", "patt", "grp")}
# Hundredths of a point. On a slide 540 points high shown on 1080 lines, 3 points are 6 lines, too few for a character.
SMALLEST = 300
STANDING_OUT = {f"{A}{name}" for name in ("highlight", "ln", "effectLst", "effectDag")}  # make any colour visible
NEAR = 8  # of 256 steps of red, green and blue: what a projector does not show as a difference
PLAIN_BACKGROUND = "1001"  # the first background of a theme (ECMA-376 part 1, 19.3.1.3), if that is a plain colour
ROLES = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
Colour = tuple[int, int, int]


class Palette:
    """The colours of a slide: those of its theme by their roles, and its background where that is plain."""

    def __init__(self, theme: Any, roles: Mapping[str, str], background: Any) -> None:
        scheme = theme.find(f".//{A}clrScheme") if theme is not None else None
        self.theme = {etree.QName(entry).localname: entry for entry in scheme} if scheme is not None else {}
        self.roles = {**ROLES, **roles}
        self.background = self._background(background, theme)

    def of(self, fill: Any) -> Colour | None:
        """The colour of an a:solidFill; None where it is not a plain one."""
        colour = fill[0] if fill is not None and len(fill) else None
        if colour is None or len(colour):
            return None
        if colour.tag == f"{A}schemeClr":
            name = colour.get("val") or ""
            entry = self.theme.get(self.roles.get(name, name))
            colour = entry[0] if entry is not None and len(entry) else None
        if colour is None or len(colour):
            return None
        return _parsed(colour.get("lastClr" if colour.tag == f"{A}sysClr" else "val"))

    def _background(self, element: Any, theme: Any) -> Colour | None:
        if element is None:
            return None
        own = element.find(f"{P}bgPr")
        if own is not None:
            return self.of(own.find(f"{A}solidFill"))
        reference = element.find(f"{P}bgRef")
        plain = theme.find(f".//{A}bgFillStyleLst/{A}solidFill/{A}schemeClr") if theme is not None else None
        taken = plain is not None and plain.get("val") == "phClr" and not len(plain)
        first = theme.find(f".//{A}bgFillStyleLst")[0].tag == f"{A}solidFill" if taken else False
        return self.of(reference) if first and reference.get("idx") == PLAIN_BACKGROUND else None


def is_unseen(properties: Any, on: Callable[[], Colour | None], palette: Palette) -> bool:
    """Whether a run with these a:rPr cannot be seen where it stands on the colour that ``on`` gives."""
    size = properties.get("sz") or ""
    if size.isdigit() and int(size) < SMALLEST:
        return True
    if not len(properties):
        return False
    inside = {child.tag: child for child in properties}
    if f"{A}noFill" in inside and f"{A}ln" not in inside:
        return True
    fill = inside.get(f"{A}solidFill")
    if fill is None or STANDING_OUT.intersection(inside):
        return False
    if any(child.tag == f"{A}alpha" and child.get("val") in ("0", "0%") for child in fill.iter()):
        return True
    colour = palette.of(fill)
    ground = on() if colour is not None else None
    return bool(colour and ground) and all(abs(x - y) < NEAR for x, y in zip(colour or (), ground or (), strict=True))


def fill_of(element: Any) -> Any:
    """The fill element of a p:sp; None where it says nothing of its own."""
    properties = down(element, f"{P}spPr")
    return next((child for child in properties if child.tag in FILLS), None) if properties is not None else None


def is_filled(element: Any) -> bool:
    """Whether a p:sp, p:pic or frame covers what lies below it."""
    fill = fill_of(element)
    if fill is not None:
        return bool(fill.tag != f"{A}noFill")
    reference = down(element, f"{P}style", f"{A}fillRef")
    return element.tag != f"{P}sp" or (reference is not None and reference.get("idx") not in (None, "0"))


def _parsed(text: str | None) -> Colour | None:
    try:
        value = int(text or "", 16)
    except ValueError:
        return None
    return (value >> 16 & 255, value >> 8 & 255, value & 255) if len(text or "") == 6 else None
