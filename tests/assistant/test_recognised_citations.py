"""A citation says how certain its text is where that was recognised in a picture."""

from __future__ import annotations

from kejian.assistant.answer import Answer, Citation
from kejian.assistant.draft import Numbering
from kejian.assistant.knowledge import Place, Source
from kejian.ingest.model import Block, Deck, Slide
from kejian.ui.answer_text import answer_text

SLIDE = Slide(
    "s", 3, 3, "考勤", "迟到扣分\n早退扣分\n旷工除名",
    (
        Block("a", "bullet", "迟到扣分", 0, 4),
        Block("b", "bullet", "早退扣分", 5, 9, confidence=0.97),
        Block("c", "bullet", "旷工除名", 10, 14, confidence=0.91),
    ),
)  # fmt: skip
PLACE = Place(Deck("d", "制度", "0", (SLIDE,)), SLIDE)


def cited(*ranges: tuple[int, int]) -> list[Citation]:
    numbering = Numbering()
    numbering.of([Source(PLACE, start, end) for start, end in ranges])
    return numbering.citations


def test_the_least_certain_part_counts() -> None:
    assert [c.confidence for c in cited((0, 4), (5, 9), (0, 14))] == [None, 0.97, 0.91]


def test_the_text_form_says_so_beside_the_source() -> None:
    made = cited((0, 4), (5, 9))
    answer = Answer("q", "q", "list", "迟到扣分[1]", (), tuple(made))
    *_, typed, seen = answer_text(answer).splitlines()
    assert typed == "[1] 《制度》第 3 页 考勤:「迟到扣分」"
    assert seen == "[2] 《制度》第 3 页 考勤:「早退扣分」(识别自图片,置信度 0.97,请对照原图)"
