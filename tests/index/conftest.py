"""Homes of small decks, with the hashing encoder."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from deck_texts import DEPARTMENTS, TRAVEL
from fake_encoder import HashingEncoder

from kejian.index.home import Home


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "departments.md").write_text(DEPARTMENTS, encoding="utf-8")
    (folder / "travel.md").write_text(TRAVEL, encoding="utf-8")
    return folder


@pytest.fixture
def encoder():
    return HashingEncoder()


@pytest.fixture
def messages():
    return []


@pytest.fixture
def open_home(tmp_path, encoder, messages):
    """Opens homes, by default always the same one, and closes them at the end."""
    opened = []

    def open_one(path=tmp_path / "home", **settings):
        settings = {"encoder": lambda: encoder, "on_message": messages.append, **settings}
        opened.append(Home.open(path, **settings))
        return opened[-1]

    yield open_one
    for home in opened:
        home.close()


@pytest.fixture
def home(open_home):
    return open_home()


class ChromaServer:
    """A real ``chroma run`` on loopback, which can be stopped and started again."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.running = None

    def start(self):
        where = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        command = [str(Path(sys.executable).with_name("chroma")), "run", *where]
        self.running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(300):
            try:
                return urlopen(f"{self.url}/api/v2/heartbeat", timeout=5).close()
            except URLError:
                time.sleep(0.1)
        raise TimeoutError(self.url)

    def stop(self):
        self.running.terminate()
        self.running.wait()


@pytest.fixture
def chroma_server(tmp_path):
    server = ChromaServer(tmp_path / "server")
    server.start()
    yield server
    server.stop()
