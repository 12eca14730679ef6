from __future__ import annotations

from kejian.assistant.evidence import SAID_OTHERWISE, Weights, coverage
from kejian.corpus.synonyms import Synonyms

TEXTS = ["发生火灾时立即报警", "火灾后清点人数"]
WEIGHTS = Weights.of_texts(TEXTS, Synonyms.of_groups([["火灾", "着火"]]))


def test_a_synonym_bears_a_word_out_for_less_than_the_word_itself() -> None:
    assert WEIGHTS.match("火灾", TEXTS[0]) == 1.0
    assert WEIGHTS.match("着火", TEXTS[0]) == SAID_OTHERWISE
    assert coverage(["着火"], TEXTS[0], WEIGHTS) == SAID_OTHERWISE


def test_only_synonyms_that_the_collection_says_are_given_for_a_wording() -> None:
    assert WEIGHTS.other_words("着火") == ("火灾",)
    assert WEIGHTS.other_words("报警") == ()
