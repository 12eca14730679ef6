"""The figures of a set of cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kejian.assistant.evaluation import metrics
from kejian.assistant.evaluation.cases import Case, sentences_of

DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares from 0 to 1; None where a set holds nothing to measure them on.

    Micro-averaged over points, citations and sentences; the rest are means over questions. Retrieval is measured
    on the questions that can be answered and name a slide.
    """

    questions: int
    right: float | None  # questions in which nothing was missed
    recall_at_1: float | None
    recall_at_3: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mrr: float | None
    point_coverage: float | None  # key points said, of all expected
    forbidden_absent: float | None  # questions with forbidden phrases whose answer says none of them
    slide_cited: float | None  # questions of which every expected slide is cited
    citation_validity: float | None  # citations whose quotation stands in the source
    sentence_support: float | None  # sentences with a citation
    kind_right: float | None  # answers in one of the expected forms
    refusal_precision: float | None
    refusal_recall: float | None
    useful_refusals: float | None  # of the right refusals


def scores_of(cases: Sequence[Case]) -> Scores:
    """All figures of ``cases``."""
    scored = [case for case in cases if case.scored_as_answer]
    answered = [case for case in cases if not case.refused]
    decided = [case for case in cases if case.refusal_expected is not None]
    expected = [bool(case.refusal_expected) for case in decided]
    refused = [case.refused for case in decided]
    sought = [case for case in cases if case.gold.expect == "answer"]
    recalls = {k: _mean(sought, _recall(k)) for k in DEPTHS}
    return Scores(
        questions=len(cases),
        right=_mean(cases, lambda case: float(case.right)),
        recall_at_1=recalls[1],
        recall_at_3=recalls[3],
        recall_at_5=recalls[5],
        recall_at_10=recalls[10],
        mrr=_mean(sought, lambda case: metrics.reciprocal_rank(case.ranked, case.relevant)),
        point_coverage=_kept(scored, lambda case: len(case.missed), lambda case: len(case.gold.points)),
        forbidden_absent=_mean([c for c in cases if c.gold.forbid], lambda case: float(not case.forbidden)),
        slide_cited=_mean([c for c in scored if c.relevant], lambda case: float(not case.uncited_slides)),
        citation_validity=_kept(
            cases,
            lambda case: len(case.invalid) + len(case.dangling),
            lambda case: len(case.answer.citations) + len(case.dangling),
        ),
        sentence_support=_kept(
            answered, lambda case: len(case.unsupported), lambda case: len(sentences_of(case.answer))
        ),
        kind_right=_mean([c for c in answered if c.gold.kinds], lambda case: float(case.kind_right)),
        refusal_precision=metrics.refusal_precision(expected, refused),
        refusal_recall=metrics.refusal_recall(expected, refused),
        useful_refusals=_mean(cases, lambda case: None if case.useful is None else float(case.useful)),
    )


def _recall(k: int) -> Callable[[Case], float | None]:
    return lambda case: metrics.recall_at(k, case.ranked, case.relevant)


def _mean(cases: Sequence[Case], value: Callable[[Case], float | None]) -> float | None:
    return metrics.mean(map(value, cases))


def _kept(cases: Sequence[Case], lost: Callable[[Case], int], all_: Callable[[Case], int]) -> float | None:
    whole = sum(map(all_, cases))
    return metrics.share(whole - sum(map(lost, cases)), whole)
