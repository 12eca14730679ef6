from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from decks import make_deck, make_slide

from kejian.corpus.errors import SetupError
from kejian.index.dense import DamagedIndex, DenseIndex, Place, delete_collections
from kejian.index.entry import entries_of


def random_vectors(count, dimension=16):
    vectors = np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def some_entries(count):
    return entries_of([make_deck("部门", make_slide(1, *(f"第{number}部:负责{number}" for number in range(count))))])


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "chroma", "gen-000001")


@pytest.mark.parametrize("count", [1, 2, 3, 300])
def test_nearest_is_exact_and_survives_reopening(place, count):
    entries, vectors = some_entries(count), random_vectors(count)
    with closing(DenseIndex.build(place, entries, vectors)) as index:
        assert index.count() == count
    with closing(DenseIndex.open(place)) as index:
        for row in range(0, count, 37):
            found = index.nearest(vectors[row], min(count, 5))
            expected = np.sort(vectors @ vectors[row])[::-1][: len(found)]
            assert found[0][0] == entries[row].key
            assert [cosine for _, cosine in found] == pytest.approx(expected.tolist(), abs=1e-5)


def test_more_than_one_batch_is_written(place, monkeypatch):
    monkeypatch.setattr("kejian.index.dense.UPSERT_BATCH", 40)
    seen = []
    with closing(DenseIndex.build(place, some_entries(100), random_vectors(100), seen.append)) as index:
        assert index.count() == 100
    assert [(progress.done, progress.total) for progress in seen] == [(40, 100), (80, 100), (100, 100)]


def test_reading_leaves_the_graph_files_alone(place):
    entries, vectors = some_entries(50), random_vectors(50)
    DenseIndex.build(place, entries, vectors).close()
    before = {path: path.read_bytes() for path in place.folder.rglob("*.bin")}
    with closing(DenseIndex.open(place)) as index:
        index.nearest(vectors[0], 5)
    assert {path: path.read_bytes() for path in place.folder.rglob("*.bin")} == before
    assert len(before) == 4


def test_missing_collection_is_damage(place):
    DenseIndex.build(place, some_entries(2), random_vectors(2)).close()
    with pytest.raises(DamagedIndex, match="缺失或已损坏"):
        DenseIndex.open(replace(place, name="gen-000009"))


def test_broken_database_is_damage(place):
    DenseIndex.build(place, some_entries(2), random_vectors(2)).close()
    (place.folder / "chroma.sqlite3").write_bytes(b"no database" * 1000)
    with pytest.raises(DamagedIndex):
        DenseIndex.open(place)


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://"])
def test_url_that_is_none(place, url):
    with pytest.raises(SetupError, match="KEJIAN_CHROMA_URL"):
        DenseIndex.open(replace(place, url=url))


def test_server_that_does_not_answer(place):
    with pytest.raises(SetupError, match=r"http://127\.0\.0\.1:9 不可用"):
        DenseIndex.open(replace(place, url="http://127.0.0.1:9"))


def test_a_server_serves_like_a_folder(chroma_server, place):
    entries, vectors = some_entries(120), random_vectors(120)
    with closing(DenseIndex.build(place, entries, vectors)) as index:
        embedded = index.nearest(vectors[3], 10)
    remote = replace(place, url=chroma_server.url)
    with closing(DenseIndex.build(remote, entries, vectors)):
        pass
    with closing(DenseIndex.open(remote)) as index:
        assert index.count() == 120
        served = index.nearest(vectors[3], 10)
    assert [key for key, _ in served] == [key for key, _ in embedded]

    DenseIndex.build(replace(remote, name="gen-000002"), entries, vectors).close()
    DenseIndex.build(replace(remote, name="other-1"), entries, vectors).close()
    delete_collections(remote, "gen-", keep=["gen-000002"])
    with pytest.raises(DamagedIndex):
        DenseIndex.open(remote)
    DenseIndex.open(replace(remote, name="gen-000002")).close()
    DenseIndex.open(replace(remote, name="other-1")).close()


def test_no_text_of_an_earlier_index_gets_into_the_files_of_the_next(tmp_path, encoder):
    canary = "住宿费每晚不超过五百元"
    kept, removed = (make_deck(name, make_slide(1, text)) for name, text in (("甲", "收款部:收款"), ("乙", canary)))
    for turn in range(10):
        for decks in ([kept, removed], [kept]):
            rows = entries_of(decks)
            vectors = encoder.encode_passages([entry.passage.indexed_text for entry in rows])
            folder = tmp_path / f"{turn}-{len(decks)}"
            folder.mkdir()
            DenseIndex.build(Place(folder, "passages", None), rows, vectors).close()
            held = any(canary[:5].encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
            assert held == (removed in decks)
