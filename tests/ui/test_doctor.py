"""The checks that look at the machine; those of a library are in test_cli_library.py."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kejian.ui.commands.checks import (
    Check,
    chroma_server,
    free_disk,
    home_folder,
    language_model,
    nearest_existing,
    packages,
    python_version,
)
from kejian.ui.commands.reading_checks import limits, old_formats, pictures, probed, told
from kejian.ui.settings import Settings


def test_a_line_says_how_to_mend() -> None:
    assert Check("模型", True, "在").line == "✓ 模型:在"
    assert Check("模型", False, "不在", "请重装").line == "✗ 模型:不在;请重装"


def test_this_machine_is_fit() -> None:
    assert python_version().ok
    assert packages().ok
    assert "chromadb" in packages().found


def test_a_missing_package_is_named() -> None:
    check = packages(("rich", "no-such-package"))
    assert (check.ok, check.found) == (False, "缺 no-such-package")
    assert "make install" in check.remedy


def test_the_language_models_key_is_not_shown(tmp_path: Path) -> None:
    settings = Settings(tmp_path, llm_url="http://user:geheim@host:1/v1", llm_model="m", llm_key="geheim")
    assert language_model(settings).found == "m(host,有密钥)"
    assert language_model(Settings(tmp_path)).ok


def test_homes(tmp_path: Path) -> None:
    assert home_folder(Settings(tmp_path)) == Check("资料库文件夹", True, str(tmp_path))
    assert "还没有建立" in home_folder(Settings(tmp_path / "a" / "b")).found
    file = tmp_path / "file"
    file.touch()
    assert not home_folder(Settings(file)).ok
    assert not home_folder(Settings(file / "below")).ok


# root may write anywhere, so that root looks as somebody else
AS_NOBODY = """
import os, sys
from pathlib import Path
from kejian.ui.commands.checks import home_folder
from kejian.ui.settings import Settings
if os.geteuid() == 0:
    os.setuid(65534)
sys.stdout.write(home_folder(Settings(Path(sys.argv[1]))).line)
"""


def test_a_home_that_cannot_be_written() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        command = [sys.executable, "-c", AS_NOBODY, f"{folder}/home"]
        result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        Path(folder).chmod(0o755)
    assert result.stdout.startswith(f"✗ 资料库文件夹:{folder} 没有写权限")


def test_free_disk_is_that_of_the_nearest_folder(tmp_path: Path) -> None:
    assert nearest_existing(tmp_path / "a" / "b") == tmp_path
    assert "GB" in free_disk(Settings(tmp_path / "a" / "b")).found


class Heartbeat(BaseHTTPRequestHandler):
    """Answers like a Chroma server."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/v2/heartbeat" else 404)
        self.end_headers()

    def log_message(self, format: str, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Heartbeat) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_chroma_server_that_answers(server: str) -> None:
    assert chroma_server(server).ok
    assert chroma_server(server + "/").ok
    assert not chroma_server(server + "/elsewhere").ok


def test_a_chroma_server_that_does_not() -> None:
    check = chroma_server("http://127.0.0.1:9")
    assert not check.ok
    assert "KEJIAN_CHROMA_URL" in check.remedy


def test_pictures_are_read_on_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidocr")
    tried = pictures()  # starts a recogniser: seconds
    assert (tried.ok, "试读一张图片正常" in tried.found) == (True, True)
    monkeypatch.setattr("kejian.ingest.recognition.PACKAGES", ("no_such_package",))
    missing = pictures()
    assert (missing.ok, "pip install" in missing.found) == (True, True)
    monkeypatch.undo()
    monkeypatch.setattr("kejian.ingest.recognition_work.MODELS", {"Rec": "none.onnx"})
    assert pictures().line.startswith("✗ 图片文字识别:缺模型 none.onnx;请重新安装")


def test_old_formats_are_converted_or_to_be_saved_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert old_formats().ok
    monkeypatch.setattr("kejian.ingest.conversion.PLACES", ())
    monkeypatch.setenv("PATH", "")
    assert "另存为新格式" in old_formats().found


def test_the_limits_that_hold_here_are_told() -> None:
    assert limits().ok
    if sys.platform == "linux":
        assert "内存不限" not in limits().found
        assert probed()["writing"]
    assert "不限" not in told({"memory": True, "writing": True, "kernel": True})
    bare = told({"memory": False, "writing": False, "kernel": False})
    assert bare.count("不限(本系统不支持)") == 3
    assert "只由 Python 拒绝" in bare
