"""``kejian structures``: every structure of the library, one of them, or a unit."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.answer_text import answer_text
from kejian.ui.commands.open import opened_assistant
from kejian.ui.commands.output import add_drawing, check_new, save_drawing
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kejian.assistant.charts import Chart

DETAIL = """
不写名称时列出全部组织结构。写出名称或编号,得到这个结构的各级单位;
--unit 得到一个单位的上级、下级、职责和设立理由,处处有出处。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "structures", "列出组织结构,查看其中的单位", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("name", metavar="名称", nargs="?", type=terminal.typed_text, help="组织结构的名称或编号")
    parser.common.add_argument("--unit", metavar="单位", type=terminal.typed_text, help="查看这个单位")
    add_drawing(parser.common, "把这个结构")
    parser.common.add_argument("--json", action="store_true", help="输出答案对象,或结构的列表(JSON)")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """The list, the structure or the unit on standard output."""
    check_new(options.svg, options.png)
    if options.name and options.unit:
        raise UsageError("名称与 --unit 不能同时用;单位在全部组织结构里查找")
    if (options.svg or options.png) and not options.name:
        raise UsageError("--svg 和 --png 要写明是哪个结构;kejian structures 列出全部")
    with opened_assistant(settings) as (assistant, keep):
        if not (options.name or options.unit):
            from kejian.assistant.charts import charts

            _list(charts(assistant.knowledge), as_json=options.json)
            return 0
        answer, trace = assistant.unit(options.unit) if options.unit else assistant.chart(options.name)
        keep(trace)
    if (options.svg or options.png) and answer.structure:
        from kejian.ui.chart_svg import chart_svg

        save_drawing(chart_svg(answer.structure, knobs=False), options.svg, options.png)
    if options.json:
        terminal.write_json(answer.to_json())
    else:
        terminal.write(answer_text(answer))
    return 0


def _list(found: Iterable[Chart], *, as_json: bool) -> None:
    listed = list(found)
    if as_json:
        terminal.write_json([asdict(chart) for chart in listed], indent=2)
        return
    for chart in listed:
        inferred = ",含编者推断" if chart.inferred else ""
        size = f"{chart.units} 个单位,{chart.levels} 级{inferred}"
        terminal.write(f"{chart.id}  {chart.name}({size})  《{chart.deck_title}》第 {chart.slide} 页")
    if not listed:
        terminal.say("资料库里还没有组织结构:材料没有画出或列出上下级关系")
