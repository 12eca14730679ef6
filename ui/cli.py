"""The command ``kejian``: reads the command line and the settings, runs one subcommand, turns errors into one line.

This is the only place of the command line where errors are caught. Exit codes: 0 done, 1 the answer is no,
2 wrong usage or unusable set-up, 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
import traceback
from collections.abc import Sequence

from kejian.corpus.errors import KejianError
from kejian.ui import terminal
from kejian.ui.commands import (
    ask,
    compare,
    conversations,
    decks,
    doctor,
    evaluate,
    feedback,
    gold,
    ingest,
    remove,
    search,
    serve,
    structures,
    terms,
    trace,
)
from kejian.ui.commands.parser import COMMAND, ChineseParser, add_common_options
from kejian.ui.settings import Settings

COMMANDS = (
    ingest,
    ask,
    compare,
    structures,
    search,
    serve,
    conversations,
    feedback,
    evaluate,
    gold,
    decks,
    terms,
    remove,
    doctor,
    trace,
)
INTERRUPTED = 130
NO_READER = 141  # 128 + SIGPIPE, as a shell reports it
SYSTEM_FAULTS = {
    errno.ENOSPC: "磁盘已满,请腾出空间后再试",
    errno.EDQUOT: "磁盘配额已用完,请腾出空间后再试",
    errno.EACCES: "没有权限,请检查文件或文件夹的权限",
    errno.EPERM: "没有权限,请检查文件或文件夹的权限",
    errno.EROFS: "文件系统是只读的,请换一个可写的位置",
    errno.EMFILE: "打开的文件太多,请关闭别的程序或提高 ulimit -n",
    errno.ENOENT: "文件或文件夹不存在,请检查路径",
    errno.ENAMETOOLONG: "路径太长,请换短一些的名字",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``kejian`` with ``argv`` and return its exit code."""
    terminal.use_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = run(arguments)
        sys.stdout.flush()
        return code
    except KejianError as error:
        return _report(error.exit_code, one_line(str(error)), arguments)
    except KeyboardInterrupt:
        return _report(INTERRUPTED, "已中断", [])
    except BrokenPipeError:
        terminal.discard_output()
        return NO_READER
    except OSError as error:
        return _report(2, system_fault(error), arguments)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user never meets a traceback
        name = error.__class__.__name__
        return _report(2, f"程序内部出错({name}),这是程序的缺陷;加 --traceback 再运行一次可得细节", arguments)


def run(arguments: Sequence[str]) -> int:
    """Parse ``arguments``, read the settings and run the subcommand.

    Raises:
        KejianError: what the user can mend.
    """
    try:
        options = build_parser().parse_args(list(arguments))
    except SystemExit:  # --help or --version: errors are raised as UsageError
        return 0
    code: int = options.run(options, Settings.read(os.environ, options.home))
    return code


def build_parser() -> ChineseParser:
    """The whole command line."""
    parser = ChineseParser(
        prog="kejian", description="课件:有据可查的培训课件问答。每句话都能点回原文,材料没有的就说没有。"
    )
    add_common_options(parser, default=None)
    parser.common.add_argument("--version", action=ShowVersion, help="显示版本")
    commands = parser.add_subparsers(title=COMMAND, metavar=COMMAND, dest="command", required=True)
    for module in COMMANDS:
        module.add_to(commands)
    return parser


class ShowVersion(argparse.Action):
    """Look the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest=argparse.SUPPRESS, default=argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        terminal.write(f"kejian {version('kejian')}")
        parser.exit()


def system_fault(error: OSError) -> str:
    """One Chinese line for an error of the operating system, with the file it names."""
    what = SYSTEM_FAULTS.get(error.errno or 0, f"系统读写失败({error.strerror or error.__class__.__name__})")
    return f"{what}:{error.filename}" if error.filename else what


def one_line(message: str) -> str:
    """``message`` without line breaks: an error is one line, whatever a file name in it holds."""
    return " ".join(message.split())


def _report(code: int, message: str, arguments: Sequence[str]) -> int:
    terminal.finish_output()
    if "--traceback" in arguments:
        terminal.say(traceback.format_exc().rstrip())
    terminal.say(message if code == INTERRUPTED else f"错误:{message}")
    return code


if __name__ == "__main__":
    sys.exit(main())
