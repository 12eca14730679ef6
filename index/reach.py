"""Whether a collection holds each passage with its vector, and whether its graph leads to it.

A graph of near neighbours is approximate: among vectors that lie very close together a few may have no way leading
to them (3 of 5,000 made ones of cosines about 0.9996). Such a passage is sound, and is compared one by one. A passage
that is missing, or has another vector, is damage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kejian.index.dense import DamagedIndex, DenseIndex
from kejian.index.entry import Entry
from kejian.index.model import Vectors

TIE = 1e-5  # cosines this near are equal
AT_ONCE = 500  # passages of one request


def verify(index: DenseIndex, entries: Sequence[Entry], vectors: Vectors, sample: Sequence[int]) -> None:
    """Compare counts, and the stored vectors of the rows ``sample`` with ``vectors``.

    Raises:
        DamagedIndex: a count differs, a passage is missing, or its vector is another.
    """
    if (count := index.count()) != len(entries) or len(vectors) != len(entries):
        raise DamagedIndex(f"索引不完整:{len(entries)} 段文字只有 {count} 个向量")
    for rows in _parts(sample):
        stored = index.stored([entries[row].key for row in rows])
        for row in rows:
            vector = stored.get(entries[row].key)
            if vector is None:
                raise DamagedIndex(f"索引校验未通过:没有段落 {entries[row].key}")
            if not np.allclose(vector, vectors[row], atol=TIE):
                raise DamagedIndex(f"索引校验未通过:段落 {entries[row].key} 的向量不对")


def missed(index: DenseIndex, entries: Sequence[Entry], vectors: Vectors, sample: Sequence[int]) -> list[int]:
    """Those of the rows ``sample`` whose own vector does not lead to them, nor to one as near as that.

    Raises:
        DamagedIndex: what was found is no passage of ``entries``.
    """
    row_of = {entry.key: row for row, entry in enumerate(entries)}
    unreached = []
    for rows in _parts(sample):
        wanted = np.asarray(vectors[rows])
        for row, vector, key in zip(rows, wanted, index.nearest_each(wanted), strict=True):
            if key not in row_of:
                raise DamagedIndex(f"索引校验未通过:索引里有不认识的段落 {key}")
            if vectors[row_of[key]] @ vector < vector @ vector - TIE:
                unreached.append(row)
    return unreached


def apart(index: DenseIndex, entries: Sequence[Entry], vectors: Vectors, sample: Sequence[int]) -> tuple[int, ...]:
    """The rows that the graph does not lead to; looked for among all only where one of ``sample`` is."""
    if not missed(index, entries, vectors, sample):
        return ()
    return tuple(missed(index, entries, vectors, range(len(entries))))


def _parts(rows: Sequence[int]) -> Iterator[list[int]]:
    return (list(rows[start : start + AT_ONCE]) for start in range(0, len(rows), AT_ONCE))
