"""Three ways compared, drawn by hand in the ways that authors of slides draw them; each says the same facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from slide_maker import Place, SlideMaker

NAMES = ("集中式采购", "分散式采购", "联合采购")
FIRST = {NAMES[0]: ("议价能力强", "标准统一"), NAMES[1]: ("响应速度快", "贴近门店"), NAMES[2]: ("成本分摊", "货源更多")}
SECOND = {NAMES[0]: ("周期偏长", "不够灵活"), NAMES[1]: ("价格不透明", "重复建设"), NAMES[2]: ("协调困难", "责任不清")}
KNOWN, COLLOQUIAL, UNKNOWN = ("优点", "缺点"), ("省心的地方", "头疼的地方"), ("带教安排", "别忘了")


@dataclass(frozen=True)
class Layout:
    """How the comparison is drawn; ``labels`` are the aspects, ``alone``: each says one thing only."""

    name: str
    draw: Callable[[Any, tuple[str, str]], None]  # on a SlideMaker, or what draws like one
    labels: tuple[tuple[str, str], ...] = (KNOWN, COLLOQUIAL, UNKNOWN)
    alone: bool = False

    def expected(self, labels: tuple[str, str]) -> set[tuple[str, str, str]]:
        """(subject, aspect, text) of all that the slide says."""
        last = 1 if self.alone else 2
        sides = zip(labels, (FIRST, SECOND), strict=True)
        return {(name, label, text) for label, side in sides for name in NAMES for text in side[name][:last]}


def column_cards(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20 + 230 * n, 120, 210, 30), name)
        slide.box((20 + 230 * n, 160, 210, 150), f"{labels[0]}:", *FIRST[name])
        slide.box((20 + 230 * n, 320, 210, 150), f"{labels[1]}:", *SECOND[name])


def labels_without_colon(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20 + 230 * n, 120, 210, 30), name)
        slide.text((20 + 230 * n, 160, 210, 150), labels[0], *FIRST[name])
        slide.text((20 + 230 * n, 320, 210, 150), labels[1], *SECOND[name])


def grouped_cards(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        card = slide.group()
        card.box((20 + 230 * n, 120, 210, 30), name)
        card.box((20 + 230 * n, 160, 210, 150), labels[0], *FIRST[name])
        card.box((20 + 230 * n, 320, 210, 150), labels[1], *SECOND[name])


def labelled_lines(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20 + 230 * n, 120, 210, 30), f"{n + 1}. {name}")
        said = (f"{label}:{side[name][0]}" for label, side in zip(labels, (FIRST, SECOND), strict=True))
        slide.text((20 + 230 * n, 160, 210, 150), *said)


def titles_on_the_edge(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20 + 230 * n, 140, 210, 300), f"{labels[0]}:", *FIRST[name], f"{labels[1]}:", *SECOND[name])
        slide.box((50 + 230 * n, 125, 150, 30), name)


def row_cards(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20, 120 + 130 * n, 120, 110), name)
        slide.box((150, 120 + 130 * n, 270, 110), labels[0], *FIRST[name])
        slide.box((430, 120 + 130 * n, 270, 110), labels[1], *SECOND[name])


def strips_over_rows(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20, 110 + 140 * n, 680, 26), name)
        for m, (label, side) in enumerate(zip(labels, (FIRST, SECOND), strict=True)):
            slide.box((20 + 345 * m, 140 + 140 * n, 335, 24), label)
            slide.text((20 + 345 * m, 166 + 140 * n, 335, 70), *side[name])


def names_over_labels_left(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((140 + 190 * n, 120, 180, 30), name)
    for m, (label, side) in enumerate(zip(labels, (FIRST, SECOND), strict=True)):
        slide.box((20, 160 + 160 * m, 100, 150), label)
        for n, name in enumerate(NAMES):
            slide.box((140 + 190 * n, 160 + 160 * m, 180, 150), *side[name])


def labels_over_names_left(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for m, label in enumerate(labels):
        slide.box((150 + 280 * m, 110, 270, 28), label)
    for n, name in enumerate(NAMES):
        slide.box((20, 145 + 125 * n, 120, 115), name)
        slide.box((150, 145 + 125 * n, 270, 115), *FIRST[name])
        slide.box((430, 145 + 125 * n, 270, 115), *SECOND[name])


def short_cells(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((160 + 185 * n, 120, 170, 40), name)
    for m, (label, side) in enumerate(zip(labels, (FIRST, SECOND), strict=True)):
        slide.box((20, 180 + 70 * m, 125, 50), label)
        for n, name in enumerate(NAMES):
            slide.box((160 + 185 * n, 180 + 70 * m, 170, 50), side[name][0])


def strips_of_aspects(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for m, (label, side) in enumerate(zip(labels, (FIRST, SECOND), strict=True)):
        slide.box((20, 110 + 200 * m, 680, 28), label)
        for n, name in enumerate(NAMES):
            slide.box((20 + 230 * n, 145 + 200 * m, 210, 28), name)
            slide.text((20 + 230 * n, 178 + 200 * m, 210, 110), *side[name])


def label_boxes_left(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        slide.box((20 + 230 * n, 120, 210, 30), name)
        for m, (label, side) in enumerate(zip(labels, (FIRST, SECOND), strict=True)):
            slide.box((20 + 230 * n, 160 + 90 * m, 60, 80), label)
            slide.text((84 + 230 * n, 160 + 90 * m, 146, 80), side[name][0])


def sizes_in_one_box(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, name in enumerate(NAMES):
        box = slide.text((20 + 230 * n, 120, 210, 330), name, labels[0], *FIRST[name], labels[1], *SECOND[name])
        for paragraph, size in zip(box.text_frame.paragraphs, (20, 16, 12, 12, 16, 12, 12), strict=True):
            paragraph.runs[0].font.size = size * 12_700


def translated_names(slide: SlideMaker, labels: tuple[str, str]) -> None:
    for n, (name, english) in enumerate(zip(NAMES, ("Centralized", "Local", "Joint"), strict=True)):
        slide.box((20 + 230 * n, 120, 210, 40), name, english)
        said = (f"{label}:{side[name][0]}" for label, side in zip(labels, (FIRST, SECOND), strict=True))
        slide.text((20 + 230 * n, 170, 210, 150), *said)


LAYOUTS = (
    Layout("column cards", column_cards),
    Layout("labels without colon", labels_without_colon),
    Layout("grouped cards", grouped_cards),
    Layout("labelled lines", labelled_lines, alone=True),
    Layout("titles on the edge of their cards", titles_on_the_edge),
    Layout("row cards", row_cards),
    Layout("strips over rows", strips_over_rows),
    Layout("names over, labels left", names_over_labels_left),
    Layout("labels over, names left", labels_over_names_left, (KNOWN, COLLOQUIAL)),
    Layout("short cells", short_cells, alone=True),
    Layout("strips of aspects", strips_of_aspects, (KNOWN,)),
    Layout("label boxes left", label_boxes_left, alone=True),
    Layout("sizes in one box", sizes_in_one_box),
    Layout("translated names", translated_names, alone=True),
)


class HtmlMaker:
    """Draws as ``SlideMaker`` does, on a page that is printed to a PDF."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def box(self, place: Place, *lines: str) -> None:
        self._add(place, lines, "border: 1px solid; background: #eef")

    def text(self, place: Place, *lines: str) -> None:
        self._add(place, lines, "")

    def group(self) -> HtmlMaker:
        return self

    def page(self, title: str) -> str:
        """All that was drawn, under ``title``."""
        return f"<section><h1>{title}</h1>{''.join(self.pieces)}</section>"

    def _add(self, place: Place, lines: tuple[str, ...], style: str) -> None:
        sides = zip(("left", "top", "width", "height"), place, strict=True)
        at = "; ".join(f"{side}: {length}pt" for side, length in sides)
        said = "".join(f"<div>{line}</div>" for line in lines)
        self.pieces.append(f'<div style="position: absolute; {at}; {style}">{said}</div>')


def html(pages: Iterable[str]) -> str:
    """A document of slides, 720 by 540 points each."""
    style = (
        "@page { size: 720pt 540pt; margin: 0 } body { margin: 0; font-size: 12pt }"
        "section { position: relative; width: 720pt; height: 540pt; page-break-after: always; overflow: hidden }"
        "h1 { position: absolute; left: 36pt; top: 10pt; font-size: 30pt }"
    )
    return f'<html lang="zh"><meta charset="utf-8"><style>{style}</style>{"".join(pages)}</html>'
