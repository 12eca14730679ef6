import asyncio

import pytest
from ui_samples import SampleLibrary

from kejian.assistant.limits import LONGEST_QUESTION, MOST_TURNS
from kejian.corpus.errors import UsageError
from kejian.ui.conversation import Talk, Update, converse, reopened
from kejian.ui.texts import speaker

SAY = speaker("zh")
ME = Talk("a" * 32)


def held(library: SampleLibrary, question: str, talk: Talk = ME, literal: bool = False) -> list[Update]:
    async def all_updates() -> list[Update]:
        return [update async for update in converse(library, SAY, talk, question, literal)]

    return asyncio.run(all_updates())


def test_an_answer_streams_in_and_ends_complete(library: SampleLibrary) -> None:
    updates = held(library, " 前后端型有哪些优点? ")
    assert len(updates) >= 4
    assert "正在查阅" in updates[0].html
    sentences = [update.html.count("kj-sentence") for update in updates]
    assert sentences == sorted(sentences)
    assert sentences[-1] == 3
    assert "kj-sources" in updates[-1].html
    assert updates[-1].talk.turns == ("前后端型有哪些优点?",)


def test_earlier_questions_are_passed_on(library: SampleLibrary) -> None:
    first = held(library, "前后端型有哪些优点?")[-1].talk
    held(library, "那它的缺点呢", first)
    assert library.asked[-1] == ("那它的缺点呢", ("前后端型有哪些优点?",))


def test_a_question_taken_literally_refers_to_nothing_before_it(library: SampleLibrary) -> None:
    first = held(library, "前后端型有哪些优点?")[-1].talk
    after = held(library, "那它的缺点呢", first, literal=True)[-1].talk
    assert library.asked[-1] == ("那它的缺点呢", ())
    assert after.turns == ("那它的缺点呢",)
    assert after.id == first.id


def test_only_the_newest_turns_are_kept_in_mind(library: SampleLibrary) -> None:
    turns = tuple(f"问{n}" for n in range(MOST_TURNS))
    after = held(library, "新的", Talk(turns=turns))[-1].talk.turns
    assert len(after) == MOST_TURNS
    assert after[-1] == "新的"


@pytest.mark.parametrize(
    ("question", "said"),
    [("  ", "还没有写问题"), ("长" * (LONGEST_QUESTION + 1), "共 501 字"), ("半个\ud83d", "无法识别的字符")],
)
def test_questions_that_cannot_be_asked_get_one_line(library: SampleLibrary, question: str, said: str) -> None:
    before = Talk(ME.visitor, turns=("先前",))
    (update,) = held(library, question, before)
    assert said in update.html
    assert update.talk == before
    assert not library.asked


def test_a_fault_of_the_library_gets_one_line_and_is_not_remembered(library: SampleLibrary) -> None:
    before = Talk(ME.visitor, turns=("先前",))
    last = held(library, "故障", before)[-1]
    assert "请运行 kejian doctor" in last.html
    assert last.talk == before
    assert library.records
    assert library.records.conversations() == ()


def test_a_conversation_is_kept_and_opened_again(library: SampleLibrary) -> None:
    first = held(library, "前后端型有哪些优点?")[-1]
    second = held(library, "它有什么好处", first.talk)[-1]
    again = reopened(library, SAY, ME.visitor, second.talk.id)
    assert again.talk == second.talk
    assert first.html in again.html
    assert second.html in again.html


def test_nobody_opens_what_another_keeps(library: SampleLibrary) -> None:
    kept = held(library, "前后端型有哪些优点?")[-1].talk.id
    with pytest.raises(UsageError, match="没有编号为"):
        reopened(library, SAY, "b" * 32, kept)


def test_without_a_visitor_nothing_is_kept(library: SampleLibrary) -> None:
    last = held(library, "前后端型有哪些优点?", Talk())[-1]
    assert last.talk.id == ""
    assert "kj-why" not in last.html
    assert library.records
    assert library.records.conversations() == ()


def test_a_library_that_can_only_be_read_still_answers() -> None:
    last = held(SampleLibrary(), "前后端型有哪些优点?")[-1]
    assert last.talk.turns == ("前后端型有哪些优点?",)
    assert "kj-why" not in last.html


def test_conversations_do_not_mix(library: SampleLibrary) -> None:
    async def one(number: int) -> Talk:
        talk = Talk(str(number) * 32)
        for n in range(3):
            async for update in converse(library, SAY, talk, f"{number}问{n}"):
                talk = update.talk
        return talk

    async def several() -> list[Talk]:
        return await asyncio.gather(*(one(number) for number in range(4)))

    talks = asyncio.run(several())
    assert [talk.turns for talk in talks] == [tuple(f"{number}问{n}" for n in range(3)) for number in range(4)]
    assert library.records
    for number, talk in enumerate(talks):
        turns = library.records.turns(talk.id, str(number) * 32)
        assert [turn.question for turn in turns] == list(talk.turns)
