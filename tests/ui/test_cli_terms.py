"""``kejian terms``: proposals listed, taken over into the user's own file, and understood at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kejian.ui import cli

DECK = """# 销售方法

## 销售漏斗

- 优点：直观
- 学习时长：两天

## 拜访计划

- 优点：可控
- 学习时长：半天

客户关系管理系统（CRM）记录拜访。销售漏斗又称销售管道。
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kejian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a home that holds ``DECK``."""
    file = tmp_path / "sales.md"
    file.write_text(DECK, encoding="utf-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["--home", str(tmp_path / "home"), *arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    code, _, err = run("ingest", str(file))
    assert (code, "个新术语" in err) == (0, True)
    return run


def test_proposals_are_accepted(kejian: Run, tmp_path: Path) -> None:
    assert "顾问" not in kejian("ask", "销售管道的优点")[1]
    assert "直观[1]" in kejian("ask", "销售管道的优点")[1]
    found = json.loads(kejian("terms", "--json")[1])["proposals"]
    assert {(p["kind"], p["name"], p["of"]) for p in found} >= {
        ("alias", "CRM", "客户关系管理系统"),
        ("alias", "销售管道", "销售漏斗"),
        ("aspect", "学习时长", ""),
    }
    own = tmp_path / "home" / "terms.yaml"
    own.write_text("# 我的术语\nsubjects:\n  - name: 销售漏斗 # 常用\n", encoding="utf-8")
    code, out, err = kejian("terms", "accept", "销售管道", "学习时长")
    assert (code, "索引已按新术语重建(1 份课件" in out) == (0, True)
    assert f"请再运行一次 kejian ingest 原文件:{tmp_path / 'sales.md'}" in err
    assert own.read_text("utf-8").startswith("# 我的术语\nsubjects:\n  - name: 销售漏斗 # 常用\n")
    left = kejian("terms")[1]
    assert "CRM = 客户关系管理系统" in left
    assert "销售管道" not in left
    assert kejian("terms", "accept", "--all")[0] == 0
    assert "课件里的新术语:0 个" in kejian("terms")[1]


def test_proposals_are_written_for_editing(kejian: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    assert kejian("terms", "--write", str(file))[0] == 0
    assert "aliases: [CRM]" in file.read_text("utf-8")
    code, _, err = kejian("terms", "--write", str(file))
    assert (code, "已经存在" in err) == (2, True)
    for arguments, said in (
        (["accept"], "写要收入的名称"),
        (["accept", "没有的"], "没有「没有的」这个新术语"),
        (["reject", "CRM"], "不认识「reject」"),
        (["--all"], "只与 accept 同用"),
        (["accept", "CRM", "--json"], "一次只能用一个"),
    ):
        code, _, err = kejian("terms", *arguments)
        assert (code, said in err, err.count("\n")) == (2, True, 1), arguments


def test_the_index_takes_accepted_terms_without_the_file(kejian: Run, tmp_path: Path) -> None:
    before = (tmp_path / "home" / "index" / "CURRENT").read_text("utf-8")
    (tmp_path / "sales.md").unlink()
    assert kejian("terms", "accept", "CRM")[0] == 0
    assert (tmp_path / "home" / "index" / "CURRENT").read_text("utf-8") != before
    assert "客户关系管理系统（CRM）记录拜访" in kejian("ask", "CRM是干什么的")[1]
    assert "✗" not in kejian("doctor")[1]


def test_the_report_counts_the_new_terms_of_the_run(kejian: Run, tmp_path: Path) -> None:
    assert json.loads(kejian("ingest", str(tmp_path / "sales.md"), "--json")[1])["new_terms"] == 0
    file = tmp_path / "more.md"
    file.write_text("# 考核\n\n关键绩效指标（KPI）每月打分。\n", encoding="utf-8")
    assert json.loads(kejian("ingest", str(file), "--json")[1])["new_terms"] == 1
