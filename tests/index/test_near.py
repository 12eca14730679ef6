"""The nearest of many vectors by their clusters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kejian.index import near
from kejian.index.near import NearVectors


def made(rows: int) -> np.ndarray:
    """Unit vectors of a few topics, in few directions, as those of a model are."""
    drawn = np.random.default_rng(1)
    topics = drawn.standard_normal((40, 16), dtype=np.float32)[drawn.integers(40, size=rows)]
    own = (topics + 0.7 * drawn.standard_normal((rows, 16), dtype=np.float32)) @ drawn.standard_normal((16, 96))
    vectors = own / np.linalg.norm(own, axis=1, keepdims=True) + 0.2
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_of_few_vectors_all_are_looked_at() -> None:
    vectors = made(300)
    rows, cosines, spread = NearVectors.build(vectors).nearest(vectors[7], 5)
    exact = vectors @ vectors[7]
    assert rows[0] == 7
    assert set(rows) == set(np.argsort(-exact)[:5])
    assert np.array_equal(cosines, exact[rows])
    assert spread.mean == pytest.approx(float(exact.mean()))


def test_equal_ones_come_in_the_order_of_rows() -> None:
    vectors = np.repeat(np.eye(1, 96, dtype=np.float32), 6, axis=0)
    assert NearVectors.build(vectors).nearest(vectors[0], 3)[0].tolist() == [0, 1, 2]


def test_of_many_vectors_nearly_all_of_the_nearest_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(near, "EXACT_ROWS", 1_000)
    vectors = made(6_000)
    built = NearVectors.build(vectors)
    built.save(tmp_path, "facts")
    opened = NearVectors.load(tmp_path, "facts")
    found = 0
    for question in range(0, 6_000, 200):
        rows, cosines, spread = opened.nearest(vectors[question], 10)
        exact = vectors @ vectors[question]
        assert rows[0] == question
        assert np.allclose(cosines, exact[rows], atol=1e-6)
        assert spread.mean == pytest.approx(float(exact.mean()), abs=0.01)
        found += len(set(rows) & set(np.argsort(-exact)[:10]))
    assert found >= 0.8 * 300


def test_more_are_asked_for_than_there_are() -> None:
    assert len(NearVectors.build(made(4)).nearest(made(4)[0], 10)[0]) == 4
