"""Rankings, citations, matrices, structures and follow-ups judged: every figure can be counted on the page."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from kejian.assistant.answer import NOT_MENTIONED, Answer, Cell, Citation, Matrix, Row, Sentence, Structure
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.ranking import measured
from kejian.assistant.evaluation.support import Supported
from kejian.corpus.gold_questions import GoldQuestion
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

TEXT = """---
title: 门店
---

<!-- slide: 1 -->

## 两种仓型

### 甲型

#### 优点

- 离门店近，半小时送达
- 库存集中

#### 缺点

- 租金不高

### 乙型

#### 优点

- 投入少

<!-- slide: 2 -->

## 结构

### 总部的组织结构

- 总部
  - 仓储部
    - 收货组
    - 发运组
  - 财务部
"""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    path = tmp_path_factory.mktemp("deck") / "deck.md"
    path.write_text(TEXT, encoding="utf-8")
    return Judge((read_deck(path, TermBase.bundled()),), TermBase.bundled())


def cite(deck: Deck, n: int, slide: int, quote: str) -> Citation:
    source = next(s.source for s in deck.slides if s.number == slide)
    start = source.index(quote)
    return Citation(n, deck.id, deck.title, slide, "", quote, start, start + len(quote), True)


def answer(*sentences: Sentence, citations: tuple[Citation, ...] = (), **fields: object) -> Answer:
    text = "\n".join(f"- {sentence.text}" for sentence in sentences)
    return Answer("?", "?", "list", text, sentences, citations, **fields)  # type: ignore[arg-type]


def test_rankings_are_those_of_trec_eval() -> None:
    # relevant 16 and 19 at ranks 2 and 4 of four
    found = measured({"q": [17, 16, 20, 19], "none": []}, {"q": [16, 19], "none": [1], "no": []})
    assert set(found) == {"q", "none"}
    q = found["q"]
    assert (q.recall[1], q.recall[3], q.recall[5], q.recall[10]) == (0.0, 0.5, 1.0, 1.0)
    assert q.reciprocal_rank == 0.5
    ideal = 1 + 1 / math.log2(3)
    assert math.isclose(q.ndcg, (1 / math.log2(3) + 1 / math.log2(5)) / ideal)
    assert (found["none"].reciprocal_rank, found["none"].recall[10]) == (0.0, 0.0)


def test_a_ranking_counts_each_item_once() -> None:
    assert measured({"q": ["a", "a", "b"]}, {"q": ["b"]})["q"].reciprocal_rank == 0.5
    assert measured({}, {}) == {}


def test_citation_recall_and_precision(judge: Judge) -> None:
    deck = judge.decks[0]
    near, stock, cheap = (cite(deck, n, 1, q) for n, q in enumerate(("离门店近，半小时送达", "库存集中", "投入少"), 1))
    given = answer(
        Sentence("离门店近，半小时送达", (1,)),  # borne out, its citation needed
        Sentence("库存集中", (2, 3)),  # borne out by [2]; [3] neither bears it out nor is missed
        Sentence("库存集中", (3,)),  # not borne out by the quotation, though by its slide
        Sentence("由总部统一采购", (1,)),  # borne out by nothing
        citations=(near, stock, cheap),
    )
    assert judge.support.of(given, judge.support.span) == Supported(4, 2, 5, 2)
    assert judge.support.of(given, judge.support.slide) == Supported(4, 3, 5, 4)


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("离门店近，半小时送达", True),
        ("甲型的优点：离门店近，半小时送达", True),
        ("甲型的优点有 1 项：离门店近，半小时送达", True),  # how many it counts is not looked at
        ("离门店近，三小时送达", False),
        ("离门店不近，半小时送达", False),
        ("离门店近，半小时送达，费用全免", False),
    ],
)
def test_what_a_quotation_bears_out(judge: Judge, sentence: str, stands: bool) -> None:
    premise = judge.support.span(cite(judge.decks[0], 1, 1, "离门店近，半小时送达"))
    assert judge.support.bears_out(premise, sentence) is stands


def matrix(*rows: Row) -> Matrix:
    return Matrix(("甲型", "乙型"), rows)


def test_matrix_cells(judge: Judge) -> None:
    deck = judge.decks[0]
    citations = (cite(deck, 1, 1, "库存集中"), cite(deck, 2, 1, "投入少"))
    rows = (
        Row("优点", (Cell("库存集中", (1,)), Cell("投入少", (2,)))),
        Row("缺点", (Cell(NOT_MENTIONED), Cell(NOT_MENTIONED))),  # 甲型 has one
    )
    cells = judge.matrices.cells(answer(citations=citations, matrix=matrix(*rows)), "甲型和乙型的比较")
    assert cells is not None
    assert (cells.filled, cells.invented) == (2, ())
    assert (cells.fillable, cells.left_empty) == (3, (("甲型", "缺点"),))


@pytest.mark.parametrize(
    "cell",
    [
        Cell("投入少"),  # cites nothing
        Cell("服务好", (2,)),  # is not what it cites
        Cell("投入少", (2,)),  # is said of 乙型
        Cell("投入少", (9,)),  # cites nothing there is
    ],
)
def test_an_invented_cell(judge: Judge, cell: Cell) -> None:
    citations = (cite(judge.decks[0], 2, 1, "投入少"),)
    found = judge.matrices.cells(
        answer(citations=citations, matrix=matrix(Row("优点", (cell, Cell("投入少", (2,)))))), ""
    )
    assert found is not None
    assert (found.filled, found.invented) == (2, (("甲型", "优点"),))


def test_structure_edges(judge: Judge) -> None:
    whole = Structure(
        "总部", (), (Structure("仓储部", (), (Structure("收货组"), Structure("发运组"))), Structure("财务部"))
    )
    assert judge.structures.edges(whole).f1 == 1.0
    # depth one: the groups are not asked of it
    assert judge.structures.edges(Structure("总部", (), (Structure("仓储部"), Structure("财务部")))).f1 == 1.0
    wrong = judge.structures.edges(Structure("总部", (), (Structure("仓储部"), Structure("发运组"))))
    assert (wrong.right, wrong.wrong, wrong.missing) == (
        {("总部", "仓储部")},
        {("总部", "发运组")},
        {("总部", "财务部")},
    )
    assert wrong.f1 == 0.5


def gold(**fields: object) -> GoldQuestion:
    defaults = {"slice": "多轮", "question": "那它的缺点呢", "expect": "answer", "deck": "门店", "points": (("租金",),)}
    return GoldQuestion("q", **{**defaults, **fields})  # type: ignore[arg-type]


def test_follow_ups(judge: Judge) -> None:
    asked = gold(turns=("甲型有哪些优点",), resolved=(("甲型", "甲式"), ("缺点",)))
    given = replace(answer(Sentence("租金不高", ())), resolved="甲型的缺点")
    assert judge.case(asked, given).resolved_right is True
    assert judge.case(asked, replace(given, resolved="那它的缺点呢")).resolved_right is False
    assert judge.case(gold(), given).resolved_right is None


def test_the_point_of_another_subject_is_wrong(judge: Judge) -> None:
    asked = gold(question="甲型有哪些优点?", points=(("投入少",),))
    case = judge.case(asked, answer(Sentence("乙型的优点：投入少", ())))
    assert [(point.grade, point.contradiction) for point in case.points] == [("wrong", "说的是乙型")]


def test_evidence_is_in_the_blocks_that_say_a_point(judge: Judge) -> None:
    asked = gold(question="甲型有哪些优点?", points=(("库存集中",), ("半小时",)), slides=(1,))
    texts = {block.id: block.text for slide in judge.decks[0].slides for block in slide.blocks}
    assert {texts[block] for _, _, block in judge.evidence(asked)} == {"离门店近，半小时送达", "库存集中"}


def test_names_of_a_deck_and_who_are_compared(judge: Judge) -> None:
    names = judge.scorer.subjects
    assert names.are_rivals("甲型", "乙型")
    assert not names.are_rivals("甲型", "仓储部")
    assert names.named_in("甲型和乙型") == ("甲型", "乙型")
