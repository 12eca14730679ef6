"""A deck with every kind of object: all visible text in its order, and what its structure says."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from every_object import FIRST, SLIDES, deck
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from reading import Read
from test_read_properties import check
from truth import Truth

from kejian.ingest.elements import P
from kejian.ingest.model import Deck, Slide
from kejian.ingest.pptx_lines import BAR
from kejian.ingest.pptx_text import A

UNPLACED = (MSO_SHAPE_TYPE.GROUP, MSO_SHAPE_TYPE.FREEFORM)  # what is in them has places of its own
NUMBERED = list(enumerate(SLIDES, FIRST))
each = pytest.mark.parametrize(("number", "truth"), NUMBERED, ids=[truth.title or "无题" for truth in SLIDES])


@pytest.fixture(scope="module")
def read_deck(read: Read) -> Deck:
    return read("every object.pptx", deck())


@pytest.fixture(scope="module")
def slides(read_deck: Deck) -> dict[int, Slide]:
    return {slide.number: slide for slide in read_deck.slides}


def test_every_range_gives_its_text(read_deck: Deck) -> None:
    check(read_deck)
    assert len(read_deck.slides) == len(SLIDES)
    assert read_deck.title == "课件对象大全"


@each
def test_all_visible_text_in_reading_order(slides: dict[int, Slide], number: int, truth: Truth) -> None:
    assert slides[number].source.splitlines() == truth.source


@each
def test_edges(slides: dict[int, Slide], number: int, truth: Truth) -> None:
    assert {" → ".join((*edge.chain, edge.child)) for edge in slides[number].relations} == truth.relations


@each
def test_facts_and_heads_of_cells(slides: dict[int, Slide], number: int, truth: Truth) -> None:
    slide = slides[number]
    assert set(truth.facts) <= {(fact.subject, fact.aspect, fact.text) for fact in slide.facts}
    heads = {block.text: (block.row, block.column) for block in slide.blocks if block.kind == "cell"}
    assert {text: heads.get(text) for text in truth.cells} == truth.cells


def test_warnings(read_deck: Deck) -> None:
    expected = [f"第 {number} 页{warning}" for number, truth in NUMBERED for warning in truth.warnings]
    assert sorted(read_deck.warnings) == sorted(expected)


@each
def test_every_block_has_a_place_on_the_slide(slides: dict[int, Slide], number: int, truth: Truth) -> None:
    slide = slides[number]
    for block in slide.blocks:
        if block.kind != "note":
            assert block.shape is not None
            shape = slide.shapes[block.shape]
            assert shape.width > 0 < shape.height, block.text
            assert shape.left < slide.width
            assert shape.top < slide.height


def test_every_visible_object_can_be_redrawn(slides: dict[int, Slide]) -> None:
    """Boxes, texts, tables, pictures and frames outside groups keep exactly their place and size."""
    for number, drawn in enumerate(Presentation(BytesIO(deck())).slides, FIRST):
        kept = {(shape.left, shape.top, shape.width, shape.height) for shape in slides[number].shapes}
        for shape in drawn.shapes:
            named = shape._element.find(f"*/{P}cNvPr")
            seen = named.get("hidden") != "1" and shape.shape_type not in UNPLACED and shape.left < slides[number].width
            seen = seen and not shape._element.tag.endswith("cxnSp")
            if seen and min(shape.width, shape.height) > BAR and not _is_number(shape):
                assert (shape.left, shape.top, shape.width, shape.height) in kept, (number, shape.name)


def _is_number(shape: Any) -> bool:
    """Whether a shape holds the number of the slide, which the page that redraws it shows itself."""
    return any("slidenum" in (fld.get("type") or "") for fld in shape._element.iter(f"{A}fld"))


def test_the_places_of_cells_are_kept(slides: dict[int, Slide]) -> None:
    (slide,) = (slide for slide in slides.values() if slide.title == "差旅")
    cells = {block.text: block.cell for block in slide.blocks if block.kind == "cell"}
    assert cells["费用标准"] == (0, 0, 1, 4)
    assert cells["级别"] == (1, 0, 2, 1)
    assert (cells["住宿"], cells["餐补"], cells["其他"]) == ((1, 1, 1, 2), (1, 3, 2, 1), (2, 2, 1, 1))


def test_every_arrow_keeps_its_head(slides: dict[int, Slide]) -> None:
    (slide,) = (slide for slide in slides.values() if slide.title == "报销流程")
    lines = [shape for shape in slide.shapes if shape.kind == "connector"]
    assert [(line.begin_head, line.end_head) for line in lines] == [(False, True)] * 2


def test_every_line_is_kept(slides: dict[int, Slide]) -> None:
    for number, drawn in enumerate(Presentation(BytesIO(deck())).slides, FIRST):
        lines = sum(1 for _ in drawn._element.iter(f"{P}cxnSp"))
        assert sum(shape.kind == "connector" for shape in slides[number].shapes) >= lines
