"""Pictures through the whole of ingestion: recognised once, kept with the deck, gone with it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from machine import lacking
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.util import Pt

from kejian.index.home import Home

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A presentation of two slides: one is a picture."""
    if not FONT.exists():
        lacking("no Chinese font: apt-get install fonts-noto-cjk")
    image = Image.new("RGB", (640, 360), "white")
    draw = ImageDraw.Draw(image)
    for top, text in ((30, "档案借阅"), (130, "• 借阅须经部门主管签字"), (200, "• 归还期限为十五天")):
        draw.text((40, top), text, font=ImageFont.truetype(str(FONT), 30, index=2), fill="black")
    stream = BytesIO()
    image.save(stream, "PNG")
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "档案管理"
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_picture(stream, 0, 0, Pt(720), Pt(405))
    path = tmp_path / "files" / "archive.pptx"
    path.parent.mkdir()
    presentation.save(str(path))
    return path


def stages(home: Home, *paths: Path) -> tuple[Any, list[str]]:
    seen: list[str] = []
    report = home.ingest(paths, on_progress=lambda step: seen.append(step.stage))
    return report.files[0], seen


def stored(tmp_path: Path) -> tuple[int, bool]:
    """(how many pictures the library holds, whether the text of one is in any of its files)."""
    home = tmp_path / "home"
    with closing(sqlite3.connect(home / "library.sqlite")) as connection:
        count = connection.execute("select count(*) from pictures").fetchone()[0]
    words = ("部门主管", json_text("部门主管"))
    content = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    return count, any(word.encode() in data for word in words for data in content)


def json_text(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


def test_without_the_extra_the_rest_is_read_and_how_to_get_it_is_said(
    home: Home, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    report, seen = stages(home, deck)
    assert "recognise" not in seen
    assert report.error is None
    assert "第 2 页有 1 处图片(没有安装文字识别)没有读取,其中的文字不会被检索到" in report.warnings
    assert "图片中的文字没有识别,要识别请运行 pip install 'kejian[ocr]',然后重新收入" in report.warnings


def test_a_picture_is_recognised_once_and_removed_with_its_deck(
    home: Home, deck: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "rapidocr", None)
        stages(home, deck)
    report, seen = stages(home, deck)
    assert "recognise" in seen
    assert (report.added, report.unchanged) == (1, 1), "installed later, the same file is read with its pictures"
    assert report.warnings[0].startswith("第 2 页有 1 张图片,已识别文字 3 处(平均置信度 ")
    hit = home.snapshot().search.search("借阅谁签字", 1)[0]  # type: ignore[union-attr]
    assert "借阅须经部门主管签字" in hit.text
    again, seen = stages(home, deck)
    assert "recognise" not in seen
    assert (again.added, again.unchanged) == (0, 2)
    assert stored(tmp_path) == (1, True)
    copy = deck.with_name("copy.pptx")
    presentation = Presentation(str(deck))
    presentation.core_properties.title = "另一份"
    presentation.save(str(copy))
    assert "recognise" not in stages(home, copy)[1], "the same picture in another deck"
    for entry in home.decks():
        home.remove(entry.id)
    assert stored(tmp_path) == (0, False)
