from __future__ import annotations

from kejian.corpus.normalize import searchable
from kejian.corpus.synonyms import Synonyms


def test_words_of_a_group_stand_for_each_other() -> None:
    synonyms = Synonyms.of_groups([["火灾", "着火"]])
    assert synonyms.of("着火") == ("火灾",)
    assert synonyms.of("火灾") == ("着火",)
    assert synonyms.of("水灾") == ()


def test_a_single_character_is_not_looked_for_in_place_of_a_word() -> None:
    synonyms = Synonyms.of_groups([["审批", "批准", "批"]])
    assert synonyms.of("批") == ("审批", "批准")
    assert "批" not in synonyms.of("审批")


def test_phrases_are_found_longest_first_and_never_overlap() -> None:
    synonyms = Synonyms.of_groups([["独立", "一个人", "自己一个人"]])
    assert list(synonyms.phrases_in("能自己一个人值班吗")) == [(1, 6)]
    assert list(synonyms.phrases_in("独立")) == []  # two characters: segmentation sees to them


def test_the_bundled_dictionary_has_no_duplicates_and_no_lonely_words() -> None:
    words = Synonyms.bundled().words
    assert all(word == searchable(word) and len(word) <= (24 if word.isascii() else 12) for word in words)
    lonely = [word for word, others in words.items() if not others and len(word) > 1]
    assert lonely == []
