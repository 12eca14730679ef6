"""Bands from top to bottom, columns from left to right, whatever the order of creation."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.ingest.drawing import Connector, Frame
from kejian.ingest.reading_order import in_reading_order
from kejian.ingest.tree import charts

LAYOUTS = {
    "rows": [Frame(0, 0, 9, 2), Frame(0, 3, 9, 5), Frame(0, 6, 9, 8)],
    "columns under a title": [Frame(0, 0, 9, 2), Frame(0, 3, 4, 9), Frame(5, 3, 9, 9)],
    "cards": [Frame(0, 0, 4, 2), Frame(5, 0, 9, 2), Frame(0, 3, 4, 5), Frame(5, 3, 9, 5)],
    "uneven columns": [Frame(0, 0, 4, 5), Frame(0, 6, 4, 9), Frame(5, 0, 9, 9)],
    "touching": [Frame(0, 0, 90, 20), Frame(0, 18, 90, 40), Frame(0, 39, 90, 60)],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str) -> None:
    expected = LAYOUTS[name]
    for order in permutations(expected):
        assert in_reading_order(order, lambda frame: frame) == expected


FRAMES = st.builds(lambda x, y, w, h: Frame(x, y, x + w, y + h), *[st.integers(0, 50)] * 2, *[st.integers(0, 20)] * 2)


@given(st.lists(FRAMES, max_size=12), st.randoms())
def test_nothing_is_lost_and_creation_order_does_not_matter(frames: list[Frame], random: object) -> None:
    found = in_reading_order(frames, lambda frame: frame)
    assert sorted(map(id, found)) == sorted(map(id, frames))
    shuffled = list(frames)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert in_reading_order(shuffled, lambda frame: frame) == found


@given(st.lists(FRAMES, min_size=2, max_size=9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14))
def test_charts_hold_every_joined_box_once(frames: list[Frame], pairs: list[tuple[int, int]]) -> None:
    places = dict(enumerate(frames))
    found = charts([Connector(*pair) for pair in pairs], places)
    joined = {box for a, b in pairs if a != b and a in places and b in places for box in (a, b)}
    boxes = [box for chart in found for box, _ in chart.outline]
    assert sorted(boxes) == sorted(joined)
    for chart in found:
        depths = [depth for _, depth in chart.outline]
        assert all(later <= earlier + 1 for earlier, later in pairwise(depths))
