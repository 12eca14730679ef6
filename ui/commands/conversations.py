"""``kejian conversations``: the conversations that were held on the page."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.corpus.errors import UsageError
from kejian.corpus.visible import visible
from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.output import check_new
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.index.records import Records

DETAIL = """
不写编号时列出对话,最近的在前;写出编号,得到其中的问题和回答(Markdown)。
-o 另存为 .md 或 .docx;--delete 删除这个对话(反馈保留)。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "conversations", "列出、查看、导出、删除网页上的对话", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("id", metavar="编号", nargs="?", help="对话的编号")
    parser.common.add_argument(
        "--find", metavar="词", default="", type=terminal.typed_text, help="只列含有这些词的对话"
    )
    parser.common.add_argument("-o", "--output", metavar="文件", type=Path, help="导出到 .md 或 .docx 文件")
    parser.common.add_argument("--delete", action="store_true", help="删除这个对话")
    parser.common.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """The list or the conversation on standard output, or in a file.

    Raises:
        UsageError: an option needs the number of a conversation, or the file exists.
    """
    if not options.id and (options.output or options.delete):
        raise UsageError("要写出对话的编号;kejian conversations 列出全部")
    check_new(options.output)
    with opened_home(settings) as home:
        if options.delete:
            home.records.forget(options.id)
            terminal.say(f"已删除对话 {options.id}")
        elif options.id:
            _show(home.records, options)
        else:
            _list(home.records, options)
    return 0


def _show(records: Records, options: argparse.Namespace) -> None:
    from kejian.ui.export import exported

    turns = records.turns(options.id)
    if options.output:
        options.output.write_bytes(exported(turns, options.output.suffix.lstrip(".").lower()))
    elif options.json:
        terminal.write_json([asdict(turn) for turn in turns], indent=2)
    else:
        terminal.write(exported(turns, "md").decode("utf-8").rstrip())


def _list(records: Records, options: argparse.Namespace) -> None:
    found = records.conversations(words=options.find)
    if options.json:
        terminal.write_json([asdict(one) for one in found], indent=2)
        return
    for one in found:
        changed = one.changed_at[:16].replace("T", " ")
        terminal.write(visible(f"{one.id}  {changed}  {one.turns} 个问题  {one.title}"))
    if not found:
        terminal.say("没有这样的对话" if options.find else "还没有对话:在网页上提问之后就有了")
