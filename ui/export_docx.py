"""A document as a Word file: plain runs of text only, no field, no link, no picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from kejian.ui.exported import Block, Heading, Item, Paragraph, Table
from kejian.ui.html import shown

FONT = "Microsoft YaHei"
DEEPEST = 3  # Word's own list styles
POINTS = 10.5


def docx_of(blocks: Sequence[Block]) -> bytes:
    """The bytes of the file."""
    from docx import Document

    document = Document()
    _set_fonts(document)
    for block in blocks:
        _add(document, block)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(shown(text), level)
        case Paragraph(text):
            document.add_paragraph(shown(text))
        case Item(level, text):
            depth = min(level + 1, DEEPEST)
            document.add_paragraph(shown(text), style=f"List Bullet {depth}" if depth > 1 else "List Bullet")
        case Table(rows):
            table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = shown(text)


def _set_fonts(document: Any) -> None:
    """A font with Chinese characters: Word asks for those of East Asia by an attribute of their own."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document.styles["Normal"].font.size = Pt(POINTS)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
