"""Files sent by a browser: names are data, nothing is written outside, nothing stays."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kejian.corpus.errors import RefusedFile, UsageError
from kejian.ui import uploads as module
from kejian.ui.uploads import LARGEST_UPLOAD, Uploads, file_name, shown_name

HOSTILE_NAMES = [
    "../../etc/passwd.md", "/etc/passwd.md", "..\\..\\windows\\a.docx", "\\\\server\\share\\a.pptx", "C:\\a.md",
    "a\x00b.md", "CON", "con.md", "aux.txt", "长" * 250 + ".md", "a.md.", "a .md ", ". .", "...", "a/../../b.md",
    "年假\u202edm.exe", "\u200b.md", "a\nb.md", "a\x1b[31m.md", "<script>alert(1)</script>.md", '"><img src=x>.md',
    "-rf.md", "|cmd.md", "$(id).md", "`id`.md", "%2e%2e%2fa.md", "~/.bashrc", "a:b.md", "*?.md", "😀.pptx", ".md",
    "a/b/c/d.md", "file://etc.md", "nul", "lpt1.csv", "a.tar.gz", "a.", "x" * 300, "\ufeff.md", "ＡＢ／Ｃ.md",
]  # fmt: skip


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def sent(uploads: Uploads, name: str, *parts: bytes, batch: str = "") -> tuple[str, str]:
    return asyncio.run(uploads.receive(batch, name, chunks(*parts)))


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = Uploads()
    yield made
    made.close()
    assert list(tmp_path.iterdir()) == []


def test_a_batch_holds_what_was_sent(uploads: Uploads) -> None:
    batch, name = sent(uploads, "部门/职责.md", b"# a\n", b"- b\n")
    assert name == "部门/职责.md"
    assert sent(uploads, "部门/职责.md", b"other", batch=batch) == (batch, "部门/职责(2).md")
    taken = uploads.take(batch)
    assert list(taken.files.values()) == ["部门/职责.md", "部门/职责(2).md"]
    first, second = taken.files
    assert (first.read_bytes(), second.read_bytes()) == (b"# a\n- b\n", b"other")
    assert first.name == "职责.md"
    with pytest.raises(UsageError, match="重新选择"):
        uploads.take(batch)
    uploads.drop(taken)
    assert not first.exists()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_leads_outside(uploads: Uploads, tmp_path: Path, name: str) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    if not any(letter.isalnum() for letter in name):
        with pytest.raises(RefusedFile, match="不能用"):
            sent(uploads, name, b"x")
        return
    batch, called = sent(uploads, name, b"x")
    assert called == shown_name(name)
    (path,) = uploads.take(batch).files
    assert path.resolve().is_relative_to(tmp_path.resolve())
    assert {one for one in tmp_path.rglob("*") if one.is_file()} - before == {path}
    assert path.name == file_name(called)
    assert len(path.name.encode()) <= 255
    assert path.suffix == Path(path.name).suffix
    assert path.name.isprintable()


def test_the_kind_of_a_file_is_kept() -> None:
    for name in ("a.md", "年假.PPTX", "a.b.docx", "长" * 250 + ".xlsx"):
        assert Path(file_name(name)).suffix == Path(name).suffix


def test_too_large_a_file_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    part = bytes(1 << 20)
    with pytest.raises(RefusedFile, match=r"大\.md 超过 50 MB"):
        sent(uploads, "大.md", *[part] * (LARGEST_UPLOAD // len(part) + 1))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_breaks_off_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(uploads.receive("", "a.md", broken()))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_limits_on_what_waits(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="已经收入或删去"):
        sent(uploads, "a.md", b"x", batch="nothing")
    batch, _ = sent(uploads, "a.md", b"x")
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(UsageError, match="一次最多上传 1 个"):
        sent(uploads, "b.md", b"x", batch=batch)
    monkeypatch.setattr(module, "MOST_BATCHES", 1)
    with pytest.raises(UsageError, match="同时上传的人太多"):
        sent(uploads, "c.md", b"x")


def test_what_waits_too_long_is_deleted(uploads: Uploads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch, _ = sent(uploads, "a.md", b"old")
    monkeypatch.setattr(module, "KEPT_SECONDS", -1.0)
    sent(uploads, "b.md", b"new")
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [b"new"]
    with pytest.raises(UsageError):
        uploads.take(batch)
