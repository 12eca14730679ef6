"""Vectors in the library, by text and model: a text is embedded once for a model, however often it is indexed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from kejian.index.library import Library
from kejian.index.model import Encoder, Vectors
from kejian.index.report import OnProgress, Progress, silent
from kejian.index.rows import text_hash
from kejian.index.tables import VECTORS

EMBED_BATCH = 64  # texts; a kill loses at most one batch of work
LOOK_UP_BATCH = 500  # parameters of one SQL statement


def embed_missing(library: Library, texts: Sequence[str], encoder: Encoder, on_progress: OnProgress = silent) -> int:
    """Embed those of ``texts`` that have no vector of this model yet, save batch by batch, return how many."""
    missing = missing_texts(library, texts, encoder.fingerprint)
    if missing:
        on_progress(Progress("embed", 0, len(missing)))
    for start in range(0, len(missing), EMBED_BATCH):
        batch = missing[start : start + EMBED_BATCH]
        _save(library, batch, encoder.fingerprint, encoder.encode_passages(batch))
        on_progress(Progress("embed", start + len(batch), len(missing)))
    return len(missing)


def missing_texts(library: Library, texts: Sequence[str], fingerprint: str) -> list[str]:
    """Those of ``texts`` without a vector of the model ``fingerprint``, each once, short ones first."""
    by_hash = {text_hash(text): text for text in texts}
    with library.engine.connect() as connection:
        known = {row.text_hash for row in _rows(connection, list(by_hash), fingerprint, VECTORS.c.text_hash)}
    # Texts of like length in one batch are padded least.
    return sorted((text for key, text in by_hash.items() if key not in known), key=lambda text: (len(text), text))


def load_vectors(library: Library, texts: Sequence[str], fingerprint: str) -> Vectors:
    """The vectors of ``texts``, one row a text, shape ``(len(texts), dimension)``; all of them must be there.

    Raises:
        KeyError: a text has no vector of this model.
    """
    hashes = [text_hash(text) for text in texts]
    with library.engine.connect() as connection:
        rows = _rows(connection, list(dict.fromkeys(hashes)), fingerprint, VECTORS.c.text_hash, VECTORS.c.vector)
        found = {row.text_hash: np.frombuffer(row.vector, dtype="<f4") for row in rows}
    return np.stack([found[key] for key in hashes]).astype(np.float32) if hashes else np.empty((0, 0), np.float32)


def _rows(connection: Connection, hashes: list[str], fingerprint: str, *columns: Any) -> Iterator[Any]:
    for start in range(0, len(hashes), LOOK_UP_BATCH):
        wanted = VECTORS.c.text_hash.in_(hashes[start : start + LOOK_UP_BATCH])
        yield from connection.execute(select(*columns).where(wanted, VECTORS.c.fingerprint == fingerprint))


def _save(library: Library, texts: Sequence[str], fingerprint: str, vectors: Vectors) -> None:
    if vectors.shape[0] != len(texts) or not np.isfinite(vectors).all():
        raise ValueError(f"the encoder made {vectors.shape} (or values that are no numbers) of {len(texts)} texts")
    rows = [
        {"text_hash": text_hash(text), "fingerprint": fingerprint, "vector": vector.astype("<f4").tobytes()}
        for text, vector in zip(texts, vectors, strict=True)
    ]
    with library.write() as connection:
        connection.execute(insert(VECTORS), rows)
