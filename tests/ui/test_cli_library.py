"""The command line on a real library: bundled deck, bundled model, every command."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from jsonschema import Draft202012Validator
from ui_samples import listing

from kejian.assistant.answer import answer_schema
from kejian.corpus.gold_questions import bundled_gold
from kejian.index import encoder
from kejian.index.encoder import open_encoder
from kejian.index.home import Home
from kejian.index.records import Place
from kejian.ui import cli
from kejian.ui.commands.library_checks import counts

QUESTION = "前后端型有哪些优点?"
PNG = b"\x89PNG\r\n"
HIT = {"deck", "deck_title", "slide", "text", "score", "dense_rank", "lexical_rank"}
FILE = {"path", "deck", "slides", "blocks", "facts", "passages", "added", "unchanged", "removed", "seconds", "warnings"}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module", autouse=True)
def model_loaded_once() -> Iterator[None]:
    """A command loads the model anew each time, as a process must; the tests of this file share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "open_encoder", cache(encoder.open_encoder))
        yield


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the bundled deck. Tests that use it leave it as it is."""
    home = tmp_path_factory.mktemp("library")
    assert cli.main(["ingest", "--bundled", "--home", str(home)]) == 0
    return home


@pytest.fixture
def kejian(library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line on the library; (exit code, standard output, standard error)."""

    def run(*arguments: str, home: Path = library) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main(["--home", str(home), *arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_ask_as_text(kejian: Run) -> None:
    code, out, err = kejian("ask", QUESTION)
    assert (code, err) == (0, "")
    assert "[1]" in out.split("来源:")[0]
    assert "第 16 页" in out.split("来源:")[1]


def test_ask_as_json_fits_the_schema(kejian: Run) -> None:
    code, out, _ = kejian("ask", QUESTION, "--json")
    answer = json.loads(out)
    Draft202012Validator(answer_schema()).validate(answer)
    assert (code, answer["kind"], out.count("\n")) == (0, "list", 1)


def test_a_follow_up_says_what_it_was_taken_to_mean(kejian: Run) -> None:
    code, out, _ = kejian("ask", "那它的缺点呢", "--turn", QUESTION)
    assert code == 0
    assert out.startswith("理解为:")
    assert "前后端型" in out.splitlines()[0]


def test_ask_explains_how_the_answer_came_about(kejian: Run) -> None:
    _, known, _ = kejian("ask", "--explain", "前后端型的缺点")
    assert "来龙去脉" in known
    assert "对象:前后端型;方面:缺点" in known
    _, unknown, _ = kejian("ask", "--explain", "总公司的办公楼在哪条街上")
    assert "够回答的概率" in unknown
    assert "走的路:拒答" in unknown


def test_ask_explains_in_json(kejian: Run) -> None:
    _, out, _ = kejian("ask", "--explain", "--json", "前后端型的缺点")
    answer = json.loads(out)
    assert answer["explain"]["id"] == answer["trace"]
    assert answer["explain"]["subjects"] == ["前后端型"]


def test_a_refusal_points_to_the_nearest_slides(kejian: Run) -> None:
    code, out, _ = kejian("ask", "大客户部有多少人?")
    assert code == 0
    assert "来源:" not in out
    assert "最接近的内容:" in out


def batch(*lines: dict[str, Any] | str) -> str:
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    return "\n".join(texts) + "\n"


def test_a_batch_is_answered_in_order(kejian: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    lines = batch(
        {"id": "b", "question": QUESTION},
        "",
        {"id": "a", "question": "那它的缺点呢", "turns": [QUESTION]},
        {"question": "红烧肉怎么做"},
        {"id": 7, "question": QUESTION},
    )
    file.write_text("\ufeff" + lines, encoding="utf-8")
    code, out, err = kejian("ask", "--batch", str(file), "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [answer["id"] for answer in answers] == ["b", "a", "4", "7"]
    assert [answer["kind"] for answer in answers] == ["list", "list", "refusal", "list"]
    for answer in answers:
        Draft202012Validator(answer_schema()).validate(answer)


def test_a_batch_from_standard_input(kejian: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = batch({"id": "x", "question": QUESTION})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    code, out, _ = kejian("ask", "--batch", "-")
    assert (code, json.loads(out)["id"]) == (0, "x")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "不是 JSON"),
        ("[]", "不是 JSON 对象"),
        ({"id": "x"}, "没有 question"),
        ({"question": 3}, "没有 question"),
        ({"question": " "}, "是空的"),
        ({"question": "长" * 501}, "最多 500 个字"),
        ({"question": "x", "id": ["x"]}, "id 不是文字"),
        ({"question": "x", "turns": "y"}, "turns 不是列表"),
        ({"question": "x", "turns": [1]}, "turns第 1 个不是文字"),
        ({"question": "x", "turns": ["y"] * 21}, "最多 20 个"),
        ('{"question": "\\ud800"}', "不是 UTF-8"),
        ("[" * 100_000, "不是 JSON"),
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_bad_line_stops_the_batch_before_anything_is_answered(
    command: str, line: dict[str, Any] | str, said: str, kejian: Run, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(batch({"question": QUESTION}, line), encoding="utf-8")
    code, out, err = kejian(command, "--batch", str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "第 2 行" in err
    assert said in err


def test_a_batch_that_is_no_text(kejian: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(batch({"question": QUESTION}).encode() + "前后端型".encode("gbk"))
    code, out, err = kejian("ask", "--batch", str(file))
    assert (code, out) == (2, "")
    assert "第 2 行不是 UTF-8" in err


def test_search(kejian: Run) -> None:
    code, out, _ = kejian("search", "前后端型", "的", "优点", "-k", "3", "--json")
    hits = json.loads(out)
    assert (code, len(hits)) == (0, 3)
    assert all(set(hit) == HIT for hit in hits)
    assert hits[0]["slide"] == 16
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert kejian("search", "前后端型")[1].startswith("1. 《")


def test_search_in_batch(kejian: Run, tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text(batch({"id": "a", "question": "呼叫中心"}, {"id": "b", "question": "大客户部"}), encoding="utf-8")
    code, out, _ = kejian("search", "--batch", str(file), "-k", "2", "--json")
    results = [json.loads(line) for line in out.splitlines()]
    assert (code, [result["id"] for result in results]) == (0, ["a", "b"])
    assert all(len(result["hits"]) == 2 for result in results)


def test_decks(kejian: Run) -> None:
    code, out, _ = kejian("decks", "--json")
    (deck,) = json.loads(out)
    assert (code, deck["slides"]) == (0, 5)
    assert deck["title"] in kejian("decks")[1]


def test_decks_down_to_a_slide(kejian: Run, tmp_path: Path) -> None:
    (deck,) = json.loads(kejian("decks", "--json")[1])
    slides = json.loads(kejian("decks", deck["id"], "--json")[1])["slides"]
    assert [slide["number"] for slide in slides] == [16, 17, 18, 19, 20]
    assert sum(slide["facts"] for slide in slides) == deck["facts"]
    assert "第 16 页" in kejian("decks", deck["title"])[1]
    drawn, picture = tmp_path / "页.svg", tmp_path / "页.png"
    files = ("--svg", str(drawn), "--png", str(picture))
    slide = json.loads(kejian("decks", deck["id"], "--slide", "18", "--json", *files)[1])
    assert picture.read_bytes().startswith(PNG)
    assert (slide["number"], len(slide["facts"])) == (18, slides[2]["facts"])
    assert all(slide["source"][fact["start"] : fact["end"]] == fact["text"] for fact in slide["facts"])
    assert "大客户部" in "".join(ElementTree.parse(drawn).getroot().itertext())
    shown = kejian("decks", deck["id"], "--slide", "18")[1]
    assert "事实 大客户部 · 职责" in shown
    assert "上下级 营销中心 → 大客户部\n" in shown
    for wrong in (["--slide", "99"], ["--svg", str(tmp_path / "b.svg")], ["--png", str(tmp_path / "b.png")]):
        assert kejian("decks", deck["id"], *wrong)[0] == 2


def test_compare(kejian: Run, tmp_path: Path) -> None:
    groups = json.loads(kejian("compare", "--json")[1])["groups"]
    names = groups[0]["subjects"]
    assert "、".join(names) in kejian("compare")[1]
    book, drawn, picture = tmp_path / "表.xlsx", tmp_path / "图.svg", tmp_path / "图.png"
    files = ("--xlsx", str(book), "--svg", str(drawn), "--png", str(picture))
    code, out, err = kejian("compare", *names, "--aspect", "优点", "--json", *files)
    answer = json.loads(out)
    Draft202012Validator(answer_schema()).validate(answer)
    assert (code, err, answer["matrix"]["subjects"]) == (0, "", names)
    assert kejian("trace", answer["trace"])[0] == 0
    sheet = openpyxl.load_workbook(book)["对比"]
    assert [cell.value for cell in sheet[1]] == ["方面", *names]
    assert sheet["B2"].value.count("[") == len(answer["matrix"]["rows"][0]["cells"][0]["citations"])
    assert ElementTree.parse(drawn).getroot().tag.endswith("svg")
    assert picture.read_bytes().startswith(PNG)
    assert kejian("compare", *names, *files)[0] == 2  # nothing is written over


def test_compare_says_what_is_wrong(kejian: Run, tmp_path: Path) -> None:
    for wrong, said in (
        (["前后端型"], "现在是 1 个"),
        (["前后端型", "没有型"], "没有型"),
        (["--aspect", "优点"], "没有写要比较的对象"),
    ):
        code, out, err = kejian("compare", *wrong)
        assert (code, out, err.count("\n"), said in err) == (2, "", 1, True)
    code, out, _ = kejian("compare", "前后端型", "产品主导型", "--aspect", "职责")
    assert (code, "材料没有写前后端型、产品主导型的职责" in out) == (1, True)


def test_structures(kejian: Run, tmp_path: Path) -> None:
    listed = json.loads(kejian("structures", "--json")[1])
    chart = next(chart for chart in listed if chart["name"] == "本地网的组织架构")
    drawn, picture = tmp_path / "图.svg", tmp_path / "图.png"
    files = ("--svg", str(drawn), "--png", str(picture))
    answer = json.loads(kejian("structures", chart["id"], "--json", *files)[1])
    Draft202012Validator(answer_schema()).validate(answer)
    assert answer["structure"]["name"] == chart["root"]
    assert "大客户部" in "".join(ElementTree.parse(drawn).getroot().itertext())
    assert picture.read_bytes().startswith(PNG)
    assert chart["id"] in kejian("structures")[1]
    code, out, _ = kejian("structures", "--unit", "大客户部")
    assert code == 0
    assert [title in out for title in ("**上级**", "**下级**", "**职责（5 项）**", "**设计原理")] == [True] * 4
    for wrong in (
        ["没有"],
        ["--unit", "没有"],
        ["--svg", str(tmp_path / "b.svg")],
        ["--png", str(tmp_path / "b.png")],
        [chart["id"], "--unit", "大客户部"],
    ):
        code, out, err = kejian("structures", *wrong)
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_search_explains_each_hit(kejian: Run) -> None:
    code, out, _ = kejian("search", "总公司的办公楼在哪条街上", "--explain", "-k", "3", "--json")
    found = json.loads(out)
    assert (code, len(found["hits"]), found["answer"]["kind"]) == (0, 3, "refusal")
    for hit in found["hits"]:
        assert hit["score"] == pytest.approx(sum(hit["parts"].values()), abs=0.001)
        assert f"低于门槛 {found['threshold']}" in hit["outcome"]
    text = kejian("search", "前后端型的优点", "--explain", "-k", "2")[1]
    assert "走的路:" in text
    assert "已引用:[1]" in text
    assert kejian("search", "--explain", "--batch", "-")[0] == 2


def test_a_trace_can_be_read_again(kejian: Run) -> None:
    answer = json.loads(kejian("ask", QUESTION, "--json")[1])
    code, out, _ = kejian("trace", answer["trace"])
    assert (code, json.loads(out)["question"]) == (0, QUESTION)
    code, out, err = kejian("trace", "nothing")
    assert (code, out) == (2, "")
    assert "nothing" in err


def test_ingesting_again_changes_nothing(kejian: Run) -> None:
    code, out, _ = kejian("ingest", "--bundled", "--json")
    report = json.loads(out)
    (file,) = report["files"]
    assert code == 0
    assert set(file) >= FILE
    assert (file["added"], file["unchanged"], file["removed"], file["error"]) == (0, 5, 0, None)
    assert report["totals"]["files"] == 1


def test_a_refused_file_does_not_stop_the_others(kejian: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "好.md", tmp_path / "坏.pptx"
    good.write_text("# 请假制度\n\n## 年假\n\n- 满一年的员工每年有五天年假\n", encoding="utf-8")
    bad.write_bytes(b"not a zip")
    home = tmp_path / "home"
    code, out, err = kejian("ingest", str(bad), str(good), "--json", home=home)
    files = json.loads(out)["files"]
    assert (code, [file["error"] is None for file in files]) == (1, [False, True])
    assert "坏.pptx" in err
    assert kejian("ask", "年假有几天", home=home)[0] == 0
    code, _, err = kejian("remove", "请假制度", home=home)
    assert (code, "已移除" in err) == (0, True)
    assert kejian("remove", "请假制度", home=home)[0] == 2


def test_missing_and_unsupported_files(kejian: Run, tmp_path: Path) -> None:
    odd = tmp_path / "x.exe"
    odd.touch()
    for path in (tmp_path / "没有.md", odd):
        code, _, err = kejian("ingest", str(path), home=tmp_path / "home")
        assert (code, path.name in err) == (1, True)


@pytest.mark.parametrize("command", [["ask", QUESTION], ["search", "x"], ["eval"]])
def test_an_empty_library_says_how_to_fill_it(command: list[str], kejian: Run, tmp_path: Path) -> None:
    code, out, err = kejian(*command, home=tmp_path / "empty")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "kejian ingest" in err


def test_a_home_that_cannot_be_made(kejian: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    code, out, err = kejian("decks", home=file / "home")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "--home" in err


AS_NOBODY = """
import os, sys, kejian.index.encoder, kejian.index.home
from kejian.ui.cli import main
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""


def test_a_home_that_cannot_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        # root may write anywhere, so that root asks as somebody else
        command = [sys.executable, "-c", AS_NOBODY, "decks", "--home", f"{folder}/home"]
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        Path(folder).chmod(0o755)
    assert (result.returncode, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert f"{folder}/home" in result.stderr
    assert "权限" in result.stderr


def test_a_broken_pipe_in_the_middle_is_quiet(library: Path) -> None:
    asking = [sys.executable, "-m", "kejian.ui.cli", "ask", "--batch", "-", "--home", str(library)]
    questions = batch(*({"question": QUESTION} for _ in range(400)))
    pipe = subprocess.Popen(asking, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert pipe.stdin is not None
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    with pipe:
        pipe.stdin.write(questions)
        pipe.stdin.close()
        assert json.loads(pipe.stdout.readline())["kind"] == "list"
        pipe.stdout.close()
        said = pipe.stderr.read()
        assert (pipe.wait(timeout=60), said) == (cli.NO_READER, "")


def test_doctor_on_a_sound_library(kejian: Run) -> None:
    code, out, _ = kejian("doctor")
    assert (code, "✗" in out) == (0, False)
    names = [check["name"] for check in json.loads(kejian("doctor", "--json")[1])]
    expected = ["Python", "向量模型", "资料库", "索引", "索引与模型", "检索", "磁盘空间", "写入锁"]
    assert [name for name in expected if name not in names] == []


def test_doctor_counts_passages_that_the_graph_does_not_lead_to(library: Path) -> None:
    with Home.open(library, encoder=lambda: open_encoder(None)) as home:
        snapshot = home.snapshot()
        passages = sum(deck.passages for deck in home.decks())
        assert "近邻图" not in counts(snapshot, 1, passages).line
        assert snapshot.search is not None
        generation = snapshot.search.generation
        generation.manifest = replace(generation.manifest, apart=(2, 5))
        check = counts(snapshot, 1, passages)
    assert check.ok
    assert "其中 2 个近邻图找不到,改为逐一比较" in check.line


def test_doctor_before_there_is_a_library(kejian: Run, tmp_path: Path) -> None:
    code, out, _ = kejian("doctor", home=tmp_path / "new")
    assert (code, "kejian ingest" in out, (tmp_path / "new").exists()) == (0, True, False)


def test_doctor_names_a_model_that_is_not_there(kejian: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEJIAN_EMBEDDING_MODEL", str(tmp_path / "model"))
    code, out, _ = kejian("doctor")
    assert code == 1
    (fault,) = [line for line in out.splitlines() if line.startswith("✗")]
    assert "KEJIAN_EMBEDDING_MODEL" in fault


ASKED = '"id": "a", "slice": "s", "question": "q"'


def gold_file(path: Path, ids: int) -> Path:
    questions = [q for q in bundled_gold() if q.slice == "优点"][:ids]
    keys = ("id", "slice", "question", "expect", "points", "slides", "deck")
    lines = [json.dumps({key: getattr(q, key) for key in keys}, ensure_ascii=False) for q in questions]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_eval_reports_compares_and_saves(kejian: Run, tmp_path: Path) -> None:
    gold, result, page = gold_file(tmp_path / "gold.jsonl", 3), tmp_path / "result.json", tmp_path / "page.html"
    code, out, err = kejian("eval", "--gold", str(gold), "--json", str(result), "--html", str(page))
    assert (code, err) == (0, "")
    assert "优点" in out
    assert "全部达标" in out
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    first = json.loads(result.read_text(encoding="utf-8"))
    code, out, _ = kejian("eval", "--gold", str(gold), "--json", "-", "--baseline", str(result))
    second = json.loads(out)
    assert (code, first.pop("run").keys()) == (0, second.pop("run").keys())
    assert first == second
    assert "没有变化" in kejian("eval", "--gold", str(gold), "--baseline", str(result))[1]


def test_eval_says_no_with_exit_code_one(kejian: Run, tmp_path: Path) -> None:
    gold = gold_file(tmp_path / "gold.jsonl", 1)
    wanted = json.loads(gold.read_text(encoding="utf-8")) | {"points": [["绝不会说的话"]]}
    gold.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
    code, out, _ = kejian("eval", "--gold", str(gold))
    assert code == 1
    assert "缺要点:绝不会说的话" in out
    assert "没达标:要点覆盖率" in out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "没有一个问题"),
        ("{", "第 1 行"),
        (f'{{{ASKED}, "expect": "maybe"}}', "第 1 行"),
        (f'{{{ASKED}, "expect": "answer", "points": [["p"]], "slides": [1], "deck": "别的"}}', "《别的》"),
    ],
)
def test_eval_that_cannot_run(content: str, said: str, kejian: Run, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(content, encoding="utf-8")
    code, out, err = kejian("eval", "--gold", str(gold))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_eval_of_one_id_twice(kejian: Run, tmp_path: Path) -> None:
    gold = str(gold_file(tmp_path / "gold.jsonl", 1))
    code, _, err = kejian("eval", "--gold", gold, "--gold", gold)
    assert (code, "两个 id" in err) == (2, True)


def test_eval_into_a_folder_that_is_not_there(kejian: Run, tmp_path: Path) -> None:
    gold = gold_file(tmp_path / "gold.jsonl", 1)
    code, _, err = kejian("eval", "--gold", str(gold), "--json", str(tmp_path / "no" / "result.json"))
    assert (code, "写不进去" in err) == (2, True)


def test_eval_of_retrieval_on_a_beir_data_set(kejian: Run, tmp_path: Path) -> None:
    texts = {"a": "年假每年五天", "b": "病假要有医院证明", "c": "加班按规定调休"}
    documents = ({"_id": id, "title": "", "text": text} for id, text in texts.items())
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text(batch(*documents), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(batch({"_id": "q", "text": "病假需要什么"}), encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n", encoding="utf-8")
    result = tmp_path / "result.json"
    code, out, _ = kejian("eval", "--beir", str(tmp_path), "--queries", "1", "--json", str(result))
    scores = json.loads(out)
    assert (code, scores["fused"]["hit@1"]) == (0, 1.0)
    assert {"fused", "dense", "lexical", "passages_per_s", "queries_per_s"} <= set(scores)
    assert json.loads(result.read_text(encoding="utf-8")) == scores
    code, out, err = kejian("eval", "--beir", str(tmp_path / "no"))
    assert (code, out, "corpus.jsonl" in err) == (2, "", True)


def test_feedback_and_conversations_of_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    with Home.open(home, encoder=lambda: open_encoder(None)) as opened:
        answer = {"resolved": "q", "answer": "=1+1", "citations": [], "trace": "t"}
        asked = listing("=HYPERLINK(1) 谁付款?").to_json() | answer
        opened.records.keep(Place("a" * 32, "c1", "t1"), "=HYPERLINK(1) 谁付款?", asked)
        opened.records.give("a" * 32, "t1", False, ["过时"], "应是财务部")

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(["--home", str(home), *arguments]) == 0
        return capsys.readouterr().out

    assert "没帮助(过时)  =HYPERLINK(1) 谁付款? 说明:应是财务部" in run("feedback")
    assert run("feedback", "--helpful") == ""
    assert json.loads(run("feedback", "--unhelpful", "--json"))[0]["answer"]["answer"] == "=1+1"
    (_, row) = csv.reader(io.StringIO(run("feedback", "--csv")))
    assert row[4:7] == ["'=HYPERLINK(1) 谁付款?", "q", "'=1+1"]
    assert "c1" in run("conversations", "--find", "付款")
    assert run("conversations", "--find", "没有的词") == ""
    assert "## 1\\. \\=HYPERLINK" in run("conversations", "c1")
    run("conversations", "c1", "-o", str(tmp_path / "对话.docx"))
    assert "谁付款" in docx.Document(str(tmp_path / "对话.docx")).paragraphs[0].text
    run("conversations", "c1", "--delete")
    assert run("conversations") == ""
    assert len(json.loads(run("feedback", "--json"))) == 1
