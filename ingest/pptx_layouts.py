"""What a slide takes over from its layout and master: places and bullets of placeholders, colours, written words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kejian.ingest.drawing import Frame, Paragraph
from kejian.ingest.elements import P
from kejian.ingest.package import parse_part
from kejian.ingest.pptx_choice import is_hidden, shape_elements
from kejian.ingest.pptx_colours import Palette, fill_of, is_filled
from kejian.ingest.pptx_geometry import Transform, place
from kejian.ingest.pptx_text import A, bullet_kind, list_style, paragraphs

BODIES = ("", "obj", "body")
Written = tuple[Frame, tuple[Paragraph, ...]]  # a text and where it stands


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a placeholder has without saying so itself. ``levels`` are paragraph properties by level."""

    frame: Frame | None = None
    bulleted: bool = False
    levels: Mapping[int, Any] = field(default_factory=dict)
    filled: bool = False


FREE = Placeholder()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies behind a slide. ``texts`` are written on its layout and master, ``covers`` painted there."""

    inherited: Callable[[Any], Placeholder]
    palette: Palette
    texts: tuple[Written, ...] = ()
    covers: tuple[Frame, ...] = ()
    width: int = 0
    height: int = 0

    def is_outside(self, frame: Frame) -> bool:
        """Whether nothing of ``frame`` lies on the slide."""
        return _is_outside(frame, self.width, self.height)


@dataclass(frozen=True, slots=True)
class _Behind:
    """What a layout and its master draw themselves."""

    texts: tuple[Written, ...]
    covers: tuple[Frame, ...]


class Layouts:
    """The layouts and masters of a presentation; what was looked up once is kept."""

    def __init__(self, width: int, height: int) -> None:
        self.size = width, height
        self.placeholders: dict[tuple[str, str, str], Placeholder] = {}
        self.behind: dict[tuple[str, bool], _Behind] = {}
        self.themes: dict[str, Any] = {}

    def around(self, slide: Any) -> Surroundings:
        """What lies behind ``slide``."""
        layout = slide.slide_layout
        key = str(layout.part.partname)

        def look_up(placeholder: Any) -> Placeholder:
            if placeholder is None:
                return FREE
            kind, index = placeholder.get("type") or "", placeholder.get("idx") or "0"
            if (key, kind, index) not in self.placeholders:
                self.placeholders[key, kind, index] = _look_up(layout, kind, index)
            return self.placeholders[key, kind, index]

        behind = self._behind(slide, layout, key)
        return Surroundings(look_up, self._palette(slide, layout), behind.texts, behind.covers, *self.size)

    def _behind(self, slide: Any, layout: Any, key: str) -> _Behind:
        shown = _shows(slide._element)
        if (key, shown) not in self.behind:
            trees = [layout._element] if shown else []
            trees += [layout.slide_master._element] if shown and _shows(layout._element) else []
            drawn = [entry for tree in trees for entry in _drawn(tree.find(f"{P}cSld/{P}spTree"), Transform())]
            texts = tuple((frame, said) for frame, said, _ in drawn if said and not _is_outside(frame, *self.size))
            self.behind[key, shown] = _Behind(texts, tuple(frame for frame, _, covers in drawn if covers))
        return self.behind[key, shown]

    def _palette(self, slide: Any, layout: Any) -> Palette:
        master = layout.slide_master
        owners = [owner._element for owner in (slide, layout, master)]
        background = _first(owners, f"{P}cSld/{P}bg")
        roles = _first(owners[:2], f"{P}clrMapOvr/{A}overrideClrMapping")
        roles = roles if roles is not None else master._element.find(f"{P}clrMap")
        return Palette(self._theme(master.part), dict(roles.attrib) if roles is not None else {}, background)

    def _theme(self, master: Any) -> Any:
        key = str(master.partname)
        if key not in self.themes:
            blobs = (r.target_part.blob for r in master.rels.values() if r.reltype.endswith("/theme"))
            blob = next(blobs, None)
            self.themes[key] = parse_part(blob) if blob else None
        return self.themes[key]


def _is_outside(frame: Frame, width: int, height: int) -> bool:
    across = frame.right <= 0 or frame.left >= width
    down = frame.bottom <= 0 or frame.top >= height
    return bool(width and height and frame.width and frame.height) and (across or down)


def _first(owners: list[Any], path: str) -> Any:
    return next((found for owner in owners if (found := owner.find(path)) is not None), None)


def _shows(element: Any) -> bool:
    """Whether a slide or layout shows what its layout or master draws."""
    return element.get("showMasterSp") not in ("0", "false")


def _drawn(tree: Any, transform: Transform) -> Iterator[tuple[Frame, tuple[Paragraph, ...], bool]]:
    """(place, text, whether it covers what lies below) of everything but placeholders, which show on no slide."""
    for element in shape_elements(tree):
        if is_hidden(element) or element.find(f"*/{P}nvPr/{P}ph") is not None:
            continue
        if element.tag == f"{P}grpSp":
            yield from _drawn(element, transform.inside(element.find(f"{P}grpSpPr/{A}xfrm")))
            continue
        xfrm = element.find(f"{P}spPr/{A}xfrm")
        frame = place(xfrm if xfrm is not None else element.find(f"{P}xfrm"), transform)
        body = element.find(f"{P}txBody")
        fields = body is not None and body.find(f".//{A}fld") is not None
        if frame is not None:
            yield frame, paragraphs(body) if body is not None and not fields else (), is_filled(element)


def _look_up(layout: Any, kind: str, index: str) -> Placeholder:
    """What the placeholder of a layout and that of its master give to those of this kind and index on slides."""
    own = _placeholder(layout._element, index=index)
    kind = kind or (own.find(f".//{P}ph").get("type") or "" if own is not None else "")
    master = layout.slide_master._element
    above = _placeholder(master, kind="body" if kind in BODIES else kind)
    shapes = [shape for shape in (own, above) if shape is not None]
    frames = (place(shape.find(f"{P}spPr/{A}xfrm"), Transform()) for shape in shapes)
    styles = [shape.find(f"{P}txBody/{A}lstStyle") for shape in reversed(shapes)]
    levels: dict[int, Any] = {}
    for style in (master.find(f"{P}txStyles/{P}bodyStyle") if kind in BODIES else None, *styles):
        levels |= {n: properties for n, properties in list_style(style).items() if bullet_kind(properties) is not None}
    plain = own is not None and own.find(f"{P}txBody/{A}lstStyle/{A}lvl1pPr/{A}buNone") is not None
    numbers = {n: level for n, level in levels.items() if bullet_kind(level).tag == f"{A}buAutoNum"}
    fills = [fill for shape in shapes if (fill := fill_of(shape)) is not None]
    filled = bool(fills) and fills[0].tag != f"{A}noFill"
    return Placeholder(next((f for f in frames if f), None), kind in BODIES and not plain, numbers, filled)


def _placeholder(tree: Any, kind: str = "", index: str = "") -> Any:
    for shape in tree.iter(f"{P}sp"):
        found = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if found is not None and (
            (index and (found.get("idx") or "0") == index) or (kind and found.get("type") == kind)
        ):
            return shape
    return None
