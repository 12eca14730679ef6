"""PDF pages whose text is a picture: scans, type without characters, pictures between text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pdf_maker import printed
from picture_maker import chart_picture, match, saved, slide_picture, table_picture
from PIL import Image, ImageDraw
from recognised import Recognised

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.pictures import Pictures
from kejian.ingest.read import read_deck

PAGE = (
    (40, 100, "第一章 仓库管理"),
    (26, 210, "仓库管理员每天上班前检查门锁和消防器材,发现异常立即报告值班经"),
    (26, 256, "理,并在登记簿上写明时间和处理结果。"),
    (26, 340, "1. 入库:核对送货单与采购单"),
    (26, 390, "2. 出库:凭领料单发料"),
)


CARD = "<meta charset=utf-8><style>@page { size: 18cm 13cm; margin: 1cm }</style>"


def scanned(*images: Any) -> bytes:
    """A PDF with a page for each picture, without any text."""
    stream = BytesIO()
    images[0].save(stream, "PDF", save_all=True, append_images=images[1:], resolution=100.0)
    return stream.getvalue()


def sheet(lines: tuple[tuple[int, int, str], ...], table: bool = False) -> Any:
    """An upright page of text."""
    image = slide_picture(lines, (900, 1270))
    if table:
        image.paste(table_picture(), (60, 500))
    return image


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


def test_a_scanned_page_is_read_with_its_headings_lists_and_tables(
    recognised: Recognised, terms: TermBase, folder: Path
) -> None:
    path = folder / "scan.pdf"
    path.write_bytes(scanned(sheet(PAGE, table=True)))
    deck = recognised.read(path, terms)
    slide = deck.slides[0]
    assert match("".join(slide.source.split("部门 |")[0]), "".join(text for _, _, text in PAGE)) >= 0.97
    assert slide.title == "仓库管理"
    assert [block.kind for block in slide.blocks[:4]] == ["title", "paragraph", "bullet", "bullet"]
    assert "值班经理" in slide.source, "a wrapped line is one paragraph"
    assert {(b.row, b.column): b.text for b in slide.blocks if b.kind == "cell"}["物流部", "人数"] == "30"
    assert all(block.confidence and slide.source[block.start : block.end] == block.text for block in slide.blocks)
    assert deck.warnings[0].startswith("第 1 页没有可用的文字层(扫描件或缺少字符映射),已识别文字 14 处(平均置信度 ")


def test_a_pdf_without_characters_is_recognised(recognised: Recognised, terms: TermBase, folder: Path) -> None:
    html = f"{CARD}<h1>请假制度</h1><ol><li>病假须提交医院证明<li>事假提前三天申请</ol>"
    path = folder / "nomap.pdf"
    path.write_bytes(printed(html, folder).replace(b"/ToUnicode", b"/ToUnicodX"))
    with pytest.raises(RefusedFile, match=r"第 1 页没有可用的文字层.*pip install 'kejian\[ocr\]'"):
        read_deck(path, terms)
    deck = recognised.read(path, terms)
    assert deck.slides[0].source.split("\n") == ["请假制度", "1. 病假须提交医院证明", "2. 事假提前三天申请"]


def test_a_picture_between_text_is_read_in_its_place(recognised: Recognised, terms: TermBase, folder: Path) -> None:
    (folder / "chart.png").write_bytes(saved(chart_picture()))
    html = f"{CARD}<h1>组织结构</h1><img src=chart.png width=600><p>以上结构自一月起执行。</p>"
    path = folder / "mixed.pdf"
    path.write_bytes(printed(html, folder))
    deck = recognised.read(path, terms)
    slide = deck.slides[0]
    assert {(edge.parent, edge.child) for edge in slide.relations} >= {("总经理", "生产部"), ("总经理", "质量部")}
    assert slide.source.split("\n")[0] == "组织结构"
    assert slide.source.endswith("以上结构自一月起执行。")
    assert [block.confidence is None for block in slide.blocks][:1] == [True]
    assert "第 1 页有 1 张图片,已识别文字 4 处(平均置信度 1.00)" in deck.warnings


def test_known_pages_are_not_drawn_again(terms: TermBase, folder: Path) -> None:
    path = folder / "blank.pdf"
    path.write_bytes(scanned(Image.new("L", (600, 800), 255), Image.new("L", (600, 800), 0)))
    first = Pictures()
    with pytest.raises(RefusedFile, match="第 1–2 页"):
        read_deck(path, terms, first)
    assert len(first.wanted) == 2
    assert all(Image.open(BytesIO(wanted.content)).mode == "L" for wanted in first.wanted.values())


@pytest.mark.slow
def test_a_worn_scan_is_mostly_right(recognised: Recognised, terms: TermBase, folder: Path) -> None:
    image = sheet(PAGE).convert("L").rotate(0.6, fillcolor=255).effect_spread(1)
    ImageDraw.Draw(image).line((0, 700, 900, 705), fill=120)
    path = folder / "worn.pdf"
    path.write_bytes(scanned(image))
    source = recognised.read(path, terms).slides[0].source
    assert match(source, "".join(text for _, _, text in PAGE)) >= 0.9
