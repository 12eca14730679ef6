import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from kejian.corpus.deck_source import Chart, DeckSource, Element, Node, Records, Row, Section, Table
from kejian.corpus.write_pptx import pptx_bytes


@pytest.fixture(scope="module")
def presentation(deck: DeckSource) -> Any:
    return Presentation(io.BytesIO(pptx_bytes(deck)))


def shapes_of(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shapes_of(shape.shapes)


def elements(body: tuple[Element, ...]) -> Iterator[Element]:
    for element in body:
        yield element
        if isinstance(element, Row | Section):
            yield from elements(element.body)


def edges(node: Node) -> Iterator[tuple[str, str]]:
    for child in node.children:
        yield node.name, child.name
        yield from edges(child)


def test_titles_notes_and_numbers_are_native(presentation: Any, deck: DeckSource) -> None:
    assert presentation.core_properties.title == deck.title
    assert presentation.element.get("firstSlideNum") == str(deck.slides[0].number)
    for slide, source in zip(presentation.slides, deck.slides, strict=True):
        assert slide.shapes.title.text == source.title
        assert slide.has_notes_slide == bool(source.notes)
        if source.notes:
            assert slide.notes_slide.notes_text_frame.text.split("\n") == list(source.notes)
        fields = slide.element.xpath('.//a:fld[@type="slidenum"]/a:t/text()')
        assert fields == [str(source.number)]


def test_every_box_hangs_on_its_parent_by_a_glued_connector(presentation: Any, deck: DeckSource) -> None:
    for slide, source in zip(presentation.slides, deck.slides, strict=True):
        named = {shape.shape_id: shape for shape in shapes_of(slide.shapes)}
        drawn = []
        for shape in named.values():
            if shape.shape_type == MSO_SHAPE_TYPE.LINE:
                begin, end = (int(shape.element.xpath(f".//a:{site}/@id")[0]) for site in ("stCxn", "endCxn"))
                drawn.append((named[begin].text_frame.text, named[end].text_frame.text))
        charts = [element for element in elements(source.body) if isinstance(element, Chart)]
        assert sorted(drawn) == sorted(edge for chart in charts for edge in edges(chart.root))


def test_a_chart_is_grouped_with_its_heading(presentation: Any, deck: DeckSource) -> None:
    for slide, source in zip(presentation.slides, deck.slides, strict=True):
        groups = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
        found = [group.shapes[0].text_frame.text for group in groups]
        sections = [element for element in elements(source.body) if isinstance(element, Section)]
        assert found == [section.heading for section in sections if isinstance(section.body[0], Chart)]


def test_tables_are_native_with_a_paragraph_for_each_statement(presentation: Any, deck: DeckSource) -> None:
    for slide, source in zip(presentation.slides, deck.slides, strict=True):
        cells = [cell for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()]
        said = [text for cell in cells for text in cell.text_frame.text.split("\n") if text]
        wanted = []
        for element in elements(source.body):
            if isinstance(element, Table):
                wanted += [text for row in element.rows for cell in row for text in cell]
            elif isinstance(element, Records):
                wanted += [text for entry in element.entries for cell in entry.cells for text in cell]
        assert not [text for text in wanted if said.count(text) < wanted.count(text)]


def test_shape_ids_are_unique_and_names_chinese(presentation: Any) -> None:
    for slide in presentation.slides:
        ids = slide.element.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))


def test_nothing_leaves_the_slide(presentation: Any) -> None:
    for slide in presentation.slides:
        for shape in shapes_of(slide.shapes):
            if shape.element.xpath("./p:spPr/a:xfrm/@rot"):
                continue  # its frame is that of the connector before it is turned
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height


def test_the_file_has_no_leftovers_of_the_template(source: Path, presentation: Any) -> None:
    assert [layout.name for layout in presentation.slide_layouts] == ["Title Only"]
    assert presentation.slide_width * 9 == presentation.slide_height * 16
