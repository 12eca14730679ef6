"""A turn of the conversation as one HTML fragment: question, answer, sources, what to ask next, the cited slides."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.assistant.answer import Answer
from kejian.ui.html import Html, Node, element
from kejian.ui.render_body import answer_body, chips
from kejian.ui.render_source import SlideFinder, panel, sources, views
from kejian.ui.service import DeckEntry


def waiting(turn: str, question: str) -> Html:
    """The turn while its answer is looked for."""
    dots = element("p", "正在查阅课件", element("i"), element("i"), element("i"), cls="kj-waiting", role="status")
    return _turn(turn, question, dots, busy=True)


def partial(turn: str, answer: Answer, limit: int) -> Html:
    """The turn with the first ``limit`` pieces of its answer."""
    return _turn(turn, answer.question, [_resolved(answer), answer_body(answer, limit)], busy=True)


def complete(turn: str, answer: Answer, find: SlideFinder) -> Html:
    """The finished turn; the slides it cites travel with it, hidden, so that a mark opens without a request."""
    shown = views(answer, find)
    inner = [
        _resolved(answer),
        answer_body(answer),
        _basis(answer),
        sources(shown),
        _next(answer),
        element("div", [panel(view) for view in shown], cls="kj-slides", hidden=True),
    ]
    return _turn(turn, answer.question, inner)


def failed(turn: str, question: str, message: str) -> Html:
    """The turn of a question that could not be answered for a reason the user can mend."""
    return _turn(turn, question, element("p", message, cls="kj-error", role="alert"))


def _turn(turn: str, question: str, inner: Node, busy: bool = False) -> Html:
    return element(
        "article",
        element("h2", question, cls="kj-question") if question else None,
        inner,
        cls="kj-turn",
        lang="zh-CN",
        data_turn=turn,
        aria_busy="true" if busy else "false",
    )


def _resolved(answer: Answer) -> Html | None:
    if answer.resolved.strip() == answer.question.strip():
        return None
    return element("p", "理解为：", element("strong", answer.resolved), cls="kj-resolved")


def _basis(answer: Answer) -> Html | None:
    if not answer.citations:
        return None
    exact = all(citation.verified for citation in answer.citations)
    said = "引文均与课件原文逐字核对" if exact else "有引文未能与课件原文对上，请以原页为准"
    reviewed = element("span", "讲师已审核", cls="kj-badge") if answer.source == "curated" else None
    return element("p", reviewed, said, cls="kj-basis" if exact else "kj-basis kj-doubt")


def _next(answer: Answer) -> Html | None:
    """What may be asked next; after a question back its answers stand with it."""
    if not answer.suggestions or (answer.refusal and answer.refusal.reason == "ambiguous"):
        return None
    return element("nav", element("h3", "接着问"), chips(answer.suggestions), cls="kj-next", aria_label="接着问")


def welcome(examples: Sequence[str], decks: Sequence[DeckEntry]) -> Html:
    """The empty conversation: what can be asked here."""
    return element("article", _invitation(examples, decks), cls="kj-welcome", lang="zh-CN", data_turn="welcome")


def _invitation(examples: Sequence[str], decks: Sequence[DeckEntry]) -> list[Html | None]:
    if not decks:
        return [
            element("h2", "资料库还是空的"),
            element("p", "先收入课件，再来提问："),
            element("pre", "kejian ingest 课件.pptx"),
            element("p", "也可以用 kejian ingest --bundled 收入自带的示例课件。"),
        ]
    return [
        element("h2", "问课件，每句都有出处"),
        element("p", "组织结构画成图，模式比较列成表；点一下角标，就看到课件原页和被引用的那一句。"),
        chips(examples, "kj-chips kj-examples") if examples else None,
    ]


def shelf(decks: Sequence[DeckEntry]) -> Html:
    """One line on what the library holds."""
    if not decks:
        return element("span", "资料库为空")
    slides = sum(deck.slides for deck in decks)
    return element("span", f"{len(decks)} 份课件 · {slides} 页", title="、".join(deck.title for deck in decks))
