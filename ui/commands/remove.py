"""``kejian remove``: a deck out of the library."""

from __future__ import annotations

import argparse

from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "remove", "从资料库移除一份课件")
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("deck", metavar="课件", type=terminal.typed_text, help="课件的编号或标题,见 kejian decks")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Remove the deck; the file it came from stays where it is."""
    with opened_home(settings) as home:
        removed = home.remove(options.deck)
    terminal.say(f"已移除《{removed.title}》({removed.id},{removed.slides} 页);原文件没有动")
    return 0
