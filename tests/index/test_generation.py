from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from decks import make_deck, make_slide

from kejian.corpus.errors import SetupError
from kejian.index import durable
from kejian.index.dense import DamagedIndex
from kejian.index.entry import entries_of, facts_of
from kejian.index.manifest import Contents
from kejian.index.names import LibraryNames
from kejian.index.query import model_of
from kejian.index.reach import missed, verify
from kejian.index.shelf import Shelf

DECK = make_deck("部门", make_slide(1, "甲部:负责收款", "乙部:负责付款"), make_slide(2, "丙部:负责培训"))


def contents(encoder, *decks, revision=1):
    entries = entries_of(decks)
    vectors = encoder.encode_passages([entry.passage.indexed_text for entry in entries])
    fact_vectors = encoder.encode_passages([entry.fact.indexed_text for entry in facts_of(decks)])
    names = LibraryNames(("乙部", "甲部"), (("甲部", "一部"),), "t")
    return Contents("library", revision, model_of(encoder), decks, entries, vectors, fact_vectors, names)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "index", "owner")


def test_what_is_published_is_live_and_whole(shelf, encoder):
    made = contents(encoder, DECK)
    name = shelf.publish(made)
    assert shelf.current() == name
    with closing(shelf.open(name)) as generation:
        assert generation.decks == (DECK,)
        assert generation.entries == made.entries
        assert np.array_equal(generation.vectors, made.vectors)
        assert generation.lexical.search("付款", 5)[0][0] == generation.rows[DECK.slides[0].passages[1].id]
        assert generation.manifest.passages == 3
        assert generation.names == made.names
        assert generation.manifest.settings["hnsw"]["space"] == "cosine"


def test_facts_that_read_the_same_have_one_number(shelf, encoder):
    deck = make_deck("同", make_slide(1, "甲部:负责收款", "甲部:負責收款", "甲部:负责 收款", "甲部:负责付款"))
    with closing(shelf.open(shelf.publish(contents(encoder, deck)))) as generation:
        assert generation.fact_texts.tolist() == [0, 0, 0, 1]


def test_a_library_without_passages_has_a_generation_too(shelf, encoder):
    name = shelf.publish(contents(encoder, make_deck("空")))
    with closing(shelf.open(name)) as generation:
        assert (generation.entries, generation.lexical, generation.dense) == ((), None, None)


def test_two_generations_are_kept(shelf, encoder):
    names = []
    for revision in range(4):
        names.append(shelf.publish(contents(encoder, DECK, revision=revision)))
        shelf.prune()
    assert shelf.names() == [names[3], names[2]]
    assert sorted(path.name for path in shelf.folder.glob("gen-*")) == names[2:]


def test_what_a_killed_run_left_is_no_generation_and_goes(shelf, encoder):
    half = shelf.folder / "gen-000001-00000000"
    half.mkdir(parents=True)
    (half / "decks.jsonl").write_text("[")
    (shelf.folder / "CURRENT.tmp").write_text(half.name)
    assert (shelf.current(), shelf.names()) == ("", [])
    name = shelf.publish(contents(encoder, DECK))
    shelf.prune()
    assert [path.name for path in shelf.folder.glob("gen-*")] == [name]
    assert name.startswith("gen-000002-")


def test_a_build_that_fails_leaves_the_live_one(shelf, encoder):
    name = shelf.publish(contents(encoder, DECK))
    wrong = contents(encoder, DECK)
    with pytest.raises(SetupError, match="没有建成"):
        shelf.publish(replace(wrong, vectors=wrong.vectors[:, :0]))
    assert shelf.current() == name
    assert [path.name for path in shelf.folder.glob("gen-*")] == [name]


def test_verification_finds_wrong_vectors_and_counts(shelf, encoder):
    with closing(shelf.open(shelf.publish(contents(encoder, DECK)))) as generation:
        with pytest.raises(DamagedIndex, match="的向量不对"):
            verify(generation.dense, generation.entries, generation.vectors[::-1], range(3))
        with pytest.raises(DamagedIndex, match="不完整"):
            verify(generation.dense, generation.entries[1:], generation.vectors[1:], ())


def test_equal_passages_are_ties(shelf, encoder):
    twins = make_deck("甲", make_slide(1, *["同一句话"] * 6))
    name = shelf.publish(contents(encoder, twins))
    with closing(shelf.open(name)) as generation:
        verify(generation.dense, generation.entries, generation.vectors, range(6))
        assert missed(generation.dense, generation.entries, generation.vectors, range(6)) == []


def test_slides_shared_by_two_decks_have_rows_of_their_own(encoder):
    first, second = make_deck("甲", *DECK.slides), make_deck("乙", *DECK.slides)
    entries = entries_of([first, second])
    assert len({entry.key for entry in entries}) == 6
    assert entries == entries_of([second, first])


@pytest.mark.parametrize("change", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: bytes([b[0] ^ 1]) + b[1:]])
def test_damage_of_any_file_is_seen_at_opening(shelf, encoder, change):
    name = shelf.publish(contents(encoder, DECK))
    files = [path for path in (shelf.folder / name).rglob("*") if path.is_file() and path.stat().st_size]
    assert len(files) >= 10
    for path in files:
        whole = path.read_bytes()
        path.write_bytes(change(whole))
        with pytest.raises(DamagedIndex):
            shelf.open(name).close()
        path.unlink()
        with pytest.raises(DamagedIndex):
            shelf.open(name).close()
        path.write_bytes(whole)
    shelf.open(name).close()


def test_read_only_opening_leaves_every_byte(shelf, encoder):
    name = shelf.publish(contents(encoder, DECK))
    before = durable.checksums(shelf.folder, leave_out="")
    with closing(shelf.open(name, read_only=True)) as generation:
        assert generation.dense.nearest(generation.vectors[0], 1)[0][0] == generation.entries[0].key
    assert durable.checksums(shelf.folder, leave_out="") == before
