"""The order in which free shapes are read: bands from top to bottom, in each band columns from left to right.

The method is the recursive XY cut (Nagy and Seth, 1984) over the shapes' rectangles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from typing import TypeVar

from kejian.ingest.drawing import Frame

Thing = TypeVar("Thing")
# Rectangles of neighbours may touch or overlap by this part of the smaller one without being one band.
TOLERANCE = 0.2
MOST = 2_000  # beyond, plain rows will do: the work may grow with the square


def in_reading_order(things: Sequence[Thing], frame: Callable[[Thing], Frame]) -> list[Thing]:
    """``things`` sorted as they are read."""
    if len(things) < 2:
        return list(things)
    things = sorted(things, key=lambda thing: (frame(thing).top, frame(thing).left, *astuple(frame(thing))))
    if len(things) > MOST:
        return things
    for low, high in (("top", "bottom"), ("left", "right")):
        bands = _bands(things, frame, low, high)
        if len(bands) > 1:
            return [thing for band in bands for thing in in_reading_order(band, frame)]
    return things


def _bands(things: Sequence[Thing], frame: Callable[[Thing], Frame], low: str, high: str) -> list[list[Thing]]:
    """Groups of things whose extents from ``low`` to ``high`` run into each other."""
    bands: list[list[Thing]] = []
    reach = shortest = 0
    for thing in sorted(things, key=lambda thing: (getattr(frame(thing), low), getattr(frame(thing), high))):
        start, end = getattr(frame(thing), low), getattr(frame(thing), high)
        shortest = min(shortest, end - start)
        if bands and reach - start > TOLERANCE * shortest:
            bands[-1].append(thing)
            reach = max(reach, end)
        else:
            bands.append([thing])
            reach, shortest = end, end - start
    return bands
