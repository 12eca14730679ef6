"""Runs the converted model: texts → unit vectors, by tokenizers and onnxruntime alone (no torch: ready in a second)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kejian.index.e5 import GRAPH_FILE, verify
from kejian.index.e5_checkpoint import TOKENIZER_FILE
from kejian.index.model import Vectors

DIMENSION = 384


class E5Session:
    """One loaded model. Safe to use from several threads.

    Every text runs alone on one core: that needs no padding, keeps its vector independent of the texts beside it,
    and with a text on each core it is faster than batches (docs/model.md).
    """

    def __init__(self, folder: Path) -> None:
        """Load from ``folder``.

        Raises:
            SetupError: a file is missing or damaged.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        verify(folder, (GRAPH_FILE, TOKENIZER_FILE))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._graph = onnxruntime.InferenceSession(
            str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer: Any = Tokenizer.from_file(str(folder / TOKENIZER_FILE))

    def embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Unit vectors of ``texts``, each behind ``prompt``; shape (texts, 384)."""
        return self.vectors([self.ids(prompt + text) for text in texts])

    def ids(self, text: str) -> list[int]:
        """Token ids of ``text``, at most 512 with the marks of begin and end."""
        ids: list[int] = self.tokenizer.encode(prepared(text)).ids
        return ids

    def vectors(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Unit vectors of texts given as token ids."""
        if not texts:
            return np.empty((0, DIMENSION), dtype=np.float32)
        rows = [self._vector(texts[0])] if len(texts) == 1 else list(self._workers.map(self._vector, texts))
        return np.stack(rows)

    def _vector(self, ids: Sequence[int]) -> Vectors:
        (pooled,) = self._graph.run(None, {"input_ids": np.array([ids], dtype=np.int64)})
        vector: Vectors = pooled[0] / np.linalg.norm(pooled[0])
        return vector

    @cached_property
    def _workers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="e5")


def prepared(text: str) -> str:
    """``text`` in simplified characters, so that both scripts have one vector (benchmarks/README.md), with question
    marks for what UTF-8 cannot carry (lone surrogates)."""
    simplified: str = _converter().convert(text.encode("utf-8", "replace").decode("utf-8"))
    return simplified


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
