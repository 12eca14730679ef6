"""Conversations and feedback in the library database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kejian.corpus.errors import UsageError
from kejian.index.library import Library, sqlite_url
from kejian.index.records import LONGEST_COMMENT, Place, Record, Records

ME, OTHER = "a" * 32, "b" * 32


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(sqlite_url(str(tmp_path / "library.sqlite")))
    yield library
    library.close()


@pytest.fixture
def records(library: Library) -> Records:
    return Records(library)


def answered(question: str, said: str = "负责付款", trace: str = "t1") -> Record:
    return {"question": question, "resolved": question, "answer": said, "trace": trace}


def ask(records: Records, question: str, conversation: str = "c1", turn: str = "", visitor: str = ME) -> str:
    turn = turn or f"{conversation}-{question}"
    records.keep(Place(visitor, conversation, turn), question, answered(question))
    return turn


def test_turns_come_back_in_order(records: Records) -> None:
    for question in ("谁付款?", "谁收款?", "谁报销?"):
        ask(records, question)
    assert [turn.question for turn in records.turns("c1", ME)] == ["谁付款?", "谁收款?", "谁报销?"]
    (kept,) = records.conversations(ME)
    assert (kept.title, kept.turns) == ("谁付款?", 3)


def test_the_newest_conversation_is_first_and_each_sees_only_its_own(records: Records) -> None:
    for conversation, visitor in (("c1", ME), ("c2", ME), ("c3", OTHER)):
        ask(records, "谁付款?", conversation, visitor=visitor)
    ask(records, "谁收款?", "c1")
    assert [one.id for one in records.conversations(ME)] == ["c1", "c2"]
    assert {one.id for one in records.conversations()} == {"c1", "c2", "c3"}


@pytest.mark.parametrize("words", ["付款", "谁 付款", "负责付款"])
def test_conversations_are_found_by_words_of_question_and_answer(records: Records, words: str) -> None:
    ask(records, "谁付款?")
    records.keep(Place(ME, "c2", "t2"), "培训几天?", answered("培训几天?", "三天"))
    assert [one.id for one in records.conversations(ME, words)] == ["c1"]


@pytest.mark.parametrize("words", ["%", "_", "付款 三天", "没有的词"])
def test_signs_of_the_database_are_only_text(records: Records, words: str) -> None:
    ask(records, "谁付款?")
    assert records.conversations(ME, words) == ()


def test_another_visitors_conversation_cannot_be_read_changed_or_deleted(records: Records) -> None:
    ask(records, "谁付款?")
    for attempt in (
        lambda: records.turns("c1", OTHER),
        lambda: records.forget("c1", OTHER),
        lambda: ask(records, "我也问", turn="x", visitor=OTHER),
    ):
        with pytest.raises(UsageError, match="没有编号为「c1」的对话"):
            attempt()
    assert len(records.turns("c1", ME)) == 1


def test_what_is_deleted_is_gone_from_the_file_but_feedback_stays(records: Records, library: Library) -> None:
    turn = ask(records, "极其秘密的问题?")
    ask(records, "另一个更秘密的问题?", "c1")
    records.give(ME, turn, False, ["过时"])
    records.forget("c1", ME)
    assert records.conversations(ME) == ()
    content = Path(library.engine.url.database or "").read_bytes()
    assert "另一个更秘密的问题".encode() not in content
    assert [one.question for one in records.feedback()] == ["极其秘密的问题?"]


def test_a_second_opinion_takes_the_place_of_the_first(records: Records) -> None:
    turn = ask(records, "谁付款?")
    records.give(ME, turn, True)
    records.give(ME, turn, False, ["不准确", "不准确", "其他"], " 应是财务部 ")
    (kept,) = records.feedback()
    assert (kept.helpful, kept.reasons, kept.comment) == (False, ("不准确", "其他"), "应是财务部")
    assert kept.answer["answer"] == "负责付款"
    assert records.feedback(helpful=True) == ()
    assert [turn.helpful for turn in records.turns("c1", ME)] == [False]


def test_feedback_is_taken_only_on_ones_own_answers_and_by_known_reasons(records: Records) -> None:
    turn = ask(records, "谁付款?")
    for visitor, reasons, comment, said in (
        (OTHER, [], "", "找不到这条回答"),
        (ME, ["不好看"], "", "不认识的理由「不好看」"),
        (ME, [], "长" * (LONGEST_COMMENT + 1), "说明太长"),
    ):
        with pytest.raises(UsageError, match=said):
            records.give(visitor, turn, False, reasons, comment)
    assert records.feedback() == ()


def test_the_trace_is_kept_with_the_answer(records: Records, library: Library) -> None:
    records.keep(Place(ME, "c1", "t1"), "谁付款?", answered("谁付款?"), {"id": "trace1", "path": "facts"})
    assert library.trace("trace1") == {"id": "trace1", "path": "facts"}


def test_a_library_of_before_gets_the_tables(tmp_path: Path) -> None:
    url = sqlite_url(str(tmp_path / "library.sqlite"))
    Library.open(url).close()
    for _ in range(2):
        library = Library.open(url)
        ask(Records(library), "谁付款?", turn=f"t{_}")
        library.close()
    library = Library.open(url)
    assert len(Records(library).turns("c1")) == 2
    library.close()


def test_odd_characters_do_no_harm(records: Records) -> None:
    question = "一\x00二\n三 ' \" ; DROP TABLE turns; -- \U0001f600"
    ask(records, question, turn="t")
    assert records.turns("c1")[0].question == question.replace("\x00", "\ufffd")
