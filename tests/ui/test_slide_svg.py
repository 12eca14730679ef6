from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from ui_samples import HOSTILE, chart_slide, hostile_slide, types_slide

from kejian.ingest.model import Block, Shape
from kejian.ui.slide_frame import CANVAS, Mark
from kejian.ui.slide_svg import slide_svg


def drawn(svg: str, tag: str, cls: str) -> list[ElementTree.Element]:
    return [one for one in ElementTree.fromstring(svg).iter(tag) if cls in one.attrib.get("class", "").split()]


def test_every_text_of_the_slide_is_drawn() -> None:
    slide = types_slide()
    text = "".join(one.text or "" for one in drawn(slide_svg(slide), "text", "s-text"))
    assert text.replace(" ", "") == slide.source.replace("\n", "").replace(" ", "")


def test_everything_lies_on_the_slide() -> None:
    for slide in (types_slide(), chart_slide()):
        for one in drawn(slide_svg(slide), "text", "s-text"):
            assert 0 <= float(one.attrib["x"]) <= CANVAS
            assert float(one.attrib["x"]) + float(one.attrib["textLength"]) <= CANVAS


def test_boxes_of_one_role_share_a_type_size() -> None:
    sizes = {one.attrib["font-size"] for one in drawn(slide_svg(types_slide()), "text", "s-bullet")}
    assert len(sizes) == 1


def test_the_passage_and_its_shape_are_marked() -> None:
    slide = types_slide()
    quote = "各管一摊,跨部门决策效率低"
    start = slide.source.index(quote)
    svg = slide_svg(slide, [Mark(7, start, start + len(quote))])
    (hit,) = drawn(svg, "rect", "s-hit")
    marked = drawn(svg, "rect", "s-mark")
    (line,) = [one for one in drawn(svg, "text", "s-text") if one.text == quote]
    assert {one.attrib["data-cites"] for one in [hit, *marked]} == {"7"}
    assert abs(float(marked[0].attrib["x"]) - float(line.attrib["x"])) <= 1
    assert abs(float(marked[0].attrib["width"]) - float(line.attrib["textLength"])) <= 2


def test_a_part_of_a_line_is_marked_where_it_stands() -> None:
    slide = types_slide()
    start = slide.source.index("跨部门决策")
    svg = slide_svg(slide, [Mark(1, start, start + 5)])
    (mark,) = drawn(svg, "rect", "s-mark")
    (line,) = [one for one in drawn(svg, "text", "s-text") if "跨部门决策" in (one.text or "")]
    size = float(line.attrib["font-size"])
    assert abs(float(mark.attrib["width"]) - 5 * size - 2) < 0.01
    assert float(mark.attrib["x"]) > float(line.attrib["x"]) + 4 * size


def test_connectors_join_their_boxes() -> None:
    assert len(drawn(slide_svg(chart_slide()), "path", "s-line")) == 11


def test_hostile_text_is_text() -> None:
    svg = slide_svg(hostile_slide())
    root = ElementTree.fromstring(svg)
    assert {one.tag for one in root.iter()} == {"svg", "rect", "text"}
    assert any(HOSTILE.startswith(one.text or "-") for one in root.iter("text"))


def test_free_lines_keep_their_direction() -> None:
    slide = chart_slide()
    line = Shape("connector", 0, 0, slide.width // 2, slide.height, rising=True)
    (path,) = drawn(slide_svg(replace(slide, shapes=(line,), blocks=())), "path", "s-line")
    assert path.attrib["d"] == "M0 540L480 0"


LEFT, RIGHT, LOWER = (Shape("box", left, top, 2000, 1000) for left, top in ((0, 4000), (3000, 1000), (3000, 7000)))


def paths(line: Shape) -> list[str]:
    slide = replace(chart_slide(), shapes=(LEFT, RIGHT, LOWER, line), blocks=(), width=9600, height=9600)
    svg = slide_svg(slide)
    return [one.attrib["d"] for cls in ("s-line", "s-arrow") for one in drawn(svg, "path", cls)]


def test_lines_go_the_way_they_were_drawn_and_end_in_their_arrow_heads() -> None:
    way = (2000, 4500, 2500, 4500, 2500, 1500, 3000, 1500)
    line = Shape("connector", 2000, 1500, 1000, 3000, begin_shape=0, end_shape=1, rising=True, way=way, end_head=True)
    assert paths(line) == ["M200 450L250 450L250 150L300 150", "M300 150L291 154L291 146Z"]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ((2000, 4500, 1000, 3000), "M200 450L250 450L250 750L300 750"),  # from side to side
        ((1000, 5000, 3000, 2000), "M100 500L100 600L400 600L400 700"),  # from foot to head
        ((0, 0, 0, 0), "M100 500L100 600L400 600L400 700"),
    ],
)
def test_elbows_leave_from_the_side_that_was_joined(frame: tuple[int, int, int, int], expected: str) -> None:
    assert paths(Shape("connector", *frame, begin_shape=0, end_shape=2)) == [expected]


def test_a_way_that_leads_along_a_box_or_away_from_it_is_not_gone() -> None:
    along = (1000, 5000, 2500, 5000, 2500, 7000, 4000, 7000)
    astray = (9000, 100, 9500, 100)
    for way in (along, astray):
        line = Shape("connector", 1000, 5000, 3000, 2000, begin_shape=0, end_shape=2, way=way)
        assert paths(line) == ["M100 500L100 600L400 600L400 700"]


def test_texts_of_one_place_stand_one_below_the_other() -> None:
    source = "选择多\n浪费大\n周末用"
    shapes = tuple(Shape("box", 1000, 1000, 5000, 3000, at, at + 3) for at in (0, 4, 8))
    blocks = tuple(Block(str(at), "paragraph", source[at : at + 3], at, at + 3, shape=at // 4) for at in (0, 4, 8))
    svg = slide_svg(replace(chart_slide(), source=source, shapes=shapes, blocks=blocks, width=9600, height=5400))
    tops = [float(one.attrib["y"]) for one in drawn(svg, "text", "s-text")]
    assert [late - early > 40 for early, late in pairwise(tops)] == [True, True]
    assert len({one.attrib["height"] for one in drawn(svg, "rect", "s-box")}) == 1
