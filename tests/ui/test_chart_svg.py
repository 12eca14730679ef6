import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from ui_samples import structuring

from kejian.assistant.answer import Structure
from kejian.ui.chart_svg import chart_svg, name_lines
from kejian.ui.texts import speaker

SAY = speaker("zh")

NAMES = st.text(st.sampled_from("营销中心部(A) "), min_size=1, max_size=24)
TREES = st.recursive(
    st.builds(Structure, NAMES, citations=st.just((1, 12))),
    lambda children: st.builds(Structure, NAMES, children=st.lists(children, max_size=4).map(tuple)),
    max_leaves=12,
)


def boxes(svg: str) -> list[tuple[float, ...]]:
    root = ElementTree.fromstring(svg)
    rects = root.findall(".//rect")
    return [tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height")) for rect in rects]


def count(unit: Structure) -> int:
    return 1 + sum(map(count, unit.children))


@given(TREES)
def test_every_unit_has_a_box_and_none_overlap(tree: Structure) -> None:
    drawn = boxes(chart_svg(tree, SAY))
    assert len(drawn) == count(tree)
    for i, (x, y, w, h) in enumerate(drawn):
        for x2, y2, w2, h2 in drawn[i + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 + 0.01 or y2 + h2 <= y + 0.01


@given(TREES)
def test_boxes_lie_inside_the_picture(tree: Structure) -> None:
    svg = chart_svg(tree, SAY)
    view = re.search(r'viewBox="([^"]+)"', svg)
    assert view
    left, top, across, down = map(float, view.group(1).split())
    for x, y, w, h in boxes(svg):
        assert left <= x
        assert top <= y
        assert x + w <= left + across + 0.01
        assert y + h <= top + down + 0.01


def test_sourced_units_are_buttons_with_names() -> None:
    structure = structuring("结构").structure
    assert structure is not None
    svg = chart_svg(structure, SAY)
    assert svg.count('role="button" tabindex="0" data-cite') == 12
    assert 'aria-label="大客户部，上级 营销中心，来源 1"' in svg


def test_a_long_name_breaks_before_its_bracket() -> None:
    name = "商业客户部(中小企业部)"
    assert [name[line.start : line.end] for line in name_lines(name)] == ["商业客户部", "(中小企业部)"]


def test_units_with_others_under_them_can_be_folded() -> None:
    structure = structuring("结构").structure
    assert structure is not None
    svg = chart_svg(structure, SAY)
    assert re.findall(r'data-folded="(\d+)"', svg) == ["11", "6", "3"]
    assert 'aria-expanded="true" aria-label="营销中心之下的 6 个单位"' in svg
    parents = [int(box.split()[1]) for box in re.findall(r'data-box="([^"]*)"', svg)]
    assert parents == [-1, 0, *[1] * 6, 0, *[8] * 3]
