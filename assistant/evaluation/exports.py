"""Our answers in the field names of ragas and deepeval, so that those tools can be run on them.

Field names as of ragas 0.4 (``SingleTurnSample``, read with ``EvaluationDataset.from_jsonl``) and deepeval 4
(``LLMTestCase``; ``EvaluationDataset().add_goldens_from_jsonl_file``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from kejian.assistant.evaluation.cases import Case, said_text
from kejian.assistant.evaluation.gold_run import GoldReport


def as_ragas(report: GoldReport) -> str:
    """One ``SingleTurnSample`` a line."""
    return _lines(report, lambda case: _ragas(case, report))


def as_deepeval(report: GoldReport) -> str:
    """One ``LLMTestCase`` a line."""
    return _lines(report, lambda case: _deepeval(case, report))


def _lines(report: GoldReport, row: Callable[[Case], dict[str, Any]]) -> str:
    return "".join(json.dumps(row(case), ensure_ascii=False) + "\n" for case in report.cases)


def _ragas(case: Case, report: GoldReport) -> dict[str, Any]:
    return {
        "user_input": case.answer.resolved or case.gold.question,
        "retrieved_contexts": _quotes(case),
        "reference_contexts": _slides(case, report),
        "response": _response(case),
        "reference": reference_of(case),
        "retrieved_context_ids": [f"{c.deck}:{c.slide}:{c.start}-{c.end}" for c in case.answer.citations],
        "reference_context_ids": sorted(f"{deck}:{number}" for deck, number in case.relevant),
    }


def _deepeval(case: Case, report: GoldReport) -> dict[str, Any]:
    return {
        "name": case.gold.id,
        "input": case.answer.resolved or case.gold.question,
        "actual_output": _response(case),
        "expected_output": reference_of(case),
        "context": _slides(case, report),
        "retrieval_context": _quotes(case),
        "additional_metadata": {
            "slice": case.gold.slice,
            "question": case.gold.question,
            "turns": list(case.gold.turns),
        },
    }


def reference_of(case: Case) -> str:
    """What a right answer says, in words: its key points, or that the material is silent."""
    if case.gold.expect == "refusal":
        named = "、".join(variants[0] for variants in case.gold.mention)
        return f"材料没有写。{f'应说到:{named}。' if named else ''}"
    return "；".join(point[0] for point in case.gold.points) + "。"


def _response(case: Case) -> str:
    return said_text(case.answer).strip()


def _quotes(case: Case) -> list[str]:
    return [citation.quote for citation in case.answer.citations]


def _slides(case: Case, report: GoldReport) -> list[str]:
    wanted: Iterable[tuple[str, int]] = sorted(case.relevant)
    slides = {(deck.id, slide.number): slide.source for deck in report.decks for slide in deck.slides}
    return [slides[key] for key in wanted if key in slides]
