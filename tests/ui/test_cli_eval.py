"""``kejian eval`` and ``kejian gold`` from the command line: what is wrong with the input is named (exit 2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kejian.ui.cli import main

GOOD = {"id": "q1", "slice": "优点", "question": "甲型有哪些优点?", "expect": "answer", "points": [["离门店近"]]}
TEXT = "---\ntitle: 仓库\n---\n\n<!-- slide: 3 -->\n\n## 仓型\n\n### 甲型\n\n#### 优点\n\n- 离门店近\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eval")
    (folder / "deck.md").write_text(TEXT, encoding="utf-8")
    assert main(["ingest", str(folder / "deck.md"), "--home", str(folder / "home")]) == 0
    return folder / "home"


def gold_file(folder: Path, *lines: object) -> str:
    path = folder / "gold.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("lines", "options", "message"),
    [
        ([GOOD, "{"], [], "第 2 行:不是 JSON,每行要写一个完整的 JSON 对象"),
        ([GOOD | {"pints": []}], [], "第 1 行:有不认识的键 pints"),
        ([], [], "里没有一个问题"),
        ([GOOD], ["--slice", "缺点"], "标准问题里没有「缺点」这一类;有的是 优点"),
        ([GOOD | {"deck": "别的课件"}], [], "没有评测要用的课件《别的课件》"),
        ([GOOD], ["--baseline", "没有.json"], "没有这个文件;基线要用 kejian eval --save-baseline"),
        ([GOOD], ["--answers", "没有.jsonl"], "没有这个文件;请检查路径和权限"),
        ([GOOD], ["--distractors", "x.md"], "--distractors 要与 --stability 题数 同用"),
        ([GOOD], ["--answers", "a.jsonl", "--stability", "3"], "不能与 --stability 同时用"),
    ],
)
def test_what_is_wrong_is_named(
    lines: list[object],
    options: list[str],
    message: str,
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["eval", "--home", str(home), "--gold", gold_file(tmp_path, *lines), *options]) == 2
    shown = capsys.readouterr()
    assert message in shown.err.splitlines()[-1]
    assert shown.out == ""


def test_every_report_and_a_baseline_that_holds(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.md").write_text(TEXT.replace("仓库", "菜谱").replace("甲型", "川菜"), encoding="utf-8")
    names = {name: tmp_path / f"report.{name}" for name in ("html", "junit", "ragas", "deepeval", "save-baseline")}
    written = [part for name, path in names.items() for part in (f"--{name}", str(path))]
    shared = ["eval", "--home", str(home), "--gold", gold_file(tmp_path, GOOD)]
    stable = ["--stability", "1", "--distractors", str(tmp_path / "other.md")]
    assert main([*shared, *written, *stable]) == 0
    assert "混入别的课件" in capsys.readouterr().out
    assert all(path.stat().st_size for path in names.values())
    assert main([*shared, "--baseline", str(names["save-baseline"])]) == 0
    shown = capsys.readouterr().out
    assert "与基线相比:没有变化" in shown
    assert "κ = " in shown


def test_the_answers_of_another_system(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"id": "q1", "answer": "甲型离门店远", "citations": [3]}', encoding="utf-8")
    gold = gold_file(tmp_path, GOOD | {"deck": "仓库", "slides": [3]})
    assert main(["eval", "--home", str(home), "--gold", gold, "--answers", str(answers), "--json", "-"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["cases"][0]["faults"] == ["要点说反了(意思相反):离门店近"]


def test_gold_questions_are_checked_drafted_and_mapped(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gold", "draft", "仓库", "--home", str(home), "-o", str(tmp_path / "draft.jsonl")]) == 0
    assert main(["gold", "check", str(tmp_path / "draft.jsonl"), "--home", str(home)]) == 0
    assert capsys.readouterr().out == ""
    wrong = gold_file(tmp_path, GOOD | {"deck": "仓库", "slides": [9]}, "{")
    assert main(["gold", "check", wrong, "--home", str(home)]) == 1
    shown = capsys.readouterr().out
    assert "第 1 行 q1:课件《仓库》没有第 9 页" in shown
    assert "第 2 行:不是 JSON" in shown
    assert main(["gold", "map", "--gold", str(tmp_path / "draft.jsonl"), "--home", str(home), "--json"]) == 0
    assert [cover["missed_facts"] for cover in json.loads(capsys.readouterr().out)] == [[]]
    assert main(["gold", "draft", "--home", str(home)]) == 2
    assert main(["gold", "draft", "没有", "--home", str(home)]) == 2
