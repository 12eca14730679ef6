"""Takes the pictures of 问答 anew from a running server with the bundled deck, all of them, into this folder.

make chat &
python docs/screenshots/take.py http://127.0.0.1:7860
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

FOLDER = Path(__file__).parent
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STILL_MS = 800  # until nothing moves any more


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen: nothing asked, an answer, or an answer with its source open."""

    name: str
    size: Literal["desktop", "phone"]
    question: str = ""
    press: str = ""  # a selector, pressed at the end
    dark: bool = False


LIST, STRUCTURE = "前后端型有哪些优点?", "营销中心的组织结构"
COMPARE, REFUSED = "前后端型、产品主导型和客户主导型有什么区别?", "客户主导型的实施费用是多少?"
PICTURES = (
    Picture("welcome-desktop", "desktop"),
    Picture("list-desktop", "desktop", LIST),
    Picture("list-source-phone", "phone", LIST, press=".kj-turn .kj-mark"),
    Picture("compare-desktop-dark", "desktop", COMPARE, dark=True),
    Picture("structure-desktop", "desktop", STRUCTURE),
    Picture("structure-phone", "phone", STRUCTURE),
    Picture("refusal-phone", "phone", REFUSED),
)


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for picture in PICTURES:
            take(browser, url, picture)
        browser.close()


def take(browser: Browser, url: str, picture: Picture) -> None:
    width, height = SIZES[picture.size]
    scheme: Literal["dark", "light"] = "dark" if picture.dark else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".kj-welcome")).to_be_visible(timeout=60_000)
    if picture.question:
        ask(page, picture.question)
    if picture.press:
        page.locator(picture.press).first.click()
    page.wait_for_timeout(STILL_MS)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def ask(page: Page, question: str) -> None:
    page.fill("#kj-box textarea", question)
    page.press("#kj-box textarea", "Enter")
    expect(page.locator(".kj-turn")).to_have_attribute("aria-busy", "false", timeout=60_000)


if __name__ == "__main__":
    main(*sys.argv[1:])
