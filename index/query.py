"""Questions to vectors: the encoder is opened at the first one and checked against the index."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.errors import SetupError
from kejian.index.generation import Generation
from kejian.index.manifest import Canary, Model
from kejian.index.model import Encoder

QUERY_CHARACTERS = 500  # a longer question would hold the model for seconds
REMEMBERED = 256
CANARY_TEXTS = ("组织结构", "优点和缺点", "由谁负责")
LEAST_CANARY_COSINE = 0.99  # the same weights on another machine stay above 0.997

Vector = NDArray[np.float32]


def model_of(encoder: Encoder) -> Model:
    """What an index keeps of the model it is built with."""
    vectors = encoder.encode_queries(CANARY_TEXTS)
    canaries = (Canary(text, tuple(vector.tolist())) for text, vector in zip(CANARY_TEXTS, vectors, strict=True))
    return Model(encoder.fingerprint, tuple(canaries))


class QueryEncoder:
    """One for all generations of a home. Safe to use from several threads."""

    def __init__(self, open_encoder: Callable[[], Encoder]) -> None:
        self._open = open_encoder
        self._opened: Encoder | None = None
        self._opening = Lock()
        self._embed = lru_cache(maxsize=REMEMBERED)(self._embed_now)

    @property
    def encoder(self) -> Encoder:
        """The encoder, opened when first asked for."""
        with self._opening:
            if self._opened is None:
                self._opened = self._open()
            return self._opened

    def vector(self, query: str) -> Vector:
        """The unit vector of the beginning of ``query``, not to be written to."""
        return self._embed(query[:QUERY_CHARACTERS])

    def check(self, generation: Generation) -> None:
        """Hold the encoder against the model that ``generation`` was built with.

        Raises:
            SetupError: it is another model, by its name or by the vectors it makes.
        """
        built_with, here = generation.manifest.fingerprint, self.encoder.fingerprint
        if built_with != here:
            raise SetupError(
                f"索引由嵌入模型 {built_with} 建立,现在用的是 {here}:请用现在的模型重新执行 kejian ingest 重建索引,"
                "或把 KEJIAN_EMBEDDING_MODEL 改回原来的模型"
            )
        canaries = generation.manifest.canaries
        vectors = self.encoder.encode_queries([canary.text for canary in canaries])
        if any(vector @ canary.vector < LEAST_CANARY_COSINE for vector, canary in zip(vectors, canaries, strict=True)):
            raise SetupError(
                f"嵌入模型 {here} 算出的向量与建立索引时不同,模型文件可能已改动:"
                "请恢复模型文件,或删去资料库后重新执行 kejian ingest"
            )

    def _embed_now(self, query: str) -> Vector:
        vector: Vector = self.encoder.encode_queries([query])[0]
        vector.setflags(write=False)
        return vector
