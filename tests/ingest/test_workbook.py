"""Workbooks: sheets, tables, merged cells, stored values of formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from document_maker import repacked
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from reading import Read
from test_read_properties import NAME, RELAXED, attempt, check

from kejian.corpus.errors import RefusedFile
from kejian.ingest.files import OLE_HEADER


def workbook(write: Callable[[Any], None]) -> bytes:
    """The bytes of a workbook that ``write`` fills."""
    made = Workbook()
    write(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def duties(made: Any) -> None:
    sheet = made.active
    sheet.title = "分工"
    for row in (
        ["2024 年分工表"],
        ["部门", "职责", "人数"],
        ["市场部", "策划\n调研", 3],
        [None, "推广", 4],
        ["销售部", "签约", 5],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A3:A4")
    sheet["F2"], sheet["G2"], sheet["F3"], sheet["G3"] = "年份", "收入", 2023, 1234567.5
    sheet["G3"].number_format = "#,##0.00"
    sheet["A9"] = "注：人数含借调"
    other = made.create_sheet("Sheet2")
    other.append(["项目", "比例", "日期"])
    other.append(["甲项", 0.125, date(2024, 5, 1)])
    other.append(["乙项", 0.5, datetime(2024, 5, 1, 9, 30)])
    other["B2"].number_format = other["B3"].number_format = "0.0%"
    other.sheet_state = "hidden"
    made.create_sheet("空")


def staff(made: Any) -> None:
    sheet = made.active
    sheet.title = "花名册"
    sheet.append(["工号", "姓名", "部门", "入职日期"])
    sheet.append(["0012", "李明", "生产部", date(2020, 3, 1)])
    sheet.append(["0013", "王芳", "销售部", datetime(2021, 7, 15)])
    sheet["D2"].number_format = 'yyyy"年"m"月"d"日";@'
    sheet["C2"].comment = Comment("借调中", "张三")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    other = made.create_sheet("流程")
    for line in ("离职办理流程", "1. 提交申请", "2. 交接工作", "注:三十日内办完。"):
        other.append([line])
    old = made.create_sheet("旧标准")
    old.append(["项目", "标准"])
    old.append(["住宿", "200元"])
    old.sheet_state = "hidden"


def test_what_is_hidden_or_noted_is_told(read: Read) -> None:
    deck = read("staff.xlsx", workbook(staff))
    assert deck.warnings == (
        "工作表 花名册 有 1 行、1 列是隐藏的,内容已照常收入",
        "工作表 旧标准 是隐藏的,内容已照常收入",
    )
    first, second, third = deck.slides
    assert [(block.kind, block.text) for block in first.blocks][-1] == ("note", "批注(C2):借调中")
    facts = {(fact.subject, fact.aspect, fact.text) for fact in first.facts}
    assert {("李明", "工号", "0012"), ("李明", "入职日期", "2020年3月1日"), ("王芳", "部门", "销售部")} <= facts
    assert second.source.split("\n") == ["流程", "离职办理流程", "1. 提交申请", "2. 交接工作", "注:三十日内办完。"]
    assert ("离职办理流程", "", "2. 交接工作") in {(fact.subject, fact.aspect, fact.text) for fact in second.facts}
    assert third.hidden


def test_rows_alone_in_a_group_are_named_by_it(read: Read) -> None:
    def write(made: Any) -> None:
        rows = (
            ["假别", "享受条件", "天数"],
            ["年休假", "满1年", "5天"],
            [None, "满10年", "10天"],
            ["婚假", "登记结婚", "3天"],
        )
        for row in rows:
            made.active.append(row)
        made.active.merge_cells("A2:A3")

    slide = read("leave.xlsx", workbook(write)).slides[0]
    facts = {(fact.subject, fact.aspect, fact.text, fact.path) for fact in slide.facts}
    assert facts == {
        ("满1年", "天数", "5天", ("年休假",)), ("满10年", "天数", "10天", ("年休假",)),
        ("婚假", "享受条件", "登记结婚", ()), ("婚假", "天数", "3天", ()),
    }  # fmt: skip


def test_threaded_comments(read: Read) -> None:
    """The old comment beside a thread only says that the program knows no threads."""
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    thread = (
        '<ThreadedComments xmlns="x"><threadedComment ref="C2"><text>已归队</text></threadedComment></ThreadedComments>'
    )

    def write(made: Any) -> None:
        staff(made)
        made.active["C2"].comment = Comment("[Threaded comment]\nYour version…\nComment:\n    已归队", "tc={1}")

    link = f'<Relationship Id="t1" Type="{kind}" Target="../threadedComments/t1.xml"/></Relationships>'.encode()
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    content = repacked(workbook(write), relations, lambda old: old.replace(b"</Relationships>", link))
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/threadedComments/t1.xml", thread)
    notes = [block.text for block in read("thread.xlsx", stream.getvalue()).slides[0].blocks if block.kind == "note"]
    assert notes == ["批注(C2):已归队"]


def test_structure(read: Read) -> None:
    deck = read("duties.xlsx", workbook(duties))
    first, second = deck.slides
    assert (first.number, first.title, second.number, second.title, second.hidden) == (1, "分工", 2, "", True)
    assert first.source.split("\n") == [
        "分工", "2024 年分工表", "部门 | 职责 | 人数", "市场部 | 策划；调研 | 3", "推广 | 4", "销售部 | 签约 | 5",
        "年份 | 收入", "2023 | 1,234,567.50", "注：人数含借调",
    ]  # fmt: skip
    assert second.source.split("\n") == [
        "项目 | 比例 | 日期",
        "甲项 | 12.5% | 2024-05-01",
        "乙项 | 50.0% | 2024-05-01 09:30",
    ]
    facts = {(fact.subject, fact.aspect, fact.text) for fact in first.facts}
    assert {("市场部", "职责", "推广"), ("市场部", "人数", "4"), ("销售部", "职责", "签约")} <= facts
    check(deck)


def test_formulas_are_read_by_their_stored_value(read: Read) -> None:
    def write(made: Any) -> None:
        for row in (["部门", "人数"], ["甲部", 3], ["乙部", 4], ["合计", "=SUM(B2:B3)"]):
            made.active.append(row)

    content = workbook(write)
    deck = read("formula.xlsx", content)
    assert "=SUM" not in deck.slides[0].source
    assert "1 个公式没有保存结果" in deck.warnings[0]
    stored = repacked(
        content, "xl/worksheets/sheet1.xml", lambda c: re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>7</v>", c)
    )
    deck = read("stored.xlsx", stored)
    assert "合计 | 7" in deck.slides[0].source
    assert not deck.warnings


def test_far_cells_and_absurd_merges(read: Read) -> None:
    def write(made: Any) -> None:
        made.active["A1"], made.active["XFD1048576"] = "甲部", "乙部"
        made.active.merge_cells("A1:B2")

    def filled(sheet: bytes) -> bytes:
        rows = ("".join(f"<c><v>{row * column * 7919}</v></c>" for column in range(1_000)) for row in range(101))
        return sheet.replace(b"</sheetData>", "".join(f"<row>{row}</row>" for row in rows).encode() + b"</sheetData>")

    absurd = repacked(workbook(write), SHEET, lambda content: content.replace(b'"A1:B2"', b'"A1:XFC1048575"'))
    assert read("far.xlsx", absurd).slides[0].source == "甲部\n乙部"
    with pytest.raises(RefusedFile, match="拆分"):
        read("filled.xlsx", repacked(GOOD, SHEET, filled))


GOOD = workbook(duties)
SHEET = "xl/worksheets/sheet1.xml"
REFUSED = {
    "old.xlsx": (OLE_HEADER + bytes(600), "另存为 .xlsx"),
    "old.xls": (OLE_HEADER + bytes(600), "另存为 .xlsx"),
    "macro.xlsm": (GOOD, "不含宏的 .xlsx"),
    "text.xlsx": (b"hello", "不是 .xlsx"),
    "cut.xlsx": (GOOD[: len(GOOD) // 2], "损坏"),
    "entities.xlsx": (repacked(GOOD, SHEET, lambda c: b'<!DOCTYPE x [<!ENTITY a "b">]>' + c), "DOCTYPE"),
    "broken.xlsx": (repacked(GOOD, SHEET, lambda c: c[:300]), "损坏"),
    "empty.xlsx": (workbook(lambda made: None), "没有可读的文字"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_line(name: str, read: Read) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(RefusedFile, match=reason) as caught:
        read(name, content)
    assert "\n" not in str(caught.value)


SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
VALUE = st.none() | NAME | SAFE.filter(lambda text: not text.startswith("=")) | st.integers() | st.floats(-1e9, 1e9)
PLACE = st.tuples(st.integers(1, 9), st.integers(1, 6))


@settings(RELAXED, max_examples=30)
@given(cells=st.dictionaries(PLACE, VALUE, max_size=25), merged=st.none() | st.tuples(PLACE, PLACE))
def test_random_workbooks(read: Read, cells: dict[tuple[int, int], Any], merged: Any) -> None:
    def write(made: Any) -> None:
        for (row, column), value in cells.items():
            made.active.cell(row, column, value)
        if merged:
            (top, left), (rows, columns) = merged
            made.active.merge_cells(start_row=top, start_column=left, end_row=top + rows, end_column=left + columns)

    content = workbook(write)
    if deck := attempt(read, "random.xlsx", content):
        check(deck)
        assert read("random.xlsx", content) == deck
