import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.index.fusion import Spread
from kejian.index.rank import WEIGHTS, Candidates, borne_out, candidate_scores, features, fullness

SPREAD = Spread(0.8, 0.02)
FITTED = Path(__file__).parents[2] / "benchmarks" / "ranker.json"


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def drawn(draw, low, high, count):
    return floats(*draw(st.lists(st.floats(low, high, width=32), min_size=count, max_size=count)))


@st.composite
def candidates(draw):
    count = draw(st.integers(0, 12))
    ranges = ((0.5, 1), (0, 60), (0, 1), (-3, 5))
    return Candidates(*(drawn(draw, low, high, count) for low, high in ranges), draw(st.integers(1, 10**6)))


@given(candidates())
def test_scores_are_finite_and_the_same_every_time(some):
    scores = candidate_scores(some, SPREAD)
    assert scores.shape == some.cosines.shape
    assert np.isfinite(scores).all()
    assert np.array_equal(scores, candidate_scores(some, SPREAD))


@given(candidates(), st.data())
def test_a_score_does_not_depend_on_the_order_of_the_candidates(some, data):
    order = np.array(data.draw(st.permutations(range(len(some.cosines)))), dtype=np.int64)
    parts = (some.cosines, some.lexical, some.borne_out, some.fullness)
    mixed = Candidates(*(part[order] for part in parts), some.collection)
    assert candidate_scores(mixed, SPREAD) == pytest.approx(candidate_scores(some, SPREAD)[order], abs=1e-5)


@pytest.mark.parametrize("better", ["cosines", "borne_out"])
@given(some=candidates(), step=st.floats(0, 0.5, width=32))
def test_more_evidence_never_costs(better, some, step):
    if len(some.cosines):
        values = getattr(some, better).copy()
        values[0] += step
        more = replace(some, **{better: values})
        assert candidate_scores(more, SPREAD)[0] >= candidate_scores(some, SPREAD)[0] - 1e-6


def test_of_two_alike_the_one_with_more_of_the_wording_wins():
    same = floats(0.85, 0.85)
    scores = candidate_scores(Candidates(same, floats(9, 12), floats(0, 0), floats(1, 1), 1000), SPREAD)
    assert scores[1] > scores[0]


def test_without_words_in_common_the_order_is_dense():
    none = floats(0, 0, 0)
    scores = candidate_scores(Candidates(floats(0.81, 0.9, 0.85), none, none, none, 1000), SPREAD)
    assert np.argsort(-scores).tolist() == [1, 2, 0]


def test_where_every_passage_is_equally_near_words_decide():
    same = floats(0.8, 0.8)
    scores = candidate_scores(Candidates(same, floats(3, 5), floats(0.1, 0.4), same, 2), Spread(0.8, 0.0))
    assert scores[1] > scores[0]


def test_among_passages_of_one_wording_bm25_says_nothing_and_short_ones_stand_behind():
    same, lexical = np.full(6, 0.9, np.float32), floats(10, 9.9, 9.8, 9.7, 9.6, 9.5)
    full = floats(-1, 1, 1, 1, 1, -1)
    scores = candidate_scores(Candidates(same, lexical, np.zeros(6, np.float32), full, 1000), SPREAD)
    assert scores[1:5].tolist() == pytest.approx([scores[1]] * 4)
    assert scores[0] < scores[1]


def test_what_is_far_above_chance_in_a_small_collection_is_not_in_a_large_one():
    one = Candidates(floats(0.9), floats(0), floats(0), floats(0), 30)
    assert features(one, SPREAD)[0, 0] > features(replace(one, collection=100_000), SPREAD)[0, 0] > 0


def test_no_candidates_have_no_scores():
    empty = floats()
    assert len(candidate_scores(Candidates(empty, empty, empty, empty, 0), SPREAD)) == 0


def test_borne_out_is_the_share_of_the_weights():
    assert borne_out({"补考": 3.0, "考几": 1.0}, ["补考的时间", "几次", "补考几次"]).tolist() == [0.75, 0, 1]
    assert borne_out({}, ["补考", ""]).tolist() == [0, 0]


def test_fullness_compares_a_passage_with_its_headings():
    assert fullness("一" * 30, "二" * 30) == 0
    assert fullness("短", "很长的一串标题") < 0 < fullness("比标题长得多的一段", "")


def test_the_weights_are_the_fitted_ones():
    assert list(WEIGHTS) == json.loads(FITTED.read_text("utf-8"))["weights"]
