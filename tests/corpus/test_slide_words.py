"""Words of slides: what a head gives away by its wording."""

import pytest

from kejian.corpus.slide_words import SlideWords

WORDS = SlideWords.bundled()


@pytest.mark.parametrize("corner", ["项目", "权益", "對比項", "比较项目"])
def test_corners_over_aspects(corner: str) -> None:
    assert WORDS.heads_aspects(corner)
    assert not WORDS.heads_subjects(corner)


@pytest.mark.parametrize("corner", ["岗位", "风险等级", "产品名称", "部門"])
def test_corners_over_subjects(corner: str) -> None:
    assert WORDS.heads_subjects(corner)
    assert not WORDS.heads_aspects(corner)


@pytest.mark.parametrize(
    ("text", "attribute", "period", "unit"),
    [
        ("判定标准", True, False, False),
        ("转账费", True, False, False),
        ("2021年", False, True, False),
        ("一季度", False, True, False),
        ("12", False, True, False),
        ("采购科", False, False, True),
        ("轻伤", False, False, False),
        ("", False, False, False),
    ],
)
def test_heads(text: str, attribute: bool, period: bool, unit: bool) -> None:
    assert (WORDS.is_attribute(text), WORDS.is_period(text), WORDS.is_unit(text)) == (attribute, period, unit)


def test_titles_over_terms() -> None:
    assert WORDS.heads_terms("名词解释")
    assert WORDS.heads_terms("常用术语")
    assert not WORDS.heads_terms("名词大赛")
