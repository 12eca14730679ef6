"""PDFs as companies print them: covers, contents, articles, tables with and without lines, charts in running text."""

from __future__ import annotations

import pytest
from pdf_maker import line, pdf, printed
from reading import Read

from kejian.ingest.model import Deck
from kejian.ingest.pdf_columns import aligned_tables
from kejian.ingest.pdf_lines import Line

STYLE = """@page { size: A4; margin: 25mm 22mm; @top-center { content: "青禾公司 · 员工手册"; font-size: 9pt }
@bottom-center { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font-size: 9pt } }
body { font: 11pt/1.7 "Noto Sans CJK SC" } h1 { font-size: 18pt; break-before: page } h3 { font-size: 13pt }
.cover { font-size: 36pt } .company { font-size: 24pt } .plain td { padding: 3px 22px }
.ruled { border-collapse: collapse; width: 360px; table-layout: fixed } .ruled td { border: 1px solid #333 }
.columns { columns: 2 }"""
CONTENTS = "".join(f"<p>{name} {'.' * 40} {page}</p>" for name, page in (("总则", 3), ("薪酬", 4), ("组织", 5)))
CHART = """<svg width="640" height="150"><g fill="#eef" stroke="#336"><rect x="260" y="5" width="120" height="36"/>
<rect x="40" y="100" width="120" height="36"/><rect x="480" y="100" width="120" height="36"/></g>
<g fill="none" stroke="#333"><path d="M320 41V70H100V100"/><path d="M320 41V70H540V100"/></g>
<g text-anchor="middle" font-size="14"><text x="320" y="28">总经理</text><text x="100" y="123">生产中心</text>
<text x="540" y="123">营销中心</text></g></svg>"""
HTML = f"""<!doctype html><html lang="zh"><meta charset="utf-8">
<title>Microsoft Word - 终稿</title><style>{STYLE}</style>
<p class="company">青禾公司</p><p class="cover">员工手册</p><p>版本:V3</p>
<div style="break-before: page"><h3>目 录</h3>{CONTENTS}</div>
<h1>第一章 总则</h1><p>第一条 适用范围:全体员工。</p><p>第二条 入职材料:</p><p>（一）身份证;</p><p>（二）学历证书。</p>
<p>第三条 试用期:三个月。</p><p>年假为10天以上的,由总经理批准。</p>
<table class="ruled"><tr><td>假别<td>期限</tr><tr><td>丧假<td style="width: 62px">五天(含路程)</tr></table>
<h1>第二章 薪酬</h1><p>补贴标准(单位:元/月)</p><table class="plain"><tr><td>职级<td>交通补贴<td>餐补</tr>
<tr><td>员工级<td>200<td>310</tr><tr><td>主管级<td>300<td>320</tr><tr><td>经理级<td>500<td>400</tr></table>
<h1>第三章 组织</h1><p>公司组织结构如下图所示。</p>{CHART}<p>以上自一月起执行。</p>
<div class="columns"><h3>市场部职责</h3><ul><li>制定政策<li>开发客户<li>回收货款</ul>
<h3 style="break-before: column">财务部职责</h3><ul><li>核算成本<li>编制报表<li>管理税务</ul></div></html>"""


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory, read: Read) -> Deck:
    return read("终稿.pdf", printed(HTML, tmp_path_factory.mktemp("handbook")))


def facts(deck: Deck) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}


def test_cover_contents_and_running_heads(handbook: Deck) -> None:
    assert handbook.title == "员工手册"
    assert handbook.slides[1].source == "目录"
    assert [slide.title for slide in handbook.slides[2:]] == ["总则", "薪酬", "组织"]
    assert len(handbook.warnings) == 1
    for slide in handbook.slides:
        for part in (*slide.blocks, *slide.facts, *slide.passages):
            assert slide.source[part.start : part.end] == part.text


def test_articles_and_their_lists(handbook: Deck) -> None:
    lines = handbook.slides[2].source.split("\n")
    assert lines[:7] == [
        "第一章 总则", "第一条 适用范围:全体员工。", "第二条 入职材料:", "  （一）身份证;", "  （二）学历证书。",
        "第三条 试用期:三个月。", "年假为10天以上的,由总经理批准。",
    ]  # fmt: skip
    assert {("试用期", "", "三个月。"), ("入职材料", "", "（二）学历证书。")} <= facts(handbook)


