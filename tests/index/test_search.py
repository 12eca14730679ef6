import shutil
import time

import numpy as np
import pytest
from decks import make_deck, make_slide
from fake_encoder import HashingEncoder
from test_generation import contents

from kejian.corpus.errors import SetupError
from kejian.index import search as module
from kejian.index.query import QUERY_CHARACTERS, QueryEncoder
from kejian.index.search import HybridSearch
from kejian.index.shelf import Shelf

WORDS = ["收款", "付款", "培训", "合同", "仓储", "采购", "招聘", "审计", "客服", "法务"]


def lines(count):
    return [f"第{at}部:负责{WORDS[at % 10]}与{WORDS[at // 10 % 10]},编号{at}" for at in range(count)]


@pytest.fixture
def build(tmp_path, encoder):
    shelf, opened = Shelf(tmp_path / "index", "owner"), []

    def build_one(*decks, open_encoder=lambda: encoder):
        opened.append(shelf.open(shelf.publish(contents(encoder, *decks))))
        return HybridSearch(opened[-1], QueryEncoder(open_encoder))

    yield build_one
    for generation in opened:
        generation.close()


@pytest.fixture
def search(build):
    return build(make_deck("部门", make_slide(1, *lines(120)), make_slide(2, "食堂:中午十一点半开放")))


def test_finds_what_is_asked_for(search):
    (best, *_) = hits = search.search("食堂几点开放", 5)
    assert best.text == "食堂:中午十一点半开放"
    assert (best.dense_rank, best.lexical_rank) == (1, 1)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    entry = search.entry(best)
    assert entry.slide.source[best.start : best.end] == best.text
    assert (entry.deck.title, entry.slide.number) == ("部门", 2)


def test_scores_are_exact(search, encoder):
    query = "谁负责采购"
    vector = encoder.encode_queries([query])[0]
    cosines = search.generation.vectors @ vector
    for hit in search.search(query, 20):
        row = search.generation.rows[hit.passage_id]
        assert hit.dense_score == pytest.approx(cosines[row], abs=1e-6)
        assert hit.dense_z == pytest.approx((cosines[row] - cosines.mean()) / cosines.std(), abs=1e-3)
        assert hit.lexical_score == pytest.approx(search.generation.lexical.scores(query, [row])[0], abs=1e-5)


def test_legs_are_the_exact_rankings(search, encoder):
    query = "合同与审计"
    dense, lexical = search.legs(query, 10)
    cosines = search.generation.vectors @ encoder.encode_queries([query])[0]
    assert [hit.dense_score for hit in dense] == pytest.approx(np.sort(cosines)[::-1][:10].tolist(), abs=1e-6)
    assert [hit.dense_rank for hit in dense] == list(range(1, 11))
    assert [(search.generation.rows[hit.passage_id], hit.score) for hit in lexical] == [
        (row, pytest.approx(score)) for row, score in search.generation.lexical.search(query, 10)
    ]


def test_a_passage_of_one_leg_only_has_no_rank_in_the_other(search):
    hits = search.search("食堂", 60)
    assert sum(hit.lexical_rank is not None for hit in hits) == 1
    assert all(hit.dense_rank is not None for hit in hits if hit.lexical_rank is None)


@pytest.mark.parametrize("query", ["", "  \n", "\ud800"])
def test_nothing_asked_nothing_found(search, query):
    assert search.search(query) == []
    assert search.legs(query) == ([], [])


@pytest.mark.parametrize("query", ["\x00", "?!", "😀", "a\ud800食堂", "zzz unknown words", "食" * 10_000])
def test_odd_queries_find_something(search, query):
    assert len(search.search(query, 7)) == 7


def test_long_queries_are_embedded_in_part(build):
    seen = []

    class Listening(HashingEncoder):
        def encode_queries(self, texts):
            seen.extend(texts)
            return super().encode_queries(texts)

    search = build(make_deck("部门", make_slide(1, *lines(5))), open_encoder=Listening)
    seen.clear()
    search.search("长" * 9_000)
    assert seen[-1] == "长" * QUERY_CHARACTERS


