"""Drawn lines of a slide (connectors, line shapes, open freeforms, thin bars) → the way each takes over the slide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from kejian.ingest.elements import P, down
from kejian.ingest.free_lines import Point
from kejian.ingest.pptx_colours import is_filled
from kejian.ingest.pptx_geometry import Transform, inner, number, pair
from kejian.ingest.pptx_text import A

Route: TypeAlias = tuple[Point, ...]  # from the begin to the end, with every bend
Stroke: TypeAlias = list[tuple[float, float]]  # the same in parts of the box
STRAIGHT: Stroke = [(0, 0), (1, 1)]  # what a connector is that does not say its form
GEOMETRIES = {f"{A}prstGeom", f"{A}custGeom"}
LINE = re.compile(r"^(?:line|lineInv|(?:straight|bent|curved)Connector\d)$")
HALF = 50_000  # of 100,000: where an elbow bends unless it says otherwise
BAR = 38_100  # EMU, 3 points: rectangles no thicker stand for lines
LONG = 5  # times as long as thick
MOST_POINTS = 200
# By the last digit of an elbow's name: its bends, by the adjustments (ECMA-376 part 1, presetShapeDefinitions).
BENDS: dict[str, Callable[[float, float, float], tuple[tuple[float, float], ...]]] = {
    "2": lambda *_: ((1, 0),),
    "3": lambda a, *_: ((a, 0), (a, 1)),
    "4": lambda a, b, _: ((a, 0), (a, b), (1, b)),
    "5": lambda a, b, c: ((a, 0), (a, b), (c, b), (c, 1)),
}


def routes(element: Any, transform: Transform) -> list[Route]:
    """The lines that a p:cxnSp or a p:sp draws; none where it draws a shape."""
    properties = down(element, f"{P}spPr")
    geometry = _geometry(properties)
    xfrm = down(properties, f"{A}xfrm")
    if xfrm is None or (geometry is None and element.tag != f"{P}cxnSp"):
        return []
    paths = [STRAIGHT] if geometry is None else _strokes(element, geometry, xfrm)
    spread = inner(xfrm, transform) if paths else None
    return [tuple(spread.point(x, y) for x, y in path) for path in paths] if spread is not None else []


def _geometry(properties: Any) -> Any:
    children = properties if properties is not None else ()
    return next((child for child in children if child.tag in GEOMETRIES), None)


def _strokes(element: Any, geometry: Any, xfrm: Any) -> list[Stroke]:
    """The lines in parts of the box. A freeform is one where it has no fill, a rectangle where it has one."""
    name = geometry.get("prst") or ""
    if LINE.match(name) or element.tag == f"{P}cxnSp":
        return [_preset(name, geometry)]
    if name not in ("", "rect"):
        return []
    size = pair(down(xfrm, f"{A}ext"), "cx", "cy") or (0, 0)
    if geometry.tag == f"{A}custGeom":
        return [] if is_filled(element) else list(_paths(geometry, size))
    return _bar(size) if 0 < min(size) <= BAR and is_filled(element) else []


def _preset(name: str, preset: Any) -> Stroke:
    if name == "lineInv":
        return [(0, 1), (1, 0)]
    bends = BENDS.get(name[-1:]) if name.startswith(("bent", "curved")) else None
    return [(0, 0), *(bends(*(_adjusted(preset, n) for n in (1, 2, 3))) if bends else ()), (1, 1)]


def _adjusted(preset: Any, n: int) -> float:
    guides = preset.findall(f"{A}avLst/{A}gd[@name='adj{n}']")
    formula = (guides[0].get("fmla") or "").split() if guides else []
    return (number(formula[1]) if len(formula) == 2 and formula[0] == "val" else HALF) / (2 * HALF)


def _bar(size: tuple[int, int]) -> list[Stroke]:
    if max(size) < LONG * min(size):
        return []
    return [[(0, 0.5), (1, 0.5)] if size[0] == max(size) else [(0.5, 0), (0.5, 1)]]


def _paths(own: Any, size: tuple[int, int]) -> Iterator[Stroke]:
    """The strokes of a freeform, in parts of its box; nothing where it encloses an area."""
    for path in own.iterfind(f"{A}pathLst/{A}path"):
        width, height = number(path.get("w")) or size[0], number(path.get("h")) or size[1]
        strokes: list[Stroke] = []
        for step in path:
            points = [pair(point, "x", "y") or (0, 0) for point in step.iter(f"{A}pt")]
            if step.tag in (f"{A}close", f"{A}arcTo") or not points or not all(map(_is_plain, step.iter(f"{A}pt"))):
                return
            if step.tag == f"{A}moveTo":
                strokes.append([])
            if strokes:
                strokes[-1].append((points[-1][0] / (width or 1), points[-1][1] / (height or 1)))
        if any(len(stroke) > MOST_POINTS or stroke[0] == stroke[-1] for stroke in strokes):
            return
        yield from (stroke for stroke in strokes if len(stroke) > 1)


def _is_plain(point: Any) -> bool:
    """Whether a point is given in numbers, not by guides."""
    return all((point.get(key) or "").lstrip("-").isdigit() for key in "xy")
