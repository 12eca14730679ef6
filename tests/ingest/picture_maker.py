"""Renders pictures for tests: slides, charts and tables as someone pastes them, with a Chinese font of the system."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from machine import lacking
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "opentype/noto-cjk/NotoSansCJK-Regular.ttc",
    "truetype/wqy/wqy-zenhei.ttc",
)
SLIDE = (
    (44, 40, "库存盘点流程"),
    (28, 150, "• 每月最后一个工作日停止出入库"),
    (28, 230, "• 由仓储部与财务部共同清点"),
    (28, 310, "• 差异超过 2% 时须在 3 天内复盘"),
    (28, 390, "• 联系电话 010-12345678"),
)
BOXES = (("总经理", 500, 60), ("生产部", 160, 300), ("质量部", 500, 300), ("人力资源部", 840, 300))
ROWS = (("部门", "职责", "人数"), ("采购部", "供应商评审与合同签订", "12"), ("物流部", "运输与配送", "30"))


def font(size: int) -> Any:
    """A Chinese font of the system (make test installs it); without it the test is skipped, under CI it fails."""
    for name in FONTS:
        if (path := Path("/usr/share/fonts") / name).exists():
            return ImageFont.truetype(str(path), size, index=2 if path.suffix == ".ttc" and "Noto" in name else 0)
    return lacking("no Chinese font: apt-get install fonts-noto-cjk")


def slide_picture(lines: Sequence[tuple[int, int, str]] = SLIDE, size: tuple[int, int] = (960, 540)) -> Any:
    """A slide as a picture: (type size, top, text) for each line."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for points, top, text in lines:
        draw.text((60, top), text, font=font(points), fill="black")
    return image


def chart_picture() -> Any:
    """An organisation chart: a box over three."""
    image = Image.new("RGB", (1100, 420), "white")
    draw = ImageDraw.Draw(image)
    for name, left, top in BOXES:
        draw.rectangle((left, top, left + 200, top + 70), outline="black", width=2)
        draw.text((left + 24, top + 18), name, font=font(28), fill="black")
        draw.line((600, 130, 600, 210, left + 100, 210, left + 100, max(top, 210)), fill="black", width=2)
    return image


def table_picture(rows: Sequence[Sequence[str]] = ROWS) -> Any:
    """A ruled table."""
    edges = (20, 220, 620, 760)
    image = Image.new("RGB", (780, 40 + 80 * len(rows)), "white")
    draw = ImageDraw.Draw(image)
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            draw.text((edges[column] + 16, 36 + 80 * n), text, font=font(28), fill="black")
    for n in range(len(rows) + 1):
        draw.line((20, 20 + 80 * n, 760, 20 + 80 * n), fill="black", width=2)
    for x in edges:
        draw.line((x, 20, x, 20 + 80 * len(rows)), fill="black", width=2)
    return image


def saved(image: Any, kind: str = "PNG", **options: Any) -> bytes:
    """The picture's file."""
    stream = BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def plain(text: str) -> str:
    """Text without spaces and bullets, full-width forms as half-width ones: what recognition is measured on."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not char.isspace() and char not in "•·")


def match(found: str, wanted: str) -> float:
    """The share of ``wanted``'s characters that ``found`` has right: 1 - Levenshtein distance / length."""
    one, two = plain(found), plain(wanted)
    distances = list(range(len(two) + 1))
    for row, char in enumerate(one, 1):
        before, distances[0] = distances[0], row
        for column, other in enumerate(two, 1):
            best = min(distances[column] + 1, distances[column - 1] + 1, before + (char != other))
            before, distances[column] = distances[column], best
    return max(0.0, 1 - distances[-1] / max(len(two), 1))
