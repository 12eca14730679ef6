"""Files that a command writes: never over another, and checked before the work begins."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kejian.corpus.errors import UsageError

if TYPE_CHECKING:
    from kejian.ui.html import Html


def check_new(*paths: Path | None) -> None:
    """Hold that none of the files exists yet.

    Raises:
        UsageError: one does.
    """
    for path in paths:
        if path is not None and path.exists():
            raise UsageError(f"{path} 已经存在,没有覆盖;请换一个文件名,或先移走它")


def add_drawing(options: argparse._ArgumentGroup, what: str) -> None:
    """``--svg`` and ``--png``, which ``save_drawing`` writes."""
    options.add_argument("--svg", metavar="文件", type=Path, help=f"{what}另存为图(SVG)")
    options.add_argument("--png", metavar="文件", type=Path, help=f"{what}另存为图片(PNG)")


def save_drawing(drawing: Html, svg: Path | None, png: Path | None) -> None:
    """Write ``drawing`` into the files asked for.

    Raises:
        SetupError: a PNG is asked for, and the machine has no font with Chinese characters.
    """
    if svg:
        from kejian.ui.standalone import svg_file

        svg.write_text(svg_file(drawing), encoding="utf-8")
    if png:
        from kejian.ui.picture import png_file

        png.write_bytes(png_file(drawing))
