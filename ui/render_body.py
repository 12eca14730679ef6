"""What an answer says, as HTML: sentences with marks, the comparison table, the chart, a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

from kejian.assistant.answer import NOT_MENTIONED, Answer, Cell, Citation, Matrix, Refusal, Row
from kejian.ui.html import Html, Node, element, markup
from kejian.ui.parts import Part, parts, plain_text
from kejian.ui.render_chart import chart_figure
from kejian.ui.textfit import NEVER_FIRST
from kejian.ui.texts import Say

COUNT = re.compile(r"[(（]\d+ ?项[)）]$")  # 「优点(3 项)」 is asked as 「优点」
ALIGNED = "对照："  # rows of points that speak of the same thing, below those of the aspects
REFUSAL_TITLES = {
    "not_in_material": "材料里没有讲到",
    "false_premise": "问题的前提与材料不符",
    "ambiguous": "这个问题有几种理解",
    "out_of_scope": "这不在课件的范围里",
    "empty_library": "资料库还是空的",
}


class Body:
    """The body of one answer, each piece of it made once: the stream shows the first of them, then more."""

    def __init__(self, answer: Answer, say: Say) -> None:
        self._answer = answer
        self._say = say
        self._parts = parts(answer)

    @property
    def steps(self) -> int:
        """How many pieces the answer can be shown in, one after the other."""
        return len(self._parts) + self._figures

    def html(self, limit: int | None = None) -> Html:
        """The first ``limit`` pieces of the answer, or all of it."""
        answer = self._answer
        shown = self.steps if limit is None else limit
        inner = _refusal(answer, answer.refusal, self._say) if answer.refusal else self._pieces(shown)
        return element("div", inner, cls=f"kj-answer kj-kind-{answer.kind}")

    @property
    def _figures(self) -> int:
        return (len(self._answer.matrix.rows) if self._answer.matrix else 0) + (1 if self._answer.structure else 0)

    def _pieces(self, shown: int) -> list[Node]:
        """Title, then the table or the chart, then the sentences."""
        said, figures = self._parts, self._figures
        if not said and not figures:
            return [element("p", plain_text(self._answer.answer))]
        title = 1 if figures and said and said[0].kind == "heading" else 0
        rows = min(shown - title, figures)
        return [
            self._said(0, min(title, shown)),
            matrix_table(self._answer.matrix, self._rows[:rows], self._say)
            if self._answer.matrix and rows > 0
            else None,
            self._chart if self._answer.structure and rows == figures else None,
            self._said(title, max(shown - figures, title)),
        ]

    @cached_property
    def _sentences(self) -> list[Html]:
        return [_sentence(self._answer, part, self._say) for part in self._parts]

    @cached_property
    def _rows(self) -> list[Html]:
        matrix = self._answer.matrix
        return [_row(self._answer, matrix, row, self._say) for row in matrix.rows] if matrix else []

    @cached_property
    def _chart(self) -> Html | None:
        return chart_figure(self._answer.structure, self._say) if self._answer.structure else None

    def _said(self, start: int, end: int) -> list[Html]:
        made = list(zip(self._parts, self._sentences, strict=True))[start:end]
        grouped = groupby(made, key=lambda one: one[0].kind)
        return [block for kind, run in grouped for block in _run(kind, [html for _, html in run])]


def marks(answer: Answer, numbers: Sequence[int], say: Say) -> list[Html]:
    """The citation marks of a sentence or cell, as buttons."""
    known = {citation.n: citation for citation in answer.citations}
    return [_mark(known[n], say) for n in numbers if n in known]


def _mark(citation: Citation, say: Say) -> Html:
    return element(
        "sup",
        element(
            "button",
            [element("span", "["), str(citation.n), element("span", "]")],
            type="button",
            cls="kj-mark",
            data_cite=citation.n,
            aria_label=say("来源 {n}：第{slide}页 {title}", n=citation.n, slide=citation.slide, title=citation.title),
        ),
    )


def _run(kind: str, run: Sequence[Html]) -> Iterator[Html]:
    if kind == "item":
        yield element("ul", [element("li", html) for html in run])
    else:
        yield from (element("h3" if kind == "heading" else "p", html) for html in run)


def _sentence(answer: Answer, part: Part, say: Say) -> Html:
    if part.kind == "heading":
        return markup(part.text)
    return element("span", cited(part.text, marks(answer, part.citations, say)), cls="kj-sentence")


def cited(text: str, made: Sequence[Html]) -> list[Node]:
    """``text`` and its marks; the first mark is tied to the last word, so that it never begins a line."""
    if not made:
        return [text]
    tied = len(text) - (2 if text[-1:] in NEVER_FIRST else 1)
    return [text[:tied], element("span", text[tied:], made[0], cls="kj-tie"), *made[1:]]


def matrix_table(matrix: Matrix, rows: Sequence[Html], say: Say) -> Html:
    """The table of a comparison with these rows."""
    head = element("tr", element("td"), [element("th", subject, scope="col") for subject in matrix.subjects])
    table = element("table", element("thead", head), element("tbody", rows), cls="kj-matrix")
    name = say("比较：{subjects}", subjects="、".join(matrix.subjects))
    return element("div", table, cls="kj-scroll", tabindex=0, role="region", aria_label=name)


def _row(answer: Answer, matrix: Matrix, row: Row, say: Say) -> Html:
    named = zip(matrix.subjects, row.cells, strict=False)
    aligned = row.aspect.startswith(ALIGNED)
    head = [element("small", say(ALIGNED)), row.aspect.removeprefix(ALIGNED)] if aligned else row.aspect
    return element(
        "tr",
        element("th", head, scope="row"),
        [_cell(answer, subject, cell, say) for subject, cell in named],
        cls="kj-aligned" if aligned else None,
    )


def _cell(answer: Answer, subject: str, cell: Cell, say: Say) -> Html:
    if not cell.citations and cell.text == NOT_MENTIONED:
        return element("td", say(NOT_MENTIONED), cls="kj-silent", data_subject=subject)
    points = cell.text.split("\n")
    if len(points) == 1 or len(points) != len(cell.citations):
        said = element("p", cited(cell.text, marks(answer, cell.citations, say)))
        return element("td", said, data_subject=subject)
    numbered = zip(points, cell.citations, strict=True)
    items = [element("li", cited(point, marks(answer, [number], say))) for point, number in numbered]
    return element("td", element("ul", items), data_subject=subject)


def _refusal(answer: Answer, refusal: Refusal, say: Say) -> Html:
    said = [sentence.text for sentence in answer.sentences] or [plain_text(answer.answer)]
    return element(
        "div",
        element("h3", say(REFUSAL_TITLES[refusal.reason])),
        [element("p", text) for text in said],
        _meant(answer, refusal, say) if refusal.reason == "ambiguous" else _covered(refusal.covered, say),
        _nearest(refusal, say),
        cls="kj-note",
    )


def _meant(answer: Answer, refusal: Refusal, say: Say) -> Html | None:
    """Each name that may have been meant, as a button that asks the whole question of it."""
    questions = answer.suggestions if len(answer.suggestions) == len(refusal.covered) else refusal.covered
    if not questions:
        return None
    buttons = [_chip(name, question) for name, question in zip(refusal.covered, questions, strict=True)]
    return element("div", element("h4", say("您问的是")), element("div", buttons, cls="kj-chips"), cls="kj-covered")


def _covered(covered: Sequence[str], say: Say) -> Html | None:
    if not covered:
        return None
    buttons = [_chip(text, COUNT.sub("", text)) for text in covered]
    chosen = element("div", buttons, cls="kj-chips")
    return element("div", element("h4", say("材料里讲到了")), chosen, cls="kj-covered")


def _nearest(refusal: Refusal, say: Say) -> Html | None:
    if not refusal.nearest:
        return None
    slides = [
        element(
            "button",
            element("span", say("第{n}页", n=near.slide), cls="kj-page"),
            element("span", near.title or near.deck_title),
            type="button",
            cls="kj-near",
            data_slide=f"{near.deck}/{near.slide}",
        )
        for near in refusal.nearest
    ]
    return element("div", element("h4", say("最接近的页")), element("div", slides, cls="kj-nears"))


def chips(questions: Sequence[str], cls: str = "kj-chips") -> Html:
    """Buttons that each ask their question."""
    return element("div", [_chip(text, text) for text in questions], cls=cls)


def _chip(text: str, question: str) -> Html:
    return element("button", text, type="button", cls="kj-chip", data_ask=question)
