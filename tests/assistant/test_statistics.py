"""Intervals, tests and agreement against values worked out by hand."""

from __future__ import annotations

import pytest

from kejian.assistant.evaluation.statistics import (
    Hypothesis,
    confusion,
    kappa,
    mcnemar_p,
    permutation_p,
    ratio_interval,
    resamples,
    significant,
)


def test_the_interval_of_a_share_is_the_same_twice_and_holds_the_share() -> None:
    part, whole = [1.0] * 18 + [0.0] * 2, [1.0] * 20
    first, second = (ratio_interval(part, whole, resamples(20)) for _ in range(2))
    assert first == second
    assert first is not None
    low, high = first
    assert 0.7 <= low < 0.9 < high == 1.0


def test_whole_questions_are_drawn() -> None:
    # one question with nine points of which none is said, one with a single point that is: any resample of two
    # questions gives 0, 0.1 or 1
    interval = ratio_interval([0.0, 1.0], [9.0, 1.0], resamples(2))
    assert interval == (0.0, 1.0)


def test_there_is_no_interval_of_nothing() -> None:
    assert ratio_interval([0.0], [0.0], resamples(1)) is None


@pytest.mark.parametrize(
    ("differences", "p"),
    [
        ([0.0, 0.0], 1.0),
        ([-0.5], 0.5),
        ([-0.5, -0.5, -0.5], 1 / 8),  # only the pattern seen is as low
        ([0.5, 0.5], 1.0),
        ([-1.0, 0.5], 0.5),  # sums: -1.5, -0.5 (seen), 0.5, 1.5
    ],
)
def test_permutation(differences: list[float], p: float) -> None:
    assert permutation_p(differences) == p


def test_permutation_of_many_differences_is_seeded() -> None:
    lost = [-1.0] * 40
    assert permutation_p(lost) == permutation_p(lost) == 1 / 10_001
    assert 0.3 < permutation_p([-1.0, 1.0] * 20) < 0.7


@pytest.mark.parametrize(("lost", "won", "p"), [(0, 0, 1.0), (4, 0, 1 / 16), (3, 1, 5 / 16), (0, 3, 1.0)])
def test_mcnemar(lost: int, won: int, p: float) -> None:
    assert mcnemar_p(lost, won) == p


def test_holm_with_tarone() -> None:
    # alone 0.03 would fall; beside another that could fall, too, it may not
    assert significant([Hypothesis(0.03, 0.01)]) == [True]
    assert significant([Hypothesis(0.03, 0.01), Hypothesis(0.9, 0.01)]) == [False, False]
    # ... but a hundred in which nothing changed cost nothing
    assert significant([Hypothesis(0.03, 0.01), *[Hypothesis(1.0, 1.0)] * 100])[0]
    # Holm: 0.01 ≤ 0.05/2, then 0.04 ≤ 0.05
    assert significant([Hypothesis(0.04, 0.001), Hypothesis(0.01, 0.001)]) == [True, True]
    assert significant([]) == []


def test_kappa() -> None:
    # observed agreement 3/4; by chance (2·1 + 2·3)/16 = 1/2; κ = (3/4 − 1/2) / (1 − 1/2)
    pairs = [("right", "right"), ("right", "wrong"), ("wrong", "wrong"), ("wrong", "wrong")]
    assert kappa(pairs, ("right", "partly", "wrong")) == 0.5
    near = [("right", "partly"), ("right", "right"), ("wrong", "wrong"), ("partly", "partly")]
    assert kappa(near, ("right", "partly", "wrong"), weighted=True) > kappa(near, ("right", "partly", "wrong"))
    assert kappa([("right", "right")], ("right", "wrong")) == 1.0


def test_confusion() -> None:
    assert confusion([("a", "b"), ("a", "b"), ("b", "b")], "ab") == {"a": {"a": 0, "b": 2}, "b": {"a": 0, "b": 1}}
