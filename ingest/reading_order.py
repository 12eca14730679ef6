"""The order in which free shapes are read: bands from top to bottom, in each band columns from left to right.

The method is the recursive XY cut (Nagy and Seth, 1984) over the shapes' rectangles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from kejian.ingest.drawing import Frame

Thing = TypeVar("Thing")
Placed: TypeAlias = tuple[tuple[int, ...], Thing]  # a thing behind the edges of its frame
LEFT, TOP, RIGHT, BOTTOM = range(4)
# Rectangles of neighbours may touch or overlap by this part of the smaller one without being one band.
TOLERANCE = 0.2
MOST = 2_000  # beyond, plain rows will do: the work may grow with the square


def in_reading_order(things: Sequence[Thing], frame: Callable[[Thing], Frame]) -> list[Thing]:
    """``things`` sorted as they are read."""
    if len(things) < 2:
        return list(things)
    return [thing for _, thing in _ordered([(frame(thing).edges, thing) for thing in things])]


def _ordered(things: Sequence[Placed[Thing]]) -> list[Placed[Thing]]:
    things = sorted(things, key=_top_left)
    if 1 < len(things) <= MOST:
        for low, high in ((TOP, BOTTOM), (LEFT, RIGHT)):
            bands = _bands(things, low, high)
            if len(bands) > 1:
                return [thing for band in bands for thing in _ordered(band)]
    return things


def _top_left(thing: Placed[Thing]) -> tuple[int, ...]:
    edges = thing[0]
    return edges[TOP], edges[LEFT], *edges


def _bands(things: Sequence[Placed[Thing]], low: int, high: int) -> list[list[Placed[Thing]]]:
    """Groups of things whose extents from the edge ``low`` to the edge ``high`` run into each other."""
    bands: list[list[Placed[Thing]]] = []
    reach = shortest = 0
    for thing in sorted(things, key=lambda thing: (thing[0][low], thing[0][high])):
        start, end = thing[0][low], thing[0][high]
        shortest = min(shortest, end - start)
        if bands and reach - start > TOLERANCE * shortest:
            bands[-1].append(thing)
            reach = max(reach, end)
        else:
            bands.append([thing])
            reach, shortest = end, end - start
    return bands
