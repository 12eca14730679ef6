"""What can be done with an answer and with a conversation, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from page_watch import Watched
from PIL import Image
from playwright.sync_api import Browser, Locator, expect
from ui_samples import HOSTILE, TYPES, UNITS

pytestmark = pytest.mark.browser

LIST, STRUCTURE = "前后端型有哪些优点?", "建议的本地网组织结构是怎样的?"


def test_the_passage_shows_beside_the_mark_and_neighbouring_slides_are_a_click_away(watched: Watched) -> None:
    turn = watched.ask(LIST)
    mark = turn.locator(".kj-answer .kj-mark").nth(1)
    tip = watched.page.get_by_role("tooltip")
    mark.hover()
    expect(tip).to_contain_text(TYPES["前后端型"][0][1])
    expect(tip).to_contain_text("BPR 理念培训 · 第16页")
    expect(tip).to_be_in_viewport(ratio=1)
    watched.page.mouse.move(2, 2)
    expect(tip).to_be_hidden()
    mark.click()
    watched.expect_lit(TYPES["前后端型"][0][1])
    watched.panel.get_by_role("button", name="下一页").click()
    expect(watched.panel.locator(".kj-slide h2")).to_contain_text("第17页")
    watched.panel.get_by_role("button", name="上一页").click()
    expect(watched.panel.locator(".kj-slide h2")).to_contain_text("第16页")
    expect(watched.panel.locator(".kj-slide .kj-before")).to_have_count(0)


def test_what_was_understood_can_be_undone(watched: Watched) -> None:
    watched.ask(LIST)
    turn = watched.ask("它有什么好处")
    expect(turn.locator(".kj-resolved")).to_contain_text("理解为：前后端型有哪些优点")
    turn.get_by_role("button", name="按原话回答").click()
    expect(watched.page.locator(".kj-turn")).to_have_count(3)
    expect(watched.answered("它有什么好处").locator(".kj-resolved")).to_have_count(0)


def test_a_chart_folds_and_unfolds(watched: Watched) -> None:
    turn = watched.ask(STRUCTURE)
    chart, units = turn.locator(".kj-chart"), turn.locator(".c-unit:visible")
    high = height(chart)
    knob = turn.get_by_role("button", name="营销中心之下的 6 个单位")
    knob.focus()
    watched.page.keyboard.press("Enter")
    expect(knob).to_have_attribute("aria-expanded", "false")
    expect(units).to_have_count(6)
    assert height(chart) < high
    turn.get_by_role("button", name="全部收起").click()
    expect(units).to_have_count(3)
    turn.get_by_role("button", name="全部展开").click()
    expect(units).to_have_count(12)
    expect(turn.get_by_role("button", name="全部展开")).to_be_hidden()
    assert height(chart) == pytest.approx(high, abs=2)


def height(chart: Locator) -> float:
    return float(chart.get_attribute("height") or 0)


def test_a_chart_is_saved_as_it_is_shown(watched: Watched, tmp_path: Path) -> None:
    turn = watched.ask(STRUCTURE)
    turn.get_by_role("button", name="网络中心之下的 3 个单位").click()
    for kind in ("SVG", "PNG"):
        with watched.page.expect_download() as download:
            turn.get_by_role("button", name=f"存为 {kind}").click()
        assert download.value.suggested_filename == f"总经理.{kind.lower()}"
        download.value.save_as(tmp_path / kind)
    root = ElementTree.parse(tmp_path / "SVG").getroot()
    drawn = "".join(root.itertext())
    assert all(name.split("(")[0] in drawn for name in UNITS)
    assert "维护安装部" not in drawn
    assert {rect.attrib["fill"] for rect in root.iter("{http://www.w3.org/2000/svg}rect")} >= {"rgb(14, 90, 94)"}
    assert not re.search(r"href|url\(|var\(|color\(", (tmp_path / "SVG").read_text(encoding="utf-8"))
    with Image.open(tmp_path / "PNG") as picture:
        assert picture.width == pytest.approx(2 * float(root.attrib["width"]), abs=2)
        assert len(set(picture.convert("L").resize((200, 200)).tobytes())) > 20


def test_feedback_is_kept_with_its_reasons(watched: Watched, site: str) -> None:
    turn = watched.ask(LIST)
    turn.get_by_role("button", name="有帮助").click()
    expect(turn.get_by_role("status")).to_have_text("谢谢，已记下")
    turn.get_by_role("button", name="没帮助").click()
    expect(turn.get_by_role("button", name="有帮助")).to_have_attribute("aria-pressed", "false")
    for reason in ("过时", "引用错误"):
        turn.get_by_role("button", name=reason).click()
    turn.get_by_role("textbox", name="补充说明").fill("应见第17页")
    turn.get_by_role("button", name="提交").click()
    expect(turn.locator(".kj-why")).to_be_hidden()
    expect(turn.get_by_role("status")).to_contain_text("会有人看到")
    watched.page.reload()
    again = watched.answered(LIST)
    expect(again.get_by_role("button", name="没帮助")).to_have_attribute("aria-pressed", "true")


def test_an_answer_is_copied_with_its_sources(watched: Watched) -> None:
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = watched.ask(LIST)
    turn.get_by_role("button", name="复制").click()
    expect(turn.get_by_role("status")).to_have_text("已复制")
    copied = watched.page.evaluate("() => navigator.clipboard.readText()")
    assert "- 各部门自行调度资源,部门内部的使用最优[2]" in copied
    assert "[2] 《BPR 理念培训》第 16 页" in copied


def test_conversations_are_found_opened_gone_on_with_saved_and_deleted(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    watched.ask(LIST)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".kj-welcome")).to_be_visible()
    watched.ask(f"恶意 {HOSTILE}")
    page.get_by_role("button", name="对话记录").click()
    entries = page.locator(".kj-history-item")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text(f"恶意 {HOSTILE}"[:50])
    page.get_by_role("searchbox", name="在对话里查找").fill("规模优势")
    expect(entries).to_have_count(1)
    with page.expect_download() as download:
        entries.get_by_role("link", name="Word").click()
    assert download.value.suggested_filename.endswith(".docx")
    entries.locator(".kj-history-again").click()
    expect(page.locator(".kj-question")).to_have_text([LIST])
    expect(watched.ask("它有什么好处").locator(".kj-resolved")).to_be_visible()
    page.get_by_role("button", name="对话记录").click()
    page.get_by_role("searchbox", name="在对话里查找").fill("")
    expect(entries).to_have_count(2)
    entries.first.get_by_role("button", name="删除").click()
    entries.first.get_by_role("button", name="确定删除？").click()
    expect(entries).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".kj-welcome")).to_be_visible()


def test_another_browser_sees_none_of_it(watched: Watched, site: str) -> None:
    watched.ask(LIST)
    address = watched.page.url
    assert "#c=" in address
    browser = watched.page.context.browser
    assert browser
    other = browser.new_context(locale="zh-CN")
    page = other.new_page()
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("没有编号为", timeout=30_000)
    page.get_by_role("button", name="对话记录").click()
    expect(page.locator(".kj-history .kj-told")).to_contain_text("还没有对话")
    other.close()


def test_the_interface_speaks_english_and_the_conversation_goes_along(watched: Watched) -> None:
    page = watched.page
    watched.ask(LIST)
    page.get_by_role("link", name="English").click()
    turn = watched.answered(LIST)
    expect(turn.get_by_role("heading", name="Sources")).to_be_visible()
    expect(page.get_by_role("button", name="History")).to_be_visible()
    assert page.evaluate("() => document.documentElement.lang") == "en"
    turn.locator(".kj-mark").first.click()
    expect(watched.panel.locator(".kj-slide h2")).to_contain_text("p. 16")
    watched.expect_lit(TYPES["前后端型"][0][0])


@pytest.mark.parametrize("width", [1280, 390])
def test_a_server_that_went_away_is_said_in_one_line(chromium: Browser, site: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    seen = Watched(context.new_page())
    seen.page.goto(site)
    expect(seen.page.locator(".kj-welcome")).to_be_visible(timeout=30_000)
    turn = seen.ask(LIST)
    context.set_offline(True)
    turn.get_by_role("button", name="有帮助").click()
    expect(turn.get_by_role("status")).to_have_text("服务没有回应，请检查网络后再试")
    seen.page.get_by_role("button", name="对话记录").click()
    expect(seen.page.locator(".kj-history .kj-told")).to_have_text("服务没有回应，请检查网络后再试")
    context.close()
