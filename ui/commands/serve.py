"""``kejian serve``: the web page and the HTTP interfaces."""

from __future__ import annotations

import argparse

from kejian.ui import terminal
from kejian.ui.commands.open import opened_home
from kejian.ui.commands.parser import Commands, add_command, whole_number
from kejian.ui.settings import Settings

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860


def add_to(commands: Commands) -> None:
    parser = add_command(commands, "serve", "打开网页和 HTTP 接口")
    parser.set_defaults(run=run)
    parser.common.add_argument(
        "--host", metavar="地址", default=DEFAULT_HOST, help=f"监听的地址(默认 {DEFAULT_HOST},只有本机能访问)"
    )
    parser.common.add_argument(
        "--port",
        metavar="端口",
        type=whole_number(0, 65535),
        default=DEFAULT_PORT,
        help=f"端口(默认 {DEFAULT_PORT};0 为任选一个空闲的)",
    )


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Serve until interrupted."""
    from kejian.ui.commands.live_library import LiveLibrary
    from kejian.ui.serve import serve

    with opened_home(settings) as home:
        library = LiveLibrary(home)
        if not library.warm_up():
            terminal.say(f"资料库 {settings.home} 还是空的;另开一个终端运行 kejian ingest 文件…,网页随即可用")
        serve(library, options.host, options.port, on_ready=announce, studio=library.studio)
    return 0


def announce(address: str) -> None:
    """Say where the page is."""
    terminal.say(f"网页已就绪:{address}(按 Ctrl-C 结束)")
