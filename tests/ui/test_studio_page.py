"""The rooms beside 问答 in a real browser, on a real library, at desktop and phone width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from page_watch import SIZES, Watched, Windows
from playwright.sync_api import FilePayload, Locator, expect
from studio_samples import EXTRACT, LEAVE, SCRIPT

from kejian.assistant.gate import ANSWERED_FROM

pytestmark = pytest.mark.browser

OPTIONS = """---
title: 仓型
---

<!-- slide: 1 -->

## 两种仓

### 甲仓

#### 优点

- 离门店近

### 乙仓

#### 优点

- 地方大
"""
ROOMS = ("compare", "charts", "library", "inspector")
TYPES = "组织架构原型的选择"


@pytest.fixture(autouse=True, scope="module")
def patient() -> Iterator[None]:
    """A busy machine may take longer than Playwright waits by itself."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(params=SIZES)
def studio(request: pytest.FixtureRequest, windows: Windows, studio_site: str) -> Iterator[Watched]:
    with windows.visit(request.param, studio_site) as seen:
        yield seen


def room(studio: Watched, key: str) -> Locator:
    studio.page.locator(f"#kj-tab-{key}-button").click()
    shown = studio.page.locator(f"#kj-room-{key} .kj-room")
    expect(shown.locator(".kj-room-title").first).to_be_visible(timeout=20_000)
    return shown


def file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def taken_in(library: Locator, *files: FilePayload) -> Locator:
    """Send files and wait for the report."""
    library.locator("[data-files]").set_input_files(list(files))
    report = library.locator(".kj-report")
    expect(report).to_be_visible(timeout=30_000)
    return report


def remove(library: Locator, title: str) -> None:
    row = library.locator(".kj-decks tr", has_text=title)
    row.get_by_role("button", name=f"移除 {title}").click()
    row.get_by_role("alertdialog").get_by_role("button", name="确定移除").click()
    expect(row).to_have_count(0)


def test_a_group_is_compared_and_asked_on_from_a_cell(studio: Watched) -> None:
    compare = room(studio, "compare")
    compare.locator(".kj-group", has_text=TYPES).click()
    table = compare.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["前后端型", "产品主导型", "客户主导型"])
    compare.get_by_text("产品主导型", exact=True).first.click()  # leaves it out
    compare.get_by_text("设计原理", exact=True).click()
    compare.get_by_role("button", name="比较", exact=True).click()
    expect(table.get_by_role("columnheader")).to_have_text(["前后端型", "客户主导型"])
    filled = table.locator("td[data-subject]:not(.kj-silent)")
    assert filled.count() == filled.filter(has=studio.page.locator(".kj-mark")).count() > 0
    expect(table.locator(".kj-silent").first).to_contain_text("材料未提及")
    mark = table.locator(".kj-mark").first
    mark.click()
    expect(studio.panel.locator(".kj-current.on .kj-quote")).to_be_visible()
    studio.page.keyboard.press("Escape")
    expect(studio.panel).not_to_be_in_viewport()
    expect(mark).to_be_focused()
    gains = table.locator("tr").filter(has=studio.page.get_by_role("rowheader", name="优点", exact=True))
    cell = gains.locator("td[data-subject='前后端型']")
    cell.hover()
    cell.locator(".kj-ask-cell").click()
    assert studio.answered("前后端型的优点").locator(".kj-mark").count() >= 3


def test_subjects_can_be_added_by_name(studio: Watched) -> None:
    compare = room(studio, "compare")
    field = compare.get_by_label("加入对象")
    for name in ("大客户部", "呼叫中心"):
        field.fill(name)
        field.press("Enter")
        expect(compare.locator(".kj-check", has_text=name)).to_be_visible()
    expect(compare.get_by_role("columnheader")).to_have_text(["大客户部", "呼叫中心"])
    field.fill("没有的部门")
    field.press("Enter")
    expect(compare.get_by_role("alert")).to_have_text("材料里没有「没有的部门」")


