"""Drawings as PNG without a browser."""

from __future__ import annotations

from io import BytesIO

import pytest
from machine import lacking
from PIL import Image
from ui_samples import structuring

from kejian.assistant.answer import Structure
from kejian.corpus.errors import SetupError
from kejian.ui.chart_svg import chart_svg
from kejian.ui.picture import png_file


def drawn(structure: Structure) -> Image.Image:
    try:
        return Image.open(BytesIO(png_file(chart_svg(structure, knobs=False))))
    except SetupError:
        lacking("no Chinese font on this machine: tests/install_browser.sh installs it")


def test_a_chart_is_drawn_at_twice_its_size_with_its_chinese_names() -> None:
    structure = structuring("建议的本地网组织结构是怎样的?").structure
    assert structure is not None
    picture = drawn(structure)
    assert picture.format == "PNG"
    assert picture.size == (810, 820)
    one, other = (drawn(Structure(name, (), ())) for name in ("市场部", "财务部"))
    assert one.size == other.size
    assert one.tobytes() != other.tobytes()


def test_without_a_chinese_font_nothing_is_drawn() -> None:
    with pytest.raises(SetupError, match=r"没有中文字体.*fonts-noto-cjk.*--svg"):
        png_file(chart_svg(Structure("市场部", (), ()), knobs=False), system_fonts=False)
