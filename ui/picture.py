"""A drawing as a PNG, made without a browser."""

from __future__ import annotations

from kejian.corpus.errors import SetupError
from kejian.ui.html import Html
from kejian.ui.standalone import FONTS, svg_file

ZOOM = 2.0  # like the page saves it: sharp on good screens and in print
PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
    "<text y='24' style='font: 24px {}'>{}</text></svg>"
)
CHINESE, IN_NO_FONT = "课", "\U0010fffd"


def png_file(svg: Html, *, system_fonts: bool = True) -> bytes:
    """The content of a PNG file that shows ``svg``, a single ``<svg>`` element.

    Raises:
        SetupError: the machine has no font with Chinese characters.
    """
    if not _writes_chinese(system_fonts):
        raise SetupError("本机没有中文字体,存不了 PNG;请安装中文字体(例如 apt-get install fonts-noto-cjk),或改用 --svg")
    return _drawn(svg_file(svg), system_fonts)


def _writes_chinese(system_fonts: bool) -> bool:
    """Whether a Chinese character comes out otherwise than one that no font has."""
    written, missing = (_drawn(PROBE.format(FONTS, sign), system_fonts) for sign in (CHINESE, IN_NO_FONT))
    return written != missing


def _drawn(svg: str, system_fonts: bool) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM, skip_system_fonts=not system_fonts))