def test_a_comparison_is_saved_as_workbook_and_pictures(studio: Watched) -> None:
    compare = room(studio, "compare")
    compare.locator(".kj-group", has_text=TYPES).click()
    contents = {}
    for name in ("存为 Excel", "存为 SVG", "存为 PNG"):
        with studio.page.expect_download() as saving:
            compare.get_by_text(name).click()
        contents[name] = Path(saving.value.path()).read_bytes()
    sheet = openpyxl.load_workbook(BytesIO(contents["存为 Excel"]))["对比"]
    assert [cell.value for cell in sheet[1]] == ["方面", "前后端型", "产品主导型", "客户主导型"]
    assert contents["存为 SVG"].startswith(b"<?xml")
    assert contents["存为 PNG"].startswith(b"\x89PNG")


def test_a_unit_of_a_chart_shows_its_card_and_slides(studio: Watched) -> None:
    charts = room(studio, "charts")
    expect(charts.locator(".c-node").first).to_be_visible()
    charts.locator(".kj-entry", has_text="本地网的组织架构").click()
    expect(charts.locator(".kj-entry[aria-current]")).to_contain_text("本地网的组织架构")
    unit = charts.locator(".c-node[data-unit='大客户部']")
    unit.focus()
    studio.page.keyboard.press("Enter")
    card = charts.locator("[data-slot=unit]")
    expect(card.get_by_role("heading", name="大客户部", exact=True)).to_be_focused()
    for section in ("上级", "下级", "职责（5 项）", "设计原理（3 项）"):
        expect(card.get_by_role("heading", name=section)).to_be_visible()
    expect(card).to_be_in_viewport()
    card.locator(".kj-answer .kj-mark").first.click()
    expect(studio.panel.locator(".kj-slide h2")).to_contain_text("第17页")
    studio.page.keyboard.press("Escape")
    charts.locator(".kj-entry", has_text="网络中心的组织结构").click()
    expect(card).to_be_empty()


def test_files_come_in_are_looked_through_and_go(studio: Watched) -> None:
    library = room(studio, "library")
    report = taken_in(library, file("请假制度.md", LEAVE), file("坏.pptx", "no zip"))
    expect(report.get_by_role("status")).to_contain_text("收入了 1 个文件")
    expect(report.locator(".kj-refused")).to_contain_text("坏.pptx")
    expect(studio.page.locator("#kj-shelf")).to_have_text("3 份课件 · 7 页")
    library.get_by_role("button", name="逐页查看 请假制度").click()
    browser = library.locator(".kj-browser")
    expect(browser.locator(".kj-paper")).to_contain_text("满一年的员工每年有五天年假")
    browser.locator("tr[data-light]").first.click()
    expect(browser.locator(".kj-paper mark.on")).to_have_text("满一年的员工每年有五天年假")
    row = library.locator(".kj-decks tr", has_text="请假制度")
    row.get_by_role("button", name="移除").click()
    row.get_by_role("button", name="不移除").click()
    expect(row).to_have_count(1)
    remove(library, "请假制度")
    expect(studio.page.locator("#kj-shelf")).to_have_text("2 份课件 · 6 页")
    expect(library.locator("[data-drop]")).to_have_count(1)


def test_other_rooms_follow_the_library(studio: Watched) -> None:
    offered = room(studio, "compare").locator(".kj-group")
    before = offered.count()
    library = room(studio, "library")
    taken_in(library, file("仓型.md", OPTIONS))
    room(studio, "compare")
    expect(offered).to_have_count(before + 1)
    remove(room(studio, "library"), "仓型")


def test_files_can_be_dropped(studio: Watched) -> None:
    library = room(studio, "library")
    library.locator("[data-drop]").evaluate(
        """(drop, text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "请假.md"));
          for (const kind of ["dragover", "drop"]) {
            drop.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }""",
        LEAVE,
    )
    expect(library.locator(".kj-report")).to_contain_text("《请假制度》", timeout=30_000)
    remove(library, "请假制度")


