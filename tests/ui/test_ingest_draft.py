"""``kejian ingest --draft``: a draft on standard output or in a file, and nothing taken in."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import pytest

from kejian.index.encoder import open_encoder
from kejian.index.home import Home
from kejian.index.model import Encoder
from kejian.index.report import IngestReport
from kejian.ui import cli

EXTRACT = (
    "21 仓库的组织结构与职责 仓库 • 每天盘点冷柜里的原料并登记差异 • 入库的时候核对批号和保质期 "
    "• 出库按先进先出的次序安排 收货组 发货组 • 每周清扫货架和地面并留下记录 "
    "22 门店的组织结构与职责 • 早上六点以前完成补货 • 收银员交接的时候清点备用金 "
    "• 临期的商品移到折扣区并每天更新价签 • 关店的时候检查电源门窗和冷柜温度"
)


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "摘录.txt"
    path.write_text(EXTRACT, encoding="utf-8")
    return path


def run(home: Path, *arguments: object) -> int:
    return cli.main(["ingest", "--home", str(home / "home"), *map(str, arguments)])


def test_to_standard_output(extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "--draft", extract) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("---\ntitle: 摘录\ncorrects: ")
    assert "<!-- slide: 22 -->\n\n## 门店的组织结构与职责\n\n- 早上六点以前完成补货\n" in shown.out
    assert "第 21 页:条目与部门的对应关系无法从文本恢复" in shown.err
    assert not (tmp_path / "home").exists()


def test_to_a_file_that_is_never_overwritten(extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "草稿.md"
    assert run(tmp_path, "--draft", extract, "-o", draft) == 0
    assert capsys.readouterr().out == ""
    written = draft.read_text(encoding="utf-8")
    assert "- 入库的时候核对批号和保质期\n" in written
    assert run(tmp_path, "--draft", extract, "-o", draft) == 2
    assert "已经存在" in capsys.readouterr().err
    assert draft.read_text(encoding="utf-8") == written


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.md"], "--draft"),
        (["--draft", "a.txt", "b.txt"], "分两次"),
        (["--draft", "a.txt", "--bundled"], "分两次"),
        (["--draft", "没有.txt"], "没有.txt"),
        (["--draft", "a.pptx"], "直接收入"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, *arguments) != 0
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_the_terms_of_the_library_count(extract: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "terms.yaml").write_text("subjects: [备用金]\n", encoding="utf-8")
    text = EXTRACT.replace("清点备用金", "清点 备用金")
    extract.write_text(text, encoding="utf-8")
    assert run(tmp_path, "--draft", extract) == 0
    assert "- 备用金\n" in capsys.readouterr().out


@cache
def encoder() -> Encoder:
    return open_encoder(None)


def taken_in(home: Path, *files: Path) -> IngestReport:
    with Home.open(home / "home", encoder=encoder) as opened:
        return opened.ingest(files)


def test_a_corrected_draft_takes_the_place_of_its_extract(extract: Path, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.md"
    (first,) = taken_in(tmp_path, extract).files
    assert run(tmp_path, "--draft", extract, "-o", draft) == 0
    draft.write_text(draft.read_text("utf-8").replace("- 每周清扫", "### 发货组\n\n- 每周清扫"), "utf-8")
    (second,) = taken_in(tmp_path, draft).files
    assert (second.deck, second.slides) == (first.deck, 2)
    assert any("代替了原来收入的摘录" in said for said in second.warnings)
    (again,) = taken_in(tmp_path, extract).files
    assert (again.deck, again.added) == (first.deck, 0)
    assert any("改好的草稿" in said for said in again.warnings)
    with Home.open(tmp_path / "home", encoder=encoder) as opened:
        (deck,) = opened.snapshot().decks
        assert [slide.number for slide in deck.slides] == [21, 22]
        assert "发货组" in {fact.subject for fact in deck.slides[0].facts}
        opened.remove(deck.id)
    assert taken_in(tmp_path, extract).files[0].added == 2


def test_a_draft_taken_in_first_keeps_its_extract_out(extract: Path, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.md"
    assert run(tmp_path, "--draft", extract, "-o", draft) == 0
    report = taken_in(tmp_path, draft, extract)
    assert [file.added for file in report.files] == [2, 0]
    moved = draft.rename(tmp_path / "改名.md")
    moved.write_text(moved.read_text("utf-8").replace("完成补货", "补齐货架"), "utf-8")
    assert [file.deck for file in taken_in(tmp_path, moved).files] == [report.files[0].deck]


def test_only_extracts_are_corrected(extract: Path, tmp_path: Path) -> None:
    notes = tmp_path / "讲义.md"
    notes.write_text("# 收银\n\n- 清点备用金\n", encoding="utf-8")
    (first,) = taken_in(tmp_path, notes).files
    other = tmp_path / "别的.md"
    digest = hashlib.sha256(notes.read_bytes()).hexdigest()
    other.write_text(f"---\ntitle: 别的\ncorrects: {digest}\n---\n\n# 收银\n\n- 交班\n", encoding="utf-8")
    (second,) = taken_in(tmp_path, other).files
    assert second.deck != first.deck
