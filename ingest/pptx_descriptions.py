"""Alternative text of pictures and of what cannot be read: whether it describes anything."""

from __future__ import annotations

import re
from typing import Any

DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
SUFFIXES = ("png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "svg", "tif", "tiff", "webp")
WRITTEN_BY_PROGRAMS = ("图片包含", "描述已自动生成", "AI 生成", "automatically generated")
# 「图片 3」, 「upload_post_object_v2_2034」: names that programs give
GIVEN_NAME = re.compile(
    r"^(?:(?:图片|图形|图像|照片|图示|图表|对象|picture|image|img|graphic|chart|diagram|object)\s*\d*|[\w-]*\d{4,}[\w-]*)$",
    re.IGNORECASE | re.ASCII,
)


def is_description(text: str) -> bool:
    """Whether alternative text describes the picture, rather than being a file name or a program's remark."""
    named = text.lower().rpartition(".")[2] in SUFFIXES
    return len(text) > 1 and not (
        named or GIVEN_NAME.match(text) or any(phrase in text for phrase in WRITTEN_BY_PROGRAMS)
    )


def is_decoration(named: Any) -> bool:
    """Whether the author has marked the shape of a p:cNvPr as mere decoration."""
    marks = named.iter(DECORATIVE) if named is not None else ()
    return any(mark.get("val") in ("1", "true") for mark in marks)
