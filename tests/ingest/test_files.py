"""Files that are not taken in: each is refused with one clear line, before anything parses it."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import hostile_maker
import pytest
from reading import Read
from slide_maker import make

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest import files
from kejian.ingest.read import read_deck

GOOD = make(("标题", lambda slide: slide.text((20, 100, 300, 40), "正文")))  # type: ignore[arg-type,return-value]


def repacked(change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> bytes:
    """The presentation with some of its parts changed, left out or added."""
    return hostile_maker.repacked(GOOD, change, extra)


def keep(name: str, content: bytes) -> bytes:
    return content


def slide_with(markup: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, content: markup if name == "ppt/slides/slide1.xml" else content


def lying(content: bytes) -> bytes:
    """The same zip, its directory declaring every part to be a few bytes."""
    data = bytearray(content)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = (64).to_bytes(4, "little")
        at += 4
    return bytes(data)


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
ZEROS = b"<a>" + bytes(30 << 20) + b"</a>"
REFUSED = {
    "empty.md": (b"", "空文件"),
    "blank.md": (b" \n\n", "没有可读的文字"),
    "blank.txt": (b"\n\x0c\n", "没有可读的文字"),
    "image.md": (b"\x89PNG\r\n\x1a\n\x00\x00", "不是文本文件"),
    "binary.txt": (bytes(range(256)), "不是文本文件"),
    "deck.key": (b"PK", ".pptx"),
    "deck.ppt": (b"\xd0\xcf\x11\xe0", "另存为 .pptx"),
    "noextension": (b"text", ".md"),
    "old.pptx": (files.OLE_HEADER + bytes(600), "密码"),
    "text.pptx": (b"hello", "不是 .pptx"),
    "cut.pptx": (GOOD[: len(GOOD) // 2], "损坏"),
    "flipped.pptx": (GOOD[:2000] + bytes(400) + GOOD[2400:], "损坏"),
    "archive.pptx": (repacked(lambda name, content: None, {"a.txt": b"a"}), "损坏"),
    "many.pptx": (repacked(keep, {f"x/{n}.bin": b"" for n in range(10_001)}), "10000"),
    "outside.pptx": (repacked(keep, {"../../x.xml": b"<a/>"}), "包外"),
    "bomb.pptx": (repacked(slide_with(ZEROS)), "大得不正常"),
    "media.pptx": (repacked(keep, {"ppt/media/image9.bin": bytes(60 << 20)}), "大得不正常"),
    "lying.pptx": (lying(repacked(slide_with(ZEROS))), ""),
    "laughs.pptx": (repacked(slide_with(ENTITIES + b"]><p:sld>&j;</p:sld>")), "损坏"),
    "broken.pptx": (repacked(slide_with(b"<p:sld")), "损坏"),
    "missing.pptx": (repacked(lambda name, content: None if "slide1.xml" in name else content), "损坏"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_line(name: str, read: Read) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(RefusedFile) as caught:
        read(name, content)
    message = str(caught.value)
    assert name in message
    assert reason in message
    assert "\n" not in message


def test_missing_folder_unreadable_and_long_names(tmp_path: Path, terms: TermBase) -> None:
    (tmp_path / "folder.md").mkdir()
    for path, reason in (
        (tmp_path / "没有.md", "找不到"),
        (tmp_path / "没有.xyz", "找不到"),
        (tmp_path / "folder.md", "文件夹"),
        (tmp_path / ("长" * 300 + ".md"), "打不开"),
        (tmp_path / "a\x00b.md", "打不开"),
    ):
        with pytest.raises(RefusedFile, match=reason):
            read_deck(path, terms)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_without_permission(tmp_path: Path, terms: TermBase) -> None:
    path = tmp_path / "locked.md"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(RefusedFile, match="权限"):
        read_deck(path, terms)


def test_too_large(tmp_path: Path, terms: TermBase) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(files.LARGEST_FILE + 1)
    with pytest.raises(RefusedFile, match="100 MB"):
        read_deck(path, terms)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among the files of this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path, terms: TermBase) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(RefusedFile, match="不是普通文件"):
        read_deck(tmp_path / "pipe.md", terms)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("甲型的优点".encode("gb18030"), True),
        ("甲型的优点".encode("utf-8-sig"), False),
        ("甲型的优点".encode("utf-16"), True),
        ("甲型的优点".encode(), False),
    ],
)
def test_encodings(read: Read, content: bytes, said: bool) -> None:
    deck = read("encoded.md", content)
    assert deck.slides[0].source == "甲型的优点"
    assert bool(deck.warnings) == said


def test_entities_from_files_are_not_resolved(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    markup = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file://' + str(secret).encode() + b'">]>'

    def with_entity(name: str, content: bytes) -> bytes:
        if name != "ppt/slides/slide1.xml":
            return content
        body = content[content.index(b"<p:sld") :]
        return markup + body.replace("正文".encode(), "正文&s;".encode())

    deck = read("entity.pptx", repacked(with_entity))
    assert "正文" in deck.slides[0].source
    assert "SECRET" not in deck.slides[0].source


def test_deep_groups_and_absurd_tables(read: Read) -> None:
    def deep(name: str, content: bytes) -> bytes:
        group = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        nested = group * 120 + b"</p:grpSp>" * 120
        return content.replace(b"</p:spTree>", nested + b"</p:spTree>") if name == "ppt/slides/slide1.xml" else content

    assert "正文" in read("deep.pptx", repacked(deep)).slides[0].source


@pytest.mark.parametrize("seed", range(40))
def test_damaged_bytes_are_refused_or_read(seed: int, read: Read) -> None:
    random = Random(seed)
    content = bytearray(GOOD)
    for _ in range(random.randint(1, 20)):
        content[random.randrange(len(content))] = random.randrange(256)
    with suppress(RefusedFile):
        assert read("damaged.pptx", bytes(content)).slides


def test_an_empty_picture_that_packs_a_thousandfold_is_honest(tmp_path: Path) -> None:
    path = tmp_path / "picture.pptx"
    path.write_bytes(repacked(keep, {"ppt/media/image9.bmp": bytes(6_000_000)}))
    assert read_deck(path, TermBase.bundled()).slides
