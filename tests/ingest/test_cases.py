"""What is read out of small files: every file in cases/ holds an input and the facts and relations expected of it.

A new case is a new file. Below ``=== 事实`` stand ``subject | aspect | text`` (a leading ``?`` where the deck marks it
as inference), below ``=== 关系`` stand chains ``root → … → child``, below ``=== 页`` ``number | title``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from reading import Read

from kejian.ingest.model import Deck

CASES = sorted((Path(__file__).with_name("cases")).iterdir())


def _sections(text: str) -> dict[str, list[str]]:
    head, *rest = text.split("\n=== ")
    found = {"input": [head + "\n"]}
    for part in rest:
        name, _, body = part.partition("\n")
        found[name.strip()] = [line for line in body.splitlines() if line.strip()]
    return found


def _facts(deck: Deck) -> list[str]:
    facts = (fact for slide in deck.slides for fact in slide.facts)
    return [f"{'? ' if fact.inferred else ''}{fact.subject} | {fact.aspect} | {fact.text}" for fact in facts]


def _relations(deck: Deck) -> list[str]:
    relations = (relation for slide in deck.slides for relation in slide.relations)
    return [f"{'? ' if r.inferred else ''}{' → '.join((*r.chain, r.child))}" for r in relations]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_case(path: Path, read: Read) -> None:
    sections = _sections(path.read_text("utf-8"))
    deck = read(path.name, sections.pop("input")[0])
    found = {
        "事实": _facts(deck),
        "关系": _relations(deck),
        "页": [f"{slide.number} | {slide.title}" for slide in deck.slides],
    }
    assert sections, "a case expects something"
    for name, expected in sections.items():
        assert found[name] == expected
