from __future__ import annotations

from pypinyin import lazy_pinyin

from kejian.assistant.sounds import Sounds, spoken

NAMES = Sounds({"前置仓型": 1, "重庆分部": 2, "甲部": 3, "收货组": 4, "授获组": 5})


def test_typed_pinyin_names_a_thing():
    assert list(NAMES.find("qianzhicangxing的优点")) == [(0, 15, "前置仓型", 1)]


def test_pinyin_may_be_spaced_and_mixed_with_characters():
    assert list(NAMES.find("qian zhi 仓型")) == [(0, 11, "前置仓型", 1)]


def test_characters_of_the_same_sound_name_it_too():
    assert list(NAMES.find("前直苍型的缺点")) == [(0, 4, "前置仓型", 1)]


def test_a_character_with_two_sounds_is_found_by_both():
    assert list(NAMES.find("chongqingfenbu")) == [(0, 14, "重庆分部", 2)]
    assert list(NAMES.find("zhongqingfenbu")) == [(0, 14, "重庆分部", 2)]


def test_names_are_spoken_word_by_word_as_pypinyin_speaks_them_whole():
    for name in ("重庆分部", "银行长处", "中国共", "ABC重量级2号", "会计行当部", ""):
        assert spoken(name) == "".join(lazy_pinyin(name))


def test_short_names_and_sounds_that_two_names_share_are_left_alone():
    assert list(NAMES.find("jiabu")) == []
    assert list(NAMES.find("shouhuozu")) == []


def test_a_sound_inside_other_syllables_is_none():
    assert list(NAMES.find("aqianzhicangxing")) == [(1, 16, "前置仓型", 1)]  # letters have borders everywhere
    assert list(NAMES.find("先前置仓行吗")) == [(1, 5, "前置仓型", 1)]
