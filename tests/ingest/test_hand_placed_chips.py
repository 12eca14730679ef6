"""A chip 优点 in a coloured field over a text that is set larger, with the list a little indented."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches, Pt

from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck


def test_a_small_chip_heads_the_larger_text_below_it(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    title = slide.shapes.add_textbox(Inches(0.5), Inches(0.3), Inches(8), Inches(0.7))
    title.text_frame.text = "轮值制：优缺点"
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(28)
    for left, name, lines in ((0.6, "优点", "人人都懂全流程\n不怕请假"), (5.2, "缺点", "交接容易漏\n没人专精")):
        chip = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Inches(left), Inches(1.4), Inches(1.2), Inches(0.4))
        chip.text_frame.text = name
        chip.text_frame.paragraphs[0].runs[0].font.size = Pt(14)
        box = slide.shapes.add_textbox(Inches(left + 0.1), Inches(1.9), Inches(3.8), Inches(2))
        box.text_frame.text = lines
        for paragraph in box.text_frame.paragraphs:
            paragraph.runs[0].font.size = Pt(18)
    path = tmp_path / "chips.pptx"
    deck.save(str(path))
    facts = read_deck(path, TermBase.bundled()).slides[0].facts
    assert [(fact.subject, fact.aspect, fact.text) for fact in facts] == [
        ("轮值制", "优点", "人人都懂全流程"),
        ("轮值制", "优点", "不怕请假"),
        ("轮值制", "缺点", "交接容易漏"),
        ("轮值制", "缺点", "没人专精"),
    ]
