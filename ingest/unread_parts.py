"""What an Office package carries that no reader looks at: macros, embedded files, links to outside."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kejian.ingest.package import FAULTS, parse_part

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MACROS = ("vbaproject.bin",)
# The workbook behind a chart says nothing that the chart does not.
CHART_DATA = re.compile(r"/embeddings/microsoft_(?:office_)?excel_(?:sheet|worksheet)\d*\.xlsx$")
EMBEDDED = "/embeddings/"
# Nothing to read is lost with them: the text of a link and the last values from another workbook are read.
PLAIN_LINKS = ("hyperlink", "attachedTemplate", "externalLinkPath")


def unread_parts(content: bytes, said: tuple[str, ...]) -> Iterator[str]:
    """A warning for every kind of such a thing in a package that a reader has read, and ``said`` this about."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        outside = sum(_links(archive.read(name)) for name in names if name.endswith(".rels"))
    if any(name.lower().endswith(MACROS) for name in names):
        yield "文件带有宏,宏没有读取,也不会运行"
    embedded = [name for name in map(str.lower, names) if EMBEDDED in name and not CHART_DATA.search(name)]
    if embedded and not any("嵌入" in warning for warning in said):
        yield f"有 {len(embedded)} 个嵌入的文件或对象没有读取,其中的文字不会被检索到"
    if outside:
        yield f"有 {outside} 处链接到外部的图片或媒体没有读取,读取时不联网"


def _links(part: bytes) -> int:
    """How many relationships to outside the package there are that a program would follow by itself."""
    try:
        relationships = parse_part(part).iter(RELATIONSHIP)
        return sum(r.get("TargetMode") == "External" and _kind(r) not in PLAIN_LINKS for r in relationships)
    except FAULTS:
        return 0


def _kind(relationship: Any) -> str:
    return (relationship.get("Type") or "").rsplit("/", 1)[-1]
