"""Every kind of answer over a deck that is not ours, each sentence cited and each quotation exact."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejian.assistant.answer import NOT_MENTIONED, Answer
from kejian.assistant.engine import LONGEST_QUESTION, Assistant
from kejian.corpus.errors import SetupError, UsageError
from tests_support import assert_sound


def test_lists_an_aspect_of_a_subject(ask):
    answer = ask("中央仓型有哪些优点?")
    assert answer.kind == "list"
    assert [c.quote for c in answer.citations] == ["库存集中，周转快", "采购量大，议价能力强"]
    assert {c.slide for c in answer.citations} == {3}


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("前置仓的好处是什么", "离门店近，半小时送达"),  # alias of the term base
        ("前置仓刑的优势", "离门店近，半小时送达"),  # typo
        ("前置倉型的優點", "离门店近，半小时送达"),  # traditional characters
        ("advantages of forward warehouse", "离门店近，半小时送达"),  # English names
        ("云仓型好在哪里", "按需租用，投入少"),
    ],
)
def test_recognises_other_ways_of_writing(ask, question, quote):
    assert [c.quote for c in ask(question).citations] == [quote]


def test_a_place_and_what_is_asked_of_are_not_compared(ask):
    for question in ("仓储中心的发运组负责什么", "仓储中心里发运组的职责"):
        answer = ask(question)
        assert answer.kind == "list"
        assert [c.quote for c in answer.citations] == ["安排车辆和路线", "交接签收单据"]


def test_compares_with_a_source_in_every_filled_cell(ask):
    answer = ask("三种仓型各有什么优缺点?")
    assert answer.kind == "compare"
    assert answer.matrix is not None
    assert answer.matrix.subjects == ("中央仓型", "前置仓型", "云仓型")
    assert [row.aspect for row in answer.matrix.rows] == ["优点", "缺点", "对照：门店"]
    cells = [cell for row in answer.matrix.rows for cell in row.cells]
    assert [bool(cell.citations) for cell in cells] == [cell.text != NOT_MENTIONED for cell in cells]
    assert answer.matrix.rows[1].cells[2].text == NOT_MENTIONED


def test_draws_a_structure_with_footnotes_and_inference(ask):
    answer = ask("仓储中心的组织架构是怎样的")
    assert answer.kind == "structure"
    assert answer.structure is not None
    assert [child.name for child in answer.structure.children] == ["收货组（验收组）", "冷库组", "发运组"]
    assert [child.name for child in answer.structure.children[2].children] == ["装车班", "调度班"]
    assert "只在设有低温库的城市设立" in answer.answer
    assert "编者推断" in answer.answer


@pytest.mark.parametrize(
    ("question", "unit"),
    [("谁负责核对温度记录", "收货组"), ("安排车辆归哪个小组", "发运组"), ("签收单据找谁", "发运组")],
)
def test_looks_up_who_does_what(ask, question, unit):
    answer = ask(question)
    assert answer.kind == "lookup"
    assert answer.answer.startswith(unit)


def test_says_under_whom_a_unit_stands(ask):
    assert "隶属发运组" in ask("装车班归谁管").answer
    assert ask("装车班属于收货组吗").answer.startswith("不是")
    assert ask("装车班属于仓储中心吗").answer.startswith("是的")


def test_quotes_sentences_where_no_fact_answers(ask):
    answer = ask("冷藏品要保持在多少摄氏度之间")
    assert answer.kind in ("lookup", "passage")
    assert [c.quote for c in answer.citations] == ["冷藏品保持在2到8摄氏度之间。"]


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("冷库组的职责是什么", "not_in_material", "没有写它的职责"),
        ("云仓型有哪些缺点", "not_in_material", "没有写云仓型的缺点"),
        ("发运组有多少人", "not_in_material", "有多少人"),
        ("红烧肉怎么做", "not_in_material", "红烧肉"),
        ("第四种仓型是什么", "false_premise", "3 种"),
        ("前置仓型的第三个缺点是什么", "false_premise", "2 项"),
        ("你好", "out_of_scope", "课件"),
    ],
)
def test_refuses_usefully(ask, question, reason, said):
    answer = ask(question)
    assert answer.kind == "refusal"
    assert answer.refusal is not None
    assert (answer.refusal.reason, answer.citations) == (reason, ())
    assert said in answer.answer


def test_a_refusal_points_to_what_is_near_in_meaning(ask):
    answer = ask("卡车走哪条路谁定")
    assert answer.kind == "refusal"
    assert answer.refusal is not None
    assert answer.refusal.covered == ("发运组的职责",)
    assert [near.slide for near in answer.refusal.nearest] == [4]


@pytest.mark.parametrize(
    ("turns", "question", "resolved"),
    [
        (["中央仓型有哪些优点"], "那它的缺点呢", "中央仓型的缺点"),
        (["中央仓型有哪些优点"], "缺点呢?", "中央仓型的缺点"),
        (["中央仓型有哪些优点"], "那云仓型呢", "云仓型有哪些优点"),
        (["中央仓型有哪些优点"], "和前置仓型比呢", "中央仓型和前置仓型的优点比较"),
        (["中央仓型有哪些优点"], "第二种呢", "前置仓型有哪些优点"),
        (["前置仓型有哪些缺点"], "第二条呢", "前置仓型的第二条缺点"),
        (["中央仓型的优点", "缺点呢"], "前置仓型呢", "前置仓型的缺点"),
        (["谁负责安排车辆"], "它还负责什么", "发运组还负责什么"),
        (["发运组下设哪些班"], "第一个归谁管", "装车班归谁管"),
        (["中央仓型有哪些优点"], "发运组的职责是什么", "发运组的职责是什么"),
        (["中央仓型有哪些优点"], "谁负责登记入库台账", "谁负责登记入库台账"),
        ([], "那它的缺点呢", "那它的缺点呢"),
    ],
)
def test_resolves_follow_ups(ask, turns, question, resolved):
    assert ask(question, *turns).resolved == resolved


def test_answers_are_sound_for_every_kind(ask):
    for question in ("中央仓型怎么样", "三种仓型的区别", "仓储中心下设哪些组", "谁安排路线", "超温的货物怎么办"):
        assert_sound(ask(question))


def test_same_question_same_answer(assistant: Assistant):
    first, second = (assistant.ask("三种仓型的区别").to_json() for _ in range(2))
    assert first.pop("timing_ms")
    assert second.pop("timing_ms")
    assert first == second


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_question_gets_an_answer_or_a_clear_refusal(assistant: Assistant, question: str):
    if not question.strip():
        with pytest.raises(UsageError):
            assistant.ask(question)
        return
    answer = assistant.ask(question)
    assert isinstance(answer, Answer)
    assert_sound(answer)


@given(
    st.lists(
        st.sampled_from(["中央仓型", "它", "的", "缺点", "第三个", "比", "呢", "谁", "冷库组", "仓型", "吗"]),
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_follow_up_gets_an_answer(assistant: Assistant, words: list[str]):
    assert_sound(assistant.ask("".join(words) or "?", ["前置仓型的优点", "那云仓型呢"]))


def test_refuses_what_cannot_be_asked(assistant: Assistant):
    for question in ("", "  \n", "长" * (LONGEST_QUESTION + 1)):
        with pytest.raises(UsageError):
            assistant.ask(question)
    with pytest.raises(UsageError):
        assistant.ask("优点", ["问"] * 21)


def test_an_empty_library_says_what_to_do(assistant: Assistant):
    empty = type("Empty", (), {"revision": "0", "decks": (), "search": None})()
    with pytest.raises(SetupError, match="kejian ingest"):
        Assistant(empty, assistant.knowledge.terms)


def test_examples_and_suggestions_have_answers(assistant: Assistant):
    questions = assistant.examples(8)
    assert len(questions) >= 4
    for question in (*questions, *assistant.ask("前置仓型的优点").suggestions):
        assert assistant.ask(question).kind != "refusal", question


def test_a_part_that_several_names_share_is_asked_back(ask):
    answer = ask("置仓型的优点")  # of 前置仓型 alone
    assert answer.kind == "list"
    answer = ask("仓型的优点")
    assert answer.refusal is not None
    assert answer.refusal.reason == "ambiguous"
    assert answer.refusal.covered == ("中央仓型", "前置仓型", "云仓型")
    assert "前置仓型" in answer.answer
    assert answer.suggestions == ("中央仓型的优点", "前置仓型的优点", "云仓型的优点")
    assert all(ask(question).kind == "list" for question in answer.suggestions)


def test_names_typed_in_pinyin_are_recognised(ask):
    assert [c.quote for c in ask("qianzhicangxing的优点").citations] == ["离门店近，半小时送达"]


def test_points_that_speak_of_the_same_thing_stand_in_one_row(ask):
    answer = ask("中央仓型和前置仓型的优缺点比较")
    assert answer.matrix is not None
    rows = {row.aspect: [cell.text for cell in row.cells] for row in answer.matrix.rows}
    assert rows["对照：门店"] == ["缺点：离门店远，配送时间长", "优点：离门店近，半小时送达"]
    aligned = next(row for row in answer.matrix.rows if row.aspect == "对照：门店")
    assert all(cell.citations for cell in aligned.cells)


def test_says_where_two_differ(ask):
    answer = ask("中央仓型和前置仓型有什么区别")
    assert "在“门店”上，中央仓型写为缺点，前置仓型写为优点" in answer.answer
    assert_sound(answer)


def test_one_aspect_alone_is_not_aligned(ask):
    answer = ask("中央仓型和前置仓型的优点比较")
    assert answer.matrix is not None
    assert [row.aspect for row in answer.matrix.rows] == ["优点"]
