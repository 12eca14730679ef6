"""An outline read from a text → Markdown in the deck format, for a trainer to correct in an editor and take in.

What was guessed is said in comments, which are not taken in; names whose place is lost stand at the end of their
slide, under a heading marked as inference; a slide without a title gets one that is marked too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import yaml

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.extract import DRAFT_ADVICE
from kejian.ingest.files import decode, read_bytes
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.text import read_text
from kejian.ingest.wording import LETTER, one_line

SUFFIX = ".txt"
SPECIAL = re.compile(r"([\\`*_\[\]<>|#&~])")
AT_THE_BEGINNING = re.compile(r"^(\d{0,9})([-+=.)])")
ABOUT_PAGE = re.compile(r"第 (\d+) 页:")
UNPLACED = "待归位的名称（编者推断）"
UNTITLED = "标题待补（编者推断）"
ADVICE = (
    "由文本恢复的草稿:请对照原件改正标题、条目的归属和页码,再用 kejian ingest 收入;注释不会收入",
    "slide 后面是原件的页码,请保留:改好的课件仍按原件的页码引用",
    "条目属于哪个部门,就把条目移到那个部门的标题(###)下面;确认了的标题删去“（编者推断）”",
    "开头的 corrects 指明这是哪份摘录的草稿:收入后它代替原来收入的摘录,不会重复;另作一份课件请删去这一行",
)


def read_draft(path: Path, terms: TermBase) -> tuple[str, tuple[str, ...]]:
    """(Markdown, warnings) of the text file ``path``.

    Raises:
        RefusedFile: it is no text file, or has nothing to read.
    """
    if path.suffix.lower() != SUFFIX:
        raise RefusedFile(f"{path} 不是 {SUFFIX} 文本;草稿只为文本摘录而写,其他格式请直接收入")
    content = read_bytes(path)
    text, warnings = decode(content, path)
    outline = read_text(text, terms)
    if not any(page.items for page in outline.pages):
        raise RefusedFile(f"{path} 里没有可读的文字,写不出草稿")
    doubts = tuple(said for said in outline.warnings if said != DRAFT_ADVICE)
    draft = replace(outline, warnings=doubts, corrects=hashlib.sha256(content).hexdigest())
    return markdown(draft, one_line(path.stem)), (*warnings, *doubts)


def markdown(outline: Outline, otherwise: str) -> str:
    """``outline`` as Markdown, ending with a line break; ``otherwise`` is the title where it has none."""
    settings = {"title": outline.title or otherwise} | ({"corrects": outline.corrects} if outline.corrects else {})
    head = yaml.safe_dump(settings, allow_unicode=True, width=10_000, sort_keys=False)
    lines = ["---", head.rstrip("\n"), "---", "", *map(_comment, ADVICE)]
    said: dict[int, list[str]] = {position: [] for position in range(len(outline.pages) + 1)}
    for warning in outline.warnings:
        said[_page_of(warning, outline)].append(warning)
    lines += map(_comment, said[0])
    for position, page in enumerate(outline.pages, 1):
        lines += ["", f"<!-- slide: {position if page.number is None else page.number} -->", ""]
        lines += [*map(_comment, said[position]), "", *_page(page)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _page_of(warning: str, outline: Outline) -> int:
    """The position of the page that ``warning`` is about; 0 for the whole file."""
    found = ABOUT_PAGE.match(warning)
    places = (place for place, page in enumerate(outline.pages, 1) if found and page.number == int(found[1]))
    return next(places, 0)


def _page(page: Page) -> Iterator[str]:
    """The lines in their order; footnotes last, behind the names they may belong to."""
    items = [item for item in page.items if isinstance(item, Item)]
    rest = [item for item in items if item.kind != "footnote"]
    if any(item.loose for item in items) and not any(item.kind == "heading" for item in items):
        yield from (f"## {UNTITLED}", "")
    for loose, run in groupby(rest, key=_is_unplaced):
        members = list(run)
        if loose:
            yield from ("", _comment("原文此处的名称:" + " ｜ ".join(item.text for item in members)), "")
        else:
            yield from (line for item in members for line in _item(item))
    yield from _unplaced([item for item in items if _is_unplaced(item)])
    for item in items:
        if item.kind == "footnote":
            yield from ("", _plain(item.text))


def _is_unplaced(item: Item) -> bool:
    return item.loose and item.kind != "bullet"


def _unplaced(names: list[Item]) -> Iterator[str]:
    """Each name once; figures and dots among the boxes stay in the comments."""
    once = dict.fromkeys(item.text for item in names if LETTER.search(item.text))
    if once:
        yield from ("", f"### {UNPLACED}", "", *(f"- {_plain(text)}" for text in once), "")


def _item(item: Item) -> tuple[str, ...]:
    match item.kind:
        case "title" | "heading":
            return ("", f"{'#' * min(item.level + 1, 6)} {_plain(item.text)}", "")
        case "bullet" | "unit":
            return (f"{'  ' * item.level}- {_plain(item.text)}",)
        case "note":
            return ("", f"> 备注:{_plain(item.text)}", "")
    return ("", _plain(item.text), "")


def _comment(text: str) -> str:
    return f"<!-- {re.sub('-{2,}', '—', text).replace('>', '＞')} -->"


def _plain(text: str) -> str:
    """``text`` so that Markdown shows exactly these characters."""
    return AT_THE_BEGINNING.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", text))
