"""Headings worded as people talk: what the departments do, and aspects that stand beside 「好的地方」."""

from __future__ import annotations

import pytest
from reading import Read

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

UNITS = {"膳食科": "一日三餐", "护工组": "翻身、喂饭", "康复室": "每天练两次走路"}


def said(deck: Deck) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}


def bundled(tmp_path, name: str, content: str) -> set[tuple[str, str, str]]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return said(read_deck(path, TermBase.bundled()))


@pytest.mark.parametrize(
    "title", ["几个科室是干嘛的", "各科室都管啥", "谁是干什么的", "三个小组分别管什么", "大家都负责什么"]
)
def test_what_everybody_does_is_a_duty(tmp_path, title: str) -> None:
    lines = "".join(f"- {unit}\n  - {duty}\n" for unit, duty in UNITS.items())
    found = bundled(tmp_path, "duties.md", f"# {title}\n\n{lines}")
    terms = TermBase.bundled()
    assert {(unit, text) for unit, _, text in found} == set(UNITS.items())
    roles = {aspect: terms.aspect(aspect) for _, aspect, _ in found}
    assert all(term and term.role == "duty" for term in roles.values())


def test_a_unit_in_the_title_keeps_its_duties(tmp_path) -> None:
    assert ("膳食科", "管啥", "一日三餐") in bundled(tmp_path, "one.md", "# 膳食科都管啥\n\n- 一日三餐\n")


OPENED = (
    ("怎么排班", ("三班倒", "每班两人")),
    ("优点", ("夜里有人",)),
    ("缺点", ("费人", "费钱")),
    ("收尾", ("月底结账",)),
)


def lines() -> list[str]:
    return [line for head, below in OPENED for line in (f"- {head}", *(f"  - {text}" for text in below))]


def expected(name: str) -> set[tuple[str, str, str]]:
    return {(name, head, text) for head, below in OPENED for text in below}


def test_what_stands_beside_aspects_is_one(read: Read) -> None:
    deck = read("beside.md", "# 模式二：驻点护理制\n\n" + "\n".join(lines()) + "\n")
    assert said(deck) == expected("模式二：驻点护理制")


def test_a_unit_beside_aspects_stays_a_unit(read: Read) -> None:
    text = "# 驻点护理\n\n- 优点\n  - 夜里有人\n- 缺点\n  - 费人\n- 护工组\n  - 翻身\n- 膳食科\n  - 做饭\n"
    assert {("护工组", "", "翻身"), ("膳食科", "", "做饭")} <= said(read("units.md", text))
