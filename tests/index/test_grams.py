"""Characters and pairs of a row of texts, counted and found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kejian.index.grams import AT_ONCE, GramIndex

TEXTS = ["资源部资源", "财务部", "", "it 部门", "源部资", "𠀀部"]


@pytest.fixture(params=[True, False], ids=["built", "loaded"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> GramIndex:
    built = GramIndex.build(TEXTS)
    built.save(tmp_path, "texts")
    return built if request.param else GramIndex.load(tmp_path, "texts")


@pytest.mark.parametrize("gram", ["部", "资源", "t ", "源", "𠀀部", "缺", "资部", "i"])
def test_counts_texts_not_occurrences(index: GramIndex, gram: str) -> None:
    assert index.count(gram) == sum(gram in text for text in TEXTS)


@pytest.mark.parametrize("gram", ["资源", "源部", "it", "𠀀部", "缺失", "部", "资", "缺", "i", "门"])
def test_rows_of_a_character_or_pair_are_the_texts_that_hold_it(index: GramIndex, gram: str) -> None:
    assert index.rows(gram).tolist() == [row for row, text in enumerate(TEXTS) if gram in text]


def test_holding_finds_every_text_that_holds_the_word(index: GramIndex) -> None:
    assert index.holding("资源部").tolist() == [0]
    assert index.holding("源部资").tolist() == [0, 4]
    assert index.holding("资金部").tolist() == []


def test_counts_alone_are_the_same() -> None:
    alone = GramIndex.build(TEXTS, with_rows=False)
    assert [alone.count(gram) for gram in ("部", "资源", "缺")] == [5, 1, 0]


def test_more_texts_than_are_sorted_at_once() -> None:
    texts = [f"第{number}号" for number in range(AT_ONCE * 2 + 5)]
    index = GramIndex.build(texts)
    assert index.count("第") == len(texts)
    assert index.rows(f"第{7}").tolist() == [row for row, text in enumerate(texts) if "第7" in text]


def test_no_texts() -> None:
    empty = GramIndex.build([])
    assert empty.count("部") == 0
    assert empty.rows("资源").tolist() == empty.rows("资").tolist() == []
