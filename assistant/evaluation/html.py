"""A gold report as one HTML file that needs nothing else: no script, no font, no image from anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from kejian.assistant.evaluation import plots
from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.figures import BY_KEY
from kejian.assistant.evaluation.gold_run import TOTAL, GoldReport
from kejian.assistant.evaluation.ranking import DEPTHS
from kejian.assistant.evaluation.regression import Changes
from kejian.assistant.evaluation.report import faults, percentiles, shown
from kejian.assistant.evaluation.scores import Measured, Scores
from kejian.assistant.evaluation.structures import edges_named
from kejian.assistant.evaluation.tables import COLUMNS, between, summary
from kejian.assistant.trace import Trace

SHOWN_BY_SLICE = ("right", "point_coverage", "citation_recall")
LONGEST_HIT = 120  # characters of a passage shown
GRADES = {"right": "✓", "partly": "◐", "wrong": "✗"}

STYLE = """
body { font: 16px/1.6 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430; }
svg { max-width: 100%; height: auto; font: 13px system-ui, sans-serif; fill: #1c2430; }
svg .track { fill: #eef1f4; } svg .bar { fill: #5b9a78; } svg .cell { fill: #2f6f9f; }
svg .whisker { stroke: #1c2430; stroke-width: 1.5; fill: none; } svg .grid { stroke: #dde2e8; }
svg .line { fill: none; stroke-width: 2; } svg .line0 { stroke: #2f6f9f; } svg .line1 { stroke: #b3541e; }
svg circle.line0 { fill: #2f6f9f; } svg circle.line1 { fill: #b3541e; }
dt { font-weight: 600; } dd { margin: 0 0 .3rem 1.2rem; }
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
td.words { text-align: left; white-space: normal; min-width: 14rem; }
pre, blockquote { background: #f7f8fa; margin: .4rem 0; padding: .5rem; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(report: GoldReport, changes: Changes | None = None) -> str:
    """The report as a page: verdict, gates, scores per slice, changes, latency and every failed case."""
    parts = [
        f"<h1>标准问题评测</h1><p class='{'' if report.holds else 'bad'}'>{escape(summary(report))}</p>",
        _gates(report),
        _changes(changes) if changes else "",
        _slices(report),
        _scores(report),
        _figures(report),
        _retrieval(report),
        _decisions(report),
        _stability(report) if report.pairs else "",
        _latency(report),
        _scorer(report) if report.scorer else "",
        _model(report) if report.model else "",
        f"<h2>没有全对的题({len(report.wrong)})</h2>",
        *(_case(case, report.traces.get(case.gold.id)) for case in report.wrong),
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
        yield from (_share(scores[key]) for key in COLUMNS)

    rows = [row(name, scores) for name, scores in [*report.slices.items(), (TOTAL, report.total)]]
    return "<h2>各类得分</h2>" + _table(("类别", "题数", *COLUMNS.values()), rows)


def _slices(report: GoldReport) -> str:
    titles = {key: BY_KEY[key].title for key in SHOWN_BY_SLICE}
    drawn = (f"<h3>{escape(title)}</h3>{plots.bars(report.slices, key, title)}" for key, title in titles.items())
    return "<h2>各类一览</h2><p>横条是得分,细线是 95% 自助法区间。</p>" + "".join(drawn)


def _figures(report: GoldReport) -> str:
    def row(key: str, found: Measured) -> Iterator[str]:
        yield _cell(BY_KEY[key].title)
        yield _share(found.value)
        yield _cell(between(found.low, found.high))
        yield _cell(found.over)
        yield f"<td class='words'>{escape(BY_KEY[key].definition)}</td>"

    rows = [row(key, found) for key, found in report.total.figures.items() if found.value is not None]
    return "<h2>全部指标</h2>" + _table(("指标", "值", "95% 区间", "题数", "怎样算"), rows)


def _retrieval(report: GoldReport) -> str:
    lines = {}
    for prefix, name in (("", "按页"), ("block_", "按块")):
        values = ((k, report.total[f"{prefix}recall_at_{k}"]) for k in DEPTHS)
        lines[name] = [(k, value) for k, value in values if value is not None]
    return "<h2>检索</h2>" + plots.curve(lines, "召回率随名次的变化") if any(lines.values()) else ""


def _decisions(report: GoldReport) -> str:
    rows, columns = ("应回答", "应拒答", "都可以"), ("回答了", "拒答了")
    wanted = {False: rows[0], True: rows[1], None: rows[2]}
    counts = Counter((wanted[case.refusal_expected], columns[case.refused]) for case in report.cases)
    used = [row for row in rows if any(counts[row, column] for column in columns)]
    return "<h2>回答还是拒答</h2>" + plots.quadrants(counts, used, columns, "应当怎样(行)与实际怎样(列)")


def _scorer(report: GoldReport) -> str:
    assert report.scorer is not None
    rows = (
        (_cell(pair.question), _cell(pair.point[0]), _cell(pair.answer), _cell(pair.label), _cell(grade))
        for pair, grade in report.scorer.differing
    )
    table = _table(("问题", "要点", "回答", "人工", "评分"), rows)
    head = f"<h2>要点评分与人工标注</h2><p>{escape(report.scorer.line)}</p>"
    return f"{head}<details><summary>不一致的</summary>{table}</details>"


def _model(report: GoldReport) -> str:
    assert report.model is not None
    rows = ((_cell(name), _share(value), _cell(count)) for name, value, count in report.model.rows)
    return f"<h2>语言模型的评判</h2><p>{escape(report.model.note)}</p>" + _table(("评判", "通过", "题数"), rows)


def _stability(report: GoldReport) -> str:
    rows = (
        (_cell(kind), _cell(found.pairs), _share(found.share), _cell(between(found.low, found.high)))
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
    drawn = plots.latency(report.timing.answering, "回答用时的分布") if report.timing.answering else ""
    return "<h2>用时</h2>" + drawn + _table(heads, rows)


def _case(case: Case, trace: Trace | None) -> str:
    gold, answer = case.gold, case.answer
    quotes = "".join(
        f"<blockquote>[{c.n}] 第 {c.slide} 页 {escape(c.title)}:{escape(c.quote)}</blockquote>"
        for c in answer.citations
    )
    lines = "".join(f"<li class='bad'>{escape(fault)}</li>" for fault in faults(case))
    turns = f"<p>之前:{escape(' → '.join(gold.turns))}</p>" if gold.turns else ""
    slides = "、".join(map(str, gold.slides)) or "无"
    found = "、".join(str(number) for _, number in case.ranked[:10]) or "无"
    return (
        f"<details><summary>{escape(gold.id)}〔{escape(gold.slice)}〕{escape(gold.question)}</summary>{turns}"
        f"<p>理解为:{escape(answer.resolved)}</p><ul>{lines}</ul><dl><dt>应有要点(应引第 {slides} 页)</dt>"
        f"{''.join(_points(case))}<dt>检索到的页</dt><dd>{found}</dd>{_edges(case)}<dt>回答({escape(answer.kind)})</dt>"
        f"<dd><pre>{escape(answer.answer)}</pre></dd><dt>证据</dt><dd>{quotes or '无'}</dd>"
        f"<dt>经过({escape(answer.trace)})</dt>{''.join(_trace(trace)) if trace else ''}</dl></details>"
    )


def _trace(trace: Trace) -> Iterator[str]:
    read = {"对象": trace.subjects, "方面": trace.aspects, "线索": trace.intents, "其余的词": trace.words}
    told = ";".join(f"{name}:{'、'.join(values)}" for name, values in read.items() if values)
    yield f"<dd>{escape(told or '没有读出对象和方面')}</dd><dd>{escape(f'走的路:{trace.path}')}</dd>"
    yield from (f"<dd>{escape(note)}</dd>" for note in (*trace.notes, *trace.faults))
    for hit in trace.hits:
        chance = f"够回答的概率 {hit.probability:.2f}(门槛 {trace.threshold})"
        yield f"<dd>第 {hit.slide} 页,{chance}:{escape(hit.text[:LONGEST_HIT])}</dd>"


def _points(case: Case) -> Iterator[str]:
    if not case.points:
        yield from (f"<dd>{escape(' / '.join(point))}</dd>" for point in case.gold.points or case.gold.mention)
    for verdict, point in zip(case.points, case.gold.points, strict=False):
        said = f":{verdict.said}" if verdict.said else ""
        why = f"({verdict.contradiction})" if verdict.contradiction else ""
        yield f"<dd>{GRADES[verdict.grade]} {escape(' / '.join(point) + why + said)}</dd>"


def _edges(case: Case) -> str:
    if case.edges is None or case.edges.f1 == 1.0:
        return ""
    wrong, missing = edges_named(case.edges.wrong), edges_named(case.edges.missing)
    return f"<dt>结构</dt><dd>多出:{escape('、'.join(wrong) or '无')};缺少:{escape('、'.join(missing) or '无')}</dd>"
