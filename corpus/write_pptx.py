"""Writes a deck source as a PowerPoint file: native tables, boxes joined by connectors, notes, printed page numbers."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.util import Pt

from kejian.corpus.deck_source import DeckSource, SlideSource
from kejian.corpus.pptx_shapes import draw_chart, draw_table, draw_text, set_title
from kejian.corpus.pptx_template import add_page_number, prepare
from kejian.corpus.slide_plan import HEIGHT, WIDTH, ChartPlan, Plan, TablePlan, TextPlan, plan_slide

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip file can hold: the same deck has the same bytes


def pptx_bytes(deck: DeckSource) -> bytes:
    """The file; the same source gives the same bytes.

    Raises:
        UsageError: a slide cannot hold its contents.
    """
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    prepare(presentation, first=deck.slides[0].number)
    _describe(presentation, deck.title)
    for slide in deck.slides:
        _draw(presentation, slide)
    stream = io.BytesIO()
    presentation.save(stream)
    return _timeless(stream.getvalue())


def write_pptx(deck: DeckSource, path: Path) -> None:
    path.write_bytes(pptx_bytes(deck))


def _describe(presentation: Any, title: str) -> None:
    properties = presentation.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "Kejian", "Kejian"
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime(2026, 1, 1)


def _draw(presentation: Any, source: SlideSource) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    set_title(slide, source.title)
    for plan in plan_slide(source):
        _draw_plan(slide, plan)
    add_page_number(slide, source.number)
    if source.notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(source.notes)


def _draw_plan(slide: Any, plan: Plan) -> None:
    match plan:
        case TextPlan():
            draw_text(slide.shapes, plan)
        case TablePlan():
            draw_table(slide.shapes, plan)
        case ChartPlan():
            draw_chart(slide.shapes, plan)


def _timeless(content: bytes) -> bytes:
    """The same zip file without the time at which it was written."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(stream, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, FIXED)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            target.writestr(entry, source.read(name))
    return stream.getvalue()