def test_more_asked_for_than_there_is(search):
    assert len(search.search("负责", 500)) == 121


def test_equal_passages_come_in_the_order_of_their_ids(build):
    search = build(make_deck("甲", make_slide(1, *["同一句话"] * 30, "另一句")))
    hits = search.search("同一句话", 30)
    assert [hit.passage_id for hit in hits] == sorted(hit.passage_id for hit in hits)


def test_order_of_decks_does_not_matter(build):
    decks = [make_deck(f"第{at}册", make_slide(at, *lines(20)[at::3])) for at in range(1, 4)]
    one, two = build(*decks), build(*reversed(decks))
    for query in WORDS:
        assert one.search(query) == two.search(query)


def test_same_slide_in_two_decks_is_found_in_both(build):
    slide = make_slide(1, "食堂:中午十一点半开放")
    search = build(make_deck("甲", slide), make_deck("乙", slide))
    hits = search.search("食堂")
    assert {search.entry(hit).deck.title for hit in hits} == {"甲", "乙"}


def test_a_passage_that_says_it_itself_comes_before_one_that_only_stands_under_it(build):
    under, saying = "负责人每周汇总一次,发给各部门", "补考安排在每月最后一个周五下午"
    search = build(make_deck("培训", make_slide(1, under, "另行通知", title="补考安排"), make_slide(2, saying)))
    assert search.search("补考安排在什么时候")[0].text == saying


def test_candidates_are_those_of_both_legs(search):
    evidence, candidates = search.candidates("谁负责采购")
    assert set(evidence.rows) == {*evidence.dense, *evidence.lexical}
    assert candidates.collection == len(search.generation.entries)
    assert len(candidates.borne_out) == len(candidates.fullness) == len(evidence.rows)


def test_large_collections_are_sampled(search, monkeypatch):
    exact = search.search("谁负责采购", 10)
    monkeypatch.setattr(module, "EXACT_ROWS", 10)
    assert search.search("谁负责采购", 10) == exact  # the sample of so few rows is all of them


def test_another_model_is_refused_with_the_remedy(build):
    deck = make_deck("部门", make_slide(1, *lines(5)))
    search = build(deck, open_encoder=lambda: HashingEncoder("another"))
    with pytest.raises(SetupError, match=r"hashing-64.*another.*重新执行 kejian ingest.*KEJIAN_EMBEDDING_MODEL"):
        search.search("收款")


def test_changed_weights_of_the_same_name_are_refused(build):
    class Changed(HashingEncoder):
        def _vector(self, text):
            return super()._vector(text[::-1])[::-1]

    search = build(make_deck("部门", make_slide(1, *lines(5))), open_encoder=Changed)
    with pytest.raises(SetupError, match="模型文件"):
        search.search("收款")


def test_encoder_is_opened_once_and_late(build, encoder):
    opened = []
    search = build(make_deck("部门", make_slide(1, *lines(5))), open_encoder=lambda: opened.append(1) or encoder)
    assert not opened
    search.search("收款")
    search.search("付款")
    assert opened == [1]


def test_damage_seen_at_a_query_is_remembered_and_changes_no_answer(search):
    expected = search.search("付款")
    assert not search.damaged
    search.collection.delete(ids=[entry.key for entry in search.generation.entries])
    search.collection.upsert(ids=["alien"], embeddings=search.generation.vectors[:1])
    assert search.search("付款") == expected
    assert search.damaged


def test_a_reader_finishes_on_a_deleted_generation(search, tmp_path):
    expected = {word: search.search(word) for word in WORDS}
    shutil.rmtree(tmp_path / "index")
    assert {word: search.search(word) for word in WORDS} == expected


def test_fast_enough(build):
    search = build(make_deck("部门", make_slide(1, *lines(1_000))))
    search.search("预热")
    seconds = []
    for word in WORDS:
        started = time.process_time()  # a wall clock would measure what else runs
        search.search(f"哪个部门负责{word}")
        seconds.append(time.process_time() - started)
    assert sorted(seconds)[len(seconds) // 2] <= 0.015
