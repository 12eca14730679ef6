"""Lines that are glued to nothing: what they join, and what they do not."""

from __future__ import annotations

import pytest
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.util import Pt
from reading import Read
from slide_maker import SlideMaker, make

from kejian.ingest.model import Slide


def line(slide: SlideMaker, *ends: float) -> None:
    slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Pt, ends))


def shown(read: Read, draw: object, title: str = "公司组织结构") -> Slide:
    deck = read("lines.pptx", make((title, draw)))  # type: ignore[arg-type]
    assert len(deck.slides) == 1
    return deck.slides[0]


def edges(slide: Slide) -> set[str]:
    return {" → ".join((*relation.chain, relation.child)) for relation in slide.relations}


def boxes(slide: SlideMaker) -> None:
    slide.box((300, 100, 100, 30), "总经理")
    slide.box((100, 250, 100, 30), "销售部")
    slide.box((500, 250, 100, 30), "客服部")
    slide.box((300, 250, 100, 30), "财务部")


TREE = {"总经理 → 销售部", "总经理 → 客服部", "总经理 → 财务部"}


@pytest.mark.parametrize("gap", [-3, 0, 4])
def test_ends_near_boxes(read: Read, gap: float) -> None:
    def draw(slide: SlideMaker) -> None:
        boxes(slide)
        line(slide, 350, 130 + gap, 150, 250 - gap)
        line(slide, 550, 250 - gap, 350, 130 + gap)
        line(slide, 350, 115, 350, 265)  # from centre to centre

    slide = shown(read, draw)
    assert edges(slide) == TREE
    assert all(shape.begin_shape is not None for shape in slide.shapes if shape.kind == "connector")


def test_a_line_drawn_up_among_lines_drawn_down(read: Read) -> None:
    """Its lower end is no root, though it has boxes of its own below it."""

    def draw(slide: SlideMaker) -> None:
        names = {"总经理": (300, 100), "销售部": (100, 200), "客服部": (500, 200)}
        names |= {"一组": (100, 300), "二组": (10, 300), "三组": (500, 300)}
        box = {name: slide.box((*place, 80, 30), name) for name, place in names.items()}
        for begin, end in (
            ("销售部", "总经理"),
            ("总经理", "客服部"),
            ("销售部", "一组"),
            ("销售部", "二组"),
            ("客服部", "三组"),
        ):
            slide.line(box[begin], box[end])

    tree = {"总经理 → 销售部", "总经理 → 客服部", "总经理 → 客服部 → 三组"}
    assert edges(shown(read, draw)) == tree | {f"总经理 → 销售部 → {name}" for name in ("一组", "二组")}


def test_stem_that_divides(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        boxes(slide)
        line(slide, 350, 130, 350, 190)
        line(slide, 150, 190, 550, 190)
        for x in (150, 350, 550):
            line(slide, x, 190, x, 250)

    assert edges(shown(read, draw)) == TREE


def test_stem_at_the_side(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.box((100, 100, 100, 30), "总经理")
        line(slide, 150, 130, 150, 315)
        for n, name in enumerate(("销售部", "客服部", "财务部")):
            slide.box((200, 180 + 60 * n, 100, 30), name)
            line(slide, 150, 195 + 60 * n, 200, 195 + 60 * n)

    assert edges(shown(read, draw)) == TREE


def test_tree_from_left_to_right(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.box((50, 200, 100, 30), "总经理")
        line(slide, 150, 215, 200, 215)
        line(slide, 200, 115, 200, 315)
        for n, name in enumerate(("销售部", "客服部", "财务部")):
            slide.box((250, 100 + 100 * n, 100, 30), name)
            line(slide, 200, 115 + 100 * n, 250, 115 + 100 * n)

    assert edges(shown(read, draw)) == TREE


def test_lines_in_a_group_and_glued_at_one_end(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        group = slide.group()
        boxes(group)
        line(group, 350, 130, 150, 250)
        half = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Pt, (350, 130, 550, 250)))
        half.begin_connect(group.shapes[0], 2)
        line(group, 350, 130, 350, 250)

    assert edges(shown(read, draw)) == TREE


def test_lines_that_join_nothing(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.box((100, 150, 200, 100), "销售部")
        slide.box((400, 150, 200, 100), "客服部")
        line(slide, 110, 190, 290, 190)  # inside a box
        line(slide, 350, 140, 350, 260)  # between the boxes
        line(slide, 50, 300, 650, 300)
        line(slide, 100, 280, 300, 280)

    slide = shown(read, draw, "部门")
    assert not slide.relations
    assert {block.kind for block in slide.blocks} == {"title", "paragraph"}


@pytest.mark.parametrize("glued", [True, False])
def test_names_laid_over_empty_boxes(read: Read, glued: bool) -> None:
    def draw(slide: SlideMaker) -> None:
        drawn = []
        for left, top, name in ((300, 100, "总经理"), (100, 250, "销售部"), (500, 250, "客服部"), (300, 250, "财务部")):
            drawn.append(slide.box((left, top, 120, 60)))
            slide.text((left + 20, top + 20, 80, 20), name)
        for child, x in zip(drawn[1:], (160, 560, 360), strict=True):
            if glued:
                slide.line(drawn[0], child)
            else:
                line(slide, 360, 160, x, 250)

    assert edges(shown(read, draw)) == TREE


def test_boxes_on_a_panel(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        slide.box((20, 90, 660, 300), "总部大楼")
        boxes(slide)
        for x in (150, 350, 550):
            line(slide, 350, 130, x, 250)

    assert edges(shown(read, draw)) == TREE


def test_connectors_that_do_not_say_their_form(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        boxes(slide)
        for x in (150, 350, 550):
            line(slide, 350, 130, x, 250)
        for connector in slide.shapes:
            if connector._element.tag.endswith("cxnSp"):
                connector._element.spPr.remove(connector._element.spPr.prstGeom)

    assert edges(shown(read, draw)) == TREE
