"""Where an answer comes from, as HTML: the list of sources under it and the cited slides with the passages marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Answer, Citation
from kejian.ingest.model import Deck, Slide
from kejian.ui.html import Html, Node, element
from kejian.ui.render_paper import paper
from kejian.ui.slide_frame import Mark
from kejian.ui.slide_marks import marked
from kejian.ui.slide_svg import slide_svg

SlideFinder = Callable[[str, int], tuple[Deck, Slide] | None]
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


def views(answer: Answer, find: SlideFinder) -> list[View]:
    """Every slide the answer cites or points to, in order of first mention."""
    cited: dict[Place, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault((citation.deck, citation.slide), []).append(citation)
    shown = [View(place, of[0].deck_title, of[0].title, tuple(of), find(*place)) for place, of in cited.items()]
    near = answer.refusal.nearest if answer.refusal else ()
    return shown + [View((n.deck, n.slide), n.deck_title, n.title, (), find(n.deck, n.slide)) for n in near]


def sources(shown: Sequence[View]) -> Html | None:
    """The list of sources, a card to a slide."""
    cards = [_card(view) for view in shown if view.citations]
    if not cards:
        return None
    count = sum(len(view.citations) for view in shown)
    return element(
        "section",
        element("h3", "来源", element("small", f"{count} 处原文，{len(cards)} 页课件")),
        _folded(cards, OPEN_CARDS, "页"),
        cls="kj-sources",
        aria_label="来源",
    )


def _card(view: View) -> Html:
    quotes = [_quote(citation) for citation in view.citations]
    head = element(
        "div",
        element("span", view.deck_title, cls="kj-deck"),
        " · ",
        element("span", f"第{view.place[1]}页", cls="kj-page"),
        element("span", view.title, cls="kj-title"),
        cls="kj-card-head",
    )
    return element("div", head, _folded(quotes, OPEN_QUOTES, "处"), cls="kj-card")


def _quote(citation: Citation, **marks: int) -> Html:
    said = [element("span", str(citation.n), cls="kj-n"), element("span", citation.quote, cls="kj-quote")]
    return element(
        "button", said, _from_picture(citation), type="button", cls="kj-source", data_cite=citation.n, **marks
    )


def _from_picture(citation: Citation) -> Html | None:
    """A mark on what was recognised in a picture and may be misread, with how certain it is."""
    if citation.confidence is None:
        return None
    told = f"由图片识别,置信度 {citation.confidence:.2f},请对照原图"
    return element("span", "识别自图片", cls="kj-badge kj-recognised", title=told)


def _folded(entries: Sequence[Html], most: int, unit: str) -> list[Html]:
    """The first entries, the others behind 「其余」."""
    if len(entries) <= most + 1:
        return list(entries)
    rest = entries[most:]
    return [*entries[:most], element("details", element("summary", f"其余 {len(rest)} {unit}"), rest, cls="kj-more")]


def panel(view: View) -> Html:
    """The slide as the source panel shows it: drawn, quoted, and as plain source; passages have ``data-cites``."""
    return element(
        "section",
        _head(view),
        _body(view),
        data_slide=view.key,
        cls="kj-slide",
        lang="zh-CN",
    )


def _head(view: View) -> Html:
    is_hidden = view.found is not None and view.found[1].hidden
    hidden = element("span", "隐藏页", cls="kj-badge kj-hidden", title="放映时不显示") if is_hidden else None
    return element(
        "header",
        element("p", view.deck_title, cls="kj-deck"),
        element("h2", element("span", f"第{view.place[1]}页", cls="kj-page"), " ", view.title, hidden),
    )


def _body(view: View) -> list[Node]:
    if view.found is None:
        return [element("p", "这一页已不在资料库中，只能显示回答时的原句。", cls="kj-gone"), _quotes(view)]
    slide, marks = view.found[1], view.marks
    changed = len(marks) < len(view.citations)
    has_geometry = slide.width > 0 and slide.height > 0
    drawn = slide_svg(slide, marks) if has_geometry else paper(slide, marks)
    return [
        element("p", "课件在回答之后改过，标不出的原句见下。", cls="kj-gone") if changed else None,
        element("div", drawn, cls="kj-canvas", tabindex=0, role="region", aria_label=f"第{slide.number}页画面"),
        _quotes(view),
        _notes(slide, marks) if has_geometry else None,
        element(
            "details",
            element("summary", "本页原文"),
            element("div", marked(slide.source, marks), cls="kj-plain"),
            cls="kj-original",
        ),
    ]


def _notes(slide: Slide, marks: Sequence[Mark]) -> Html | None:
    """What the deck says beside the slide: its speaker notes have no place on the drawing."""
    notes = [block for block in slide.blocks if block.kind == "note" and block.shape is None]
    if not notes:
        return None
    said = [element("p", marked(slide.source, marks, note.start, note.end)) for note in notes]
    return element("aside", said, cls="kj-notes", aria_label="备注")


def _quotes(view: View) -> list[Html]:
    """The passage that is open (the page shows one of these), and the list of all on this slide."""
    current = [
        element(
            "blockquote",
            element("span", str(citation.n), cls="kj-n"),
            element("span", citation.quote, cls="kj-quote"),
            _from_picture(citation),
            cls="kj-current",
            data_cites=citation.n,
        )
        for citation in view.citations
    ]
    if len(current) < 2:
        return current
    listed = [_quote(citation, data_cites=citation.n) for citation in view.citations]
    summary = element("summary", f"这一页共引用 {len(listed)} 处")
    return [*current, element("details", summary, listed, cls="kj-quotes")]
