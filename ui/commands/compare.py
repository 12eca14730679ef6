"""``kejian compare``: what can be compared, and comparisons of chosen subjects under chosen aspects."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.corpus.errors import UsageError
from kejian.ui import terminal
from kejian.ui.answer_text import answer_text
from kejian.ui.commands.open import opened_assistant
from kejian.ui.commands.output import add_drawing, check_new, save_drawing
from kejian.ui.commands.parser import Commands, add_command
from kejian.ui.settings import Settings

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.assistant.comparables import Comparables

DETAIL = """
不写对象时列出能比较的对象和方面。写出两个以上的对象,得到方面 × 对象的表,每格注明出处,材料没有写的格子写“材料未提及”;
与在对话里问比较走同一段代码。"""


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "compare", "把几个对象比较成表", DETAIL)
    parser.set_defaults(run=run)
    what = parser.add_argument_group("参数")
    what.add_argument("subjects", metavar="对象", nargs="*", type=terminal.typed_text, help="要比较的对象,两个以上")
    parser.common.add_argument(
        "--aspect",
        metavar="方面",
        action="append",
        default=[],
        type=terminal.typed_text,
        help="只比较这个方面,可多次给出(默认材料写到的全部方面)",
    )
    parser.common.add_argument("--xlsx", metavar="文件", type=Path, help="另存为 Excel 工作簿(表和出处)")
    add_drawing(parser.common, "")
    parser.common.add_argument("--json", action="store_true", help="输出答案对象,或能比较的对象(JSON)")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """The table on standard output and in files; 1 where the material says nothing to compare."""
    files = (options.xlsx, options.svg, options.png)
    check_new(*files)
    if not options.subjects and (options.aspect or any(files)):
        raise UsageError("没有写要比较的对象;kejian compare 不带参数可列出能比较的对象")
    with opened_assistant(settings) as (assistant, keep):
        if not options.subjects:
            from kejian.assistant.comparables import comparables

            _list(comparables(assistant.knowledge), as_json=options.json)
            return 0
        answer, trace = assistant.compare(options.subjects, options.aspect)
        keep(trace)
    if answer.matrix is not None:
        _save(answer, *files)
    if options.json:
        terminal.write_json(answer.to_json())
    else:
        terminal.write(answer_text(answer))
    return 0 if answer.matrix is not None else 1


def _save(answer: Answer, xlsx: Path | None, svg: Path | None, png: Path | None) -> None:
    from kejian.ui.matrix_svg import matrix_svg
    from kejian.ui.matrix_xlsx import matrix_xlsx

    if xlsx:
        xlsx.write_bytes(matrix_xlsx(answer))
    if svg or png:
        save_drawing(matrix_svg(answer), svg, png)


def _list(found: Comparables, *, as_json: bool) -> None:
    if as_json:
        terminal.write_json(asdict(found), indent=2)
        return
    for group in found.groups:
        terminal.write(f"《{group.deck_title}》第 {group.slide} 页 {group.name}")
        terminal.write(f"  对象:{'、'.join(group.subjects)}")
        terminal.write(f"  方面:{'、'.join(group.aspects)}")
    grouped = {name for group in found.groups for name in group.subjects}
    for subject in found.subjects:
        if subject.name not in grouped:
            terminal.write(f"{subject.name}:{'、'.join(subject.aspects)}")
    if not found.subjects:
        terminal.say("资料库里还没有能比较的对象:材料没有分方面写任何对象")
