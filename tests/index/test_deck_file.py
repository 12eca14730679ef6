"""Decks written and read again are the same, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

from decks import make_deck, make_slide

from kejian.index.deck_file import read_decks, write_decks

ODD = "行分隔\u2028段\r换\n行 𠀀 \ud800 “引号”\\"


def test_decks_come_back_as_they_were(tmp_path: Path) -> None:
    decks = (make_deck("部门", make_slide(1, "甲部:负责收款", ODD)), make_deck("空"))
    write_decks(tmp_path / "decks.jsonl", decks)
    assert read_decks(tmp_path / "decks.jsonl") == decks


def test_what_is_said_over_and_over_is_kept_once(tmp_path: Path) -> None:
    write_decks(tmp_path / "decks.jsonl", [make_deck("部门", make_slide(1, "甲部:收款", "甲部:付款"))])
    first, second = read_decks(tmp_path / "decks.jsonl")[0].slides[0].passages
    assert first.context is second.context
