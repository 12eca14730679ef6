from dataclasses import replace
from html.parser import HTMLParser

import pytest
from ui_samples import (
    EVIL,
    HOSTILE,
    HOSTILE_MARKDOWN,
    SampleLibrary,
    asking_back,
    comparing,
    explaining,
    hostile,
    listing,
    refusing,
    structuring,
)

from kejian.assistant.answer import Answer
from kejian.ui.html import shown
from kejian.ui.render import complete, failed, partial, shelf, waiting, welcome
from kejian.ui.render_body import answer_body, steps

ALL = [listing(), explaining("职责"), comparing("比较"), structuring("结构"), refusing("费用"), hostile(HOSTILE)]
VOID = {"rect", "path", "line"}


class Dom(HTMLParser):
    """Tags, attributes and texts, with the check that everything opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [given for _, given in self.elements if name in (given.get("class") or "").split()]

    @property
    def text(self) -> str:
        return "".join(self.texts)


def dom_of(answer: Answer) -> Dom:
    return Dom(complete("t1", answer, SampleLibrary().slide))


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: answer.kind)
def test_only_harmless_elements_and_attributes(answer: Answer) -> None:
    dom = dom_of(answer)
    tags = {tag for tag, _ in dom.elements}
    names = {name for _, given in dom.elements for name in given}
    assert not tags & {
        "script",
        "img",
        "form",
        "iframe",
        "object",
        "embed",
        "style",
        "meta",
        "base",
        "a",
        "link",
        "input",
    }
    assert not [name for name in names if name.startswith("on") or name in ("href", "src", "style", "action")]


@pytest.mark.parametrize("answer", ALL, ids=lambda answer: answer.kind)
def test_every_mark_opens_a_passage_that_travels_along(answer: Answer) -> None:
    dom = dom_of(answer)
    pointed = {given["data-cite"] for _, given in dom.elements if "data-cite" in given}
    carried = {n for _, given in dom.elements for n in (given.get("data-cites") or "").split()}
    assert pointed == carried == {str(citation.n) for citation in answer.citations}


def test_sentences_carry_marks_with_names() -> None:
    dom = dom_of(listing())
    (first, *_) = dom.of_class("kj-mark")
    assert first["aria-label"] == "来源 1：第16页 本地网组织架构的三种模式"
    assert first["title"] == "营销职能集中,面向客户有规模优势"
    assert "面向客户有规模优势[1]" in dom.text


def test_comparison_is_a_table_with_a_source_in_every_filled_cell() -> None:
    dom = dom_of(comparing("比较"))
    assert len(dom.of_class("kj-silent")) == 3
    assert sum(tag == "th" for tag, _ in dom.elements) == 6
    assert len(dom.of_class("kj-mark")) == 13


def test_structure_is_drawn() -> None:
    assert len(dom_of(structuring("结构")).of_class("c-node")) == 12


def test_refusal_offers_what_is_covered_and_the_nearest_slides() -> None:
    dom = dom_of(refusing("费用"))
    assert [chip["data-ask"] for chip in dom.of_class("kj-chip")] == ["优点", "缺点"]
    near = [given["data-slide"] for given in dom.of_class("kj-near")]
    assert near == [given["data-slide"] for given in dom.of_class("kj-slide")]
    assert "材料里没有讲到" in dom.text


def test_the_question_understood_is_shown_where_it_differs() -> None:
    assert "理解为：大客户部的职责" in dom_of(explaining("它的职责")).text
    assert not dom_of(listing()).of_class("kj-resolved")


def test_hostile_text_is_shown_as_it_is() -> None:
    dom = dom_of(hostile(HOSTILE))
    assert dom.text.count(shown(HOSTILE)) > 5
    assert shown(HOSTILE_MARKDOWN) in dom.text


def test_partial_answers_grow_to_the_whole() -> None:
    answer = comparing("比较")
    rows = [
        len([1 for tag, _ in Dom(partial("t", answer, n)).elements if tag == "tr"]) for n in range(steps(answer) + 1)
    ]
    assert rows == [0, 0, 2, 3, 4]
    assert 'aria-busy="true"' in partial("t", answer, 1)
    assert 'aria-busy="false"' in complete("t", answer, SampleLibrary().slide)


def test_waiting_and_failed_turns_show_the_question() -> None:
    assert "&lt;b&gt;" in waiting("t", "<b>")
    assert 'role="alert"' in failed("t", "问", "原因")


def test_empty_states_say_what_can_be_done() -> None:
    assert "kejian ingest" in welcome((), ())
    assert "资料库为空" in shelf(())
    decks = SampleLibrary().decks()
    dom = Dom(welcome(["前后端型有哪些优点?"], decks))
    assert [chip["data-ask"] for chip in dom.of_class("kj-chip")] == ["前后端型有哪些优点?"]
    assert Dom(shelf(decks)).text == "2 份课件 · 4 页"
    assert shown(EVIL.title) in (Dom(shelf(decks)).elements[0][1]["title"] or "")


def test_aligned_rows_are_set_off() -> None:
    answer = comparing("比较")
    assert answer.matrix is not None
    first = replace(answer.matrix.rows[0], aspect="对照：反应")
    html = answer_body(replace(answer, matrix=replace(answer.matrix, rows=(*answer.matrix.rows, first))))
    assert html.count('<tr class="kj-aligned"><th scope="row"><small>对照：</small>反应</th>') == 1


def test_a_question_back_offers_the_whole_question_of_each_name() -> None:
    html = complete("1", asking_back("哪个前后快?"), SampleLibrary().slide)
    for name in ("前后端型", "前后台型"):
        assert f'data-ask="哪个{name}快?">{name}</button>' in html
    assert "接着问" not in html
