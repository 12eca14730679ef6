"""``kejian trace``: how one answer came about."""

from __future__ import annotations

import argparse

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "trace", "查看一个答案的来龙去脉")
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("id", metavar="编号", help="答案对象里的 trace")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """The record as JSON on standard output.

    Raises:
        UsageError: there is no such record in this library.
    """
    with opened_home(settings) as home:
        record = home.trace(options.id)
    if record is None:
        raise UsageError(f"资料库 {settings.home} 里没有编号为 {options.id} 的记录;编号见答案对象的 trace")
    terminal.write_json(record, indent=2)
    return 0
