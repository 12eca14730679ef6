"""What can be compared, and comparisons of chosen subjects and aspects, by the code that answers in chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kejian.assistant.answer import NOT_MENTIONED, Answer
from kejian.assistant.comparables import MOST_SUBJECTS, comparables, subjects_named
from kejian.assistant.knowledge import Knowledge
from kejian.corpus.errors import UsageError
from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck
from tests_support import assert_sound

TYPES = ("中央仓型", "前置仓型", "云仓型")


def plain(answer: Answer) -> Answer:
    return replace(answer, question="", resolved="", trace="", timing_ms={}, confidence=0.0)


def test_groups_and_subjects_are_those_of_the_material(assistant):
    found = comparables(assistant.knowledge)
    (types, units) = found.groups
    assert (types.name, types.slide, types.subjects, types.aspects) == ("三种仓型的选择", 3, TYPES, ("优点", "缺点"))
    assert (units.subjects, units.aspects) == (("收货组（验收组）", "发运组"), ("职责",))
    subjects = {subject.name: subject for subject in found.subjects}
    assert subjects["云仓型"].aspects == ("优点",)
    assert subjects["收货组（验收组）"].label == "收货组"


def test_every_group_can_be_compared(assistant):
    for group in comparables(assistant.knowledge).groups:
        answer, trace = assistant.compare(group.subjects, group.aspects)
        assert_sound(answer)
        assert answer.matrix is not None
        assert [row.aspect for row in answer.matrix.rows][: len(group.aspects)] == list(group.aspects)
        assert all(cell.citations or cell.text == NOT_MENTIONED for row in answer.matrix.rows for cell in row.cells)
        assert trace.id == answer.trace


def test_a_chosen_comparison_is_the_one_of_chat(assistant, ask):
    chosen, _ = assistant.compare(TYPES, ("优点", "缺点"))
    assert plain(chosen) == plain(ask("三种仓型各有什么优缺点?"))
    assert plain(ask(chosen.question)) == plain(chosen)


def test_aliases_name_subjects_and_order_is_kept(assistant):
    answer, _ = assistant.compare(("云仓型", "forward warehouse", "前置仓"), ("好处",))
    assert answer.matrix.subjects == ("云仓型", "前置仓型")
    assert [row.aspect for row in answer.matrix.rows] == ["优点"]


def test_an_aspect_without_a_word_keeps_its_row(assistant):
    answer, _ = assistant.compare(("中央仓型", "云仓型"), ("缺点", "优点", "定义"))
    silent = answer.matrix.rows[2]
    assert [row.aspect for row in answer.matrix.rows] == ["缺点", "优点", "定义"]
    assert [(cell.text, cell.citations) for cell in silent.cells] == [(NOT_MENTIONED, ())] * 2


def test_nothing_at_all_is_a_refusal_that_says_what_there_is(assistant):
    answer, _ = assistant.compare(("收货组", "发运组"), ("缺点",))
    assert_sound(answer)
    assert answer.refusal.reason == "not_in_material"
    assert "材料没有写收货组、发运组的缺点" in answer.answer
    assert any("职责" in text for text in answer.refusal.covered)


@pytest.mark.parametrize(
    ("subjects", "aspects", "said"),
    [
        (("中央仓型", "无人仓型"), (), "没有叫「无人仓型」的对象"),
        (("前置仓型", "前置仓"), (), "现在是 1 个"),
        ((), (), "现在是 0 个"),
        (TYPES, ("颜色",), "没有「颜色」这个方面;这几个对象有的是:优点、缺点"),
        (TYPES, ("优点",) * 25, "最多比较 24 个方面"),
    ],
)
def test_what_cannot_be_compared_is_said(assistant, subjects, aspects, said):
    with pytest.raises(UsageError, match=said):
        assistant.compare(subjects, aspects)


def test_too_many_subjects(tmp_path):
    names = [f"第{number}仓" for number in range(MOST_SUBJECTS + 1)]
    path = tmp_path / "deck.md"
    path.write_text("# 各仓\n\n" + "".join(f"## {name}\n\n- 优点:近\n\n" for name in names), encoding="utf-8")
    terms = TermBase.bundled()
    knowledge = Knowledge([read_deck(path, terms)], terms)
    assert len(subjects_named(knowledge, names[1:])) == MOST_SUBJECTS
    with pytest.raises(UsageError, match=f"到 {MOST_SUBJECTS} 个"):
        subjects_named(knowledge, names)
