import numpy as np
import pytest

from kejian.index.fusion import (
    fused_ranking,
    lexical_weight,
    reciprocal_rank_fusion,
    sample_rows,
    spread_of,
)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_z_counts_standard_deviations_above_the_collection() -> None:
    spread = spread_of(floats(0.8, 0.9))
    assert spread.z(floats(0.9, 0.85, 0.95)) == pytest.approx([1, 0, 2], abs=1e-4)


@pytest.mark.parametrize("cosines", [(0.9,), (0.8, 0.8, 0.8)])
def test_a_collection_without_spread_gives_no_dense_evidence(cosines: tuple[float, ...]) -> None:
    assert spread_of(floats(*cosines)).z(floats(*cosines)).tolist() == [0.0] * len(cosines)


@pytest.mark.parametrize(
    ("shares", "weight"),
    [
        ((), 1.0),
        ((1.0, 0.99, 0.99, 0.99), 1.0),
        ((1.0, 0.5, 0.5, 0.5, 0.5, 0.1), 1.0),
        ((0.1, 0.7, 0.9, 0.9, 0.9, 1.0), 0.5),
        ((1.0, 0.95, 0.95, 0.95, 0.95), 0.0),
        ((0.0,) * 8, 1.0),
    ],
)
def test_bm25_counts_less_where_many_passages_have_nearly_the_best(shares: tuple[float, ...], weight: float) -> None:
    assert lexical_weight(floats(*shares)) == pytest.approx(weight, abs=1e-6)


def test_no_candidates_have_no_ranking() -> None:
    assert fused_ranking(np.array([], dtype=np.int64), floats(), 5) == []


def test_equal_scores_come_in_the_order_of_rows() -> None:
    assert fused_ranking(np.array([9, 3, 5]), floats(1, 1, 2), 3) == [(5, 2.0), (3, 1.0), (9, 1.0)]


def test_the_sample_is_fixed_and_inside_the_collection() -> None:
    assert sample_rows(3).tolist() == [0, 1, 2]
    rows = sample_rows(100_000)
    assert len(set(rows.tolist())) == 4096
    assert (rows[0], rows[-1]) == (0, 99_999)


def test_reciprocal_rank_fusion_prefers_what_both_rank() -> None:
    assert [row for row, _ in reciprocal_rank_fusion([[1, 2, 3], [4, 2]], 2)] == [2, 1]
