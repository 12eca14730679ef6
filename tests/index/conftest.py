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
from fake_encoder import HashingEncoder

from kejian.index.home import Home

DEPARTMENTS = """# 部门职责

<!-- slide: 3 -->
## 甲类部门

### 收款部
- 职责:负责向客户收款,核对每一笔到账
- 职责:登记发票

### 付款部
- 职责:负责向供应商付款

<!-- slide: 4 -->
## 乙类部门

### 培训部
- 优点:课程安排集中,讲师稳定
- 缺点:离门店太远,反应慢
"""
TRAVEL = """# 差旅制度

<!-- slide: 1 -->
## 报销

- 住宿费每晚不超过五百元
- 机票须提前七天预订

<!-- slide: 2 -->
## 审批

- 出差由部门负责人审批
"""


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
