"""A gold report as JSON and as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kejian.assistant.evaluation import metrics
from kejian.assistant.evaluation.baseline import Changes
from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.gold_run import GoldReport
from kejian.assistant.evaluation.scores import Scores
from kejian.assistant.evaluation.stability import STABLE_FROM, Agreement

if TYPE_CHECKING:
    from rich.console import Console

FORMAT = "kejian-eval-1"
PERCENTILES = (50, 90, 95, 99, 100)
COLUMNS = {  # fields of Scores as the table heads them
    "right": "全对",
    "recall_at_1": "召回@1",
    "recall_at_5": "召回@5",
    "mrr": "MRR",
    "point_coverage": "要点",
    "slide_cited": "应引页",
    "citation_validity": "引文",
    "sentence_support": "句有据",
    "forbidden_absent": "无禁语",
    "refusal_precision": "拒答准",
    "refusal_recall": "拒答全",
    "useful_refusals": "拒答有用",
}


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
        "total": rounded(report.total),
        "slices": {name: rounded(scores) for name, scores in report.slices.items()},
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
        "cases": [case_json(case) for case in report.cases],
        "run": {**timing_json(report), "traces": {case.gold.id: case.answer.trace for case in report.wrong}},
    }


def rounded(scores: Scores) -> dict[str, float | int | None]:
    """Scores to four digits."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(scores).items()}


def rounded_agreement(found: Agreement) -> dict[str, float | int]:
    """An agreement to four digits."""
    return {name: round(value, 4) for name, value in asdict(found).items()}


def case_json(case: Case) -> dict[str, Any]:
    """One case: of the right ones the verdict, of the wrong ones all that is needed to see why."""
    brief = {"id": case.gold.id, "slice": case.gold.slice, "right": case.right, "kind": case.answer.kind}
    if case.right:
        return brief
    return {
        **brief,
        "question": case.gold.question,
        "turns": list(case.gold.turns),
        "resolved": case.answer.resolved,
        "faults": list(faults(case)),
        "expected_points": [list(point) for point in case.gold.points],
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
    yield from (f"缺要点:{point}" for point in case.missed)
    yield from (f"说了不该说的:{phrase}" for phrase in case.forbidden)
    yield from (f"没有引第 {number} 页" for number in case.uncited_slides)
    yield from (f"引文 [{n}] 与原文不符" for n in case.invalid)
    yield from (f"标记 [{n}] 没有引文" for n in case.dangling)
    yield from (f"这句没有引文:{text}" for text in case.unsupported)


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


def print_report(report: GoldReport, changes: Changes | None, console: Console) -> None:
    """Scores per slice, gates, what went wrong, and the changes since the baseline."""
    from rich.text import Text

    console.print(score_table(report))
    console.print(gate_table(report))
    if report.pairs:
        console.print(stability_table(report))
    for pair in (pair for pair in report.pairs if not pair.agrees):
        console.print(Text(f"≠ {pair.gold.id}〔{pair.variant.kind}〕{pair.variant.question}"), soft_wrap=True)
    for case in report.wrong:
        console.print(Text(f"✗ {case.gold.id}〔{case.gold.slice}〕{case.gold.question}"), soft_wrap=True)
        for fault in faults(case):
            console.print(Text(f"    {fault}"), soft_wrap=True)
    if changes is not None:
        for line in changes.lines():
            console.print(Text(line), soft_wrap=True)
    console.print(Text(summary(report)), soft_wrap=True)


def score_table(report: GoldReport) -> Any:
    """One row a slice, the total last."""
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("类别", title=f"标准问题 {len(report.cases)} 个", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for head in ("题数", *COLUMNS.values()):
        table.add_column(head, justify="right")
    for name, scores in [*report.slices.items(), ("合计", report.total)]:
        if name == "合计":
            table.add_section()
        table.add_row(name, str(scores.questions), *(shown(getattr(scores, field)) for field in COLUMNS))
    return table


def gate_table(report: GoldReport) -> Any:
    """One row a gate."""
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("门槛", "要求", "实际", "", box=SIMPLE, pad_edge=False)
    for gate in report.gates:
        held = "✓" if gate.holds(report.total) else "✗ 没达标"
        table.add_row(gate.name, f"≥ {shown(gate.least)}", shown(gate.value(report.total)), held)
    return table


def stability_table(report: GoldReport) -> Any:
    """One row a kind of variant."""
    from rich.box import SIMPLE
    from rich.table import Table

    title = f"换个说法,回答相同的(≥ {shown(STABLE_FROM)})"
    table = Table("说法", "题数", "相同", "95% 区间", "", title=title, box=SIMPLE, pad_edge=False)
    for kind, found in report.stability.items():
        between = f"{shown(found.low)}–{shown(found.high)}"
        table.add_row(kind, str(found.pairs), shown(found.share), between, "✓" if found.holds else "✗ 没达标")
    return table


def summary(report: GoldReport) -> str:
    """The verdict in one line."""
    times = percentiles(report.timing.answering)
    verdict = "全部达标" if report.holds else f"没达标:{'、'.join(names_of_fallen(report))}"
    latency = f"回答用时中位 {times['p50']} ms、p95 {times['p95']} ms"
    return f"{verdict};{len(report.cases) - len(report.wrong)}/{len(report.cases)} 题全对;{latency}"


def names_of_fallen(report: GoldReport) -> list[str]:
    """What does not hold, by name."""
    unstable = (f"换说法({kind})" for kind, found in report.stability.items() if not found.holds)
    return [*(gate.name for gate in report.fallen), *unstable]
