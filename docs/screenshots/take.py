"""Takes the pictures of the page from a running server: light and dark, desktop and phone.

    make chat &
    python docs/screenshots/take.py http://127.0.0.1:7860 list=前后端型有哪些优点 structure=营销中心的组织结构

Each NAME=QUESTION becomes NAME-desktop.png, NAME-phone.png and so on in this folder, the first source opened on
desktop; without a question only the empty page is taken. The word ``rooms`` takes the tabs beside 问答 as well.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

FOLDER = Path(__file__).parent
ROOMS = {  # what is done in each
    "compare": ".kj-group",
    "charts": ".c-node[data-unit]",
    "library": "button[data-get^='/api/decks/']",
    "inspector": "[name=q]",
}
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main(url: str, *named: str) -> None:
    rooms = ROOMS if "rooms" in named else {}
    questions = dict(one.split("=", 1) for one in named if one != "rooms")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for scheme in ("light", "dark"):
            for size in SIZES:
                take(browser, url, questions, rooms, (scheme, size))
        browser.close()


def take(browser: Browser, url: str, questions: dict[str, str], rooms: dict[str, str], look: tuple[str, str]) -> None:
    scheme, size = look
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    ending = f"{size}.png" if scheme == "light" else f"{size}-dark.png"
    page = context.new_page()
    page.goto(url)
    expect(page.locator(".kj-welcome, .kj-error")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(500)
    page.screenshot(path=FOLDER / f"welcome-{ending}")
    for name, question in questions.items():
        ask(page, question)
        page.screenshot(path=FOLDER / f"{name}-{ending}")
        if size == "phone" and page.locator(".kj-turn .kj-mark").count():
            page.locator(".kj-turn .kj-mark").first.click()
            page.wait_for_timeout(500)
            page.screenshot(path=FOLDER / f"{name}-source-{ending}")
            page.click(".kj-close")
        page.click("#kj-fresh")
        expect(page.locator(".kj-turn")).to_have_count(0)
    for key, first in rooms.items():
        open_room(page, key, first)
        page.screenshot(path=FOLDER / f"room-{key}-{ending}")
    context.close()


def open_room(page: Page, key: str, first: str) -> None:
    """Open a tab and press, or type into, the first thing there is to do in it."""
    page.click(f"#kj-tab-{key}-button")
    room = page.locator(f"#kj-room-{key}")
    expect(room.locator(".kj-room-title").first).to_be_visible(timeout=30_000)
    does = room.locator(first).first
    if key == "inspector":
        does.fill(room.page.locator(".kj-chip").first.text_content() or "")
        does.press("Enter")
        expect(room.locator(".kj-hits")).to_be_visible(timeout=30_000)
    else:
        does.click()
    page.wait_for_timeout(1_500)


def ask(page: Page, question: str) -> None:
    page.fill("#kj-box textarea", question)
    page.press("#kj-box textarea", "Enter")
    expect(page.locator(".kj-turn")).to_have_attribute("aria-busy", "false", timeout=60_000)
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main(*sys.argv[1:])
