from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejian.corpus.chart_plan import Frame, chart_bottom, fitting_size, natural_width, plan_chart
from kejian.corpus.deck_source import DeckSource, Node, Points, SlideSource
from kejian.corpus.errors import UsageError
from kejian.corpus.slide_plan import CONTENT, HEIGHT, WIDTH, ChartPlan, TablePlan, plan_slide
from kejian.corpus.text_metrics import line_count, text_width

names = st.text("甲乙丙丁戊AB/", min_size=1, max_size=12)
trees = st.recursive(
    names.map(Node), lambda children: st.builds(Node, names, st.lists(children, max_size=3).map(tuple)), max_leaves=8
)


def overlap(one: Frame, two: Frame, slack: float = 0.01) -> bool:
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    return across > slack and down > slack


def test_a_chinese_character_is_as_wide_as_the_font_is_high() -> None:
    assert text_width("职责", 10) == 20
    assert text_width("IT", 10) < 15


def test_lines_are_counted_with_room_for_punctuation() -> None:
    assert line_count("一二三四", 45, 10) == 1
    assert line_count("一二三四", 41, 10) == 2
    assert line_count("", 10, 10) == 1


@settings(max_examples=60, deadline=None)
@given(trees, st.floats(400, 900))
def test_boxes_of_a_chart_neither_overlap_nor_rise_above_their_parents(root: Node, width: float) -> None:
    size = fitting_size(root, width, 14)
    boxes = plan_chart(root, Frame(30, 60, width, 0), size)
    for one, two in combinations(boxes, 2):
        if not (natural_width(root, size, 3) > width or text_width(one.name, size) > 8 * size):
            assert one.depth == two.depth or not overlap(one.frame, two.frame)
    for box in boxes:
        if box.parent is not None:
            assert box.frame.top >= boxes[box.parent].frame.bottom


def test_leaves_below_the_first_level_are_stacked() -> None:
    root = Node("甲", (Node("乙", (Node("丙"), Node("丁"))), Node("戊")))
    boxes = plan_chart(root, Frame(0, 0, 500, 0), 12)
    stacked = [box for box in boxes if box.stacked]
    assert [box.name for box in stacked] == ["丙", "丁"]
    assert stacked[0].frame.left == stacked[1].frame.left
    assert stacked[1].frame.top > stacked[0].frame.bottom
    assert chart_bottom(boxes) == stacked[1].frame.bottom


def test_nothing_overlaps_or_leaves_the_slide(deck: DeckSource) -> None:
    for slide in deck.slides:
        plans = plan_slide(slide)
        for plan in plans:
            assert plan.frame.left >= 0
            assert plan.frame.right <= WIDTH + 0.01
            assert CONTENT.top <= plan.frame.top
            assert plan.frame.bottom <= HEIGHT
        for one, two in combinations(plans, 2):
            assert not overlap(one.frame, two.frame), (slide.number, one, two)


def test_boxes_of_the_shipped_charts_do_not_overlap(deck: DeckSource) -> None:
    charts = [plan for slide in deck.slides for plan in plan_slide(slide) if isinstance(plan, ChartPlan)]
    assert charts
    for chart in charts:
        for one, two in combinations(chart.boxes, 2):
            assert not overlap(one.frame, two.frame), (one.name, two.name)
        assert all(box.frame.left >= chart.frame.left - 0.01 for box in chart.boxes)
        assert all(box.frame.right <= chart.frame.right + 0.01 for box in chart.boxes)


def test_type_stays_legible(deck: DeckSource) -> None:
    for slide in deck.slides:
        for plan in plan_slide(slide):
            assert plan.size >= (8 if isinstance(plan, ChartPlan) else 9)


def test_tables_fill_their_width(deck: DeckSource) -> None:
    tables = [plan for slide in deck.slides for plan in plan_slide(slide) if isinstance(plan, TablePlan)]
    for table in tables:
        assert sum(table.widths) == pytest.approx(table.frame.width)
        assert sum(table.heights) == pytest.approx(table.frame.height)


def test_a_slide_that_cannot_hold_its_contents_is_refused() -> None:
    slide = SlideSource(9, "太满", (Points(tuple("一" * 60 for _ in range(80))),))
    with pytest.raises(UsageError, match="第 9 页「太满」放不下"):
        plan_slide(slide)
