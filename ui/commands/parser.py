"""argparse in Chinese: help, groups and one-line errors."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from kejian.corpus.errors import UsageError
from kejian.ui import terminal

COMMAND = "命令"  # how the subcommand is called in usage and errors
HELP_COLUMN = 24
HELP_LINE = re.compile(r"( {2,4}\S.*?) {2,}(\S.*)")
# What argparse says, and how it is said here; the first that matches is used. {0} is the first group.
TRANSLATIONS = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"argument (?:command|命令): invalid choice: '?(.*?)'? \(choose from (.*)\)", "没有 {0} 这个命令"),
        (r"the following arguments are required: 命令", "请给出命令"),
        (r"the following arguments are required: (.+)", "还缺 {0}"),
        (r"unrecognized arguments: (.+)", "不认识的参数 {0}"),
        (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.*)\)", "{0} 不能是 {1},可选 {2}"),
        (r"argument (.+?): expected (?:one|at least one) argument", "{0} 后面要有一个值"),
        (r"argument (.+?): ignored explicit argument (.+)", "{0} 后面不能带值 {1}"),
        (r"argument (.+?): not allowed with argument (.+)", "{0} 不能与 {1} 同时用"),
        (r"one of the arguments (.+) is required", "{0} 里要给出一个"),
        (r"argument (.+?): (.+)", "{0} {1}"),
    )
)


class ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese head and a fixed width: the same text on every terminal, so that it can be documented."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, max_help_position=40, width=100, **options)
        self._action_max_length = HELP_COLUMN - 2  # argparse forgets the indent of a command's name in counting it

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法:" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose errors are ``UsageError`` and whose own options stand in the group 选项."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", ChineseFormatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.common = self.add_argument_group("选项")
        self.common.add_argument("-h", "--help", action=ShowHelp, help="显示这段说明")

    def format_help(self) -> str:
        """Help with its columns aligned: a Chinese character is two columns wide, which argparse does not know."""
        lines = super().format_help().split("\n")
        return "\n".join(aligned(line) for line in lines if line != f"  {COMMAND}")

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong in one Chinese line that names the command to ask for help."""
        raise UsageError(f"{translated(message)};用法见 {self.prog} --help")


class ShowHelp(argparse.Action):
    """As argparse's own, but a fault in writing is not passed over."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, default=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        terminal.write(parser.format_help().rstrip())
        parser.exit()


Commands = Any  # argparse's subparsers action, which has no public name


def translated(message: str) -> str:
    """argparse's ``message`` in Chinese.

    >>> translated("unrecognized arguments: --jsn")
    '不认识的参数 --jsn'
    """
    for pattern, chinese in TRANSLATIONS:
        if found := pattern.fullmatch(message):
            return chinese.format(*found.groups())
    return f"命令写得不对:{message}"


def aligned(line: str) -> str:
    """A line of help with the explanation at a fixed column of the terminal."""
    found = HELP_LINE.fullmatch(line)
    if not found:
        return line
    option, explanation = found.groups()
    return option + " " * max(2, HELP_COLUMN - columns(option)) + explanation


def columns(text: str) -> int:
    """Width of ``text`` on a terminal.

    >>> columns("--home 文件夹")
    13
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def add_command(commands: Commands, name: str, summary: str, detail: str = "") -> ChineseParser:
    """A subcommand that takes ``--home`` and ``--traceback`` like the main command does."""
    description = f"{summary}。" + (f"\n{detail}" if detail else "")
    parser: ChineseParser = commands.add_parser(name, help=summary, description=description)
    add_common_options(parser, default=argparse.SUPPRESS)
    return parser


def add_common_options(parser: ChineseParser, default: Any) -> None:
    """``--home`` and ``--traceback``; a subcommand passes SUPPRESS so as not to undo what stood before it."""
    home_help = "资料库所在的文件夹(默认取环境变量 KEJIAN_HOME,再默认用户数据文件夹)"
    parser.common.add_argument("--home", metavar="文件夹", default=default, help=home_help)
    parser.common.add_argument(
        "--traceback", action="store_true", default=default, help="程序出错时给出细节,便于报告问题"
    )


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """A ``type=`` for whole numbers from ``least`` to ``most``."""

    def parse(text: str) -> int:
        if re.fullmatch(r"[+-]?[0-9]{1,9}", text) and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"要写 {least} 到 {most} 的整数,而不是 {text}")

    return parse
