"""A gold report as one HTML file that needs nothing else: no script, no font, no image from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kejian.assistant.evaluation.baseline import Changes
from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.gold_run import GoldReport
from kejian.assistant.evaluation.report import COLUMNS, faults, percentiles, shown, summary
from kejian.assistant.evaluation.scores import Scores

STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #d5dae1; padding: .3rem .6rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
thead th { background: #f2f4f7; }
td.share { background: linear-gradient(to right, #cfe3d6 var(--share), transparent var(--share)); }
.bad { color: #a01c1c; }
details { border: 1px solid #d5dae1; border-radius: .4rem; padding: .4rem .8rem; margin: .5rem 0; }
summary { cursor: pointer; }
pre, blockquote { white-space: pre-wrap; overflow-wrap: anywhere; }
pre, blockquote { background: #f7f8fa; margin: .4rem 0; padding: .5rem; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(report: GoldReport, changes: Changes | None = None) -> str:
    """The report as a page: verdict, gates, scores per slice, changes, latency and every failed case."""
    parts = [
        f"<h1>标准问题评测</h1><p class='{'' if report.holds else 'bad'}'>{escape(summary(report))}</p>",
        _gates(report),
        _scores(report),
        _stability(report) if report.pairs else "",
        _changes(changes) if changes else "",
        _latency(report),
        f"<h2>没有全对的题({len(report.wrong)})</h2>",
        *map(_case, report.wrong),
    ]
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>标准问题评测</title>'
    )
    body = "\n".join(filter(None, parts))
    opening = f'<!doctype html>\n<html lang="zh-CN"><head>{head}<style>{STYLE}</style></head>'
    return f"{opening}\n<body>\n{body}\n</body></html>\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>"


def _cell(text: object) -> str:
    return f"<td>{escape(str(text))}</td>"


def _share(value: float | None) -> str:
    width = 0.0 if value is None else 100 * value
    return f"<td class='share' style='--share: {width:.1f}%'>{shown(value)}</td>"


def _gates(report: GoldReport) -> str:
    total = report.total
    rows = (
        (_cell(g.name), _cell(f"≥ {shown(g.least)}"), _share(g.value(total)), _cell("✓" if g.holds(total) else "✗"))
        for g in report.gates
    )
    return "<h2>门槛</h2>" + _table(("门槛", "要求", "实际", ""), rows)


def _scores(report: GoldReport) -> str:
    def row(name: str, scores: Scores) -> Iterator[str]:
        yield _cell(name)
        yield _cell(scores.questions)
        yield from (_share(getattr(scores, field)) for field in COLUMNS)

    rows = [row(name, scores) for name, scores in [*report.slices.items(), ("合计", report.total)]]
    return "<h2>各类得分</h2>" + _table(("类别", "题数", *COLUMNS.values()), rows)


def _stability(report: GoldReport) -> str:
    rows = (
        (_cell(kind), _cell(found.pairs), _share(found.share), _cell(f"{shown(found.low)}–{shown(found.high)}"))
        for kind, found in report.stability.items()
    )
    differing = "".join(
        f"<li>{escape(pair.gold.id)}〔{escape(pair.variant.kind)}〕{escape(pair.variant.question)}</li>"
        for pair in report.pairs
        if not pair.agrees
    )
    return f"<h2>换个说法</h2>{_table(('说法', '题数', '相同', '95% 区间'), rows)}<ul>{differing}</ul>"


def _changes(changes: Changes) -> str:
    return f"<h2>变化</h2><pre>{escape(chr(10).join(changes.lines()))}</pre>"


def _latency(report: GoldReport) -> str:
    kinds = {"回答": report.timing.answering, "检索": report.timing.searching}
    heads = ("毫秒", *percentiles(report.timing.answering))
    rows = ((_cell(name), *map(_cell, percentiles(seconds).values())) for name, seconds in kinds.items())
    return "<h2>用时</h2>" + _table(heads, rows)


def _case(case: Case) -> str:
    gold, answer = case.gold, case.answer
    quotes = "".join(
        f"<blockquote>[{c.n}] 第 {c.slide} 页 {escape(c.title)}:{escape(c.quote)}</blockquote>"
        for c in answer.citations
    )
    lines = "".join(f"<li class='bad'>{escape(fault)}</li>" for fault in faults(case))
    expected = "".join(f"<li>{escape(' / '.join(point))}</li>" for point in gold.points)
    turns = f"<p>之前:{escape(' → '.join(gold.turns))}</p>" if gold.turns else ""
    slides = "、".join(map(str, gold.slides)) or "无"
    return (
        f"<details><summary>{escape(gold.id)}〔{escape(gold.slice)}〕{escape(gold.question)}</summary>{turns}"
        f"<p>理解为:{escape(answer.resolved)}</p><ul>{lines}</ul><p>应有要点(应引页 {slides}):</p><ul>{expected}</ul>"
        f"<pre>{escape(answer.answer)}</pre>{quotes}<p>记录:{escape(answer.trace)}</p></details>"
    )
