"""Opens the embedding model: the bundled one, or any sentence-transformers model that is on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from kejian.corpus.errors import SetupError
from kejian.index.e5 import FINGERPRINT, OnMessage, ensure_bundled_model, silent
from kejian.index.e5_checkpoint import PROMPTS
from kejian.index.e5_session import DIMENSION, E5Session
from kejian.index.model import Encoder, Vectors

BATCH = 32


def open_encoder(model: str | None = None, cache: Path | None = None, on_message: OnMessage = silent) -> Encoder:
    """The bundled model, or ``model``: the folder or name of any sentence-transformers model, never downloaded.

    ``cache`` is where the bundled model is kept; ``on_message`` hears one line when it has to be converted first.

    Raises:
        SetupError: the model is not there, is damaged, or is no sentence-transformers model.
    """
    if not model:
        return BundledEncoder(ensure_bundled_model(cache, on_message))
    return SentenceTransformerEncoder(_load(model), Path(model).name)


class BundledEncoder:
    """multilingual-e5-small. Decks are embedded through sentence-transformers, which takes seconds to import; a
    question takes the same tokenizer and graph directly, with the same numbers (tests/index/test_encoder.py)."""

    fingerprint = FINGERPRINT
    dimension = DIMENSION

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._session = E5Session(folder)
        self._view: Any = None
        self._lock = Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._session.embed(texts, PROMPTS["query"])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return _encoded(self.as_sentence_transformer().encode_document, texts)

    def as_sentence_transformer(self) -> Any:
        """The ``SentenceTransformer`` over the same loaded model."""
        with self._lock:
            if self._view is None:
                from kejian.index.e5_module import sentence_transformer

                self._view = sentence_transformer(self._session)
        return self._view


class SentenceTransformerEncoder:
    """Any ``SentenceTransformer``; its prompts for queries and documents are used where it defines them."""

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.dimension = int(model.get_embedding_dimension())
        self.fingerprint = f"{name}-{_digest(model)[:12]}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_document, texts)

    def as_sentence_transformer(self) -> Any:
        return self._model

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        return _encoded(encode, texts) if texts else np.empty((0, self.dimension), dtype=np.float32)


def _encoded(encode: Any, texts: Sequence[str]) -> Vectors:
    vectors: Vectors = encode(
        # A lone surrogate cannot be tokenised.
        [text.encode("utf-8", "replace").decode("utf-8") for text in texts],
        batch_size=BATCH,
        show_progress_bar=False,
        normalize_embeddings=True,
        convert_to_numpy=True,
    )
    return vectors.astype(np.float32, copy=False)


def _load(model: str) -> Any:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        loaded = SentenceTransformer(model, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError, ImportError, RuntimeError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else error.__class__.__name__
        raise SetupError(
            f"向量模型「{model}」打不开:{reason[:200]};请把 KEJIAN_EMBEDDING_MODEL 设为本机上 sentence-transformers "
            "模型的文件夹,或去掉该设置以使用自带模型"
        ) from error
    loaded.eval()
    return loaded


def _digest(model: Any) -> str:
    """SHA-256 over the kinds of modules, the prompts and every weight, so that no file layout needs to be known."""
    import torch

    settings = ([type(module).__name__ for module in model], sorted(model.prompts.items()), model.max_seq_length)
    digest = hashlib.sha256(repr(settings).encode("utf-8"))
    # Where a checkpoint has no pooler, transformers makes one up at random; sentence-transformers does not use it.
    used = {name: tensor for name, tensor in model.state_dict().items() if ".pooler." not in name}
    for name, tensor in sorted(used.items()):
        digest.update(name.encode("utf-8"))
        digest.update(tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()
