"""``kejian doctor``: what is installed, whether library, index and model fit, and how to mend each fault."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from kejian.ui import terminal
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "doctor", "检查安装、模型、资料库和索引,并说明怎样修好")
    parser.set_defaults(run=run)
    parser.common.add_argument("--json", action="store_true", help="输出 JSON 列表")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """One line a check on standard output; 1 where something is wrong."""
    from kejian.ui.commands.checks import all_checks

    found = []
    for check in all_checks(settings):
        found.append(check)
        if not options.json:
            terminal.write(check.line)
    if options.json:
        terminal.write_json([asdict(check) for check in found], indent=2)
    return 0 if all(check.ok for check in found) else 1
