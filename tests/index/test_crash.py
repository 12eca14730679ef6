"""Killed at any moment, a home opens again: nothing committed is lost, and no half generation is served."""

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from fake_encoder import HashingEncoder

from kejian.index.home import Home

WORKER = Path(__file__).with_name("crash_worker.py")
FILES = 20
LONGEST_RUN = 2.0  # seconds


@pytest.fixture
def decks(tmp_path):
    folder = tmp_path / "decks"
    folder.mkdir()
    for number in range(FILES):
        lines = "\n".join(f"- 第{number}册第{line}条:负责{number * line}号仓库" for line in range(30))
        (folder / f"{number:02}.md").write_text(f"---\ntitle: 第{number}册\n---\n\n## 职责\n\n{lines}\n", "utf-8")
    return folder


def run_and_kill(home, decks, seconds):
    """The titles that the worker had reported when it was killed."""
    command = [sys.executable, str(WORKER), str(home), str(decks)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stdout.readline() == "ready\n", worker.stderr.read()
        time.sleep(seconds)
        worker.kill()
        return worker.stdout.read().split("\n")[:-1]


def check(path, titles, messages):
    encoder = HashingEncoder()
    with closing(Home.open(path, encoder=lambda: encoder, on_message=messages.append)) as home:
        snapshot = home.snapshot()
        assert {deck.title for deck in snapshot.decks} == {deck.title for deck in home.decks()}
        assert titles <= {deck.title for deck in snapshot.decks}
        assert not encoder.embedded
        for title in titles:
            best = snapshot.search.search(f"{title}第7条", 1)[0]
            assert best.text.startswith(f"{title}第")
    generations = [folder for folder in (path / "index").glob("gen-*") if (folder / "MANIFEST.json").exists()]
    assert len(generations) <= 3


def survive(path, decks, rounds):
    chance, titles, messages = random.Random(rounds), set(), []
    for _ in range(rounds):
        titles |= set(run_and_kill(path, decks, chance.uniform(0.0, LONGEST_RUN)))
        check(path, titles, messages)
    with closing(Home.open(path, encoder=HashingEncoder)) as home:
        assert all(report.error is None for report in home.ingest([decks]).files)
        assert len(home.snapshot().decks) == FILES
    return messages


def test_five_kills(tmp_path, decks):
    survive(tmp_path / "home", decks, 5)


@pytest.mark.slow
def test_fifty_kills(tmp_path, decks):
    messages = [message for run in range(5) for message in survive(tmp_path / f"home{run}", decks, 10)]
    assert any("上次写入中断" in message for message in messages)
