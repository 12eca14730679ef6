"""A gold report as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kejian.assistant.evaluation import metrics
from kejian.assistant.evaluation.agreement import agreement_json
from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.figures import FIGURES
from kejian.assistant.evaluation.gold_run import TOTAL, GoldReport
from kejian.assistant.evaluation.points import PointVerdict
from kejian.assistant.evaluation.scores import Scores
from kejian.assistant.evaluation.stability import Agreement

FORMAT = "kejian-eval-2"
PERCENTILES = (50, 90, 95, 99, 100)


def as_json(report: GoldReport) -> dict[str, Any]:
    """The whole report; all but ``run`` is the same in two runs over the same library."""
    return {
        "format": FORMAT,
        "decks": [{"id": deck.id, "title": deck.title} for deck in report.decks],
        "holds": report.holds,
        "gates": [
            {**asdict(gate), "value": gate.value(report.total), "holds": gate not in report.fallen}
            for gate in report.gates
        ],
        "figures": {figure.key: {"title": figure.title, "definition": figure.definition} for figure in FIGURES},
        "total": rounded(report.total),
        "slices": {name: rounded(scores) for name, scores in report.slices.items()},
        "intervals": {name: intervals(scores) for name, scores in [(TOTAL, report.total), *report.slices.items()]},
        "stability": {kind: rounded_agreement(found) for kind, found in report.stability.items()},
        "unstable": [
            {
                "id": pair.gold.id,
                "kind": pair.variant.kind,
                "question": pair.gold.question,
                "variant": pair.variant.question,
            }
            for pair in report.pairs
            if not pair.agrees
        ],
        "scorer": agreement_json(report.scorer) if report.scorer else None,
        "judge": asdict(report.model) if report.model else None,
        "cases": [case_json(case) for case in report.cases],
        "run": {**timing_json(report), "traces": {case.gold.id: case.answer.trace for case in report.wrong}},
    }


def rounded(scores: Scores) -> dict[str, float | int | None]:
    """Every figure's value to four digits."""
    values = {key: four_digits(found.value) for key, found in scores.figures.items()}
    return {"questions": scores.questions, **values}


def intervals(scores: Scores) -> dict[str, list[float]]:
    """Low and high end of every figure's 95 % interval; figures that were not measured are left out."""
    return {
        key: [round(found.low, 4), round(found.high, 4)]
        for key, found in scores.figures.items()
        if found.low is not None and found.high is not None
    }


def four_digits(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def rounded_agreement(found: Agreement) -> dict[str, float | int]:
    """An agreement to four digits."""
    return {name: round(value, 4) for name, value in asdict(found).items()}


def values_of(case: Case) -> dict[str, float]:
    """Every figure on one question, 0 to 1: what the regression gate pairs."""
    counts = ((figure.key, *figure.count(case)) for figure in FIGURES)
    return {key: round(part / whole, 4) for key, part, whole in counts if whole}


def case_json(case: Case) -> dict[str, Any]:
    """One case: of the right ones the verdict and its figures, of the wrong ones all that is needed to see why."""
    brief = {
        "id": case.gold.id,
        "slice": case.gold.slice,
        "right": case.right,
        "kind": case.answer.kind,
        "values": values_of(case),
    }
    if case.right:
        return brief
    return {
        **brief,
        "question": case.gold.question,
        "turns": list(case.gold.turns),
        "resolved": case.answer.resolved,
        "faults": list(faults(case)),
        "expected_points": [list(point) for point in case.gold.points],
        "points": [asdict(point) for point in case.points],
        "expected_slides": list(case.gold.slides),
        "ranked_slides": [number for _, number in case.ranked[:10]],
        "answer": case.answer.answer,
        "refusal": asdict(case.answer.refusal) if case.answer.refusal else None,
        "citations": [asdict(citation) for citation in case.answer.citations],
    }


def faults(case: Case) -> Iterator[str]:
    """What was missed, a line each."""
    if not case.decision_right:
        yield "应当拒答却作了回答" if case.refusal_expected else "应当回答却拒答了"
    if case.useful is False:
        yield "拒答没有帮助:理由不对,或没有说到应说的内容"
    if case.resolved_right is False:
        yield f"追问理解得不对:{case.answer.resolved}"
    yield from map(point_fault, (point for point in case.points if point.grade != "right"))
    yield from (f"说了不该说的:{phrase}" for phrase in case.forbidden)
    yield from (f"没有引第 {number} 页" for number in case.uncited_slides)
    yield from (f"引文 [{n}] 与原文不符" for n in case.invalid)
    yield from (f"标记 [{n}] 没有引文" for n in case.dangling)
    yield from (f"这句没有引文:{text}" for text in case.unsupported)
    yield from (f"格子没有根据:{subject}的{aspect}" for subject, aspect in (case.cells.invented if case.cells else ()))


def point_fault(point: PointVerdict) -> str:
    """Why a key point is not right."""
    if point.grade == "partly":
        return f"要点只说了一部分:{point.point}"
    return f"要点说反了({point.contradiction}):{point.point}" if point.contradiction else f"缺要点:{point.point}"


def timing_json(report: GoldReport) -> dict[str, Any]:
    """Latency percentiles in milliseconds, and the whole run in seconds."""
    return {
        "seconds": round(report.timing.whole, 3),
        "answer_ms": percentiles(report.timing.answering),
        "search_ms": percentiles(report.timing.searching),
    }


def percentiles(seconds: Sequence[float]) -> dict[str, float | None]:
    """``{"p50": …}`` in milliseconds."""
    found = {f"p{percent}": metrics.percentile(seconds, percent) for percent in PERCENTILES}
    return {name: None if value is None else round(1000 * value, 2) for name, value in found.items()}


def shown(value: float | None) -> str:
    """A share as it is printed; cut, not rounded, so that 0.99996 never looks like 1.

    >>> shown(0.99996), shown(1.0), shown(None)
    ('0.999', '1.000', '–')
    """
    return "–" if value is None else f"{int(value * 1000 + 1e-9) / 1000:.3f}"
