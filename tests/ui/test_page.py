"""The page in a real browser, at desktop and phone width."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from page_watch import Watched, Windows
from playwright.sync_api import expect
from ui_samples import HOSTILE, HOSTILE_MARKDOWN, HOSTILE_NAME, TYPES

from kejian.ui.html import shown

pytestmark = pytest.mark.browser

LIST, COMPARE, STRUCTURE = "前后端型有哪些优点?", "比较三种组织模式", "建议的本地网组织结构是怎样的?"


def test_a_mark_opens_the_slide_with_the_passage_marked(watched: Watched) -> None:
    turn = watched.ask(LIST)
    expect(turn.locator("li")).to_have_count(3)
    turn.locator(".kj-answer .kj-mark", has_text="2").click()
    panel = watched.panel
    expect(panel).to_be_in_viewport()
    expect(panel.locator(".kj-slide h2")).to_have_text("第16页 本地网组织架构的三种模式")
    expect(panel.locator(".kj-slide .kj-deck")).to_have_text("BPR 理念培训")
    quote = TYPES["前后端型"][0][1]
    expect(panel.locator(".s-mark.on").first).to_be_in_viewport()
    watched.expect_lit(quote)


def test_the_answer_streams_in_sentence_by_sentence(watched: Watched) -> None:
    watched.page.evaluate(
        """() => { window.seen = new Set(); new MutationObserver(() => {
          const turn = [...document.querySelectorAll('.kj-turn')].pop();
          if (turn) window.seen.add(turn.getAttribute('aria-busy') + turn.querySelectorAll('.kj-sentence').length);
        }).observe(document.querySelector('.kj-log'), { childList: true, subtree: true }); }"""
    )
    watched.ask(LIST)
    seen = watched.page.evaluate("() => [...window.seen]")
    assert {"true0", "true1", "true2", "false3"} <= set(seen)


def test_keyboard_alone_asks_opens_and_closes(watched: Watched) -> None:
    turn = watched.ask(LIST)
    mark = turn.locator(".kj-answer .kj-mark").first
    mark.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.panel.locator(".kj-current.on")).to_be_visible()
    if watched.is_phone:
        expect(watched.panel).to_have_attribute("role", "dialog")
        watched.page.keyboard.press("Escape")
        expect(watched.panel).not_to_be_in_viewport()
    expect(mark).to_be_focused()


def test_sources_can_be_stepped_through(watched: Watched) -> None:
    turn = watched.ask(LIST)
    turn.locator(".kj-source").first.click()
    for place in ("2 / 3", "3 / 3", "1 / 3"):
        watched.panel.locator(".kj-step[data-step='1']").click()
        expect(watched.panel.locator(".kj-count")).to_have_text(place)
    watched.expect_lit(TYPES["前后端型"][0][0])


def test_a_comparison_is_a_table_with_sources(watched: Watched) -> None:
    turn = watched.ask(COMPARE)
    table = turn.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(list(TYPES))
    expect(table.get_by_role("rowheader")).to_have_text(["优点", "缺点", "设计原理"])
    expect(table.locator(".kj-silent")).to_have_text(["材料未提及"] * 3)
    table.locator(".kj-mark", has_text="13").click()
    watched.expect_lit(TYPES["客户主导型"][1][0])


def test_a_structure_is_drawn_and_its_boxes_open_the_slide(watched: Watched) -> None:
    turn = watched.ask(STRUCTURE)
    expect(turn.locator(".c-node")).to_have_count(12)
    box = turn.locator(".kj-figure").bounding_box()
    size = watched.page.viewport_size
    assert box
    assert size
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    node = turn.get_by_role("button", name="大客户部")
    node.first.focus()
    watched.page.keyboard.press("Enter")
    expect(watched.panel.locator(".s-hit.on")).to_have_count(1)
    watched.expect_lit("大客户部")


def test_the_slide_can_be_enlarged(watched: Watched) -> None:
    turn = watched.ask(LIST)
    turn.locator(".kj-mark").first.click()
    if watched.is_phone:  # where it is large from the start, and scrolls
        box = watched.panel.locator(".kj-svg").bounding_box()
        assert box
        assert box["width"] >= 640
        return
    before = watched.panel.locator(".kj-svg").bounding_box()
    watched.panel.get_by_role("button", name="放大").click()
    after = watched.panel.locator(".kj-svg").bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]
    watched.page.keyboard.press("Escape")
    assert watched.panel.locator(".kj-svg").bounding_box() == before


def test_a_refusal_offers_ways_on(watched: Watched) -> None:
    turn = watched.ask("实施费用是多少?")
    expect(turn.get_by_role("heading", name="材料里没有讲到")).to_be_visible()
    turn.locator(".kj-near").nth(1).click()
    expect(watched.panel.locator(".kj-slide h2")).to_contain_text("第17页")
    if watched.is_phone:
        watched.panel.locator(".kj-close").click()
    turn.get_by_role("button", name="优点(3 项)").click()
    watched.answered("优点")


def test_a_question_back_is_answered_by_a_button(watched: Watched) -> None:
    turn = watched.ask("哪个前后快?")
    expect(turn.locator(".kj-note .kj-chip")).to_have_text(["前后端型", "前后台型"])
    turn.get_by_role("button", name="前后台型").click()
    watched.answered("哪个前后台型快?")


def test_examples_and_suggestions_ask_and_follow_ups_are_understood(watched: Watched) -> None:
    watched.page.locator(".kj-welcome .kj-chip").first.click()
    turn = watched.answered(LIST)
    turn.locator(".kj-next .kj-chip").first.click()
    watched.answered("前后端型的缺点有哪些?")
    turn = watched.ask("它有什么好处")
    expect(turn.locator(".kj-resolved")).to_contain_text("理解为：前后端型有哪些优点")
    expect(watched.page.locator(".kj-turn")).to_have_count(3)


def test_a_new_conversation_begins_empty(watched: Watched) -> None:
    watched.ask(LIST)
    watched.page.get_by_role("button", name="新对话").click()
    expect(watched.page.locator(".kj-welcome")).to_be_visible()
    expect(watched.page.locator(".kj-turn")).to_have_count(0)
    expect(watched.page.locator("#kj-panel .kj-slide")).to_have_count(0)
    watched.ask(LIST)


def test_bad_questions_and_faults_get_one_line_and_the_page_goes_on(watched: Watched) -> None:
    page = watched.page
    page.fill("#kj-box textarea", "长" * 501)
    expect(page.locator("#kj-composer")).to_have_class(re.compile("over"))
    page.press("#kj-box textarea", "Enter")
    expect(page.get_by_role("alert").last).to_have_text("问题太长：共 501 字，最多 500 字，请精简后再问")
    expect(page.locator("#kj-box textarea")).to_have_value("长" * 501)
    page.fill("#kj-box textarea", "  ")
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_role("alert").last).to_contain_text("还没有写问题")
    watched.ask("故障")
    expect(page.get_by_role("alert").last).to_contain_text("请运行 kejian doctor")
    watched.ask("崩溃")
    expect(page.get_by_role("alert").last).to_contain_text("服务出了意外")
    assert "Traceback" not in page.content()
    watched.ask(LIST)


def test_hostile_text_is_shown_and_does_nothing(watched: Watched) -> None:
    page = watched.page
    question = f"恶意 {HOSTILE}"
    turn = watched.ask(question)
    expect(turn.locator("h2.kj-question")).to_have_text(question)
    expect(turn.locator(".kj-sentence").nth(1)).to_contain_text(HOSTILE_MARKDOWN)
    expect(turn.locator(".kj-resolved")).to_contain_text(shown(HOSTILE_NAME))
    turn.locator(".kj-answer p .kj-mark").first.click()
    watched.expect_lit(HOSTILE)
    found = page.evaluate(
        "() => document.querySelectorAll('#kj-main :is(img, form, iframe, object, embed, script, style, a)').length"
    )
    assert found == 0
    assert "课件" in page.title()


def test_two_windows_hold_two_conversations(watched: Watched, site: str) -> None:
    other = watched.page.context.new_page()
    other.goto(site)
    expect(other.locator(".kj-welcome")).to_be_visible(timeout=30_000)
    watched.ask(LIST)
    expect(other.locator(".kj-turn")).to_have_count(0)
    second = Watched(other)
    second.ask(COMPARE)
    expect(watched.page.locator(".kj-question")).to_have_text([LIST])


def test_nothing_is_wider_than_the_window(watched: Watched) -> None:
    for question in (LIST, COMPARE, STRUCTURE, "恶意课件", "长" * 400):
        watched.ask(question)
        overflow = watched.page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, question


def test_everything_that_can_be_pressed_has_a_name(watched: Watched) -> None:
    for question in (LIST, STRUCTURE):
        watched.ask(question)
    nameless = watched.page.evaluate(
        """() => [...document.querySelectorAll('button, [role=button], textarea, [tabindex="0"]')]
          .filter(one => one.checkVisibility())
          .filter(one => !(one.getAttribute('aria-label') || one.textContent.trim()))
          .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []
    assert watched.page.evaluate("() => document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(windows: Windows, site: str, scheme: Literal["light", "dark"]) -> None:
    with windows.visit("desktop", site, scheme) as seen:
        seen.ask(COMPARE)
        expect(seen.panel.locator(".kj-current.on")).to_be_visible()
        ratios = seen.page.evaluate(CONTRAST)
    assert min(ratios.values()) >= 4.5, ratios


# Contrast by WCAG 2.2 (relative luminance) of what is read most, against the nearest painted ground.
CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return [255, 255, 255, 255];
  };
  const read = ['.kj-question', '.kj-matrix p', '.kj-matrix li', '.kj-matrix thead th', '.kj-matrix tbody th',
    '.kj-mark', '.kj-mark.on', '.kj-basis', '.kj-quote', '.kj-page', '.kj-current.on .kj-quote', '#kj-send',
    '#kj-shelf', '.kj-bar-title', '.kj-silent', '.kj-act', '.kj-language', '.kj-next .kj-chip, .kj-act'];
  return Object.fromEntries(read.map((name) => {
    const one = document.querySelector(name);
    const pair = [light(rgb(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => b - a);
    return [name, (pair[0] + 0.05) / (pair[1] + 0.05)];
  }));
}"""
