"""``kejian serve`` as a program: it answers over HTTP, follows the library, and ends quietly."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from kejian.assistant.answer import answer_schema

DECK = "# 请假制度\n\n## 年假\n\n- 满一年的员工每年有五天年假\n\n## 病假\n\n- 病假要有医院证明\n"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


def kejian(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "kejian.ui.cli", *arguments]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A server on an empty library."""
    command = kejian("serve", "--port", "0", "--home", str(tmp_path / "home"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_it_serves_follows_the_library_and_ends_quietly(server: subprocess.Popen[str], tmp_path: Path) -> None:
    assert server.stderr is not None
    assert server.stdout is not None
    assert "是空的" in server.stderr.readline()
    found = ADDRESS.search(server.stderr.readline())
    assert found is not None
    with httpx.Client(base_url=found[0], timeout=60) as client:
        assert client.get("/healthz").status_code == 200
        deck = tmp_path / "请假.md"
        deck.write_text(DECK, encoding="utf-8")
        ingest = kejian("ingest", str(deck), "--home", str(tmp_path / "home"))
        subprocess.run(ingest, check=True, capture_output=True, timeout=120)
        answer = client.post("/api/ask", json={"question": "年假有几天?"}).json()
        Draft202012Validator(answer_schema()).validate(answer)
        assert "五天" in answer["answer"]
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=30) == 0
    assert (server.stdout.read(), server.stderr.read()) == ("", "")
