"""A passage that the graph of near neighbours does not lead to is neither lost nor a reason to fail."""

from contextlib import closing

import numpy as np
import pytest
from decks import make_deck, make_slide
from test_generation import contents

from kejian.corpus.errors import SetupError
from kejian.index import dense, search
from kejian.index.dense import DamagedIndex
from kejian.index.query import QueryEncoder
from kejian.index.reach import missed, verify
from kejian.index.search import HybridSearch
from kejian.index.shelf import Shelf

RAGGED = {"space": "cosine", "ef_construction": 2, "ef_search": 1, "max_neighbors": 2}
COUNT = 300
DECK = make_deck("仓库", make_slide(1, *(f"第{number}仓:保管{number * 7}号货" for number in range(COUNT))))


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "index", "owner")


@pytest.fixture
def whole(shelf, encoder):
    with closing(shelf.open(shelf.publish(contents(encoder, DECK)))) as generation:
        yield generation


@pytest.fixture
def ragged(shelf, encoder, monkeypatch):
    """A generation whose graph has too few edges: many of its passages cannot be reached."""
    monkeypatch.setattr(dense, "HNSW", RAGGED)
    with closing(shelf.open(shelf.publish(contents(encoder, DECK)))) as generation:
        yield generation


def test_what_the_graph_does_not_lead_to_is_known(ragged):
    unreached = missed(ragged.dense, ragged.entries, ragged.vectors, range(COUNT))
    assert 0 < len(unreached) < COUNT
    assert ragged.manifest.apart == tuple(unreached)
    verify(ragged.dense, ragged.entries, ragged.vectors, range(COUNT))


@pytest.mark.parametrize("exact_rows", [search.EXACT_ROWS, 10])
def test_every_passage_is_found_all_the_same(ragged, encoder, monkeypatch, exact_rows):
    monkeypatch.setattr(search, "EXACT_ROWS", exact_rows)
    found = HybridSearch(ragged, QueryEncoder(lambda: encoder))
    for row in ragged.manifest.apart:
        entry = ragged.entries[row]
        (best, *_) = found.search(entry.passage.indexed_text, 1)
        assert (best.text, best.dense_rank) == (entry.passage.text, 1)


def test_a_sound_graph_leads_to_all(whole):
    assert whole.manifest.apart == ()


def test_another_vector_and_a_missing_passage_are_damage(whole):
    collection, entries = whole.dense.collection, whole.entries
    collection.update(ids=[entries[3].key], embeddings=-whole.vectors[3:4])
    with pytest.raises(DamagedIndex, match=f"{entries[3].key} 的向量不对"):
        verify(whole.dense, entries, whole.vectors, range(COUNT))
    collection.delete(ids=[entries[3].key])
    collection.upsert(ids=["alien"], embeddings=whole.vectors[3:4])
    with pytest.raises(DamagedIndex, match=f"没有段落 {entries[3].key}"):
        verify(whole.dense, entries, whole.vectors, range(COUNT))
    with pytest.raises(DamagedIndex, match="不认识的段落 alien"):
        missed(whole.dense, entries, whole.vectors, [3])


def test_wrong_vectors_still_stop_the_ingest(shelf, encoder, monkeypatch):
    made = contents(encoder, make_deck("仓库", make_slide(1, "一仓", "二仓")))
    build = dense.DenseIndex.build

    def mixed_up(place, entries, vectors, on_progress):
        return build(place, entries, np.ascontiguousarray(vectors[::-1]), on_progress)

    monkeypatch.setattr(dense.DenseIndex, "build", mixed_up)
    with pytest.raises(SetupError, match=r"没有建成.*向量不对"):
        shelf.publish(made)
    assert shelf.current() == ""
