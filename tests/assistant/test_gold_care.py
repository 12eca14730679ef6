"""Gold questions checked, proposed and mapped, on a deck small enough to count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kejian.assistant.evaluation.gold_check import checked
from kejian.assistant.evaluation.gold_draft import as_lines, drafted
from kejian.assistant.evaluation.gold_map import coverage_map, touched_by
from kejian.assistant.evaluation.judging import Judge
from kejian.corpus.gold_questions import BUNDLED_GOLD, GoldQuestion, read_gold
from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parents[2]
TEXT = """---
title: 仓库
---

<!-- slide: 3 -->

## 两种仓型

### 甲型

#### 优点

- 离门店近
- 库存集中

### 乙型

#### 优点

- 投入少

<!-- slide: 4 -->

## 结构

### 总部的组织结构

- 总部
  - 仓储部
  - 财务部
"""


def judge_of(path: Path) -> Judge:
    return Judge((read_deck(path, TermBase.bundled()),), TermBase.bundled())


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    path = tmp_path_factory.mktemp("deck") / "deck.md"
    path.write_text(TEXT, encoding="utf-8")
    return judge_of(path)


def line(id: str, question: str, **fields: object) -> str:
    defaults = {"slice": "优点", "expect": "answer", "points": [["离门店近"]], "slides": [3], "deck": "仓库"}
    return json.dumps({"id": id, "question": question, **defaults, **fields}, ensure_ascii=False)


def found(judge: Judge, path: Path, *lines: str) -> list[tuple[int, str]]:
    path.write_text("\n".join(lines), encoding="utf-8")
    return [(problem.line, problem.kind) for problem in checked([path], judge)]


def test_a_good_file_has_no_problem(judge: Judge, tmp_path: Path) -> None:
    other = line("b", "谁投入少", points=[["乙型"]])
    assert found(judge, tmp_path / "g.jsonl", line("a", "甲型有哪些优点?"), "", other) == []


def test_every_problem_is_named_with_its_line(judge: Judge, tmp_path: Path) -> None:
    lines = (
        line("a", "甲型有哪些优点?"),
        "{",
        line("a", "乙型有哪些优点?", points=[["投入少"]]),
        line("c", "甲型有哪些优点", points=[["库存集中"]]),
        line("d", "甲型有哪些优点??", slice="说法变化"),
        line("e", "丙型呢", deck="别的课件"),
        line("f", "第九页呢", slides=[3, 9]),
        line("g", "库存怎样", points=[["价格很低"]]),
        line("h", "甲型离门店多远", forbid=["门店近"]),
        line("i", "甲型有哪些優點?", slice="说法变化"),  # another script is another question
        line("j", "甲型离门店远吧", points=[["不是"], ["离门店近"]]),  # 不是 answers, and stands nowhere
    )
    assert found(judge, tmp_path / "g.jsonl", *lines) == [
        (2, "schema"),
        (3, "schema"),
        (4, "duplicate"),
        (5, "leak"),
        (6, "deck"),
        (7, "slide"),
        (8, "point"),
        (9, "point"),
    ]


def test_the_bundled_questions_have_no_problem() -> None:
    judge = judge_of(ROOT / "corpus/decks/bpr.md")
    assert [problem.text for problem in checked(sorted(BUNDLED_GOLD.glob("*.jsonl")), judge)] == []


def test_questions_are_proposed_from_every_fact_relation_and_matrix(judge: Judge, tmp_path: Path) -> None:
    questions = drafted(judge.decks[0], judge.terms)
    assert {question.question: [point[0] for point in question.points] for question in questions} == {
        "甲型的优点有哪些?": ["离门店近", "库存集中"],
        "乙型的优点是什么?": ["投入少"],
        "总部下设哪些单位?": ["仓储部", "财务部"],
        "仓储部的上级是哪个单位?": ["总部"],
        "财务部的上级是哪个单位?": ["总部"],
        "甲型、乙型的优点有什么不同?": ["离门店近", "库存集中", "投入少"],
    }
    path = tmp_path / "draft.jsonl"
    path.write_text(as_lines(questions), encoding="utf-8")
    assert read_gold(path) == questions  # what is proposed can be asked as it is
    assert checked([path], judge) == []


def test_what_is_asked_already_is_not_proposed_again(judge: Judge) -> None:
    asked = GoldQuestion("q", "优点", "乙型有什么优点", "answer", points=(("投入少",),), slides=(3,), deck="仓库")
    left = drafted(judge.decks[0], judge.terms, touched_by([asked], judge.decks[0]))
    assert "乙型的优点是什么?" not in {question.question for question in left}
    assert "甲型的优点有哪些?" in {question.question for question in left}


def test_the_map_shows_what_no_question_touches(judge: Judge) -> None:
    asked = [
        GoldQuestion("q1", "优点", "甲型的优点", "answer", points=(("离门店近",),), slides=(3,), deck="仓库"),
        GoldQuestion("q2", "结构", "仓储部归谁管", "answer", points=(("总部",),), slides=(4,), deck="仓库"),
    ]
    first, second = coverage_map(asked, judge.decks)
    assert (first.slide, first.questions, first.facts) == (3, 1, 3)
    assert first.missed_facts == ("甲型的优点:库存集中", "乙型的优点:投入少")
    assert (second.questions, second.relations, second.missed_relations) == (1, 2, ("总部 → 财务部",))


@pytest.mark.parametrize("name", ["handbook", "products"])
def test_drafts_of_other_decks_pass_the_check(name: str, tmp_path: Path) -> None:
    judge = judge_of(ROOT / f"tests/decks/{name}.md")
    path = tmp_path / "draft.jsonl"
    path.write_text(as_lines(drafted(judge.decks[0], judge.terms)), encoding="utf-8")
    assert len(read_gold(path)) > 20
    assert [problem.text for problem in checked([path], judge)] == []
