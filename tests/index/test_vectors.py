import numpy as np
import pytest
from decks import make_deck, make_slide
from fake_encoder import HashingEncoder
from sqlalchemy import func, select

from kejian.index import vectors
from kejian.index.library import Library, sqlite_url
from kejian.index.tables import VECTORS
from kejian.index.vectors import embed_missing, load_vectors, missing_texts

TEXTS = [f"第{number}句话" for number in range(150)]


@pytest.fixture
def library(tmp_path):
    library = Library.open(sqlite_url(str(tmp_path / "library.sqlite")))
    yield library
    library.close()


def stored(library):
    with library.reading() as connection:
        return connection.scalar(select(func.count()).select_from(VECTORS))


def test_each_text_is_embedded_once(library, encoder):
    assert embed_missing(library, [*TEXTS, *TEXTS], encoder) == 150
    assert embed_missing(library, TEXTS, encoder) == 0
    assert sorted(encoder.embedded) == sorted(TEXTS)


def test_vectors_come_back_exactly_and_in_order(library, encoder):
    embed_missing(library, TEXTS, encoder)
    wanted = [TEXTS[7], TEXTS[3], TEXTS[7]]
    found = load_vectors(library, wanted, encoder.fingerprint)
    assert found.dtype == np.float32
    assert np.array_equal(found, encoder.encode_queries(wanted))


def test_models_do_not_mix(library, encoder):
    other = HashingEncoder("another", dimension=16)
    embed_missing(library, TEXTS[:3], encoder)
    assert missing_texts(library, TEXTS[:3], "another") == TEXTS[:3]
    embed_missing(library, TEXTS[:3], other)
    assert load_vectors(library, TEXTS[:3], "another").shape == (3, 16)
    assert load_vectors(library, TEXTS[:3], encoder.fingerprint).shape == (3, 64)


def test_an_interrupted_run_loses_one_batch_at_most(library, encoder):
    class Interrupted(HashingEncoder):
        def encode_passages(self, texts):
            if self.embedded:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    with pytest.raises(KeyboardInterrupt):
        embed_missing(library, TEXTS, Interrupted())
    assert embed_missing(library, TEXTS, encoder) == 150 - vectors.EMBED_BATCH


def test_progress_counts_texts(library, encoder):
    seen = []
    embed_missing(library, TEXTS, encoder, seen.append)
    assert [(step.done, step.total) for step in seen] == [(0, 150), (64, 150), (128, 150), (150, 150)]


def test_values_that_are_no_numbers_are_not_stored(library):
    class Broken(HashingEncoder):
        def encode_passages(self, texts):
            return super().encode_passages(texts) * np.nan

    with pytest.raises(ValueError, match="no numbers"):
        embed_missing(library, TEXTS, Broken())
    assert stored(library) == 0


def test_vectors_go_with_the_last_deck_that_says_the_text(library, encoder):
    shared = make_slide(1, "甲部:负责收款")
    decks = [make_deck("甲", shared, make_slide(2, "乙部:负责付款")), make_deck("丙", shared)]
    for number, deck in enumerate(decks):
        embed_missing(library, [text for slide in deck.slides for text in slide.indexed_texts], encoder)
        library.add(deck, str(number))
    assert stored(library) == 4
    library.remove(decks[0].id)
    assert stored(library) == 2
    library.remove(decks[1].id)
    assert stored(library) == 0
