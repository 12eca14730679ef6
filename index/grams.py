"""In how many texts, and in which, a character or a pair of neighbouring characters stands: counted once, then read.

A character or pair is kept as one number, so that the whole index is three arrays that are mapped into memory and
cost nothing to open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BITS = 21  # of a Unicode code point
AT_ONCE = 2_000  # texts sorted together while an index is built
ROW_BITS = 11
END = 0x110000  # no code point: the end of a text
PARTS = ("keys", "counts", "ends", "rows")
Numbers = NDArray[np.int64]
Rows = NDArray[np.int32]


class GramIndex:
    """Characters and pairs of a row of texts; the last character of a text makes a pair with its end.

    Only pairs know their rows: a character stands in those of the pairs it begins, which are neighbours.
    """

    def __init__(self, keys: Numbers, counts: Rows, ends: Numbers, rows: Rows) -> None:
        """``keys`` ascending; ``rows`` of ``keys[n]`` end at ``ends[n]`` and begin where those before it end."""
        self._keys, self._counts, self._ends, self._rows = keys, counts, ends, rows

    @classmethod
    def build(cls, texts: Iterable[str], *, with_rows: bool = True) -> GramIndex:
        """Index ``texts`` in their order; without rows only counts can be asked for."""
        parts = list(_sorted_parts(texts, with_rows))
        keys = np.concatenate([part[0] for part in parts]) if parts else np.empty(0, np.int64)
        order = np.argsort(keys, kind="stable")  # parts are in the order of rows: so are those of each key then
        distinct, starts = np.unique(keys[order], return_index=True)
        counts = np.concatenate([part[1] for part in parts])[order] if parts else np.empty(0, np.int32)
        summed = np.add.reduceat(counts, starts).astype(np.int32) if len(starts) else counts
        if not with_rows:
            return cls(distinct, summed, np.zeros(len(distinct), np.int64), np.empty(0, np.int32))
        pair = keys[order] >> BITS > 0
        rows = np.concatenate([part[2] for part in parts])[order][pair] if parts else np.empty(0, np.int32)
        ends = np.cumsum(np.where(distinct >> BITS > 0, summed, 0))
        return cls(distinct, summed, ends.astype(np.int64), rows)

    def count(self, gram: str) -> int:
        """How many texts hold ``gram``, one or two characters."""
        at = self._at(gram)
        return 0 if at is None else int(self._counts[at])

    def rows(self, gram: str) -> Rows:
        """The texts that hold ``gram``, one or two characters, ascending."""
        if len(gram) == 1:
            first, behind = np.searchsorted(self._keys, [(ord(gram) + more) << BITS for more in (1, 2)])
            found: Rows = np.unique(self._rows[self._start(first) : self._start(behind)])
            return found
        at = self._at(gram)
        return self._rows[:0] if at is None else self._rows[self._start(at) : int(self._ends[at])]

    def holding(self, word: str) -> Rows:
        """The texts that hold every pair of ``word``, which is not empty: all that hold it, and few others."""
        found = sorted((self.rows(gram) for gram in pairs_of(word)), key=len)
        return reduce(lambda one, two: np.intersect1d(one, two, assume_unique=True), found)

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays into ``folder``."""
        arrays: tuple[NDArray[Any], ...] = (self._keys, self._counts, self._ends, self._rows)
        for part, array in zip(PARTS, arrays, strict=True):
            np.save(folder / f"{name}-{part}.npy", array)

    @classmethod
    def load(cls, folder: Path, name: str) -> GramIndex:
        """Open what ``save`` wrote, mapped into memory."""
        return cls(*(np.asarray(np.load(folder / f"{name}-{part}.npy", mmap_mode="r")) for part in PARTS))

    def _start(self, at: int) -> int:
        return int(self._ends[at - 1]) if at else 0

    def _at(self, gram: str) -> int | None:
        key = ord(gram) if len(gram) == 1 else (ord(gram[0]) + 1) << BITS | ord(gram[1])
        at = int(np.searchsorted(self._keys, key))
        return at if at < len(self._keys) and self._keys[at] == key else None


def _sorted_parts(texts: Iterable[str], with_rows: bool) -> Iterator[tuple[Numbers, Rows, Rows]]:
    """(key, count, row) of some texts after the other; with rows, one of each key and text, else one of each key."""
    first, waiting = 0, iter(texts)
    while some := tuple(islice(waiting, AT_ONCE)):
        keys, rows = _grams(some)
        joined = np.unique(keys << ROW_BITS | rows)
        keys = joined >> ROW_BITS
        if with_rows:
            rows = (joined & (1 << ROW_BITS) - 1) + first
            yield keys, np.ones(len(keys), np.int32), rows.astype(np.int32)
        else:
            distinct, counts = np.unique(keys, return_counts=True)
            yield distinct, counts.astype(np.int32), np.empty(0, np.int32)
        first += len(some)


def _grams(texts: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """Every character and every pair of neighbours in ``texts``, with the place of its text."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in texts])
    behind = np.append(codes[1:], END)[: len(codes)]
    behind[np.flatnonzero(owner[:-1] != owner[1:])] = END
    return np.concatenate((codes, (codes + 1) << BITS | behind)), np.concatenate((owner, owner))


def pairs_of(word: str) -> list[str]:
    """Pairs of neighbouring characters of ``word``, itself when it has one character.

    >>> pairs_of("资源部")
    ['资源', '源部']
    """
    return [word[start : start + 2] for start in range(len(word) - 1)] or [word]
