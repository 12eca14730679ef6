"""The page served by a process of its own on loopback, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_watch import SIZES, Watched, Windows
from playwright.sync_api import Browser, sync_playwright
from ui_samples import SampleLibrary
from ui_server import address_of, start_server

from kejian.index.library import Library, sqlite_url
from kejian.index.records import Records

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SampleLibrary]:
    kept = Library.open(sqlite_url(str(tmp_path / "library.sqlite")))
    yield SampleLibrary(records=Records(kept))
    kept.close()


@pytest.fixture(scope="session")
def studio_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real library with every room; tests remove what they take in."""
    server = start_server(str(tmp_path_factory.mktemp("studio")), program="studio_server.py")
    yield address_of(server)
    server.terminate()
    server.communicate(timeout=60)


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    server = start_server()
    yield address_of(server)
    server.terminate()
    server.communicate(timeout=20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one module: as long as Playwright runs, no other test of this thread may start an event loop."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium on this machine: tests/install_browser.sh installs it")
    if path is None:
        pytest.skip("no Chromium on this machine: tests/install_browser.sh installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def windows(chromium: Browser) -> Windows:
    return Windows(chromium)


@pytest.fixture(params=SIZES)
def watched(request: pytest.FixtureRequest, windows: Windows, site: str) -> Iterator[Watched]:
    with windows.visit(request.param, site) as seen:
        yield seen
