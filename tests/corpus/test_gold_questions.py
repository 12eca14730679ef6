"""The gold questions are sound: points stand in the material, refusals do not ask for what it says."""

from collections import Counter
from pathlib import Path

import pytest

from kejian.assistant.evaluation.matching import says
from kejian.corpus.build_decks import DECKS
from kejian.corpus.gold_questions import BUNDLED_GOLD, GoldQuestion, read_gold
from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

TEST_DECKS = Path(__file__).parents[1] / "decks"
PAIRS = [(BUNDLED_GOLD / "bpr.jsonl", DECKS / "bpr.pptx")] + [
    (path, path.with_suffix(".pptx")) for path in sorted(TEST_DECKS.glob("*.jsonl"))
]
# A wrong assumption is denied in the answer's own words; the deck only says what is true.
DENIAL = ("不是", "不属于", "不归", "不在", "并非", "不设在", "不由")
SLICES = {
    "解释", "优点", "缺点", "比较", "结构", "职责", "归口", "新架构", "多轮", "说法变化", "不可答", "错误前提",
}  # fmt: skip


@pytest.fixture(params=PAIRS, ids=lambda pair: pair[0].stem, scope="module")
def pair(request: pytest.FixtureRequest) -> tuple[list[GoldQuestion], Deck]:
    gold, deck = request.param
    return read_gold(gold), read_deck(deck, TermBase.bundled())


def test_every_question_names_the_deck(pair: tuple[list[GoldQuestion], Deck]) -> None:
    questions, deck = pair
    assert {question.deck for question in questions} == {deck.title}


def test_every_point_stands_on_the_slides_named(pair: tuple[list[GoldQuestion], Deck]) -> None:
    questions, deck = pair
    sources = {slide.number: slide.source for slide in deck.slides}
    for question in questions:
        text = "\n".join(sources[number] for number in question.slides)
        missing = [point for point in question.points if not says(text, point) and point != DENIAL]
        assert not missing, (question.id, missing)


def test_points_are_atomic_phrases(pair: tuple[list[GoldQuestion], Deck]) -> None:
    for question in pair[0]:
        for variant in (variant for point in question.points for variant in point):
            assert 2 <= len(variant) <= 14, (question.id, variant)


def test_what_a_refusal_names_stands_in_the_deck(pair: tuple[list[GoldQuestion], Deck]) -> None:
    questions, deck = pair
    whole = "\n".join(slide.source for slide in deck.slides)
    for question in questions:
        assert all(says(whole, variants) for variants in question.mention), question.id
        assert question.expect == "answer" or question.reasons, question.id


def test_questions_are_asked_once(pair: tuple[list[GoldQuestion], Deck]) -> None:
    asked = Counter((question.turns, question.question) for question in pair[0])
    assert max(asked.values()) == 1


def test_the_bundled_questions_cover_every_slice() -> None:
    questions = read_gold(BUNDLED_GOLD / "bpr.jsonl")
    counts = Counter(question.slice for question in questions)
    assert set(counts) == SLICES
    assert min(counts.values()) >= 10
    assert counts["不可答"] >= 25
    assert counts["错误前提"] >= 15
    assert {number for question in questions for number in question.slides} == {16, 17, 18, 19, 20}
