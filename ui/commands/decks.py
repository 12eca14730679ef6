"""``kejian decks``: what the library holds, down to a slide with its blocks, facts and relations."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.output import add_drawing, check_new, save_drawing
from kejian.ui.commands.parser import Commands, add_command, whole_number
from kejian.ui.deck_listing import deck_json
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.index.home import Home
    from kejian.ingest.model import Deck, Slide

MOST_SLIDES = 1_000_000
DETAIL = """
不写课件时列出全部课件;写出课件,列出它的各页;再写 --slide,给出这一页的原文、块、事实和上下级关系。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "decks", "列出资料库里的课件、页和页上的内容", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("deck", metavar="课件", nargs="?", type=terminal.typed_text, help="课件的编号或标题")
    number = whole_number(0, MOST_SLIDES)
    parser.common.add_argument("--slide", metavar="页码", type=number, help="查看这一页(课件里印的页码)")
    add_drawing(parser.common, "把重画的这一页")
    parser.common.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """One line a deck, a slide or a part of a slide on standard output."""
    check_new(options.svg, options.png)
    if options.slide is not None and not options.deck:
        raise UsageError("--slide 要写明是哪份课件的页,例如 kejian decks 课件 --slide 16")
    if (options.svg or options.png) and options.slide is None:
        raise UsageError("--svg 和 --png 要写明是哪一页,例如 kejian decks 课件 --slide 16 --svg 图.svg")
    with opened_home(settings) as home:
        if options.deck is None:
            return _list_decks(home, settings, as_json=options.json)
        deck = home.deck(options.deck)
    if options.slide is None:
        return _list_slides(deck, as_json=options.json)
    return _show(deck, options.slide, options)


def _list_decks(home: Home, settings: Settings, *, as_json: bool) -> int:
    decks = home.decks()
    if as_json:
        terminal.write_json([asdict(deck) for deck in decks], indent=2)
        return 0
    for deck in decks:
        terminal.write(f"{deck.id}  《{deck.title}》  {deck.slides} 页")
    if not decks:
        terminal.say(f"资料库 {settings.home} 是空的;收入课件用 kejian ingest 文件…")
    return 0


def _list_slides(deck: Deck, *, as_json: bool) -> int:
    if as_json:
        terminal.write_json(deck_json(deck), indent=2)
        return 0
    for slide in deck.slides:
        counted = f"{len(slide.blocks)} 块,{len(slide.facts)} 条事实,{len(slide.relations)} 条上下级关系"
        terminal.write(f"第 {slide.number} 页 {slide.title}({counted}{',隐藏页' if slide.hidden else ''})")
    return 0


def _show(deck: Deck, number: int, options: argparse.Namespace) -> int:
    slide = next((slide for slide in deck.slides if slide.number == number), None)
    if slide is None:
        raise UsageError(f"《{deck.title}》没有第 {number} 页;kejian decks {deck.id} 列出它的各页")
    if options.svg or options.png:
        _draw(slide, options.svg, options.png)
    if options.json:
        terminal.write_json({"deck": deck.id, "deck_title": deck.title, **asdict(slide)}, indent=2)
        return 0
    terminal.write(f"《{deck.title}》第 {slide.number} 页 {slide.title}\n\n{slide.source}")
    for fact in slide.facts:
        terminal.write(f"事实 {fact.subject} · {fact.aspect or '(未分方面)'}:{fact.text}{_marked(fact.inferred)}")
    for relation in slide.relations:
        terminal.write(f"上下级 {' → '.join((*relation.chain, relation.child))}{_marked(relation.inferred)}")
    return 0


def _marked(inferred: bool) -> str:
    return "(编者推断)" if inferred else ""


def _draw(slide: Slide, svg: Path | None, png: Path | None) -> None:
    """Raises:
    UsageError: the format of the deck has no geometry.
    """
    if not (slide.width and slide.height):
        raise UsageError("这份课件的格式没有版面,画不出图;去掉 --svg 和 --png 可查看原文")
    from kejian.ui.slide_svg import slide_svg

    save_drawing(slide_svg(slide), svg, png)
