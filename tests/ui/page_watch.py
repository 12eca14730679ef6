"""A page in a real browser that remembers what went wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

SIZES = {"desktop": (1280, 860), "phone": (390, 844)}


@dataclass
class Watched:
    """A page that remembers what went wrong in it and where it went."""

    page: Page
    faults: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self._failed(request.url, request.failure or ""))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("dialog", lambda dialog: (self.faults.append("dialog"), dialog.dismiss()))

    def _failed(self, url: str, why: str) -> None:
        if "ERR_ABORTED" not in why:  # streams the page itself has ended
            self.faults.append(f"{why} {url}")

    def ask(self, question: str) -> Locator:
        """Ask, wait for the end of the answer, give its turn."""
        self.page.fill("#kj-box textarea", question)
        self.page.press("#kj-box textarea", "Enter")
        return self.answered(question)

    def answered(self, question: str) -> Locator:
        turn = self.page.locator(".kj-turn").last
        expect(turn.locator(".kj-question")).to_have_text(question, timeout=20_000)
        expect(turn).to_have_attribute("aria-busy", "false", timeout=20_000)
        return turn

    @property
    def is_phone(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] < 960

    def expect_lit(self, quote: str) -> None:
        """The slide is open with just this passage marked in its source."""
        expect(self.panel.locator(".kj-current.on .kj-quote")).to_have_text(quote)
        assert "".join(self.panel.locator(".kj-plain mark.on").all_text_contents()) == quote

    @property
    def panel(self) -> Locator:
        return self.page.locator("#kj-panel .kj-panel")


class Windows:
    """A window of each size for the tests of a module, each of which finds it as new.

    To compile the scripts of the page takes seconds in a new window and next to nothing in one that had it before.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._opened: dict[str, Watched] = {}

    @contextmanager
    def visit(self, size: str, site: str, scheme: Literal["light", "dark"] = "light") -> Iterator[Watched]:
        """The page of ``site`` as at a first visit; in the end nothing may have gone wrong or beyond the site."""
        seen = self._window(size)
        try:
            seen.page.emulate_media(color_scheme=scheme)
            seen.page.goto(site)
            expect(seen.page.locator(".kj-welcome")).to_be_visible(timeout=30_000)
            yield seen
            faults, hosts = list(seen.faults), set(seen.hosts)  # without what leaving the page breaks off
        finally:
            self._clear(seen)
        assert faults == [], faults
        assert {host for host in hosts if host} == {urlsplit(site).netloc}, hosts

    def _window(self, size: str) -> Watched:
        if size not in self._opened:
            width, height = SIZES[size]
            context = self._browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
            self._opened[size] = Watched(context.new_page())
        return self._opened[size]

    def _clear(self, seen: Watched) -> None:
        context = seen.page.context
        for other in context.pages:
            if other is not seen.page:
                other.close()
        seen.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        seen.page.goto("about:blank")
        context.clear_cookies()
        context.clear_permissions()
        seen.faults, seen.hosts = [], set()
