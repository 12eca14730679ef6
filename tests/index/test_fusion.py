import numpy as np
import pytest

from kejian.index.fusion import (
    Spread,
    fused_ranking,
    fused_scores,
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


def test_both_legs_add_up() -> None:
    scores = fused_scores(floats(0.9, 0.8), floats(5, 10), Spread(0.8, 0.02))
    assert scores == pytest.approx([5 / 5 + 0.5, 0 + 1], abs=1e-4)


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


def test_among_passages_of_one_wording_the_dense_leg_decides() -> None:
    cosines = floats(0.80, 0.81, 0.82, 0.83, 0.90, 0.70)
    scores = fused_scores(cosines, floats(10, 9.9, 9.8, 9.7, 9.6, 1), spread_of(cosines))
    assert int(np.argmax(scores)) == 4


def test_without_lexical_evidence_the_order_is_dense() -> None:
    scores = fused_scores(floats(0.81, 0.9, 0.85), floats(0, 0, 0), Spread(0.8, 0.05))
    assert np.argsort(-scores).tolist() == [1, 2, 0]


def test_no_candidates_have_no_scores() -> None:
    assert len(fused_scores(floats(), floats(), Spread(0.8, 0.1))) == 0
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
