"""What an answer says, as HTML: sentences with marks, the comparison table, the chart, a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kejian.assistant.answer import NOT_MENTIONED, Answer, Cell, Citation, Matrix, Refusal, Row, Structure
from kejian.ui.chart_svg import chart_svg
from kejian.ui.html import Html, Node, element
from kejian.ui.parts import Part, parts, plain_text
from kejian.ui.textfit import NEVER_FIRST

COUNT = re.compile(r"[(（]\d+ ?项[)）]$")  # 「优点(3 项)」 is asked as 「优点」
ALIGNED = "对照："  # rows of points that speak of the same thing, below those of the aspects
REFUSAL_TITLES = {
    "not_in_material": "材料里没有讲到",
    "false_premise": "问题的前提与材料不符",
    "ambiguous": "这个问题有几种理解",
    "out_of_scope": "这不在课件的范围里",
    "empty_library": "资料库还是空的",
}


def steps(answer: Answer) -> int:
    """How many pieces the answer can be shown in, one after the other."""
    return len(parts(answer)) + (len(answer.matrix.rows) if answer.matrix else 0) + (1 if answer.structure else 0)


def answer_body(answer: Answer, limit: int | None = None) -> Html:
    """The first ``limit`` pieces of the answer, or all of it."""
    shown = steps(answer) if limit is None else limit
    return element(
        "div",
        _refusal(answer, answer.refusal) if answer.refusal else _pieces(answer, shown),
        cls=f"kj-answer kj-{answer.kind}",
    )


def _pieces(answer: Answer, shown: int) -> list[Node]:
    """Title, then the table or the chart, then the sentences."""
    said = parts(answer)
    figures = steps(answer) - len(said)
    title = 1 if figures and said and said[0].kind == "heading" else 0
    if not said and not figures:
        return [element("p", plain_text(answer.answer))]
    rows = min(shown - title, figures)
    return [
        _said(answer, said[: min(title, shown)]),
        _matrix(answer, answer.matrix, rows) if answer.matrix and rows > 0 else None,
        _structure(answer.structure) if answer.structure and rows == figures else None,
        _said(answer, said[title : max(shown - figures, title)]),
    ]


def marks(answer: Answer, numbers: Sequence[int]) -> list[Html]:
    """The citation marks of a sentence or cell, as buttons."""
    known = {citation.n: citation for citation in answer.citations}
    return [_mark(known[n]) for n in numbers if n in known]


def _mark(citation: Citation) -> Html:
    label = f"来源 {citation.n}：第{citation.slide}页 {citation.title}"
    return element(
        "sup",
        element(
            "button",
            [element("span", "["), str(citation.n), element("span", "]")],
            type="button",
            cls="kj-mark",
            data_cite=citation.n,
            aria_label=label,
            title=citation.quote,
        ),
    )


def _said(answer: Answer, said: Sequence[Part]) -> list[Html]:
    return [block for kind, run in groupby(said, key=lambda part: part.kind) for block in _run(answer, kind, list(run))]


def _run(answer: Answer, kind: str, run: Sequence[Part]) -> Iterator[Html]:
    if kind == "heading":
        yield from (element("h3", part.text) for part in run)
    elif kind == "item":
        yield element("ul", [element("li", _sentence(answer, part)) for part in run])
    else:
        yield from (element("p", _sentence(answer, part)) for part in run)


def _sentence(answer: Answer, part: Part) -> Html:
    return element("span", cited(part.text, marks(answer, part.citations)), cls="kj-sentence")


def cited(text: str, made: Sequence[Html]) -> list[Node]:
    """``text`` and its marks; the first mark is tied to the last word, so that it never begins a line."""
    if not made:
        return [text]
    tied = len(text) - (2 if text[-1:] in NEVER_FIRST else 1)
    return [text[:tied], element("span", text[tied:], made[0], cls="kj-tie"), *made[1:]]


def _matrix(answer: Answer, matrix: Matrix, rows: int) -> Html:
    head = element(
        "tr",
        element("td"),
        [element("th", subject, scope="col") for subject in matrix.subjects],
    )
    body = [_row(answer, matrix, row) for row in matrix.rows[:rows]]
    table = element("table", element("thead", head), element("tbody", body), cls="kj-matrix")
    name = f"比较：{'、'.join(matrix.subjects)}"
    return element("div", table, cls="kj-scroll", tabindex=0, role="region", aria_label=name)


def _row(answer: Answer, matrix: Matrix, row: Row) -> Html:
    named = zip(matrix.subjects, row.cells, strict=False)
    aligned = row.aspect.startswith(ALIGNED)
    head = [element("small", ALIGNED), row.aspect.removeprefix(ALIGNED)] if aligned else row.aspect
    return element(
        "tr",
        element("th", head, scope="row"),
        [_cell(answer, subject, cell) for subject, cell in named],
        cls="kj-aligned" if aligned else None,
    )


def _cell(answer: Answer, subject: str, cell: Cell) -> Html:
    if not cell.citations and cell.text == NOT_MENTIONED:
        return element("td", NOT_MENTIONED, cls="kj-silent", data_subject=subject)
    points = cell.text.split("\n")
    if len(points) == 1 or len(points) != len(cell.citations):
        said = element("p", cited(cell.text, marks(answer, cell.citations)))
        return element("td", said, data_subject=subject)
    numbered = zip(points, cell.citations, strict=True)
    items = [element("li", cited(point, marks(answer, [number]))) for point, number in numbered]
    return element("td", element("ul", items), data_subject=subject)


def _structure(structure: Structure) -> Html:
    return element("figure", chart_svg(structure), cls="kj-scroll kj-figure", tabindex=0)


def _refusal(answer: Answer, refusal: Refusal) -> Html:
    said = [sentence.text for sentence in answer.sentences] or [plain_text(answer.answer)]
    return element(
        "div",
        element("h3", REFUSAL_TITLES[refusal.reason]),
        [element("p", text) for text in said],
        _meant(answer, refusal) if refusal.reason == "ambiguous" else _covered(refusal.covered),
        _nearest(refusal),
        cls="kj-note",
    )


def _meant(answer: Answer, refusal: Refusal) -> Html | None:
    """Each name that may have been meant, as a button that asks the whole question of it."""
    questions = answer.suggestions if len(answer.suggestions) == len(refusal.covered) else refusal.covered
    if not questions:
        return None
    buttons = [_chip(name, question) for name, question in zip(refusal.covered, questions, strict=True)]
    return element("div", element("h4", "您问的是"), element("div", buttons, cls="kj-chips"), cls="kj-covered")


def _covered(covered: Sequence[str]) -> Html | None:
    if not covered:
        return None
    buttons = [_chip(text, COUNT.sub("", text)) for text in covered]
    return element("div", element("h4", "材料里讲到了"), element("div", buttons, cls="kj-chips"), cls="kj-covered")


def _nearest(refusal: Refusal) -> Html | None:
    if not refusal.nearest:
        return None
    slides = [
        element(
            "button",
            [element("span", f"第{near.slide}页", cls="kj-page"), element("span", near.title or near.deck_title)],
            type="button",
            cls="kj-near",
            data_slide=f"{near.deck}/{near.slide}",
        )
        for near in refusal.nearest
    ]
    return element("div", element("h4", "最接近的页"), element("div", slides, cls="kj-nears"))


def chips(questions: Sequence[str], cls: str = "kj-chips") -> Html:
    """Buttons that each ask their question."""
    return element("div", [_chip(text, text) for text in questions], cls=cls)


def _chip(text: str, question: str) -> Html:
    return element("button", text, type="button", cls="kj-chip", data_ask=question)
