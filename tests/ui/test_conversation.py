import asyncio
from collections.abc import Sequence

import pytest
from ui_samples import SampleLibrary

from kejian.assistant.limits import LONGEST_QUESTION, MOST_TURNS
from kejian.ui.conversation import Update, converse


def held(library: SampleLibrary, question: str, turns: Sequence[str] = ()) -> list[Update]:
    async def all_updates() -> list[Update]:
        return [update async for update in converse(library, question, turns)]

    return asyncio.run(all_updates())


def test_an_answer_streams_in_and_ends_complete(library: SampleLibrary) -> None:
    updates = held(library, " 前后端型有哪些优点? ")
    assert len(updates) >= 4
    assert "正在查阅" in updates[0].html
    sentences = [update.html.count("kj-sentence") for update in updates]
    assert sentences == sorted(sentences)
    assert sentences[-1] == 3
    assert "kj-sources" in updates[-1].html
    assert updates[-1].turns == ("前后端型有哪些优点?",)


def test_earlier_questions_are_passed_on(library: SampleLibrary) -> None:
    first = held(library, "前后端型有哪些优点?")[-1].turns
    held(library, "那它的缺点呢", first)
    assert library.asked[-1] == ("那它的缺点呢", ("前后端型有哪些优点?",))


def test_only_the_newest_turns_are_kept(library: SampleLibrary) -> None:
    turns = tuple(f"问{n}" for n in range(MOST_TURNS))
    after = held(library, "新的", turns)[-1].turns
    assert len(after) == MOST_TURNS
    assert after[-1] == "新的"


@pytest.mark.parametrize(("question", "said"), [("  ", "还没有写问题"), ("长" * (LONGEST_QUESTION + 1), "共 501 字")])
def test_questions_that_cannot_be_asked_get_one_line(library: SampleLibrary, question: str, said: str) -> None:
    (update,) = held(library, question, ("先前",))
    assert said in update.html
    assert not update.answered
    assert update.turns == ("先前",)
    assert not library.asked


def test_a_fault_of_the_library_gets_one_line_and_is_not_remembered(library: SampleLibrary) -> None:
    last = held(library, "故障", ("先前",))[-1]
    assert "索引与模型不符，请运行 kejian doctor" in last.html or "kejian doctor" in last.html
    assert last.turns == ("先前",)


def test_conversations_do_not_mix(library: SampleLibrary) -> None:
    async def one(name: str) -> tuple[str, ...]:
        turns: tuple[str, ...] = ()
        for n in range(3):
            async for update in converse(library, f"{name}{n}", turns):
                turns = update.turns
        return turns

    async def several() -> list[tuple[str, ...]]:
        return await asyncio.gather(*(one(name) for name in "甲乙丙丁"))

    assert asyncio.run(several()) == [tuple(f"{name}{n}" for n in range(3)) for name in "甲乙丙丁"]
