import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kejian.index.segment import CHINESE_RUN, Segmenter, character_bigrams


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    return Segmenter(["前后端型", "BPR项目", "BPR"], tmp_path_factory.mktemp("segment"))


def test_terms_stay_whole_and_their_parts_are_searchable(segmenter: Segmenter) -> None:
    words = segmenter.search_words("前后端型的优点")
    assert {"前后端型", "前后", "优点"} <= set(words)


def test_traditional_and_full_width_text_is_cut_like_simplified(segmenter: Segmenter) -> None:
    assert segmenter.search_words("前後端型的優點") == segmenter.search_words("前后端型的优点")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("使用 ISO9001 标准", ["iso9001"]),
        ("Sarbanes Oxley法案", ["sarbanes", "oxley"]),
        ("共1,036.5万元", ["1036.5"]),
        ("版本v2.0.1", ["v2.0.1"]),
        ("ＧＰＴ-4o", ["gpt", "4o"]),
        ("BPR项目组", ["bpr项目", "bpr"]),
    ],
)
def test_english_words_and_numbers_stay_whole(segmenter: Segmenter, text: str, words: list[str]) -> None:
    assert set(words) <= set(segmenter.search_words(text))


def test_punctuation_is_no_word(segmenter: Segmenter) -> None:
    assert segmenter.search_words("，。！？ —— () 《》") == []


def test_terms_of_one_library_do_not_reach_another(segmenter: Segmenter) -> None:
    assert "前后端型" not in Segmenter().search_words("前后端型")
    assert Segmenter().fingerprint != segmenter.fingerprint


def test_words_with_their_frequencies_are_cut_as_before(segmenter: Segmenter) -> None:
    again = Segmenter(segmenter.frequencies)
    assert (again.words, again.fingerprint) == (segmenter.words, segmenter.fingerprint)
    assert again.frequencies == segmenter.frequencies
    assert all(again.search_words(text) == segmenter.search_words(text) for text in ("前后端型的优点", "BPR项目组"))


def test_threads_cut_alike(segmenter: Segmenter) -> None:
    texts = ["大客户部负责重点客户的营销", "产品线型的缺点是什么", "营销中心组织结构与职责"] * 20
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(segmenter.search_words, texts)) == [segmenter.search_words(text) for text in texts]


def test_segmentation_is_silent_and_keeps_its_cache_to_itself(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from kejian.index.segment import Segmenter;"
        f"print(Segmenter(cache=Path({str(tmp_path / 'cache')!r})).search_words('信息安全'))"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("['信息', '安全', '信息安全']\n", "")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".cache"]
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text("信息安全管理 iso27,。\U0002a6d6", max_size=60)))
def test_bigrams_are_every_pair_of_chinese_neighbours(text: str) -> None:
    pairs = (one + two for one, two in pairwise(text))
    assert character_bigrams(text) == [pair for pair in pairs if CHINESE_RUN.fullmatch(pair)]
