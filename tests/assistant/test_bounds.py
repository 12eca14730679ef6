"""What is looked up in indexes is what going through everything finds."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from deck_assistant import DeckSnapshot

from kejian.assistant import select
from kejian.assistant.bounds import bounds
from kejian.assistant.engine import Assistant
from kejian.assistant.evidence import Weights, coverage
from kejian.assistant.gate import ANSWERED_FROM, UNNAMED
from kejian.assistant.name_index import NameIndex
from kejian.corpus.normalize import searchable
from kejian.corpus.synonyms import Synonyms
from kejian.index.grams import GramIndex

TEXTS = ["发生火灾时立即报警", "起火后清点人数", "it 部门的职责", "审批权限", "批", ""]
WEIGHTS = Weights.of_texts(TEXTS, Synonyms.of_groups([["火灾", "着火", "起火"]]))


@pytest.mark.parametrize(
    "words", [["火灾"], ["着火", "清点人数"], ["批"], ["it", "职责"], ["清点人头数"], ["没有"], []]
)
def test_no_text_bears_out_more_than_its_bound(words: list[str]) -> None:
    most = bounds(GramIndex.build(TEXTS), len(TEXTS), words, WEIGHTS)
    said = np.array([coverage(words, text, WEIGHTS) for text in TEXTS])
    assert (most >= said).all()
    assert (most[said == 0] < 0.9).all()


def test_names_by_what_stands_in_them_and_in_what_they_stand() -> None:
    names = NameIndex.of([(7, "技术支持部"), (8, "支持"), (7, "技术部"), (9, "")])
    assert list(names.containing(["支持"])) == [7, 8]
    assert list(names.containing(["部"])) == [7, 7]
    assert names.rows_with("") == [0, 1, 2, 3]
    assert names.within("找技术部支持") == {7, 8, 9}


def test_a_fact_beside_the_nearest_ones_never_answers_a_question_without_a_name() -> None:
    """Only the nearest facts are therefore looked at."""
    assert UNNAMED.probability(1.0, 0.0) < ANSWERED_FROM


@pytest.mark.parametrize("word", ["前置", "温控要求", "装车班", "要求冷冻", "班", "没有的词"])
def test_what_the_library_says(assistant: Assistant, word: str) -> None:
    slides = [searchable(f"{p.slide.title}\n{p.slide.source}") for p in assistant.knowledge.places]
    assert assistant.knowledge.says(word) == any(word in slide for slide in slides)


def test_mentions_are_the_blocks_that_name_an_entity(assistant: Assistant) -> None:
    group = assistant.knowledge.entity_named("收货组")
    assert group is not None
    found = assistant.knowledge.mentions(group)
    blocks = [block for place in assistant.knowledge.places for block in place.slide.blocks]
    assert [block for _, block in found] == [
        block for block in blocks if "收货组" in block.text or "验收组" in block.text
    ]


def test_a_large_library_is_asked_for_likely_facts_only(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge, weights = assistant.knowledge, assistant.inquiry("谁核对到货数量").weights
    monkeypatch.setattr(select, "FEW", 0)
    likely = list(select.likely_points(knowledge, ["核对", "到货"], weights, 0.4))
    ranked = select.rank_points(knowledge.points, ["核对", "到货"], weights)
    assert {scored.point for scored in ranked if scored.score >= 0.4} <= set(likely)
    assert len(likely) < len(knowledge.points)
    assert [point.number for point in likely] == sorted(point.number for point in likely)


def test_an_assistant_goes_when_nobody_holds_it(assistant: Assistant) -> None:
    snapshot = DeckSnapshot("other", assistant.snapshot.decks, assistant.snapshot.search)
    other = Assistant(snapshot, assistant.knowledge.terms)
    other.ask("前置仓型的优点")
    gone = weakref.ref(other.knowledge)
    gc.disable()
    try:
        del other
        assert gone() is None
    finally:
        gc.enable()
