"""Stopped in the middle of a file, by Ctrl-C or for good: the library is as it was before that file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

INGEST = """
import sys
from fake_encoder import HashingEncoder
from kejian.index.home import Home
with Home.open(sys.argv[1], encoder=HashingEncoder) as home:
    home.ingest(sys.argv[2:])
"""


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(child) for child in found.split()]


def is_alive(process: int) -> bool:
    status = Path(f"/proc/{process}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for children in /proc")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_the_library_is_as_before_the_file(how, home, files, tmp_path):
    home.ingest([files / "travel.md"])
    before, generations = home.decks(), sorted(os.listdir(home.path / "index"))
    endless = tmp_path / "endless.md"
    endless.write_text("[" * 3_000_000, "ascii")  # keeps its reader busy for minutes
    command = [sys.executable, "-c", INGEST, str(home.path), str(files / "departments.md"), str(endless)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent) as running:
        deadline = time.monotonic() + 60
        while len(home.decks()) == len(before) and time.monotonic() < deadline:
            time.sleep(0.05)
        (reader,) = children(running.pid)
        assert is_alive(reader)
        running.send_signal(how)
        assert running.wait(20) != 0
    for _ in range(100):
        if not is_alive(reader):
            break
        time.sleep(0.05)
    assert not is_alive(reader)
    assert [deck.title for deck in home.decks()] == ["差旅制度", "部门职责"]
    assert sorted(os.listdir(home.path / "index")) == generations
    assert home.ingest([files]).refused == ()
    assert len(home.snapshot().decks) == 2
