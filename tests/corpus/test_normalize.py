"""The searchable form: what should be found alike is alike, and folding twice changes nothing."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.corpus import normalize
from kejian.corpus.normalize import searchable


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(normalize).failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("非原則性設臵", "非原则性设置"),
        ("ＩＴ　部", "it部"),
        ("基于 1000 平台", "基于1000平台"),
        ("市场 拓展部", "市场拓展部"),
        ("党群 /纪检 部", "党群/纪检部"),
        ("业务支持中心 (计费帐务中心 )", "业务支持中心（计费帐务中心）"),
        ("第⼗⻚", "第十页"),
        ("前后\u200b端型", "前后端型"),
        ("Org  Chart", "org chart"),
        ("流程，职责", "流程 ，职责"),
        ("PAS、 传统业务", "pas、传统业务"),
        ("計費帳務、出帐", "计费账务、出账"),
        ("坐席出租", "座席出租"),
    ],
)
def test_written_differently_found_alike(one: str, other: str) -> None:
    assert searchable(one) == searchable(other)


@pytest.mark.parametrize(
    ("one", "other"), [("大客户部", "大客户"), ("org chart", "orgchart"), ("A、B", "A B"), ("1.2", "12")]
)
def test_different_stays_different(one: str, other: str) -> None:
    assert searchable(one) != searchable(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)
