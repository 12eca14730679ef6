"""资料库: files in, decks listed, decks out."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.index.report import DeckSummary
from kejian.ingest.conversion import CONVERTED, converter
from kejian.ingest.read import SUPPORTED
from kejian.ui.html import Html, element
from kejian.ui.render_holder import load, slot
from kejian.ui.texts import Say
from kejian.ui.uploads import LARGEST_UPLOAD, MEGABYTE


def library_view(found: Sequence[DeckSummary], local: bool, say: Say) -> Html:
    """The whole tab. ``local``: files may be taken in and removed from here."""
    return element(
        "div",
        element("h2", say("资料库"), cls="kj-room-title"),
        _intake(say)
        if local
        else element("p", say("这里只能查看；收入和移除请在服务器上用 kejian 命令。"), cls="kj-lead"),
        slot("job"),
        slot("decks", deck_list(found, local, say)),
        slot("browser"),
        cls="kj-library",
    )


def _intake(say: Say) -> Html:
    kinds = (*SUPPORTED, *(sorted(CONVERTED) if converter() else ()))
    most = LARGEST_UPLOAD // MEGABYTE
    chosen = element(
        "input", type="file", multiple=True, cls="kj-files", data_files=True, aria_label=say("选择文件"),
        accept=",".join(kinds),
    )  # fmt: skip
    paths = element(
        "textarea", name="paths", rows=2, cls="kj-field", aria_label=say("服务器上的文件或文件夹，一行一个"),
        placeholder=say("服务器上的文件或文件夹，一行一个"),
    )  # fmt: skip
    return element(
        "section",
        element(
            "label",
            chosen,
            element("strong", say("把课件拖到这里，或点这里选择文件")),
            element("span", say("可以一次放多个文件或文件夹，每个文件最多 {most} MB", most=most)),
            element("small", "、".join(kinds)),
            cls="kj-drop",
            data_drop=True,
            data_most=LARGEST_UPLOAD,
            data_too_large=say(
                "{name} 超过 {most} MB，网页不收；请在服务器上用 kejian ingest 收入", name="{name}", most=most
            ),
            data_sending=say("正在上传 {name}（{n}/{all}）", name="{name}", n="{n}", all="{all}"),
        ),
        element(
            "details",
            element("summary", say("收入服务器上的文件夹")),
            element(
                "div",
                paths,
                element("button", say("收入"), type="button", cls="kj-button kj-primary", data_paths=True),
                cls="kj-paths",
                data_form=True,
            ),
            cls="kj-read",
        ),
        cls="kj-intake",
    )


def deck_list(found: Sequence[DeckSummary], local: bool, say: Say) -> Html:
    """Every deck with its counts; ``data-shelf`` is the line in the head of the page."""
    slides = sum(deck.slides for deck in found)
    shelf = say("{decks} 份课件 · {slides} 页", decks=len(found), slides=slides) if found else say("资料库为空")
    if not found:
        told = say("资料库还是空的：收入课件之后，这里列出每一份，可以逐页查看读出了什么。")
        return element("p", told, cls="kj-lead", data_shelf=shelf)
    heads = (say("课件"), say("页"), say("事实"), say("段落"), say("来自"), "")
    rows = [_row(deck, local, say) for deck in found]
    table = element(
        "table",
        element("thead", element("tr", [element("th", text, scope="col") for text in heads])),
        element("tbody", rows),
        cls="kj-table kj-decks",
    )
    return element("div", table, cls="kj-scroll", data_shelf=shelf, tabindex=0, role="region", aria_label=say("课件"))


def _row(deck: DeckSummary, local: bool, say: Say) -> Html:
    browse = load(
        say("逐页查看"), f"/api/decks/{deck.id}", "browser", "kj-button", aria_label=_of(say("逐页查看"), deck)
    )
    return element(
        "tr",
        element("td", element("strong", deck.title)),
        element("td", str(deck.slides)),
        element("td", str(deck.facts)),
        element("td", str(deck.passages)),
        element("td", element("span", deck.path, cls="kj-from", title=deck.path)),
        element("td", element("div", browse, _removal(deck, say) if local else None, cls="kj-bar-of-buttons")),
    )


def _removal(deck: DeckSummary, say: Say) -> list[Html]:
    """A button, and what it asks before anything is removed."""
    told = say("移除《{title}》（{n} 页）？回答不再引用它；原文件不动。", title=deck.title, n=deck.slides)
    confirm = element(
        "div",
        element("p", told),
        element(
            "button", say("确定移除"), type="button", cls="kj-button kj-danger", data_delete=f"/api/decks/{deck.id}"
        ),
        element("button", say("不移除"), type="button", cls="kj-button", data_closes=True),
        cls="kj-confirm",
        role="alertdialog",
        aria_label=_of(say("移除"), deck),
        hidden=True,
    )
    button = element(
        "button", say("移除"), type="button", cls="kj-button", data_confirms=True, aria_label=_of(say("移除"), deck)
    )
    return [button, confirm]


def _of(act: str, deck: DeckSummary) -> str:
    return f"{act} {deck.title}"
