"""A turn of the conversation as one HTML fragment: question, answer, sources, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kejian.assistant.answer import Answer
from kejian.ingest.plain import to_plain
from kejian.ui.answer_text import answer_text
from kejian.ui.html import UNSEEN, Html, Node, element
from kejian.ui.render_acts import acts
from kejian.ui.render_body import Body, chips
from kejian.ui.render_source import sources
from kejian.ui.service import DeckEntry
from kejian.ui.texts import Say


def waiting(turn: str, question: str, say: Say) -> Html:
    """The turn while its answer is looked for."""
    dots = [element("i"), element("i"), element("i")]
    return _turn(turn, question, element("p", say("正在查阅课件"), dots, cls="kj-waiting", role="status"), busy=True)


def partial(turn: str, answer: Answer, body: Html, say: Say) -> Html:
    """The turn with as much of its answer as ``body`` holds."""
    return _turn(turn, answer.question, [_resolved(answer, say), body], busy=True)


def complete(turn: str, answer: Answer, body: Html, say: Say, kept: str = "", helpful: bool | None = None) -> Html:
    """The finished turn. ``kept`` is the conversation it is kept in: what is not kept cannot be judged.

    The citations travel with it as data, so that its marks can show their passages.
    """
    inner = [
        _resolved(answer, say),
        body,
        _basis(answer, say),
        acts(helpful, bool(kept), say),
        sources(answer, say),
        _next(answer, say),
    ]
    cited, copied = _as_data(answer), answer_text(answer)
    return _turn(turn, answer.question, inner, data_citations=cited, data_copy=copied, data_conversation=kept or None)


def _as_data(answer: Answer) -> str:
    """The citations as JSON; unseen characters are written out, since a quotation is compared letter by letter."""
    written = json.dumps(to_plain(answer.citations), ensure_ascii=False, separators=(",", ":"))
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def finished(turn: str, answer: Answer, say: Say, kept: str = "", helpful: bool | None = None) -> Html:
    """The whole turn of an answer that is not streamed."""
    return complete(turn, answer, Body(answer, say).html(), say, kept, helpful)


def failed(turn: str, question: str, message: str) -> Html:
    """The turn of a question that could not be answered for a reason the user can mend."""
    return _turn(turn, question, element("p", message, cls="kj-error", role="alert"))


def again(turns: Sequence[Html]) -> Html:
    """A conversation that was opened again: it takes the place of what is shown."""
    return element("div", turns, data_turn="again")


def _turn(turn: str, question: str, inner: Node, busy: bool = False, **data: str | None) -> Html:
    return element(
        "article",
        element("h2", question, cls="kj-question") if question else None,
        inner,
        cls="kj-turn",
        lang="zh-CN",
        data_turn=turn,
        aria_busy="true" if busy else "false",
        **data,
    )


def _resolved(answer: Answer, say: Say) -> Html | None:
    """What the question was taken to mean, and a way to have it taken as it stands."""
    if answer.resolved.strip() == answer.question.strip():
        return None
    undo = element("button", say("按原话回答"), type="button", cls="kj-undo", data_literal=answer.question)
    return element("p", say("理解为："), element("strong", answer.resolved), undo, cls="kj-resolved")


def _basis(answer: Answer, say: Say) -> Html | None:
    if not answer.citations:
        return None
    exact = all(citation.verified for citation in answer.citations)
    said = say("引文均与课件原文逐字核对") if exact else say("有引文未能与课件原文对上，请以原页为准")
    reviewed = element("span", say("讲师已审核"), cls="kj-badge") if answer.source == "curated" else None
    return element("p", reviewed, said, cls="kj-basis" if exact else "kj-basis kj-doubt")


def _next(answer: Answer, say: Say) -> Html | None:
    """What may be asked next; after a question back its answers stand with it."""
    if not answer.suggestions or (answer.refusal and answer.refusal.reason == "ambiguous"):
        return None
    name = say("接着问")
    return element("nav", element("h3", name), chips(answer.suggestions), cls="kj-next", aria_label=name)


def welcome(examples: Sequence[str], decks: Sequence[DeckEntry], say: Say) -> Html:
    """The empty conversation: what can be asked here."""
    return element("article", _invitation(examples, decks, say), cls="kj-welcome", lang="zh-CN", data_turn="welcome")


def _invitation(examples: Sequence[str], decks: Sequence[DeckEntry], say: Say) -> list[Html | None]:
    if not decks:
        return [
            element("h2", say("资料库还是空的")),
            element("p", say("先收入课件，再来提问：")),
            element("pre", "kejian ingest 课件.pptx"),
            element("p", say("也可以用 kejian ingest --bundled 收入自带的示例课件。")),
        ]
    return [
        element("h2", say("问课件，每句都有出处")),
        element("p", say("组织结构画成图，模式比较列成表；点一下角标，就看到课件原页和被引用的那一句。")),
        chips(examples, "kj-chips kj-examples") if examples else None,
    ]


def shelf(decks: Sequence[DeckEntry], say: Say) -> Html:
    """One line on what the library holds."""
    if not decks:
        return element("span", say("资料库为空"))
    slides = sum(deck.slides for deck in decks)
    said = say("{decks} 份课件 · {slides} 页", decks=len(decks), slides=slides)
    return element("span", said, title="、".join(deck.title for deck in decks))
