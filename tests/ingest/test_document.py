"""Word documents: everything they say, in order, with headings, numbers, tables and notes."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from document_maker import document, raw, repacked, with_footnotes
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import Read
from test_read_properties import RELAXED, attempt, check

from kejian.corpus.errors import RefusedFile
from kejian.ingest.files import OLE_HEADER

BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>"
    "<w:t>{0}</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
    "<w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r><w:r><w:t>框旁</w:t></w:r></w:p>"
)


def lines(read: Read, write: Any) -> list[list[str]]:
    """The source lines of every slide of a document."""
    return [slide.source.split("\n") for slide in read("made.docx", document(write)).slides]


def handbook(made: Any) -> None:
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    made.add_paragraph("员工手册", style="Title")
    made.add_heading("甲型", 1)
    made.add_heading("优点", 2)
    made.add_paragraph("反应快", style="List Bullet")
    made.add_paragraph("成本低", style="List Bullet")
    made.add_paragraph("人工低", style="List Bullet 2")
    made.add_paragraph().add_run("缺点").bold = True
    made.add_paragraph("贵", style="List Bullet")
    made.add_heading("步骤", 1)
    made.add_paragraph("申请", style="List Number")
    made.add_paragraph("审批", style="List Number")
    raw(made, BOX.format("框内"))
    raw(made, "<w:p><w:del><w:r><w:t>删去</w:t></w:r></w:del><w:ins><w:r><w:t>加入</w:t></w:r></w:ins></w:p>")
    raw(
        made,
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r></w:p>",
    )


def test_structure(read: Read) -> None:
    deck = read("handbook.docx", document(handbook))
    assert deck.title == "员工手册"
    first, second = deck.slides
    assert first.source.split("\n") == ["甲型", "优点", "反应快", "成本低", "  人工低", "缺点", "贵"]
    assert second.source.split("\n") == ["步骤", "1. 申请", "2. 审批", "框旁", "框内", "加入", "上", "下"]
    facts = {(fact.subject, fact.aspect, fact.text) for fact in first.facts}
    assert {("甲型", "优点", "反应快"), ("甲型", "缺点", "贵")} <= facts


def test_tables(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_heading("分工", 1)
        table = made.add_table(4, 3)
        for r, row in enumerate(
            [["部门", "职责", "人数"], ["市场部", "策划", "3"], ["", "推广", "4"], ["销售部", "签约", ""]]
        ):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 1).merge(table.cell(3, 2))
        table.cell(1, 1).add_paragraph("调研")
        made.add_table(1, 1).cell(0, 0).text = "提示框"

    deck = read("tables.docx", document(write))
    assert deck.slides[0].source.split("\n")[1:] == [
        "部门 | 职责 | 人数", "市场部 | 策划；调研 | 3", "推广 | 4", "销售部 | 签约", "提示框",
    ]  # fmt: skip
    facts = {(fact.subject, fact.aspect, fact.text) for fact in deck.slides[0].facts}
    assert {("市场部", "职责", "策划"), ("市场部", "职责", "调研"), ("市场部", "职责", "推广")} <= facts
    assert ("市场部", "人数", "4") in facts


def test_tables_inside_boxes_and_cells_are_read_once(read: Read) -> None:
    def write(made: Any) -> None:
        box = made.add_table(1, 1).cell(0, 0)
        box.text = "框内"
        for target in (box, made.add_table(2, 2).cell(1, 1)):
            inner = target.add_table(2, 2)
            for n, cell in enumerate(cell for row in inner.rows for cell in row.cells):
                cell.text = f"格{n}"

    assert lines(read, write) == [["框内", "格0 | 格1", "格2 | 格3", "格0 格1；格2 格3"]]


def test_outline_levels_of_own_styles_and_paragraphs(read: Read) -> None:
    def write(made: Any) -> None:
        for name, level in (("章名", 0), ("节名", 1)):
            style = made.styles.add_style(name, 1)
            properties = style.element.get_or_add_pPr()
            raw_level = properties.makeelement(properties.tag.replace("pPr", "outlineLvl"))
            raw_level.set(properties.tag.replace("pPr", "val"), str(level))
            properties.append(raw_level)
        made.add_paragraph("第一章", style="章名")
        made.add_paragraph("第一节", style="节名")
        made.add_paragraph("正文一。")
        raw(made, '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>第二章</w:t></w:r></w:p>')
        made.add_paragraph("正文二。")

    assert lines(read, write) == [["第一章", "第一节", "正文一。"], ["第二章", "正文二。"]]


def test_footnotes(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_heading("分工", 1)
        unit = '<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:footnoteReference w:id="{}"/></w:r></w:p>'
        raw(made, unit.format("销售部", 1))
        raw(made, unit.format("负责签约。", 2))
        made.add_paragraph("末段。")

    deck = read("notes.docx", with_footnotes(document(write), "试点单位", "含续约"))
    assert deck.slides[0].source.split("\n")[1:] == [
        "销售部[1]",
        "负责签约。[2]",
        "末段。",
        "[1] 试点单位",
        "[2] 含续约",
    ]
    assert [block.kind for block in deck.slides[0].blocks[-2:]] == ["footnote", "footnote"]


def test_without_headings_pages_are_the_author_s(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_paragraph("第一页的话。")
        made.add_page_break()
        made.add_paragraph("第二页的话。")
        made.add_section()
        made.add_paragraph("新的一节。")

    assert lines(read, write) == [["第一页的话。"], ["第二页的话。"], ["新的一节。"]]


def test_numbered_lines_are_headings_where_no_style_is(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_paragraph().add_run("员工手册").bold = True
        made.add_paragraph("试行。")
        for chapter in ("第一章 总则", "第二章 考勤"):
            made.add_paragraph(chapter)
            made.add_paragraph("第一条 为规范管理,制定本制度。")
            made.add_paragraph("一、工作时间")
            made.add_paragraph("每日八小时。")
            made.add_paragraph("二、例外")
            for line in ("(一)出差", "(二)培训", "(三)其他"):
                made.add_paragraph(line)

    deck = read("typed.docx", document(write))
    assert deck.title == "员工手册"
    assert [slide.title for slide in deck.slides] == ["员工手册", "总则", "考勤"]
    assert ("工作时间", "每日八小时。") in {(fact.subject, fact.text) for fact in deck.slides[1].facts}
    kinds = {block.text: block.kind for block in deck.slides[1].blocks}
    assert kinds["二、例外"] == "heading"
    assert "heading" not in {kinds["(一)出差"], kinds["(二)培训"], kinds["(三)其他"]}


def test_long_chapters_are_divided_and_nothing_is_lost(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_heading("总章", 1)
        for n in range(6):
            made.add_heading(f"第{n}节", 2)
            for k in range(40):
                made.add_paragraph(f"{n}-{k}" + "话" * 50 + "。")
        made.add_heading("末章", 1)
        made.add_paragraph("完。")

    slides = lines(read, write)
    assert len(slides) > 4
    assert sum(len(slide) for slide in slides) == 2 + 6 + 240 + 1


GOOD = document(handbook)
ENTITIES = b'<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">]><w:document'
REFUSED = {
    "old.docx": (OLE_HEADER + bytes(600), "另存为 .docx"),
    "old.doc": (OLE_HEADER + bytes(600), "另存为 .docx"),
    "macro.docm": (GOOD, "不含宏的 .docx"),
    "text.docx": (b"hello", "不是 .docx"),
    "cut.docx": (GOOD[: len(GOOD) // 2], "损坏"),
    "entities.docx": (repacked(GOOD, "word/document.xml", lambda c: c.replace(b"<w:document", ENTITIES, 1)), "DOCTYPE"),
    "broken.docx": (repacked(GOOD, "word/document.xml", lambda c: c[:500]), "损坏"),
    "empty.docx": (document(lambda made: None), "没有可读的文字"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_line(name: str, read: Read) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(RefusedFile, match=reason) as caught:
        read(name, content)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seed", range(20))
def test_damaged_bytes_are_refused_or_read(seed: int, read: Read) -> None:
    random = Random(seed)
    content = bytearray(GOOD)
    for _ in range(random.randint(1, 20)):
        content[random.randrange(len(content))] = random.randrange(256)
    try:
        deck = read("damaged.docx", bytes(content))
    except RefusedFile:
        return
    check(deck)


SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
NAME = st.text(alphabet="甲乙丙丁部型中心优缺点（）*：", min_size=1, max_size=10)
STYLES = ["Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Bullet 2", "List Number", "Normal"]
PARTS = st.one_of(
    st.tuples(st.sampled_from(STYLES), NAME | SAFE, st.booleans()),
    st.tuples(
        st.just("table"), st.lists(st.lists(NAME | SAFE, min_size=3, max_size=3), min_size=2, max_size=4), st.booleans()
    ),
    st.tuples(st.just("break"), st.none(), st.booleans()),
)


def fill(made: Any, parts: list[tuple[str, Any, bool]]) -> None:
    """Write random parts; the flag makes text bold, tables merged, breaks sections."""
    for kind, content, flag in parts:
        if kind == "table":
            table = made.add_table(len(content), 3)
            for r, row in enumerate(content):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text
            if flag:
                table.cell(0, 0).merge(table.cell(1, 1))
        elif kind == "break":
            _ = made.add_section() if flag else made.add_page_break()
        else:
            made.add_paragraph(style=kind).add_run(content).bold = flag


@settings(RELAXED, max_examples=30)
@given(parts=st.lists(PARTS, max_size=12))
def test_random_documents(read: Read, parts: list[tuple[str, Any, bool]]) -> None:
    content = document(lambda made: fill(made, parts))
    if deck := attempt(read, "random.docx", content):
        check(deck)
        assert read("random.docx", content) == deck
