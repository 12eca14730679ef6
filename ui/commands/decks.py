"""``kejian decks``: what the library holds."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "decks", "列出资料库里的课件")
    parser.set_defaults(run=run)
    parser.common.add_argument("--json", action="store_true", help="输出 JSON 列表")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """One line a deck on standard output."""
    with opened_home(settings) as home:
        decks = home.decks()
    if options.json:
        terminal.write_json([asdict(deck) for deck in decks], indent=2)
        return 0
    for deck in decks:
        terminal.write(f"{deck.id}  《{deck.title}》  {deck.slides} 页")
    if not decks:
        terminal.say(f"资料库 {settings.home} 是空的;收入课件用 kejian ingest 文件…")
    return 0
