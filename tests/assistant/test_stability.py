"""Variants of questions, and how many of them are answered alike: figures that can be counted on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kejian.assistant.answer import Answer, Citation, Sentence
from kejian.assistant.evaluation.stability import agreement, agreements, spread, stability
from kejian.assistant.evaluation.variants import Variants, homophones, swaps
from kejian.corpus.gold_questions import GoldQuestion
from kejian.corpus.normalize import searchable

NAMES = ("前置仓型", "中央仓型", "中间仓型", "甲部")
VARIANTS = Variants(NAMES, lambda word: word in "前置仓型、中央仓型、前置型")


def variants(question: str) -> dict[str, str]:
    return {variant.kind: variant.question for variant in VARIANTS.of(question)}


def test_each_kind_of_variant_once() -> None:
    found = variants("前置仓型的KYC有哪些优点?")
    assert list(found) == ["同音错字", "邻字颠倒", "漏字", "繁体", "全角", "客气", "口语", "标点", "空格"]
    assert found["繁体"] == "前置倉型的KYC有哪些優點?"
    assert found["全角"] == "前置仓型的ＫＹＣ有哪些优点？"
    assert searchable(found["空格"]) == searchable("前置仓型的KYC有哪些优点?")


def test_variants_are_the_same_twice() -> None:
    assert variants("前置仓型有哪些优点?") == variants("前置仓型有哪些优点?")


def test_slips_are_in_the_longest_name() -> None:
    assert "同音错字" not in variants("甲部负责什么")
    changed = variants("甲部和前置仓型")["邻字颠倒"]
    assert changed.removeprefix("甲部和") in set(swaps("前置仓型"))


def test_a_slip_that_is_a_word_of_the_library_is_left_out() -> None:
    assert variants("前置仓型?")["漏字"] != "前置型?"  # the library says 前置型


def test_a_slip_as_near_to_another_name_is_left_out() -> None:
    assert variants("中央仓型?")["漏字"] != "中仓型?"  # one character from 中间仓型, too


def test_homophones_sound_alike_and_are_common() -> None:
    assert "前直仓型" in set(homophones("前置仓型"))


class Spelling:
    """An assistant that is thrown off by one spelling."""

    def ask(self, question: str, turns: Sequence[str] = (), id: str = "") -> Answer:
        quote = "别的话" if "優" in question else "离门店近"
        citation = Citation(1, "d", "", 3, "", quote, 0, len(quote), True)
        answer = Answer(question, question, "list", quote, (Sentence(quote, (1,)),), (citation,))
        return replace(answer, kind="explain") if question.startswith(" ") else answer


def test_another_kind_or_another_quotation_is_no_agreement() -> None:
    gold = GoldQuestion("q", "优点", "前置仓型有哪些优点?", "answer")
    found = agreements(stability(Spelling(), [gold], VARIANTS))
    assert {kind for kind, value in found.items() if value.share == 0.0} == {"繁体", "空格"}
    assert found["标点"].share == 1.0
    assert not found["繁体"].holds


def test_the_interval_of_a_share() -> None:
    found = agreement([1.0] * 9 + [0.0])
    assert (found.pairs, found.share) == (10, 0.9)
    assert 0.6 <= found.low < 0.9 < found.high == 1.0
    assert found == agreement([1.0] * 9 + [0.0])


@pytest.mark.parametrize(("most", "ids"), [(2, ["0", "2"]), (4, ["0", "1", "2", "3"]), (9, ["0", "1", "2", "3"])])
def test_questions_are_taken_evenly(most: int, ids: list[str]) -> None:
    questions = [GoldQuestion(str(i), "优点", "?", "answer") for i in range(4)]
    assert [question.id for question in spread(questions, most)] == ids
