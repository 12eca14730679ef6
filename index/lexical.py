"""Lexical search: BM25 over jieba search words together with character bigrams.

Okapi BM25 (Robertson and Zaragoza 2009) in Lucene's form, by bm25s. Words find what is said in the question's own
terms, bigrams find what segmentation cuts differently on the two sides. k1 and b as measured in benchmarks/README.md.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.errors import SetupError
from kejian.corpus.normalize import searchable
from kejian.index.segment import CHINESE_RUN, Segmenter, character_bigrams

K1 = 1.2
B = 0.9
WORDS_FILE = "words.json"

Scores = NDArray[np.float32]


def index_terms(text: str, segmenter: Segmenter) -> list[str]:
    """What a text is indexed under and searched by."""
    return segmenter.search_words(text) + character_bigrams(searchable(text))


class LexicalIndex:
    """BM25 over passages, which are known by their row (position in the texts given to ``build``)."""

    def __init__(self, bm25: Any, segmenter: Segmenter) -> None:
        self.segmenter = segmenter
        self._bm25 = bm25
        self._vocabulary: dict[str, int] = bm25.vocab_dict

    @classmethod
    def build(cls, texts: Iterable[str], segmenter: Segmenter) -> LexicalIndex:
        """Index ``texts``, at least one, in their order."""
        import bm25s

        vocabulary: dict[str, int] = defaultdict(lambda: len(vocabulary))
        # bm25s divides by the mean length: a text without any word stands under a term no query has.
        rows = [[vocabulary[term] for term in index_terms(text, segmenter) or [""]] for text in texts]
        if not rows:
            raise ValueError("no texts to index")
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene", csc_backend="scipy")
        bm25.index((rows, dict(vocabulary)), create_empty_token=False, show_progress=False)
        return cls(bm25, segmenter)

    @property
    def rows(self) -> int:
        """How many passages are indexed."""
        return int(self._bm25.scores["num_docs"])

    def all_scores(self, query: str) -> Scores:
        """BM25 of every row, shape ``(rows,)``; 0 where nothing of the query occurs."""
        parts = self._bm25.scores
        scores = np.zeros(self.rows, dtype=np.float32)
        for term in dict.fromkeys(index_terms(query, self.segmenter)):
            if (column := self._vocabulary.get(term)) is not None:
                start, end = parts["indptr"][column], parts["indptr"][column + 1]
                scores[parts["indices"][start:end]] += parts["data"][start:end]
        return scores

    def weights(self, query: str) -> dict[str, float]:
        """Inverse document frequency, as in BM25, of what ``query`` says: its character pairs and codes or numbers."""
        codes = [word for word in self.segmenter.search_words(query) if not CHINESE_RUN.search(word)]
        terms = dict.fromkeys((*character_bigrams(searchable(query)), *codes))
        seen = {term: self._passages_with(term) for term in terms}
        return {term: math.log(1 + (self.rows - count + 0.5) / (count + 0.5)) for term, count in seen.items()}

    def _passages_with(self, term: str) -> int:
        column, starts = self._vocabulary.get(term), self._bm25.scores["indptr"]
        return 0 if column is None else int(starts[column + 1] - starts[column])

    def scores(self, query: str, rows: Sequence[int] | NDArray[np.int64]) -> Scores:
        """BM25 of the given rows."""
        return self.all_scores(query)[np.asarray(rows, dtype=np.int64)]

    def search(self, query: str, k: int) -> list[tuple[int, float]]:
        """The ``k`` best rows with their scores, best first; only rows in which something of the query occurs."""
        scores = self.all_scores(query)
        return [(int(row), float(scores[row])) for row in best_rows(scores, k) if scores[row] > 0]

    def save(self, folder: Path) -> None:
        """Write the index and its user dictionary into ``folder``."""
        self._bm25.save(str(folder), show_progress=False)
        words = json.dumps(self.segmenter.frequencies, ensure_ascii=False)
        (folder / WORDS_FILE).write_text(words, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, cache: Path | None = None) -> LexicalIndex:
        """Open what ``save`` wrote, memory-mapped; queries are cut with the dictionary the index was built with.

        Raises:
            SetupError: a file is missing or damaged.
        """
        import bm25s

        try:
            frequencies = json.loads((folder / WORDS_FILE).read_text(encoding="utf-8"))
            bm25 = bm25s.BM25.load(str(folder), mmap=True, show_progress=False, verbosity=0)
        except (OSError, ValueError, EOFError) as error:
            raise SetupError(f"词语索引 {folder} 缺文件或已损坏({error}),请重新执行 kejian ingest 建立索引") from error
        return cls(bm25, Segmenter(frequencies, cache))


def best_rows(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the ``k`` highest scores, best first; equal scores in the order of rows, so always the same."""
    if k <= 0 or not len(scores):
        return np.empty(0, dtype=np.int64)
    if k < len(scores):
        least = np.partition(scores, -k)[-k]
        chosen = np.flatnonzero(scores >= least)
    else:
        chosen = np.arange(len(scores))
    ordered: NDArray[np.int64] = chosen[np.argsort(-scores[chosen], kind="stable")][:k].astype(np.int64)
    return ordered
