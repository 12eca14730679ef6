"""Where an answer comes from, as HTML: the list of sources under it and the cited slides with the passages marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Answer, Citation
from kejian.ingest.model import Deck, Slide
from kejian.ui.html import Html, Node, element
from kejian.ui.render_paper import paper
from kejian.ui.slide_frame import Mark
from kejian.ui.slide_marks import marked
from kejian.ui.slide_svg import slide_svg
from kejian.ui.texts import Say

Place = tuple[str, int]  # deck id, printed number
OPEN_CARDS = 3  # slides listed at once, and quotations of a slide; the rest unfolds
OPEN_QUOTES = 4


@dataclass(frozen=True, slots=True)
class View:
    """A slide to be shown, with what is cited of it. ``found`` is None where the library no longer has it."""

    place: Place
    deck_title: str
    title: str
    citations: tuple[Citation, ...]
    found: tuple[Deck, Slide] | None

    @property
    def key(self) -> str:
        return f"{self.place[0]}/{self.place[1]}"

    @property
    def marks(self) -> list[Mark]:
        """The citations that still say exactly what the slide says."""
        source = self.found[1].source if self.found else ""
        return [Mark(c.n, c.start, c.end) for c in self.citations if c.quote and source[c.start : c.end] == c.quote]


def by_slide(answer: Answer) -> dict[Place, tuple[Citation, ...]]:
    """The citations of each slide, slides in order of first mention."""
    cited: dict[Place, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault((citation.deck, citation.slide), []).append(citation)
    return {place: tuple(of) for place, of in cited.items()}


def sources(answer: Answer, say: Say) -> Html | None:
    """The list of sources, a card to a slide."""
    cited = by_slide(answer)
    if not cited:
        return None
    name = say("来源")
    count = say("{quotes} 处原文，{slides} 页课件", quotes=len(answer.citations), slides=len(cited))
    return element(
        "section",
        element("h3", name, element("small", count)),
        _folded([_card(of, say) for of in cited.values()], OPEN_CARDS, say("其余 {n} 页", n=len(cited) - OPEN_CARDS)),
        cls="kj-sources",
        aria_label=name,
    )


def _card(of: Sequence[Citation], say: Say) -> Html:
    quotes = [_quote(citation, say) for citation in of]
    head = element(
        "div",
        element("span", of[0].deck_title, cls="kj-deck"),
        " · ",
        element("span", say("第{n}页", n=of[0].slide), cls="kj-page"),
        element("span", of[0].title, cls="kj-title"),
        cls="kj-card-head",
    )
    rest = say("其余 {n} 处", n=len(quotes) - OPEN_QUOTES)
    return element("div", head, _folded(quotes, OPEN_QUOTES, rest), cls="kj-card")


def _quote(citation: Citation, say: Say, **marks: int) -> Html:
    said = [element("span", str(citation.n), cls="kj-n"), element("span", citation.quote, cls="kj-quote")]
    return element(
        "button", said, _from_picture(citation, say), type="button", cls="kj-source", data_cite=citation.n, **marks
    )


def _from_picture(citation: Citation, say: Say) -> Html | None:
    """A mark on what was recognised in a picture and may be misread, with how certain it is."""
    if citation.confidence is None:
        return None
    told = say("由图片识别,置信度 {certain:.2f},请对照原图", certain=citation.confidence)
    return element("span", say("识别自图片"), cls="kj-badge kj-recognised", title=told)


def _folded(entries: Sequence[Html], most: int, rest: str) -> list[Html]:
    """The first entries, the others behind ``rest``."""
    if len(entries) <= most + 1:
        return list(entries)
    return [*entries[:most], element("details", element("summary", rest), entries[most:], cls="kj-more")]


def panel(view: View, say: Say) -> Html:
    """The slide as the source panel shows it: drawn, quoted, and as plain source; passages have ``data-cites``."""
    return element(
        "section",
        _head(view, say),
        _body(view, say),
        _neighbours(view, say),
        data_slide=view.key,
        cls="kj-slide",
        lang="zh-CN",
    )


def _head(view: View, say: Say) -> Html:
    is_hidden = view.found is not None and view.found[1].hidden
    hidden = element("span", say("隐藏页"), cls="kj-badge kj-hidden", title=say("放映时不显示")) if is_hidden else None
    page = element("span", say("第{n}页", n=view.place[1]), cls="kj-page")
    return element("header", element("p", view.deck_title, cls="kj-deck"), element("h2", page, " ", view.title, hidden))


def _neighbours(view: View, say: Say) -> Html | None:
    """The slides before and after, a click away; of slides with the same printed number only the first can be shown."""
    if view.found is None:
        return None
    deck, slide = view.found
    pages = list({page.number: page for page in reversed(deck.slides)}.values())[::-1]
    at = next((index for index, page in enumerate(pages) if page.number == slide.number), 0)
    before, after = pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None
    turned = [
        _neighbour(deck, before, "before", say("上一页"), say) if before else element("span"),
        _neighbour(deck, after, "after", say("下一页"), say) if after else None,
    ]
    return element("nav", turned, cls="kj-neighbours", aria_label=say("相邻的页"))


def _neighbour(deck: Deck, slide: Slide, cls: str, name: str, say: Say) -> Html:
    return element(
        "button",
        element("span", name, " · ", say("第{n}页", n=slide.number), cls="kj-page"),
        element("span", slide.title, cls="kj-title"),
        type="button",
        cls=f"kj-{cls}",
        data_slide=f"{deck.id}/{slide.number}",
    )


def _body(view: View, say: Say) -> list[Node]:
    if view.found is None:
        gone = say("这一页已不在资料库中，只能显示回答时的原句。") if view.citations else say("这一页已不在资料库中。")
        return [element("p", gone, cls="kj-gone"), _quotes(view, say)]
    slide, marks = view.found[1], view.marks
    changed = len(marks) < len(view.citations)
    has_geometry = slide.width > 0 and slide.height > 0
    drawn = slide_svg(slide, marks, say) if has_geometry else paper(slide, marks)
    name = say("第{n}页画面", n=slide.number)
    return [
        element("p", say("课件在回答之后改过，标不出的原句见下。"), cls="kj-gone") if changed else None,
        element("div", drawn, cls="kj-canvas", tabindex=0, role="region", aria_label=name),
        _quotes(view, say),
        _notes(slide, marks, say) if has_geometry else None,
        element(
            "details",
            element("summary", say("本页原文")),
            element("div", marked(slide.source, marks), cls="kj-plain"),
            cls="kj-original",
        ),
    ]


def _notes(slide: Slide, marks: Sequence[Mark], say: Say) -> Html | None:
    """What the deck says beside the slide: its speaker notes have no place on the drawing."""
    notes = [block for block in slide.blocks if block.kind == "note" and block.shape is None]
    if not notes:
        return None
    said = [element("p", marked(slide.source, marks, note.start, note.end)) for note in notes]
    return element("aside", said, cls="kj-notes", aria_label=say("备注"))


def _quotes(view: View, say: Say) -> list[Html]:
    """The passage that is open (the page shows one of these), and the list of all on this slide."""
    current = [
        element(
            "blockquote",
            element("span", str(citation.n), cls="kj-n"),
            element("span", citation.quote, cls="kj-quote"),
            _from_picture(citation, say),
            cls="kj-current",
            data_cites=citation.n,
        )
        for citation in view.citations
    ]
    if len(current) < 2:
        return current
    listed = [_quote(citation, say, data_cites=citation.n) for citation in view.citations]
    summary = element("summary", say("这一页共引用 {n} 处", n=len(listed)))
    return [*current, element("details", summary, listed, cls="kj-quotes")]
