"""Names that a deck gives one thing in one line: numbers of options, holders of posts, counts in brackets."""

from __future__ import annotations

from pathlib import Path

from kejian.assistant.knowledge import Knowledge
from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck

DECK = """# 方案

<!-- slide: 1 -->
## 方案一：总部集中制

- 采购便宜

<!-- slide: 2 -->
## 方案二 分散制

- 响应快

<!-- slide: 3 -->
## 集团组织架构

- 总裁 林海
  - 副总裁 周山
    - 门店部（12人）
  - 副总裁 韩江
    - 采购部
"""


def _knowledge(folder: Path) -> Knowledge:
    path = folder / "names.md"
    path.write_text(DECK, encoding="utf-8")
    terms = TermBase.bundled()
    return Knowledge([read_deck(path, terms)], terms)


def test_a_numbered_option_is_named_by_its_number_and_by_its_name(tmp_path: Path) -> None:
    knowledge = _knowledge(tmp_path)
    assert knowledge.entity_named("方案一") == knowledge.entity_named("总部集中制") is not None
    assert knowledge.entity_named("总部集中") == knowledge.entity_named("方案一")
    assert knowledge.entity_named("方案二") == knowledge.entity_named("分散制") is not None
    assert knowledge.entity_named("方案一") != knowledge.entity_named("方案二")


def test_a_post_is_named_without_its_holder_where_one_person_holds_it(tmp_path: Path) -> None:
    knowledge = _knowledge(tmp_path)
    assert knowledge.entity_named("总裁") == knowledge.entity_named("林海") is not None
    assert knowledge.entity_named("周山") is not None
    assert knowledge.entity_named("副总裁") is None


def test_a_count_in_brackets_is_no_name(tmp_path: Path) -> None:
    knowledge = _knowledge(tmp_path)
    assert knowledge.entity_named("门店部") is not None
    assert knowledge.entity_named("12人") is None
