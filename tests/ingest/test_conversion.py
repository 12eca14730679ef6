"""Old formats: converted where LibreOffice is installed, else refused with the advice how to convert."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_maker import OLE, slides, with_macros, words

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest import conversion
from kejian.ingest.deck_reader import DeckReader

INSTALLED = pytest.mark.skipif(conversion.converter() is None, reason="LibreOffice is not installed on this machine")


@pytest.fixture
def reader(terms: TermBase) -> Iterator[DeckReader]:
    with DeckReader(terms) as opened:
        yield opened


@pytest.fixture
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(conversion, "PLACES", ())


@pytest.mark.usefixtures("without_libreoffice")
@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("旧.ppt", OLE, "另存为 .pptx"),
        ("旧.doc", OLE, "另存为 .docx"),
        ("旧.xls", OLE, "另存为 .xlsx"),
        ("宏.pptm", with_macros(slides(), "ppt"), "另存为 不含宏的 .pptx"),
    ],
)
def test_advice(name: str, content: bytes, advice: str, reader: DeckReader, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedFile, match=advice):
        reader.read(tmp_path / name)


@INSTALLED
def test_an_old_presentation_is_read(reader: DeckReader, tmp_path: Path, terms: TermBase) -> None:
    made = tmp_path / "made"
    made.mkdir()
    (made / "new.pptx").write_bytes(slides())
    assert conversion.run(made / "new.pptx", ".ppt", made) == ""
    old = tmp_path / "-旧 课件\n.ppt"
    old.write_bytes((made / "new.ppt").read_bytes())
    deck = reader.read(old)
    assert "年假十天" in deck.slides[0].source
    assert deck.slides[0].title == "年假制度"
    assert "从 .ppt 转换" in deck.warnings[0]
    assert reader.read(old) == deck, "the second pass reads what was made for the first"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["made", old.name])


@INSTALLED
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("页面.ppt", b"<html><script>alert(1)</script></html>", "后缀与内容不符"),
        ("文档.ppsx", words()[: len(words()) // 2], "转换不了"),
        ("空.doc", b"", "空文件"),
    ],
)
def test_refused(name: str, content: bytes, reason: str, reader: DeckReader, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedFile, match=reason) as caught:
        reader.read(tmp_path / name)
    assert name in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the Linux kernel")
@pytest.mark.parametrize(("family", "code"), [("AF_INET", 1), ("AF_INET6", 1), ("AF_UNIX", 0)])
def test_the_converter_has_no_network(family: str, code: int) -> None:
    program = [sys.executable, "-c", f"import socket; socket.socket(socket.{family}).close()"]
    command = [sys.executable, "-P", "-m", "kejian.ingest.conversion_work", *program]
    assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == code
