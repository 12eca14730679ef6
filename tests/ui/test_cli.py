"""The command line as a program: help, errors, exit codes and streams, in real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kejian.corpus.errors import RefusedFile, SetupError
from kejian.ui import cli
from kejian.ui.commands import ask
from kejian.ui.commands.parser import translated

HEAVY = (
    "torch",
    "numpy",
    "transformers",
    "sentence_transformers",
    "chromadb",
    "gradio",
    "llama_index",
    "onnxruntime",
    "bm25s",
    "jieba",
    "pptx",
    "sqlalchemy",
    "yaml",
    "rich",
    "httpx",
)
COMMANDS = ("ingest", "ask", "search", "serve", "eval", "decks", "remove", "doctor", "trace")


def kejian(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("KEJIAN_")}
    environ |= options.pop("environ", {})  # type: ignore[arg-type]
    command = [sys.executable, "-m", "kejian.ui.cli", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


def test_help_imports_nothing_heavy_and_is_quick() -> None:
    code = (
        "import sys, time; started = time.process_time(); from kejian.ui.cli import main; code = main(['--help']);"
        "print(code, time.process_time() - started, *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3)]
    results = [run.stdout.splitlines()[-1].split() for run in runs]
    assert {result[0] for result in results} == {"0"}
    assert set(HEAVY) & set(results[0][2:]) == set()
    assert min(float(result[1]) for result in results) < 0.2


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("用法:kejian")
    assert shown.err == ""
    english = ("usage", "options", "optional", "positional", "show this", "default")
    assert [word for word in english if word in shown.out] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kejian ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请给出命令"),
        (["aks"], "没有 aks 这个命令"),
        (["ask"], "问题是空的"),
        (["ask", "  "], "问题是空的"),
        (["ask", "长" * 501], "501 个字,最多 500 个字"),
        (["ask", "长" * 10_000], "最多 500 个字"),
        (["ask", "那缺点呢", "--turn", ""], "之前的问题第 1 个问题是空的"),
        (["ask", "x", "--batch", "f"], "--batch 与问题"),
        (["ask", "--batch", "没有.jsonl"], "没有这个文件"),
        (["ask", "--jsn", "x"], "不认识的参数 --jsn"),
        (["ask", "--home"], "--home 后面要有一个值"),
        (["ask", "x", "--home", ""], "--home 后面是空的"),
        (["search"], "要找的词是空的"),
        (["search", "x", "-k", "0"], "-k 要写 1 到 1000 的整数"),
        (["search", "x", "-k", "三"], "而不是 三"),
        (["serve", "--port", "99999"], "--port 要写 0 到 65535 的整数"),
        (["ingest"], "没有说要收入什么"),
        (["remove"], "还缺 课件"),
        (["trace"], "还缺 编号"),
        (["eval", "--queries", "3"], "--queries 只与 --beir 同用"),
        (["eval", "--beir", "x", "--html", "y"], "--beir 不能与"),
    ],
)
def test_wrong_usage_is_one_chinese_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("错误:")
    assert shown.err.count("\n") == 1
    assert said in shown.err


def test_an_unknown_setting_stops_every_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEJIAN_MODEL", "x")
    assert cli.main(["decks"]) == 2
    assert "不认识的环境变量 KEJIAN_MODEL" in capsys.readouterr().err


Failure = Callable[[BaseException], None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failure:
    """Make ``kejian ask`` fail in a given way."""

    def fail_with(error: BaseException) -> None:
        def run(*_: object) -> int:
            raise error

        monkeypatch.setattr(ask, "run", run)

    return fail_with


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SetupError("资料库\n坏了"), 2, "错误:资料库 坏了\n"),
        (RefusedFile("不收"), 1, "错误:不收\n"),
        (KeyboardInterrupt(), 130, "已中断\n"),
        (PermissionError(13, "Permission denied", "/x"), 2, "错误:没有权限,请检查文件或文件夹的权限:/x\n"),
        (OSError(28, "No space left on device"), 2, "错误:磁盘已满,请腾出空间后再试\n"),
        (ZeroDivisionError("x"), 2, "错误:程序内部出错(ZeroDivisionError),这是程序的缺陷"),
    ],
)
def test_failures(
    error: BaseException, code: int, said: str, failing: Failure, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(error)
    assert cli.main(["ask", "x"]) == code
    shown = capsys.readouterr()
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == 1


def test_a_traceback_is_shown_on_demand_only(failing: Failure, capsys: pytest.CaptureFixture[str]) -> None:
    failing(ZeroDivisionError("x"))
    assert cli.main(["ask", "x", "--traceback"]) == 2
    assert "Traceback" in capsys.readouterr().err


def test_output_is_utf8_whatever_the_locale() -> None:
    for environ in ({"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        assert "用法".encode() in kejian("--help", environ=environ).stdout
        assert "问题".encode() in kejian("ask", "", environ=environ).stderr


def test_a_question_is_read_as_utf8_whatever_the_locale() -> None:
    environ = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert "有 501 个字".encode() in kejian("ask", "长" * 501, environ=environ).stderr


def test_bytes_that_are_no_text_are_refused() -> None:
    result = kejian("ask", os.fsdecode(b"\xff\xfe"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert "不是 UTF-8".encode() in result.stderr


def test_a_broken_pipe_is_quiet() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "kejian.ui.cli", "--help"]
    result = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write_end)
    assert (result.returncode, result.stderr) == (cli.NO_READER, b"")


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "kejian.ui.cli", "--help"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert result.returncode == 2
    assert result.stderr.decode() == "错误:磁盘已满,请腾出空间后再试\n"


@pytest.mark.parametrize(
    ("redirection", "code", "said"),
    [
        (">&-", 0, ""),
        ("2>&-", 0, ""),
        (">&- 2>&-", 0, ""),
        ("<&-", 2, "错误:标准输入是关着的;请从文件或管道送入问题\n"),
    ],
)
def test_closed_streams(redirection: str, code: int, said: str) -> None:
    arguments = "ask --batch -" if code else "--help"
    command = f"exec '{sys.executable}' -m kejian.ui.cli {arguments} {redirection}"
    result = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, result.stderr) == (code, said)


def test_interruption_is_one_line() -> None:
    command = [sys.executable, "-m", "kejian.ui.cli", "ask", "--batch", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read().decode()
        assert process.wait(timeout=30) == 130
    assert said == "已中断\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_home_goes_before_or_after_the_command(command: str) -> None:
    needed = {"remove": ["x"], "trace": ["x"]}.get(command, [])
    parser = cli.build_parser()
    for arguments in (["--home", "h", command, *needed], [command, *needed, "--home", "h"]):
        assert parser.parse_args(arguments).home == "h"
    assert parser.parse_args([command, *needed]).home is None
    assert parser.parse_args(["--home", "h", command, *needed, "--home", "i"]).home == "i"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("argument 命令: invalid choice: 'x' (choose from 'ask', 'eval')", "没有 x 这个命令"),
        ("argument command: invalid choice: 'x' (choose from ask, eval)", "没有 x 这个命令"),
        ("argument --json: ignored explicit argument 'x'", "--json 后面不能带值 'x'"),
        ("something new", "命令写得不对:something new"),
    ],
)
def test_words_of_argparse(english: str, chinese: str) -> None:
    assert translated(english) == chinese