def test_a_folder_of_the_server_is_taken_in_by_its_path(studio: Watched, tmp_path: Path) -> None:
    (tmp_path / "请假.md").write_text(LEAVE, encoding="utf-8")
    library = room(studio, "library")
    library.get_by_text("收入服务器上的文件夹").click()
    library.get_by_label("服务器上的文件或文件夹").fill(str(tmp_path))
    library.get_by_role("button", name="收入", exact=True).click()
    expect(library.locator(".kj-report")).to_contain_text("《请假制度》", timeout=30_000)
    remove(library, "请假制度")


def test_a_draft_is_corrected_and_takes_the_place_of_its_extract(studio: Watched) -> None:
    library = room(studio, "library")
    drafting = taken_in(library, file("仓库摘录.txt", EXTRACT)).locator(".kj-drafting")
    expect(drafting).to_contain_text("订正草稿：仓库摘录.txt")
    expect(drafting.locator(".kj-read li").first).to_be_visible()  # what could not be told
    text = drafting.locator("textarea").input_value()
    drafting.locator("textarea").fill(text.replace("- 每周清扫", "### 发货组\n\n- 每周清扫"))
    with studio.page.expect_download() as saving:
        drafting.get_by_role("button", name="下载草稿").click()
    assert saving.value.suggested_filename == "仓库摘录.md"
    drafting.get_by_role("button", name="收入改好的草稿").click()
    expect(drafting.locator(".kj-report")).to_contain_text("代替了原来收入的摘录", timeout=30_000)
    expect(drafting.locator("textarea")).to_have_value(re.compile("### 发货组"))  # to go on with
    expect(library.locator(".kj-decks tr", has_text="仓库摘录")).to_have_count(1)
    remove(library, "仓库摘录")


def test_slides_are_turned_with_the_keyboard_and_facts_light_them(studio: Watched) -> None:
    library = room(studio, "library")
    library.get_by_role("button", name="逐页查看 电信").click()
    browser = library.locator(".kj-browser")
    expect(browser.locator(".kj-count")).to_have_text("1 / 5")
    browser.locator("tr[data-light]").first.focus()
    studio.page.keyboard.press("Enter")
    expect(browser.locator(".s-mark.on, .s-hit.on").first).to_be_visible()
    browser.get_by_role("button", name="下一页").click()
    expect(browser.locator(".kj-count")).to_have_text("2 / 5")
    expect(browser.locator(".kj-entry[aria-current]")).to_contain_text("第17页")
    browser.get_by_role("button", name="上一页").focus()
    studio.page.keyboard.press("ArrowLeft")
    expect(browser.locator(".kj-count")).to_have_text("1 / 5")


def test_the_inspector_tells_ranks_scores_and_reasons(studio: Watched) -> None:
    inspector = room(studio, "inspector")
    field = inspector.get_by_label("要检索的问题或词")
    field.fill("总公司的办公楼在哪条街上")
    field.press("Enter")
    rows = inspector.locator(".kj-hits tbody tr")
    expect(rows.first).to_contain_text(f"低于门槛 {ANSWERED_FROM}")
    expect(inspector.locator(".kj-reading")).to_contain_text("拒答")
    expect(rows.first.locator(".kj-parts")).to_have_attribute("aria-label", re.compile("^语义 .*，词语 .*，说到 "))
    field.fill("前后端型有哪些优点")
    inspector.get_by_role("button", name="检索").click()
    used = inspector.locator(".kj-used")
    expect(used.first).to_contain_text("已引用:[1]")
    used.first.locator("[data-slide]").click()
    expect(studio.panel.locator(".kj-slide h2")).to_contain_text("第16页")


