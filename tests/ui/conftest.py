"""The page served by a process of its own on loopback, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from ui_samples import SampleLibrary

SERVER = Path(__file__).with_name("sample_server.py")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def start_server(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(SERVER), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def address_of(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), server.communicate(timeout=20)
    return address


@pytest.fixture
def library() -> SampleLibrary:
    return SampleLibrary()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    server = start_server()
    yield address_of(server)
    server.terminate()
    server.communicate(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium on this machine: tests/install_browser.sh installs it")
    if path is None:
        pytest.skip("no Chromium on this machine: tests/install_browser.sh installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
