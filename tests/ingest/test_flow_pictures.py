"""Pictures in documents and web pages: what is written in them stands where they stand."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.shared import Cm
from picture_maker import chart_picture, saved, slide_picture, table_picture
from reading import Read
from recognised import Recognised

from kejian.corpus.terms import TermBase

LINES = ((32, 20, "访客须在前台登记"), (32, 90, "有效期为一天"))


def test_pictures_of_a_document_are_read_in_their_place(
    recognised: Recognised, terms: TermBase, tmp_path: Path
) -> None:
    document = Document()
    document.add_heading("部门职责", 1)
    document.add_picture(BytesIO(saved(table_picture())), width=Cm(14))
    document.add_heading("组织结构", 1)
    document.add_picture(BytesIO(saved(chart_picture())), width=Cm(14))
    document.add_picture(BytesIO(saved(chart_picture())), width=Cm(14))
    document.add_picture(BytesIO(saved(slide_picture())), width=Cm(0.4))
    path = tmp_path / "pictures.docx"
    document.save(str(path))
    deck = recognised.read(path, terms)
    duties, chart = deck.slides
    assert ("采购部", "职责", "供应商评审与合同签订") in [(f.subject, f.aspect, f.text) for f in duties.facts]
    assert {(edge.parent, edge.child) for edge in chart.relations} >= {("总经理", "质量部")}
    assert chart.source.count("总经理") == 1, "the same picture twice says nothing new"
    assert all(block.confidence for block in duties.blocks if block.kind == "cell")
    assert [warning.split("(")[0] for warning in deck.warnings] == ["有 2 张图片,已识别文字 13 处"]


def test_pictures_written_into_a_web_page_are_read_and_none_is_fetched(
    recognised: Recognised, terms: TermBase, tmp_path: Path
) -> None:
    data = base64.b64encode(saved(slide_picture(LINES, (480, 160)))).decode()
    page = (
        f'<h1>访客</h1><p>须知<img alt="须知图" src="data:image/png;base64,{data}">如下</p>'
        '<img src="https://example.com/a.png"><img src="b.png" width="1"><img src="data:image/png;base64,!!!">'
    )
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    deck = recognised.read(path, terms)
    lines = deck.slides[0].source.split("\n")
    assert lines[-3:] == ["访客须在前台登记", "有效期为一天", "如下"]
    assert "有 1 处图片(在文件之外)没有读取,其中的文字不会被检索到" in deck.warnings
    assert "有 1 处图片(已损坏或格式不支持)没有读取,其中的文字不会被检索到" in deck.warnings


def test_without_a_recogniser_pictures_are_named(read: Read) -> None:
    document = Document()
    document.add_paragraph("访客须知")
    document.add_picture(BytesIO(saved(slide_picture())))
    stream = BytesIO()
    document.save(stream)
    deck = read("without.docx", stream.getvalue())
    assert deck.warnings == (
        "有 1 处图片(没有安装文字识别)没有读取,其中的文字不会被检索到",
        "图片中的文字没有识别,要识别请运行 pip install 'kejian[ocr]',然后重新收入",
    )
