"""A real, small encoder for tests: characters and their pairs hashed into unit vectors, the same in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass
class HashingEncoder:
    fingerprint: str = "hashing-64"
    dimension: int = 64
    embedded: list[str] = field(default_factory=list)  # every passage it was given

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += texts
        return self.encode_queries(texts) if texts else np.empty((0, self.dimension), np.float32)

    def _vector(self, text: str) -> np.ndarray:
        vector = np.full(self.dimension, 1e-3, dtype=np.float32)
        for part in (*text, *(text[at : at + 2] for at in range(len(text) - 1))):
            digest = hashlib.blake2b(f"{self.fingerprint}{part}".encode(), digest_size=3).digest()
            vector[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        return vector / np.linalg.norm(vector)
