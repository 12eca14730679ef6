"""``kejian gold``: questions checked, proposed from a deck, and mapped onto what the decks hold."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kejian.corpus.errors import SetupError, UsageError
from kejian.ui import terminal
from kejian.ui.commands.evaluate import gold_questions, save
from kejian.ui.commands.open import filled_snapshot, opened_home
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.assistant.evaluation.gold_map import SlideCover
    from kejian.assistant.evaluation.judging import Judge

SHOWN = 5  # of what no question touches, a slide
DETAIL = """
check 文件…:检查标准问题(格式、重复、两类之间互相泄漏、页码、要点是否在所写的页上),逐行说明怎样改;有问题时退出码为 1。
draft 课件:由课件的事实提出标准问题(每个对象的每个方面、每条上下级关系、每组可比较的),供讲师挑选改写;
  --missing 只提还没有题目问到的。
map:覆盖图,哪些页、哪些事实没有题目问到。"""
ACTIONS = ("check", "draft", "map")


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "gold", "检查、起草标准问题,查看覆盖了哪些内容", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("action", metavar="动作", choices=ACTIONS, help="check、draft 或 map")
    what.add_argument(
        "of", metavar="对象", nargs="*", type=terminal.typed_text, help="check:文件;draft:课件的编号或标题"
    )
    parser.common.add_argument(
        "--gold",
        metavar="文件",
        type=Path,
        action="append",
        help="draft --missing 和 map 用的标准问题;默认用自带的全部",
    )
    parser.common.add_argument("--missing", action="store_true", help="draft 只提还没有题目问到的")
    parser.common.add_argument("-o", dest="output", metavar="文件", type=Path, help="draft 写到这个文件(默认标准输出)")
    parser.common.add_argument("--json", action="store_true", help="check 和 map 输出 JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Check, draft or map against the decks of the library."""
    from kejian.assistant.evaluation.judging import Judge

    if options.action != "map" and not options.of:
        raise UsageError(
            "check 后面要写标准问题的文件" if options.action == "check" else "draft 后面要写课件的编号或标题"
        )
    with opened_home(settings) as home:
        judge = Judge(filled_snapshot(home, settings).decks, home.terms)
    actions = {"check": _check, "draft": _draft, "map": _map}
    return actions[options.action](options, judge)


def _check(options: argparse.Namespace, judge: Judge) -> int:
    from kejian.assistant.evaluation.gold_check import checked

    problems = checked([Path(name) for name in options.of], judge)
    if options.json:
        terminal.write_json([asdict(problem) for problem in problems], indent=1)
        return 1 if problems else 0
    for problem in problems:
        terminal.write(problem.text)
    terminal.say(f"{len(problems)} 处要改" if problems else "没有问题")
    return 1 if problems else 0


def _draft(options: argparse.Namespace, judge: Judge) -> int:
    from kejian.assistant.evaluation.cases import deck_named
    from kejian.assistant.evaluation.gold_draft import as_lines, drafted
    from kejian.assistant.evaluation.gold_map import touched_by

    deck = deck_named(options.of[0], judge.decks)
    if deck is None:
        raise SetupError(f"资料库里没有课件「{options.of[0]}」;编号和标题见 kejian decks")
    touched = touched_by(gold_questions(options.gold), deck) if options.missing else None
    questions = drafted(deck, judge.terms, touched)
    if options.output:
        save(options.output, as_lines(questions))
    else:
        terminal.write(as_lines(questions).rstrip("\n"))
    terminal.say(f"提出 {len(questions)} 个问题;请逐条挑选、改写,再用 kejian gold check 检查")
    return 0


def _map(options: argparse.Namespace, judge: Judge) -> int:
    from kejian.assistant.evaluation.gold_map import coverage_map

    covers = coverage_map(gold_questions(options.gold), judge.decks)
    if options.json:
        terminal.write_json([asdict(cover) for cover in covers], indent=1)
        return 0
    terminal.result_console().print(map_table(covers))
    for cover in covers:
        missed = [*cover.missed_facts, *cover.missed_relations]
        if missed:
            rest = f" ……另有 {len(missed) - SHOWN} 条(--json 列出全部)" if len(missed) > SHOWN else ""
            terminal.write(f"《{cover.deck}》第 {cover.slide} 页没有问到:{'；'.join(missed[:SHOWN])}{rest}")
    return 0


def map_table(covers: list[SlideCover]) -> Any:
    """One row a slide."""
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table("课件", "页", "标题", title="标准问题覆盖了什么", box=SIMPLE, pad_edge=False)
    for head in ("题数", "问到的事实", "问到的上下级"):
        table.add_column(head, justify="right")
    for cover in covers:
        facts = f"{cover.facts - len(cover.missed_facts)}/{cover.facts}"
        relations = f"{cover.relations - len(cover.missed_relations)}/{cover.relations}"
        table.add_row(cover.deck, str(cover.slide), cover.title, str(cover.questions), facts, relations)
    return table
