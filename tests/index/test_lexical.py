from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejian.corpus.errors import SetupError
from kejian.index.lexical import LexicalIndex, best_rows
from kejian.index.segment import Segmenter

TEXTS = [
    "前后端型的优点:前端统一面对客户,后端提供支撑。",
    "补考须在两周内完成。",
    "The Sarbanes-Oxley Act 要求内部控制。",
    "大客户部负责重点客户的营销。",
    "",
    "!!! ……",
]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS, Segmenter(["前后端型", "大客户部"]))


@pytest.mark.parametrize(
    ("query", "row"),
    [("前后端型有哪些优点?", 0), ("补考", 1), ("sarbanes", 2), ("Ｏxley", 2), ("重點客戶", 3), ("大客户部", 3)],
)
def test_the_passage_is_found(index: LexicalIndex, query: str, row: int) -> None:
    assert index.search(query, 3)[0][0] == row


@pytest.mark.parametrize("query", ["", "   ", "?!", "qwertyuiop", "\x00", "鬱鑫"])
def test_a_query_without_known_words_finds_nothing(index: LexicalIndex, query: str) -> None:
    assert index.search(query, 5) == []


def test_scores_are_positive_falling_and_no_more_than_asked(index: LexicalIndex) -> None:
    hits = index.search("客户", 100)
    assert [row for row, _ in hits] == [3, 0] or [row for row, _ in hits] == [0, 3]
    assert hits[0][1] >= hits[1][1] > 0
    assert len(index.search("客户", 1)) == 1
    assert index.search("客户", 0) == []


def test_scores_of_given_rows(index: LexicalIndex) -> None:
    assert index.scores("客户", [4, 3]).tolist() == index.all_scores("客户")[[4, 3]].tolist()
    assert index.scores("客户", [4])[0] == 0


def test_weights_are_higher_the_fewer_passages_say_it(index: LexicalIndex) -> None:
    weights = index.weights("客户的补考 iso9001")
    assert set(weights) == {"客户", "户的", "的补", "补考", "iso9001"}
    assert 0 < weights["客户"] < weights["补考"] < weights["iso9001"]
    assert index.weights("?!") == {}


def test_equal_passages_come_in_the_order_of_rows() -> None:
    index = LexicalIndex.build(["同一句话"] * 5, Segmenter())
    assert [row for row, _ in index.search("同一句话", 3)] == [0, 1, 2]


def test_a_saved_index_answers_alike_with_its_own_dictionary(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert loaded.segmenter.words == index.segmenter.words
    assert loaded.rows == len(TEXTS)
    for query in ("前后端型的优点", "客户", "oxley"):
        assert loaded.search(query, 5) == index.search(query, 5)


def test_texts_without_any_word_can_be_indexed() -> None:
    assert LexicalIndex.build(["", "!!"], Segmenter()).search("什么", 2) == []


def test_no_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="no texts"):
        LexicalIndex.build([], Segmenter())


@pytest.mark.parametrize("file", ["words.json", "vocab.index.json", "data.csc.index.npy"])
@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_index_says_what_to_do(index: LexicalIndex, tmp_path: Path, file: str, damage: str) -> None:
    index.save(tmp_path)
    if damage == "missing":
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes((tmp_path / file).read_bytes()[:20])
    with pytest.raises(SetupError, match="kejian ingest"):
        LexicalIndex.load(tmp_path)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=20), st.integers(0, 25))
def test_best_rows_equals_a_full_stable_sort(scores: list[float], k: int) -> None:
    array = np.array(scores, dtype=np.float32)
    assert best_rows(array, k).tolist() == sorted(range(len(scores)), key=lambda row: (-scores[row], row))[:k]
