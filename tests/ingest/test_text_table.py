"""Tables in plain text: cells parted by tabs or strokes, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.ingest.text_table import table_at


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("部门\t职责\n市场部\t策划", "部门 职责 市场部 策划"),
        ("部门\t\t职责\n市场部\t策划", "部门 职责 市场部 策划"),
        ("| 部门 | 职责 |\n|---|:--|\n| 市场部 | 策划 |", "部门 职责 市场部 策划"),
        ("中心\t部门\n前台\t市场\n\t销售", "中心 部门 前台 市场  销售"),
    ],
)
def test_tables(text: str, cells: str) -> None:
    table, taken = table_at(text.split("\n"))
    assert table is not None
    assert taken == text.count("\n") + 1
    assert [cell.text for cell in table.cells()] == cells.split(" ")


@pytest.mark.parametrize(
    "text",
    [
        "•\t策划\n•\t调研",
        "1.\t填写\n2.\t审批",
        "地址：\t北京\n电话：\t123",
        "第一章 概况\t1\n第二章 流程\t12",
        "部门\t职责",
        "部门\t职责\n市场部\t策划\t三人",
        "甲\n乙",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert table_at(text.split("\n")) == (None, 0)


@given(st.lists(st.text("甲乙\t| -1.", max_size=8), max_size=5))
def test_no_word_is_lost(lines: list[str]) -> None:
    table, taken = table_at(lines)
    written = "".join(cell.text for cell in table.cells()) if table else ""
    kept = "".join("".join(lines[:taken]).split()) if table else ""
    assert sorted(c for c in written if c in "甲乙1") == sorted(c for c in kept if c in "甲乙1")
