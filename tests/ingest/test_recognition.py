"""Text in pictures: what is prepared, recognised and kept, with the real recogniser in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from picture_maker import SLIDE, match, saved, slide_picture
from PIL import Image, ImageDraw
from recognised import Recognised

from kejian.ingest.limited import Limits
from kejian.ingest.picture_preparation import OVERLAP, TILE, prepared, tiles
from kejian.ingest.pictures import FLOOR, MISSING, MOST_WANTED, Pictures, Seen, SeenLine, Tally, View, Wanted, checked
from kejian.ingest.recognition import Recognition

TEXT = "".join(text for _, _, text in SLIDE)


def said(seen: Seen) -> str:
    return "".join(line.text for line in seen.lines)


def test_a_slide_is_recognised_with_its_places_and_confidence(recognised: Recognised) -> None:
    seen = recognised.seen(Wanted(saved(slide_picture())))
    assert match(said(seen), TEXT) >= 0.98
    assert [round(line.top / 40) for line in seen.lines] == [1, 4, 6, 8, 10]
    assert all(line.confidence >= FLOOR for line in seen.lines)
    assert "差异超过 2%" in said(seen), "spaces between words and figures are kept"


def test_cropped_and_turned_pictures_are_read_as_they_are_shown(recognised: Recognised) -> None:
    lines = ((40, 60, "访客须在前台登记"), (40, 360, "有效期为一天"))
    lying = slide_picture(lines, (480, 480)).rotate(-90, expand=True)
    head = recognised.seen(Wanted(saved(lying), View((0.5, 0.0, 1.0, 1.0), turn=270)))
    assert said(head) == "访客须在前台登记"
    assert (head.width, head.height) == (480, 240)


@pytest.mark.slow
def test_a_picture_that_lies_on_its_side_is_noticed(recognised: Recognised) -> None:
    for angle in (90, 270):
        seen = recognised.seen(Wanted(saved(slide_picture().rotate(angle, expand=True))))
        assert match(said(seen), TEXT) >= 0.98


@pytest.mark.slow
def test_the_floor_of_confidence_divides_right_from_wrong(recognised: Recognised) -> None:
    """Lines of good and bad pictures; what is kept has its characters right, what is left out mostly has not."""
    kept, left_out = [], []
    for size in (8, 12, 24):
        for content in _worn(size):
            seen = recognised.seen(Wanted(content))
            scale = Image.open(BytesIO(content)).height / seen.height
            for line in seen.lines:
                row = round(((line.top + line.bottom) / 2 * scale - size) / (3 * size))
                right = match(line.text, WORDS[min(max(row, 0), len(WORDS) - 1)])
                (kept if line.confidence >= FLOOR else left_out).append(right)
    assert sum(kept) / len(kept) >= 0.97
    assert sum(left_out) / max(len(left_out), 1) <= 0.75


WORDS = (
    "人力资源部负责招聘与薪酬管理",
    "预算 35,000 元,由财务部审批",
    "质量检验:每批抽样不少于 5%",
    "安全生产责任制落实到岗位",
)


def _worn(size: int) -> Iterator[bytes]:
    """The lines plain, blurred, noisy, at half the resolution, and as a rough JPEG."""
    import numpy
    from PIL import ImageFilter

    lines = tuple((size, size // 2 + 3 * size * n, word) for n, word in enumerate(WORDS))
    image = slide_picture(lines, (60 + 18 * size, 3 * size * len(WORDS)))
    noise = numpy.random.default_rng(size).normal(0, 60, (image.height, image.width, 3))
    noisy = Image.fromarray((numpy.asarray(image) + noise).clip(0, 255).astype("uint8"))
    half = image.resize((image.width // 2, image.height // 2)).resize(image.size)
    yield from map(saved, (image, image.filter(ImageFilter.GaussianBlur(max(0.8, size / 12))), noisy, half))
    yield saved(image, "JPEG", quality=20)


def test_what_is_no_picture_is_a_fault_of_its_own(recognised: Recognised) -> None:
    assert recognised.seen(Wanted(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)).fault
    whole = saved(slide_picture())
    assert recognised.seen(Wanted(whole[: len(whole) // 2])).fault
    assert said(recognised.seen(Wanted(saved(Image.new("RGB", (200, 120), "red"))))) == ""


def test_upright_writing_is_read(recognised: Recognised) -> None:
    from picture_maker import font

    image = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(image)
    for left, word in ((80, "人力资源部"), (240, "生产车间")):
        for row, char in enumerate(word):
            draw.text((left, 40 + 46 * row), char, font=font(40), fill="black")
    seen = recognised.seen(Wanted(saved(image)))
    assert {line.text for line in seen.lines} == {"人力资源部", "生产车间"}
    assert all(line.upright for line in seen.lines)


def drawn(mode: str, ink: Any, ground: Any) -> Any:
    image = Image.new(mode, (300, 100), ground)
    ImageDraw.Draw(image).rectangle((100, 40, 200, 60), fill=ink)
    return image


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (drawn("RGBA", (0, 0, 0, 255), (0, 0, 0, 0)), "PNG"),
        (drawn("RGBA", (255, 255, 255, 255), (255, 255, 255, 0)), "PNG"),
        (drawn("LA", (0, 255), (0, 0)), "PNG"),
        (drawn("CMYK", (0, 0, 0, 255), (0, 0, 0, 0)), "JPEG"),
        (drawn("I;16", 60_000, 200), "PNG"),
        (drawn("1", 0, 1), "TIFF"),
        (drawn("L", 0, 255), "BMP"),
        (drawn("P", 0, 5), "GIF"),
        (drawn("RGB", "black", "white"), "WEBP"),
    ],
    ids=["transparent", "white on transparent", "grey", "CMYK", "16 bit", "TIFF", "BMP", "GIF", "WebP"],
)
def test_every_kind_of_picture_keeps_its_contrast(image: Any, kind: str) -> None:
    content = saved(image, kind)
    assert checked(content) == ("", True)
    made = prepared(content, View()).convert("L")
    ink, ground = made.getpixel((150, 50)), made.getpixel((20, 20))
    if image.mode != "P":
        assert abs(ink - ground) > 150


def test_a_photograph_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved(Image.new("RGB", (300, 100)), "JPEG", exif=exif)
    assert prepared(content, View()).size == (100, 300)


def test_long_strips_are_read_in_tiles_that_answer_for_every_line_once() -> None:
    strip = prepared(saved(Image.new("L", (300, 6_000))), View())
    found = list(tiles(strip))
    assert strip.size == (300, 6_000)
    assert [top for _, _, top, _ in found] == [0, TILE - OVERLAP, 2 * (TILE - OVERLAP)]
    stretches = [stretch for *_, stretch in found]
    assert [low for low, _ in stretches[1:]] == [high for _, high in stretches[:-1]]
    assert prepared(saved(Image.new("L", (6_000, 4_000))), View()).size[0] < 2_200


def test_only_what_can_hold_words_is_wanted() -> None:
    assert checked(saved(Image.new("L", (40, 30)))) == ("", False)
    assert checked(saved(Image.new("1", (9_000, 9_000)))) == ("超过 40 百万像素", False)
    assert checked(b"\x01\x00\x00\x00" + b"\0" * 36 + b" EMF")[0] == "EMF 格式"
    assert checked(b"\xd7\xcd\xc6\x9a" + b"\0" * 40)[0] == "WMF 格式"
    assert checked(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")[0] == "SVG 格式"
    assert checked(b"")[0] == checked(b"GIF89a")[0] == "已损坏或格式不支持"


def test_a_known_picture_is_not_wanted_and_the_same_one_is_wanted_once() -> None:
    content = saved(Image.new("L", (100, 100)))
    first = Pictures()
    key, seen = first.look(content)
    assert (seen.fault, list(first.wanted)) == (MISSING, [key])
    assert first.look(content, View(turn=90))[0] != key
    first.look(content)
    assert len(first.wanted) == 2
    known = Pictures({key: Seen(100, 100, (SeenLine("甲", 0.9, 0, 0, 9, 9),))})
    assert known.look(content)[1].lines[0].text == "甲"
    assert (known.wanted, known.used) == ({}, {key})


def test_one_reading_hands_over_a_bounded_amount() -> None:
    pictures = Pictures()
    for number in range(5):
        pictures.look_up(str(number), lambda: Wanted(b"0" * (MOST_WANTED // 2)))
    assert (len(pictures.wanted), len(pictures.used)) == (2, 5)


def test_lines_that_cannot_be_trusted_are_counted_not_kept() -> None:
    seen = Seen(9, 9, (SeenLine("清楚", 0.96, 0, 0, 9, 9), SeenLine("模糊", 0.5, 0, 0, 9, 9)))
    assert ([line.text for line in seen.legible], seen.blurred) == (["清楚"], 1)
    told = Tally().with_(seen).with_(Seen(9, 9)).told("第 4 页有图片")
    assert told == "第 4 页有图片,已识别文字 1 处(平均置信度 0.96),另有 1 处看不清,没有收入"
    assert Tally().with_(Seen(9, 9)).told("第 4 页有图片") == ""


def test_a_recogniser_that_does_not_start_stops_nothing() -> None:
    with Recognition(Limits(memory=256 << 20)) as broken:
        faults = {broken.recognise(Wanted(saved(Image.new("L", (80, 80))))).fault for _ in range(2)}
    assert faults == {"文字识别启动不了,请重新安装 kejian[ocr]"}
