"""What the index gives back: hits, and the port through which texts become vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts in, unit vectors out; one row a text, shape ``(len(texts), dimension)``, float32."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its exact weights: vectors of two fingerprints never meet in one index."""
        ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class FactHit:
    """A fact near a question in meaning. ``z`` is its cosine in standard deviations above the mean of all facts."""

    deck_id: str
    slide_id: str
    fact_id: str
    cosine: float
    z: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. Ranks count from 1 and are None where that leg did not return the passage."""

    passage_id: str
    deck_id: str
    slide_id: str
    text: str
    start: int
    end: int
    score: float  # fused
    dense_score: float  # cosine
    dense_z: float  # the cosine in standard deviations above the mean of the whole collection for this query
    lexical_score: float  # BM25
    dense_rank: int | None
    lexical_rank: int | None
