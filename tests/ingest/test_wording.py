"""The small rules of wording, and the examples in the docstrings."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.ingest import wording
from kejian.ingest.wording import is_name, one_line, sentences, split_mark, without_numbering


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(wording).failed == 0


@given(st.text())
def test_one_line_is_one_clean_line(text: str) -> None:
    line = one_line(text)
    assert line == line.strip() == one_line(line)
    assert line.splitlines() in ([], [line])


@given(st.text(alphabet="甲乙。！？；，abc. ", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    ranges = sentences(text)
    assert "".join(text[start:end] for start, end in ranges).replace(" ", "") == text.replace(" ", "")
    assert ranges == sorted(ranges)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("一、组织结构", "组织结构"),
        ("（二）职责", "职责"),
        ("第三章 流程", "流程"),
        ("2.1 申请", "申请"),
        ("3) 审批", "审批"),
        ("①准备", "准备"),
        ("1 概述", "概述"),
        ("1000呼叫中心", "1000呼叫中心"),
        ("5G业务", "5G业务"),
        ("2024年计划", "2024年计划"),
        ("一线员工", "一线员工"),
        ("十一、总结", "总结"),
        ("一、", "一、"),
    ],
)
def test_numbering(heading: str, name: str) -> None:
    assert without_numbering(heading) == name


@pytest.mark.parametrize(
    ("text", "name", "mark"),
    [
        ("公用电话部 *", "公用电话部", "*"),
        ("黄页号簿公司**", "黄页号簿公司", "**"),
        ("调度部※", "调度部", "※"),
        ("销售部[^1]", "销售部", "[^1]"),
        ("商业客户部*（中小企业部）", "商业客户部（中小企业部）", "*"),
        ("IT", "IT", ""),
    ],
)
def test_footnote_marks(text: str, name: str, mark: str) -> None:
    assert split_mark(text) == (name, mark)


@pytest.mark.parametrize(
    ("text", "named"),
    [("商业客户部（中小企业部）", True), ("负责销售，兼管仓储", False), ("优点：", False), ("", False)],
)
def test_names(text: str, named: bool) -> None:
    assert is_name(text) is named
