"""Drafts: what was recovered, as Markdown that reads back to the same slides."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from extract_sample import BULLETS, NAME, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.extract_draft import UNPLACED, markdown, read_draft
from kejian.ingest.markdown import read_markdown
from kejian.ingest.model import Deck
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.read import read_deck


@pytest.fixture
def draft(tmp_path: Path, terms: TermBase) -> str:
    path = tmp_path / "extract.txt"
    path.write_text(TEXT, encoding="utf-8")
    return read_draft(path, terms)[0]


@pytest.fixture
def again(draft: str, tmp_path: Path, terms: TermBase) -> Deck:
    path = tmp_path / "draft.md"
    path.write_text(draft, encoding="utf-8")
    return read_deck(path, terms)


def test_form(draft: str) -> None:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    assert draft.startswith(f"---\ntitle: {NAME}\ncorrects: {digest}\n---\n\n<!-- ")
    assert "\n<!-- slide: 10 -->\n\n<!-- 第 10 页:条目与部门的对应关系无法从文本恢复 -->\n\n## 生产" in draft
    assert "\n<!-- 原文此处的名称:烘烤 车间 -->\n" not in draft.split("<!-- slide: 10 -->")[0]
    assert "\n- 冷链车队 \\*\n" in draft
    assert f"\n### {UNPLACED}\n" in draft
    assert "条目与部门的对应关系无法从文本恢复" in draft


def test_reads_back_to_the_same_slides(again: Deck) -> None:
    assert again.title == NAME
    assert [slide.number for slide in again.slides] == [7, 8, 9, 10, 11, 12]
    assert [slide.title for slide in again.slides][:3] == ["标题待补", "标题待补", "建议的工厂组织架构"]
    for slide in again.slides:
        placed = [b.text for b in slide.blocks if b.kind == "bullet" and UNPLACED.split("（")[0] not in b.path]
        assert placed == BULLETS.get(slide.number, [])


def test_guessed_parts_are_marked(again: Deck) -> None:
    guessed = ("待归位的名称", "标题待补")
    facts = [fact for slide in again.slides for fact in slide.facts if fact.subject in guessed]
    assert facts
    assert all(fact.inferred for fact in facts)


def test_footnotes_stay_with_their_names(again: Deck) -> None:
    remarks = {(fact.subject, fact.text) for slide in again.slides for fact in slide.facts if fact.aspect == "备注"}
    assert ("冷链车队", "非必设部门,各厂可按规模自行决定") in remarks


def test_a_corrected_draft_gives_facts_under_the_right_slide(draft: str, tmp_path: Path, terms: TermBase) -> None:
    path = tmp_path / "corrected.md"
    corrected = draft.replace("- 300度炉的点检和维护", "### 烘烤车间\n\n- 300度炉的点检和维护")
    path.write_text(corrected, encoding="utf-8")
    facts = [
        (s.number, f.subject, f.aspect) for s in read_deck(path, terms).slides for f in s.facts if "点检" in f.text
    ]
    assert facts == [(10, "烘烤车间", "职责")]


def test_ordinary_texts(tmp_path: Path, terms: TermBase) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("一、仓库职责\n• 盘点\n备注:每月一次\n二、门店职责\n1. 收银\n2. 补货\n", encoding="utf-8")
    text, _ = read_draft(path, terms)
    assert "title: plain\n" in text
    assert "<!-- slide: 2 -->\n\n### 二、门店职责\n" in text
    assert "> 备注:每月一次" in text
    assert "- 1\\. 收银" in text


@pytest.mark.parametrize(("name", "content"), [("deck.md", "x"), ("blank.txt", "\n\x0c\n"), ("none.txt", None)])
def test_refused(name: str, content: str | None, tmp_path: Path, terms: TermBase) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(RefusedFile, match=name):
        read_draft(tmp_path / name, terms)


LINES = st.text(st.sampled_from("甲乙 *_`#-+=.0123456789<>[]|\\&~:!()（）"), min_size=1, max_size=20)


@given(st.lists(LINES.map(str.split).map(" ".join).filter(bool), min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_markup_is_only_text(lines: list[str]) -> None:
    page = Page(tuple(Item("bullet", line) for line in lines), 3)
    back = read_markdown(markdown(Outline("题目: #1", (page,)), ""))
    assert back.title == "题目: #1"
    assert [item.text for page in back.pages for item in page.items if isinstance(item, Item)] == lines
