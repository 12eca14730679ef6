"""A gold report as tables on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kejian.assistant.evaluation.figures import BY_KEY
from kejian.assistant.evaluation.gold_run import TOTAL, GoldReport
from kejian.assistant.evaluation.regression import Changes
from kejian.assistant.evaluation.report import faults, percentiles, shown
from kejian.assistant.evaluation.stability import STABLE_FROM

if TYPE_CHECKING:
    from rich.console import Console

COLUMNS = {  # figures by slice, as the table heads them
    "right": "全对",
    "recall_at_1": "召回@1",
    "recall_at_5": "召回@5",
    "ndcg_at_10": "nDCG",
    "point_coverage": "要点",
    "slide_cited": "应引页",
    "citation_validity": "引文",
    "citation_recall": "句有据",
    "refusal_precision": "拒答准",
    "refusal_recall": "拒答全",
    "useful_refusals": "拒答有用",
}


def print_report(report: GoldReport, changes: Changes | None, console: Console) -> None:
    """Scores per slice, gates, what went wrong, and the changes since the baseline."""
    from rich.text import Text

    console.print(score_table(report))
    console.print(figure_table(report))
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
    if report.scorer is not None:
        console.print(Text(report.scorer.line), soft_wrap=True)
    console.print(Text(summary(report)), soft_wrap=True)


def score_table(report: GoldReport) -> Any:
    """One row a slice, the total last."""
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("类别", title=f"标准问题 {len(report.cases)} 个", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for head in ("题数", *COLUMNS.values()):
        table.add_column(head, justify="right")
    for name, scores in [*report.slices.items(), (TOTAL, report.total)]:
        if name == TOTAL:
            table.add_section()
        table.add_row(name, str(scores.questions), *(shown(scores[key]) for key in COLUMNS))
    return table


def figure_table(report: GoldReport) -> Any:
    """Every figure over all questions with its interval."""
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("指标", title="全部指标", box=SIMPLE, padding=(0, 1, 0, 0), pad_edge=False)
    for head in ("值", "95% 区间", "题数"):
        table.add_column(head, justify="right")
    for key, found in report.total.figures.items():
        if found.value is not None:
            table.add_row(BY_KEY[key].title, shown(found.value), between(found.low, found.high), str(found.over))
    return table


def between(low: float | None, high: float | None) -> str:
    """An interval as it is printed; "" where there is none."""
    return "" if low is None or high is None else f"{shown(low)}–{shown(high)}"


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
        table.add_row(
            kind,
            str(found.pairs),
            shown(found.share),
            between(found.low, found.high),
            "✓" if found.holds else "✗ 没达标",
        )
    return table


def summary(report: GoldReport) -> str:
    """The verdict in one line."""
    times = percentiles(report.timing.answering)
    verdict = "全部达标" if report.holds else f"没达标:{'、'.join(names_of_fallen(report))}"
    latency = f";回答用时中位 {times['p50']} ms、p95 {times['p95']} ms" if report.timing.answering else ""
    return f"{verdict};{len(report.cases) - len(report.wrong)}/{len(report.cases)} 题全对{latency}"


def names_of_fallen(report: GoldReport) -> list[str]:
    """What does not hold, by name."""
    unstable = (f"换说法({kind})" for kind, found in report.stability.items() if not found.holds)
    return [*(gate.name for gate in report.fallen), *unstable]
