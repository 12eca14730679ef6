"""``kejian ingest --draft``: a draft on standard output or in a file, and nothing taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert shown.out.startswith("---\ntitle: 摘录\n---\n")
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
