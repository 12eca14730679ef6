import json

import pytest
from decks import decks
from hypothesis import given

from kejian.ingest.model import Deck, Passage
from kejian.ingest.plain import from_plain, to_plain


@given(decks())
def test_round_trip_through_json(deck):
    assert from_plain(Deck, json.loads(json.dumps(to_plain(deck)))) == deck


def test_other_keys_are_left_aside():
    passage = Passage("p", "文", 0, 1)
    assert from_plain(Passage, {**to_plain(passage), "slide": 3}) == passage


def test_a_field_that_was_added_since_has_its_default():
    values = to_plain(Passage("p", "文", 0, 1))
    del values["context"]
    assert from_plain(Passage, values) == Passage("p", "文", 0, 1)


def test_missing_field_is_an_error():
    with pytest.raises(KeyError):
        from_plain(Passage, {"id": "p"})
