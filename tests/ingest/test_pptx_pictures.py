"""Pictures on slides: their text, tables and charts, read with the real recogniser and kept in place."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from picture_maker import ROWS, SLIDE, chart_picture, match, saved, slide_picture, table_picture
from PIL import Image
from pptx.util import Pt
from recognised import Recognised
from slide_maker import BLANK, SlideMaker, make

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.pictures import Pictures
from kejian.ingest.read import read_deck

WHOLE = (0, 0, 720, 540)
LOWER = (30, 150, 660, 252)


def pictured(image: Any, place: tuple[float, ...], **crop: float) -> Any:
    def draw(slide: SlideMaker) -> None:
        shape = slide.shapes.add_picture(BytesIO(saved(image)), *map(Pt, place))
        for side, share in crop.items():
            setattr(shape, f"crop_{side}", share)

    return draw


@pytest.fixture(scope="module")
def deck(recognised: Recognised, terms: TermBase, tmp_path_factory: pytest.TempPathFactory) -> Deck:
    path = tmp_path_factory.mktemp("pictures") / "pictures.pptx"
    whole, chart = ("", pictured(slide_picture(), WHOLE)), ("组织结构", pictured(chart_picture(), LOWER))
    path.write_bytes(make(("部门职责", pictured(table_picture(), LOWER)), chart, first=4))
    blank = path.with_name("whole.pptx")
    blank.write_bytes(make(whole, layout=BLANK))
    parts = recognised.read(blank, terms), recognised.read(path, terms)
    return Deck("", "", "", (*parts[0].slides, *parts[1].slides), (*parts[0].warnings, *parts[1].warnings))


def test_a_slide_that_is_a_picture_is_read_as_a_slide(deck: Deck) -> None:
    slide = deck.slides[0]
    assert slide.title == "库存盘点流程"
    assert match(slide.source, "".join(text for _, _, text in SLIDE)) >= 0.98
    assert [block.kind for block in slide.blocks] == ["title", "bullet", "bullet", "bullet", "bullet"]
    assert all(block.confidence is not None and block.confidence > 0.9 for block in slide.blocks)
    assert "由仓储部与财务部共同清点" in [fact.text for fact in slide.facts]


def test_a_table_in_a_picture_is_a_table(deck: Deck) -> None:
    cells = {(b.row, b.column): b.text for b in deck.slides[1].blocks if b.kind == "cell"}
    assert cells["采购部", "职责"] == ROWS[1][1]
    assert cells["物流部", "人数"] == "30"
    assert [f.text for f in deck.slides[1].facts if (f.subject, f.aspect) == ("采购部", "职责")] == [ROWS[1][1]]


def test_a_chart_in_a_picture_gives_its_relations(deck: Deck) -> None:
    edges = {(relation.parent, relation.child) for relation in deck.slides[2].relations}
    assert edges == {("总经理", "生产部"), ("总经理", "质量部"), ("总经理", "人力资源部")}


def test_offsets_and_shapes_hold_what_was_recognised(deck: Deck) -> None:
    for slide in deck.slides:
        for block in slide.blocks:
            assert slide.source[block.start : block.end] == block.text
            if block.confidence is not None and block.shape is not None:
                shape, picture = slide.shapes[block.shape], next(s for s in slide.shapes if s.kind == "picture")
                assert picture.left <= shape.left + 20_000
                assert shape.top + shape.height <= picture.top + picture.height + 20_000


def test_the_report_counts_what_was_recognised(deck: Deck) -> None:
    told = [warning for warning in deck.warnings if "已识别文字" in warning]
    assert [warning.split("(")[0] for warning in told] == [
        "第 1 页有 1 张图片,已识别文字 5 处",
        "第 4 页有 1 张图片,已识别文字 9 处",
        "第 5 页有 1 张图片,已识别文字 4 处",
    ]


def looked_up(content: bytes, tmp_path: Path, terms: TermBase) -> Pictures:
    """What a reading wants recognised."""
    path, pictures = tmp_path / "a.pptx", Pictures()
    path.write_bytes(content)
    read_deck(path, terms, pictures)
    return pictures


def test_crop_and_rotation_are_part_of_what_is_shown(terms: TermBase, tmp_path: Path) -> None:
    def turned(slide: SlideMaker) -> None:
        pictured(slide_picture(), LOWER)(slide)
        slide.shapes[-1].rotation = 88

    crop = pictured(slide_picture(), LOWER, left=0.25, bottom=0.5)
    pictures = looked_up(make(("甲", crop), ("乙", turned), ("丙", pictured(slide_picture(), LOWER))), tmp_path, terms)
    views = [wanted.view for wanted in pictures.wanted.values()]
    assert [(view.crop, view.turn) for view in views] == [
        ((0.25, 0.0, 1.0, 0.5), 0),
        ((0.0, 0.0, 1.0, 1.0), 90),
        ((0.0, 0.0, 1.0, 1.0), 0),
    ]


def test_icons_and_decorations_are_left_alone(terms: TermBase, tmp_path: Path) -> None:
    def draw(slide: SlideMaker) -> None:
        pictured(Image.new("RGB", (20, 20)), LOWER)(slide)
        pictured(slide_picture(), (10, 10, 200, 8))(slide)

    pictures = looked_up(make(("图标", draw)), tmp_path, terms)
    assert (pictures.wanted, pictures.missed) == ({}, 0)


def test_pictures_filled_into_shapes_and_behind_the_slide_are_read(terms: TermBase, tmp_path: Path) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    def filled(slide: SlideMaker) -> None:
        _, name = slide.slide.part.get_or_add_image_part(BytesIO(saved(slide_picture())))
        fill = f'<{{}}:blipFill {nsdecls("a", "p", "r")}><a:blip r:embed="{name}"/><a:stretch/></{{}}:blipFill>'
        box = slide.box(LOWER, "")._element
        box.spPr.insert(2, parse_xml(fill.replace("{}", "a")))
        ground = f"<p:bg {nsdecls('a', 'p', 'r')}><p:bgPr>{fill.replace('{}', 'a')}<a:effectLst/></p:bgPr></p:bg>"
        slide.slide._element.cSld.insert(0, parse_xml(ground))

    pictures = looked_up(make(("背景", filled)), tmp_path, terms)
    assert (len(pictures.wanted), pictures.missed) == (1, 2)


def test_a_picture_of_the_template_is_read_once(recognised: Recognised, terms: TermBase, tmp_path: Path) -> None:
    mark = pictured(slide_picture(((40, 20, "诚信物流"),), (320, 100)), (500, 5, 160, 50))
    path = tmp_path / "marked.pptx"
    path.write_bytes(make(*[(f"第{n}章", mark) for n in "一二三"]))
    read = recognised.read(path, terms)
    assert ["诚信物流" in slide.source for slide in read.slides] == [True, False, False]
    assert read.warnings[-1] == "有 1 张图片在 3 页以上重复出现(如模板的标志),其中的文字只在首次出现的页收入"


def test_what_cannot_be_decoded_or_is_not_in_the_file_is_said(terms: TermBase, tmp_path: Path) -> None:
    content = make(("图", pictured(slide_picture(), LOWER)), ("图", pictured(chart_picture(), LOWER)))
    path = tmp_path / "metafile.pptx"
    path.write_bytes(_with_media(content, b"\x01\x00\x00\x00" + b"\0" * 36 + b" EMF" + b"\0" * 60))
    warnings = read_deck(path, terms).warnings
    assert "第 1 页有 1 处图片(EMF 格式)没有读取,其中的文字不会被检索到" in warnings
    assert "第 2 页有 1 处图片(没有安装文字识别)没有读取,其中的文字不会被检索到" in warnings


def _with_media(content: bytes, media: bytes) -> bytes:
    """The package with other bytes in its first picture."""
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, media if entry.filename == "ppt/media/image1.png" else old.read(entry))
    return out.getvalue()
