"""``kejian feedback``: what people thought of the answers."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kejian.corpus.visible import visible
from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.formulas import harmless
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.index.records import Feedback

DETAIL = """
网页上每个回答的“有帮助”“没帮助”、理由和说明都存在资料库里,最近的在前。
--csv 可用表格软件打开,单元格里的公式不会执行。"""
HEAD = ("时间", "评价", "理由", "说明", "问题", "理解为", "回答", "出处", "记录编号")


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "feedback", "列出网页上收到的反馈", DETAIL)
    parser.set_defaults(run=run)
    which = parser.common.add_mutually_exclusive_group()
    which.add_argument("--helpful", action="store_true", help="只列“有帮助”的")
    which.add_argument("--unhelpful", action="store_true", help="只列“没帮助”的")
    form = parser.common.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="输出 JSON 列表,含当时的答案对象")
    form.add_argument("--csv", action="store_true", help="输出 CSV 表格")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """The feedback on standard output, the newest first."""
    helpful = True if options.helpful else False if options.unhelpful else None
    with opened_home(settings) as home:
        found = home.records.feedback(helpful)
    if options.json:
        terminal.write_json([asdict(one) for one in found], indent=2)
    elif options.csv:
        _write_csv(found)
    else:
        for one in found:
            terminal.write(_line(one))
    if not found:
        terminal.say("还没有收到反馈:在网页的回答下面点“有帮助”或“没帮助”")
    return 0


def _line(one: Feedback) -> str:
    why = "、".join(one.reasons)
    judged = ("有帮助" if one.helpful else "没帮助") + (f"({why})" if why else "")
    said = f" 说明:{one.comment}" if one.comment else ""
    return visible(f"{one.given_at[:16].replace('T', ' ')}  {judged}  {one.question}{said}")


def _write_csv(found: Sequence[Feedback]) -> None:
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(HEAD)
    for one in found:
        sources = {f"《{cited['deck_title']}》第{cited['slide']}页": None for cited in one.answer["citations"]}
        judged = "有帮助" if one.helpful else "没帮助"
        texts = (one.question, one.resolved, one.answer["answer"], "、".join(sources), one.answer["trace"])
        rows.writerow(map(harmless, (one.given_at, judged, "、".join(one.reasons), one.comment, *texts)))
