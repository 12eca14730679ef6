"""Chinese word segmentation: jieba with the term base as user dictionary, quiet and with a cache of its own."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kejian.corpus.normalize import searchable

CHINESE = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
CHINESE_RUN = re.compile(f"[{CHINESE}]+")
# English words, codes (iso9001, q3okr) and numbers (3.5, v2.0.1) stay whole.
OTHER_WORD = re.compile(rf"(?:(?![{CHINESE}])[^\W_])+(?:\.\d+)*")
DIGIT_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Segmenter:
    """Cuts text into search words. ``words`` (names and aliases of the term base) are kept whole.

    Instances are independent: one library's terms never reach another's. Safe to use from several threads.
    """

    def __init__(self, words: Iterable[str] | Mapping[str, int] = (), cache: Path | None = None) -> None:
        """A mapping is what ``frequencies`` gave before; it saves working them out anew."""
        known = words if isinstance(words, Mapping) else {}
        self.words = tuple(known or sorted({searchable(word) for word in words if CHINESE_RUN.search(word)}))
        self._tokenizer = _tokenizer(self.words, cache or default_cache(), known)

    @property
    def frequencies(self) -> dict[str, int]:
        """How frequent each of ``words`` has to be to stay whole."""
        return {word: self._tokenizer.FREQ[word] for word in self.words}

    @property
    def fingerprint(self) -> str:
        """Names the user dictionary: an index and the questions put to it must be cut alike."""
        return hashlib.sha256("\n".join(self.words).encode("utf-8")).hexdigest()[:12]

    def search_words(self, text: str) -> list[str]:
        """Words of the searchable form of ``text``: Chinese ones with their shorter parts, then all others whole.

        >>> Segmenter().search_words("《信息安全》 ISO9001 培训")
        ['信息', '安全', '信息安全', '培训', 'iso9001']
        """
        folded = DIGIT_GROUPING.sub("", searchable(text))
        cut = self._tokenizer.cut_for_search(folded)
        return [word for word in cut if CHINESE_RUN.search(word)] + OTHER_WORD.findall(folded)


def character_bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters of ``text``, which is in searchable form.

    >>> character_bigrams("信息安全 iso 册")
    ['信息', '息安', '安全']
    """
    runs = CHINESE_RUN.findall(text)
    return [run[start : start + 2] for run in runs for start in range(len(run) - 1)]


def default_cache() -> Path:
    """The folder of this user for jieba's parsed dictionary."""
    from platformdirs import user_cache_path

    return user_cache_path("kejian", appauthor=False) / "segment"


def _tokenizer(words: tuple[str, ...], cache: Path, known: Mapping[str, int]) -> Any:
    """A tokenizer that starts from a copy of the general dictionary, which is parsed once a process."""
    general = _general_tokenizer(cache)
    tokenizer = _jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(general.FREQ), general.total, True
    for word in words:
        tokenizer.add_word(word, known.get(word))
    return tokenizer


@lru_cache(maxsize=1)
def _general_tokenizer(cache: Path) -> Any:
    jieba = _jieba()
    tokenizer = jieba.Tokenizer()
    # jieba's default is one predictable file in the shared temporary folder, loaded with marshal:
    # another user could put a file there. A folder that cannot be written only costs the parsing (1 s).
    tokenizer.tmp_dir = str(cache)
    tokenizer.cache_file = f"jieba-{jieba.__version__}-{sys.implementation.cache_tag}.cache"
    _make_private(cache)
    tokenizer.initialize()
    return tokenizer


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        logging.getLogger(__name__).info("no dictionary cache in %s", folder)


def _jieba() -> Any:
    with warnings.catch_warnings():
        # jieba 0.42.1 has old string escapes and tries pkg_resources; both only warn.
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    return jieba
