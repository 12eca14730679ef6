"""资料库: a deck slide by slide: drawn anew, with the blocks, facts and relations that were read from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kejian.ingest.model import Block, Deck, Fact, Relation, Slide
from kejian.ui.html import Html, Node, element
from kejian.ui.render_holder import address, load
from kejian.ui.render_paper import paper
from kejian.ui.slide_frame import Mark
from kejian.ui.slide_marks import marked
from kejian.ui.slide_svg import slide_svg
from kejian.ui.texts import Say

MOST_ROWS = 300  # of each table; the command line has them all


def browser(deck: Deck, number: int | None, say: Say) -> Html:
    """The slides at the side, one of them open."""
    pages = list({page.number: page for page in reversed(deck.slides)}.values())[::-1]
    at = next((index for index, page in enumerate(pages) if page.number == number), 0)
    listed = [element("li", _entry(deck, page, index == at, say)) for index, page in enumerate(pages)]
    return element(
        "article",
        element("header", element("h2", deck.title, cls="kj-room-title", tabindex=-1), _warnings(deck, say)),
        element(
            "div",
            element("nav", element("ol", listed), cls="kj-list kj-pages", aria_label=say("各页")),
            _page(deck, pages, at, say),
            cls="kj-browsed",
        ),
        cls="kj-browser",
        lang="zh-CN",
        data_lights=True,
    )


def _entry(deck: Deck, slide: Slide, is_open: bool, say: Say) -> Html:
    told = [
        element("span", say("第{n}页", n=slide.number), cls="kj-page"),
        element("span", slide.title, cls="kj-title"),
    ]
    return load(told, _address(deck, slide), "browser", "kj-entry", aria_current="page" if is_open else None)


def _address(deck: Deck, slide: Slide) -> str:
    return address(f"/api/decks/{deck.id}", slide=str(slide.number))


def _warnings(deck: Deck, say: Say) -> Html | None:
    if not deck.warnings:
        return None
    summary = element("summary", say("收入时的提醒（{n} 条）", n=len(deck.warnings)))
    said = element("ul", [element("li", warning) for warning in deck.warnings])
    return element("details", summary, said, cls="kj-warnings")


def _page(deck: Deck, pages: Sequence[Slide], at: int, say: Say) -> Html:
    slide = pages[at]
    marks = [Mark(n, part.start, part.end) for n, part in enumerate(_marked_parts(slide), 1) if part.end > part.start]
    drawn = slide_svg(slide, marks) if slide.width and slide.height else paper(slide, marks)
    turning = [
        load(say("上一页"), _address(deck, pages[at - 1]), "browser", "kj-button", data_key="ArrowLeft")
        if at
        else None,
        element("span", f"{at + 1} / {len(pages)}", cls="kj-count"),
        load(say("下一页"), _address(deck, pages[at + 1]), "browser", "kj-button", data_key="ArrowRight")
        if at + 1 < len(pages)
        else None,
    ]
    hidden = element("span", say("隐藏页"), cls="kj-badge", title=say("放映时不显示")) if slide.hidden else None
    head = element("h3", element("span", say("第{n}页", n=slide.number), cls="kj-page"), " ", slide.title, hidden)
    name = say("第{n}页画面", n=slide.number)
    return element(
        "div",
        element("div", head, element("div", turning, cls="kj-turning"), cls="kj-page-head"),
        element("div", drawn, cls="kj-canvas", tabindex=0, role="region", aria_label=name),
        _read(slide, say),
        cls="kj-page-view",
    )


def _marked_parts(slide: Slide) -> list[Fact | Relation | Block]:
    """What rows of the tables light on the slide, in the order of their numbers."""
    return [*slide.facts, *slide.relations, *slide.blocks]


def _read(slide: Slide, say: Say) -> list[Html | None]:
    facts, relations = len(slide.facts), len(slide.relations)
    return [
        _table(say("事实"), (say("对象"), say("方面"), say("内容")), map(_fact, slide.facts), 1, say, is_open=True),
        _table(say("上下级"), (say("上级"), say("下级")), map(_relation, slide.relations), facts + 1, say),
        _table(
            say("块"), (say("种类"), say("标题"), say("文字")), map(_block, slide.blocks), facts + relations + 1, say
        ),
        element(
            "details",
            element("summary", say("本页原文")),
            element("div", marked(slide.source, ()), cls="kj-plain"),
            cls="kj-read",
        ),
    ]


def _fact(fact: Fact) -> tuple[Node, ...]:
    return fact.subject, fact.aspect or "—", [fact.text, _inferred(fact.inferred)]


def _relation(relation: Relation) -> tuple[Node, ...]:
    return " → ".join(relation.chain), [relation.child, _inferred(relation.inferred)]


def _block(block: Block) -> tuple[Node, ...]:
    certain = "" if block.confidence is None else f" ({block.confidence:.2f})"
    return block.kind + certain, " / ".join(block.path), block.text


def _inferred(inferred: bool) -> Html | None:
    return element("small", "（编者推断）") if inferred else None


def _table(
    name: str, heads: Sequence[str], rows: Iterable[tuple[Node, ...]], first: int, say: Say, is_open: bool = False
) -> Html | None:
    """A table whose rows light what they were read from; ``first`` is the number of the first row."""
    made = list(rows)
    if not made:
        return None
    lines = [
        element("tr", [element("td", cell) for cell in cells], tabindex=0, data_light=number)
        for number, cells in enumerate(made[:MOST_ROWS], first)
    ]
    left = len(made) - MOST_ROWS
    rest = element("p", say("另有 {n} 行，见 kejian decks", n=left), cls="kj-lead") if left > 0 else None
    head = element("thead", element("tr", [element("th", text, scope="col") for text in heads]))
    table = element("table", head, element("tbody", lines), cls="kj-table")
    summary = element("summary", name, element("small", str(len(made))))
    return element("details", summary, element("div", table, cls="kj-scroll"), rest, cls="kj-read", open=is_open)
