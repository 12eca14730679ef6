import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from ui_samples import (
    BPR,
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

from kejian.assistant.answer import Answer, Citation
from kejian.index.records import REASONS
from kejian.ui.html import shown
from kejian.ui.render import failed, finished, partial, shelf, waiting, welcome
from kejian.ui.render_body import Body
from kejian.ui.texts import speaker

SAY = speaker("zh")
ALL = [listing(), explaining("职责"), comparing("比较"), structuring("结构"), refusing("费用"), hostile(HOSTILE)]
VOID = {"rect", "path", "line", "circle"}


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
    return Dom(finished("t1", answer, SAY, "c1"))


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
def test_every_mark_points_to_a_citation_that_travels_along(answer: Answer) -> None:
    dom = dom_of(answer)
    pointed = {given["data-cite"] for _, given in dom.elements if "data-cite" in given}
    (turn,) = dom.of_class("kj-turn")
    carried = [Citation(**fields) for fields in json.loads(turn["data-citations"] or "")]
    assert tuple(carried) == answer.citations
    assert pointed == {str(citation.n) for citation in answer.citations}


def test_sentences_carry_marks_with_names() -> None:
    dom = dom_of(listing())
    (first, *_) = dom.of_class("kj-mark")
    assert first["aria-label"] == "来源 1：第16页 本地网组织架构的三种模式"
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
    assert [given["data-ask"] for _, given in dom.elements if "data-ask" in given] == ["优点", "缺点"]
    assert [given["data-slide"] for given in dom.of_class("kj-near")] == [f"{BPR.id}/16", f"{BPR.id}/17"]
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
    body = Body(answer, SAY)
    shown = [partial("t", answer, body.html(n), SAY) for n in range(body.steps + 1)]
    assert [len([1 for tag, _ in Dom(html).elements if tag == "tr"]) for html in shown] == [0, 0, 2, 3, 4]
    assert 'aria-busy="true"' in shown[1]
    assert 'aria-busy="false"' in finished("t", answer, SAY)


def test_waiting_and_failed_turns_show_the_question() -> None:
    assert "&lt;b&gt;" in waiting("t", "<b>", SAY)
    assert 'role="alert"' in failed("t", "问", "原因")


def test_empty_states_say_what_can_be_done() -> None:
    assert "kejian ingest" in welcome((), (), SAY)
    assert "资料库为空" in shelf((), SAY)
    decks = SampleLibrary().decks()
    dom = Dom(welcome(["前后端型有哪些优点?"], decks, SAY))
    assert [chip["data-ask"] for chip in dom.of_class("kj-chip")] == ["前后端型有哪些优点?"]
    assert Dom(shelf(decks, SAY)).text == "2 份课件 · 4 页"
    assert shown(EVIL.title) in (Dom(shelf(decks, SAY)).elements[0][1]["title"] or "")


def test_aligned_rows_are_set_off() -> None:
    answer = comparing("比较")
    assert answer.matrix is not None
    first = replace(answer.matrix.rows[0], aspect="对照：反应")
    longer = replace(answer, matrix=replace(answer.matrix, rows=(*answer.matrix.rows, first)))
    html = Body(longer, SAY).html()
    assert html.count('<tr class="kj-aligned"><th scope="row"><small>对照：</small>反应</th>') == 1


def test_a_question_back_offers_the_whole_question_of_each_name() -> None:
    html = finished("1", asking_back("哪个前后快?"), SAY)
    for name in ("前后端型", "前后台型"):
        assert f'data-ask="哪个{name}快?">{name}</button>' in html
    assert "接着问" not in html


def test_what_is_kept_can_be_judged_and_everything_copied() -> None:
    dom = dom_of(listing())
    assert [given["data-act"] for given in dom.of_class("kj-act")] == ["copy", "up", "down", "why"]
    assert [given["data-reason"] for _, given in dom.elements if "data-reason" in given] == list(REASONS)
    (turn,) = dom.of_class("kj-turn")
    assert "[1] 《BPR 理念培训》第 16 页" in (turn["data-copy"] or "")
    unkept = Dom(finished("t1", listing(), SAY))
    assert [given["data-act"] for given in unkept.of_class("kj-act")] == ["copy"]


def test_an_opinion_of_before_is_shown() -> None:
    for helpful, pressed in {None: ["false", "false"], True: ["true", "false"], False: ["false", "true"]}.items():
        thumbs = Dom(finished("t", listing(), SAY, "c", helpful)).of_class("kj-act")[1:3]
        assert [thumb["aria-pressed"] for thumb in thumbs] == pressed


def test_the_interface_can_be_english() -> None:
    text = Dom(finished("t", comparing("比较"), speaker("en"), "c")).text
    assert "Sources" in text
    assert text.count("not in the material") == 3
    assert "来源" not in text