def test_a_wrapped_cell_is_one_text(handbook: Deck) -> None:
    assert ("丧假", "期限", "五天(含路程)") in facts(handbook)


def test_a_table_without_lines_under_its_name(handbook: Deck) -> None:
    assert {("主管级", "餐补", "320"), ("员工级", "交通补贴", "200")} <= facts(handbook)
    cell = next(block for block in handbook.slides[3].blocks if block.text == "320")
    assert cell.path == ("薪酬", "补贴标准(单位:元/月)")


def test_a_chart_in_running_text(handbook: Deck) -> None:
    slide = handbook.slides[4]
    assert {(found.parent, found.child) for found in slide.relations} == {
        ("总经理", "生产中心"),
        ("总经理", "营销中心"),
    }
    assert slide.source.split("\n")[1:6] == [
        "公司组织结构如下图所示。", "总经理", "  生产中心", "  营销中心", "以上自一月起执行。",
    ]  # fmt: skip


def test_lists_in_two_columns(handbook: Deck) -> None:
    assert {("市场部", "职责", "回收货款"), ("财务部", "职责", "核算成本")} <= facts(handbook)


def test_arrows_and_thin_rectangles_join_boxes(read: Read) -> None:
    """A stem of thin filled rectangles; on another page lines that stop at the heads of arrows."""
    boxes = "150 500 100 30 re S 30 400 100 30 re S 270 400 100 30 re S"
    texts = "\n".join((line("Head", 180, 510), line("Sales", 60, 410), line("Plant", 300, 410)))
    stem = "199 465 2 35 re f 79 464 242 2 re f 79 430 2 35 re f 319 430 2 35 re f"
    slide = read("stem.pdf", pdf(f"{boxes}\n{stem}\n{texts}")).slides[0]
    assert {(found.parent, found.child) for found in slide.relations} == {("Head", "Sales"), ("Head", "Plant")}
    arrows = (
        "200 500 m 80 440 l S 80 430 m 77 440 l 83 440 l h f 200 500 m 320 440 l S 320 430 m 317 440 l 323 440 l h f"
    )
    course = read("arrows.pdf", pdf(f"{boxes}\n{arrows}\n{texts}")).slides[0]
    assert [(block.kind, block.text) for block in course.blocks] == [
        ("bullet", "Head"), ("bullet", "Sales"), ("bullet", "Plant"),
    ]  # fmt: skip


def test_radicals_are_the_characters_they_look_like(read: Read) -> None:
    codes = "/Encoding << /Type /Encoding /Differences [65 /uni2F08 /uni2ED3 /uni6027] >>"
    assert read("radicals.pdf", pdf(line("ABC", 40, 500), encoding=codes)).slides[0].source == "人长性"


def made(text: str, left: float, base: float, width: float | None = None) -> Line:
    right = left + (10 * len(text) if width is None else width)
    return Line(text, left, right, base, 10.0, False, mark_left=left)


PROSE = "左栏的文字一行一行写得很满没有空隙"
NOT_TABLES = {
    "prose": [made(PROSE, x, 100 + 15 * n) for n in range(6) for x in (50.0, 300.0)],
    "pairs": [made("签名", 50, 100), made("日期", 300, 100), made("盖章", 50, 115), made("年月", 300, 115)],
    "lists": [made(f"• 事项{n}", x, 100 + 15 * n) for n in range(5) for x in (50.0, 200.0, 350.0)],
    "ragged": [made("文字" * (n % 3 + 1), x + 37 * n, 100 + 15 * n) for n in range(5) for x in (50.0, 200.0, 350.0)],
}


@pytest.mark.parametrize("name", NOT_TABLES)
def test_what_is_no_table(name: str) -> None:
    assert aligned_tables(NOT_TABLES[name]) == []


def test_blank_cells_and_second_lines_of_cells() -> None:
    lines = [
        *(made(text, x, 100) for text, x in (("岗位", 50.0), ("职责", 150.0), ("人数", 350.0))),
        *(made(text, x, 120) for text, x in (("客服", 50.0), ("接听来电并", 150.0), ("3", 350.0))),
        made("记录问题", 150, 134),
        *(made(text, x, 155) for text, x in (("技术", 50.0), ("维护设备", 150.0))),
    ]
    found = aligned_tables(lines)
    assert [[cell.text for cell in row] for row in found[0].table.grid] == [
        ["岗位", "职责", "人数"], ["客服", "接听来电并记录问题", "3"], ["技术", "维护设备", ""],
    ]  # fmt: skip