def test_hostile_text_is_shown_and_does_nothing(studio: Watched) -> None:
    page = studio.page
    library = room(studio, "library")
    name = f"{SCRIPT.replace('/', '')}.md"
    report = taken_in(library, file(name, LEAVE))
    expect(report.locator("li strong").first).to_have_text(name)
    remove(library, "请假制度")
    library.locator(".kj-decks tr", has_text="<script>").get_by_role("button", name="逐页查看").click()
    expect(library.locator(".kj-browser h2")).to_have_text(SCRIPT)
    compare = room(studio, "compare")
    compare.locator(".kj-group", has_text="<script>").click()
    expect(compare.get_by_role("columnheader").first).to_contain_text("<script>")
    charts = room(studio, "charts")
    charts.locator(".kj-entry", has_text="<script>").click()
    charts.locator(".c-node", has_text="一部").click()
    expect(charts.locator("[data-slot=unit] h2")).to_have_text("一部 <b>x</b>")
    inspector = room(studio, "inspector")
    inspector.get_by_label("要检索的问题或词").fill(SCRIPT)
    inspector.get_by_role("button", name="检索").click()
    expect(inspector.locator(".kj-hits tbody tr").first).to_be_visible()
    made = "#kj-main .kj-room :is(img, form, iframe, object, embed, script, style, b)"
    assert page.locator(made).count() == 0
    assert "课件" in page.title()


def test_rooms_fit_the_window_and_everything_has_a_name(studio: Watched) -> None:
    for key in ROOMS:
        shown = room(studio, key)
        if key == "compare":
            shown.locator(".kj-group", has_text="营销中心组织结构与职责").click()
            expect(shown.get_by_role("table")).to_be_visible()
        if key == "library":
            shown.get_by_role("button", name="逐页查看").first.click()
            expect(shown.locator(".kj-browser")).to_be_visible()
        wide = studio.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, key
    nameless = studio.page.evaluate(
        """() => [...document.querySelectorAll('button, [role=button], a, input, textarea, summary, [tabindex="0"]')]
          .filter(one => one.checkVisibility())
          .filter(one => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length))
          .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert nameless == []


def test_rooms_speak_english_too(windows: Windows, studio_site: str) -> None:
    with windows.visit("phone", f"{studio_site}/en/") as seen:
        expect(seen.page.locator("#kj-tab-compare-button")).to_have_text("Compare")
        expect(room(seen, "compare").locator(".kj-room-title")).to_have_text("Compare")
        expect(room(seen, "library").locator("[data-drop]")).to_contain_text("Drop decks here")
        room(seen, "inspector")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(windows: Windows, studio_site: str, scheme: Literal["light", "dark"]) -> None:
    with windows.visit("desktop", studio_site, scheme) as seen:
        compare = room(seen, "compare")
        compare.locator(".kj-group", has_text=TYPES).click()
        expect(compare.get_by_role("table")).to_be_visible()
        read = [".kj-lead", ".kj-check span", ".kj-primary", ".kj-button", "legend", "h2"]
        ratios = seen.page.evaluate(CONTRAST, read)
        room(seen, "library")
        ratios |= seen.page.evaluate(CONTRAST, [".kj-drop strong", ".kj-drop span", ".kj-table th", ".kj-from"])
    assert min(ratios.values()) >= 4.5, ratios


# Contrast by WCAG 2.2 (relative luminance) of what is read, against the nearest painted ground, in the visible room.
CONTRAST = """(names) => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const parts = colour.slice(0, 3).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] > 200) return colour;
    }
    return [255, 255, 255, 255];
  };
  const room = [...document.querySelectorAll('.kj-room')].find((one) => one.checkVisibility());
  return Object.fromEntries(names.map((name) => {
    const one = room.querySelector(name);
    const pair = [light(rgb(getComputedStyle(one).color)), light(ground(one))].sort((a, b) => b - a);
    return [name, (pair[0] + 0.05) / (pair[1] + 0.05)];
  }));
}"""
