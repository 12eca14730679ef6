"""A comparison drawn as one picture that stands alone: the table, and under it what its marks stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import NOT_MENTIONED, Answer, Matrix
from kejian.ui.html import Html, element
from kejian.ui.matrix_xlsx import cell_text
from kejian.ui.textfit import wrap

HEAD_WIDTH, COLUMN_WIDTH = 110.0, 250.0
PADDING = 12.0
SIZE, STEP = 14.0, 21.0
SMALL, SMALL_STEP = 12.0, 18.0
MARGIN = 24.0
TITLE_HEIGHT = 44.0


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell of the table with its lines of text."""

    lines: tuple[str, ...]
    cls: str

    @property
    def height(self) -> float:
        return len(self.lines) * STEP + 2 * PADDING


def matrix_svg(answer: Answer) -> Html:
    """The picture of an answer that has a matrix."""
    assert answer.matrix is not None
    rows = list(_rows(answer.matrix))
    across = HEAD_WIDTH + COLUMN_WIDTH * len(answer.matrix.subjects)
    heights = [max(box.height for box in row) for row in rows]
    foot = MARGIN + TITLE_HEIGHT + sum(heights) + 16
    sources = _sources(answer, across)
    width, height = across + 2 * MARGIN, foot + len(sources) * SMALL_STEP + MARGIN
    return element(
        "svg",
        element("text", f"{'、'.join(answer.matrix.subjects)}的比较", cls="m-title", x=MARGIN, y=MARGIN + 20),
        _table(rows, heights, across),
        [
            element("text", line, cls="m-source", x=MARGIN, y=foot + (n + 1) * SMALL_STEP)
            for n, line in enumerate(sources)
        ],
        viewBox=f"0 0 {width:.6g} {height:.6g}",
        width=width,
        height=height,
    )


def _rows(matrix: Matrix) -> Iterator[list[_Box]]:
    yield [_box("方面", HEAD_WIDTH, "m-head"), *(_box(name, COLUMN_WIDTH, "m-head") for name in matrix.subjects)]
    for row in matrix.rows:
        cells = [
            _box(cell_text(cell), COLUMN_WIDTH, "m-silent" if cell.text == NOT_MENTIONED else "m-text")
            for cell in row.cells
        ]
        yield [_box(row.aspect, HEAD_WIDTH, "m-head"), *cells]


def _box(text: str, width: float, cls: str) -> _Box:
    return _Box(tuple(text[line.start : line.end] for line in wrap(text, (width - 2 * PADDING) / SIZE)), cls)


def _table(rows: Sequence[Sequence[_Box]], heights: Sequence[float], across: float) -> list[Html]:
    top = MARGIN + TITLE_HEIGHT
    drawn = [element("rect", cls="m-top", x=MARGIN, y=top, width=across, height=heights[0])]
    for row, height in zip(rows, heights, strict=True):
        left = MARGIN
        for column, box in enumerate(row):
            wide = COLUMN_WIDTH if column else HEAD_WIDTH
            drawn.append(element("rect", cls="m-line", x=left, y=top, width=wide, height=height))
            drawn += [
                element("text", line, cls=box.cls, x=left + PADDING, y=top + PADDING + SIZE + n * STEP)
                for n, line in enumerate(box.lines)
            ]
            left += wide
        top += height
    return drawn


def _sources(answer: Answer, across: float) -> list[str]:
    """「[3] 《课件》第 16 页：原文」, wrapped to the width of the table."""
    lines: list[str] = []
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        said = f"[{citation.n}] 《{citation.deck_title}》第 {citation.slide} 页：{quote}"
        lines += [said[line.start : line.end] for line in wrap(said, across / SMALL)]
    return lines
