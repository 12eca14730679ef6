"""A name, a line that describes it, and under it 「好处」 and 「坏处」: the line says something of the name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reading import Read
from slide_maker import SlideMaker, make

from kejian.ingest.model import Deck

WAYS = {
    "自营班车": ("公司自己买车养司机", "车况放心", "停运时也要付工资"),
    "外包班车": ("和客运公司签合同，按趟结算", "不用养车", "高峰期临时加价"),
    "拼车补贴": ("员工自己约车、按里程领补贴", "最灵活", "没人管安全"),
}
LABELS = ("优点", "缺点")


def one_box(slide: SlideMaker) -> None:
    for n, (name, said) in enumerate(WAYS.items()):
        slide.text((20 + 230 * n, 120, 210, 300), name, said[0], LABELS[0], said[1], LABELS[1], said[2])


def boxes(slide: SlideMaker) -> None:
    """Every line in a box of its own, names and labels bold."""
    for n, (name, said) in enumerate(WAYS.items()):
        texts = (
            (name, True),
            (said[0], False),
            (LABELS[0], True),
            (said[1], False),
            (LABELS[1], True),
            (said[2], False),
        )
        for row, (text, bold) in enumerate(texts):
            slide.text((20 + 230 * n, 120 + 40 * row, 210, 30), text, bold=bold)


def larger_boxes(slide: SlideMaker) -> None:
    """The description in larger type than the label under it."""
    for n, (name, said) in enumerate(WAYS.items()):
        left = 20 + 230 * n
        slide.text((left, 120, 210, 30), name, size=18)
        slide.text((left, 155, 210, 60), said[0], size=15)
        slide.text((left, 220, 210, 25), LABELS[0], size=14, bold=True)
        slide.text((left, 250, 210, 80), f"- {said[1]}", size=14)
        slide.text((left, 335, 210, 25), LABELS[1], size=14, bold=True)
        slide.text((left, 365, 210, 80), f"- {said[2]}", size=14)


def expected() -> set[tuple[str, str, str]]:
    return {
        fact
        for name, said in WAYS.items()
        for fact in zip((name, name, name), ("", *LABELS), said, strict=True)
    }  # fmt: skip


def said(deck: Deck) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}


@pytest.mark.parametrize("draw", [one_box, boxes, larger_boxes])
def test_a_description_is_no_name(read: Read, draw: Callable[[SlideMaker], None]) -> None:
    assert said(read("described.pptx", make(("上下班怎么接送", draw)))) == expected()


def test_bold_lines_of_a_document(read: Read) -> None:
    body = "".join(
        f"<p><b>{name}</b></p><p>{told}</p><p><b>优点</b></p><ul><li>{good}</li></ul><p><b>缺点</b></p><ul><li>{bad}</li></ul>"
        for name, (told, good, bad) in WAYS.items()
    )
    assert said(read("described.html", f"<h1>上下班怎么接送</h1>{body}")) == expected()


def test_names_over_labels_stay_names(read: Read) -> None:
    """A longer name below a shorter one that is no unit either, beside others of its kind."""

    def draw(page: SlideMaker) -> None:
        page.text((20, 110, 690, 30), "班车", size=20)
        for n, (name, (_, good, bad)) in enumerate(WAYS.items()):
            page.text((20 + 230 * n, 150, 210, 30), f"{name}的接送办法", size=16)
            page.text((20 + 230 * n, 185, 210, 100), LABELS[0], f"- {good}", size=14)
            page.text((20 + 230 * n, 290, 210, 100), LABELS[1], f"- {bad}", size=14)

    assert {subject for subject, _, _ in said(read("names.pptx", make(("接送", draw))))} == {
        f"{name}的接送办法" for name in WAYS
    }  # fmt: skip
