"""Markdown → outline: CommonMark with tables, a slide to each marker, thematic break or heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kejian.ingest.inline import paragraphs, plain_html
from kejian.ingest.outline import Item, Outline, Page, Table, filled
from kejian.ingest.wording import NOTE, one_line

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
SLIDE_MARKER = re.compile(r"^\s*<!--\s*slide\s*[:：]\s*(\d{1,6})\s*-->\s*$", re.IGNORECASE)
FOOTNOTE_DEFINITION = re.compile(r"^(\[\^[^\]\s]{1,32}\]:)", re.MULTILINE)
DIGEST = re.compile(r"[0-9a-f]{64}")
EMPHASISED = ("strong_open", "strong_close")


def read_markdown(text: str) -> Outline:
    """The outline of a Markdown text. Front matter gives the title, else a first heading of level one that is alone."""
    settings, body, warnings = _front_matter(text)
    title = one_line(str(settings["title"])) if settings.get("title") is not None else ""
    # A footnote definition without spaces would be swallowed as a link reference.
    body = FOOTNOTE_DEFINITION.sub(r"\\\1", body)
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    pictures = sum(child.type == "image" for token in tokens for child in token.children or [])
    if pictures:
        warnings = (*warnings, f"有 {pictures} 张图片没有读取,只收入了它们的文字说明")
    corrects = str(settings.get("corrects", ""))
    outline = _outline(list(_Flow(tokens).read()), title, warnings)
    return replace(outline, corrects=corrects) if DIGEST.fullmatch(corrects) else outline


def _front_matter(text: str) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text, ()
    try:
        content: Any = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text[found.end() :], ("文件开头的 --- 设置不是有效的 YAML,没有采用",)
    if not isinstance(content, dict):
        return {}, text, ()
    return content, text[found.end() :], ()


class Marker(int):
    """``<!-- slide: 16 -->``: a slide with this number begins."""


class Break:
    """A thematic break."""


Flow = Item | Table | Marker | Break


class _Flow:
    """Tokens of the parser → outline items, markers and breaks, in order."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.lists: list[_List] = []
        self.heading = 0

    def read(self) -> Iterator[Flow]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            yield from self._token(token)

    def _token(self, token: Token) -> Iterator[Flow]:
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1:])
                yield from self._heading(self.heading)
            case "bullet_list_open" | "ordered_list_open":
                self.lists.append(_List(token))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.lists[-1].next_item()
            case "inline":
                yield from self._inline(token)
            case "table_open":
                yield self._table()
            case "blockquote_open":
                yield from self._quotation()
            case "html_block":
                yield from self._html(token.content)
            case "fence" | "code_block":
                yield from self._lines(token.content.splitlines())
            case "hr":
                yield Break()

    def _heading(self, level: int) -> Iterator[Flow]:
        text = " ".join(paragraphs(self.tokens[self.at]))
        self.at += 2
        yield Item("heading", one_line(text), level)

    def _inline(self, token: Token) -> Iterator[Flow]:
        lines = [line for line in map(one_line, paragraphs(token)) if line]
        if self.lists:
            yield from self.lists[-1].items(lines, len(self.lists) - 1)
        elif _is_picture(token):
            yield from (Item("picture", line) for line in lines)
        elif len(lines) == 1 and _is_emphasised(token):
            yield Item("heading", lines[0], self.heading + 1, lead=True)
        else:
            yield from self._lines(lines)

    def _lines(self, lines: Sequence[str]) -> Iterator[Flow]:
        """Paragraphs, or further lines of a list item where one is open."""
        texts = [text for text in map(one_line, lines) if text]
        if self.lists:
            yield from self.lists[-1].items(texts, len(self.lists) - 1)
        else:
            yield from (Item("paragraph", text) for text in texts)

    def _quotation(self) -> Iterator[Flow]:
        """A quotation that opens with 备注: is what the speaker says; any other is read as if it were none."""
        depth, end = 1, self.at
        while depth:
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(self.tokens[end].type, 0)
            end += 1
        inner = list(_Flow(self.tokens[self.at : end - 1]).read())
        self.at = end
        items = [part for part in inner if isinstance(part, Item)]
        if items and NOTE.match(items[0].text):
            first = replace(items[0], text=NOTE.sub("", items[0].text))
            yield from (Item("note", item.text) for item in (first, *items[1:]))
        else:
            yield from inner

    def _html(self, content: str) -> Iterator[Flow]:
        for line in content.splitlines():
            if found := SLIDE_MARKER.match(line):
                yield Marker(found[1])
        yield from self._lines(plain_html(content))

    def _table(self) -> Table:
        rows: list[list[tuple[str, ...]]] = []
        while (token := self.tokens[self.at]).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(tuple(line for line in map(one_line, paragraphs(token)) if line))
            self.at += 1
        headless = not any(rows[0]) if rows else True
        return Table(filled(rows[1:] if headless else rows), headless=headless)


class _List:
    """An open list: its running number, and whether its current item has begun."""

    def __init__(self, token: Token) -> None:
        start = token.attrGet("start")
        self.number = (int(start) if start is not None else 1) - 1 if token.type.startswith("ordered") else None
        self.mark = token.markup
        self.begun = False

    def next_item(self) -> None:
        self.begun = False
        self.number = None if self.number is None else self.number + 1

    def items(self, lines: Sequence[str], level: int) -> Iterator[Item]:
        """The item's first line with its number; further paragraphs of an item are bullets of their own."""
        for line in lines:
            numbered = self.number is not None and not self.begun
            self.begun = True
            yield Item("bullet", f"{self.number}{self.mark} {line}" if numbered else line, level)


def _is_picture(token: Token) -> bool:
    """Whether the paragraph holds nothing but pictures; their descriptions are what can be read of them."""
    kinds = {child.type for child in token.children or [] if child.type != "text" or child.content.strip()}
    return "image" in kinds and kinds <= {"image", "softbreak", "hardbreak"}


def _is_emphasised(token: Token) -> bool:
    """Whether the whole paragraph is bold: people write headings that way."""
    children = [child for child in token.children or [] if child.type != "text" or child.content.strip()]
    kinds = [child.type for child in children]
    return len(kinds) == 3 and (kinds[0], kinds[2]) == EMPHASISED and len(children[1].content) <= 30


def _outline(flow: list[Flow], title: str, warnings: tuple[str, ...]) -> Outline:
    first = next((part for part in flow if not isinstance(part, Marker | Break)), None)
    if not _is_deck_title(first, flow):
        return Outline(title, tuple(_pages(flow)), warnings)
    assert isinstance(first, Item)
    below = next(iter(flow[flow.index(first) + 1 :]), None)
    # With text right under it the title also heads a slide of its own.
    opens = isinstance(below, Marker | Break) or (
        isinstance(below, Item) and below.kind == "heading" and not below.lead
    )
    flow = [part for part in flow if part is not first] if opens else flow
    return Outline(title or first.text, tuple(_pages(flow)), warnings)


def _is_deck_title(first: Flow | None, flow: Sequence[Flow]) -> bool:
    """Whether the file opens with its only heading of level one, and has slides besides."""
    heads = [part for part in flow if isinstance(part, Item) and part.kind == "heading"]
    divided = len(heads) > 1 or any(isinstance(part, Marker) for part in flow)
    alone = sum(head.level == 1 for head in heads) == 1
    return divided and alone and first is heads[0] and heads[0].level == 1


def _pages(flow: list[Flow]) -> Iterator[Page]:
    if any(isinstance(part, Marker) for part in flow):
        groups = _split(flow, lambda part: isinstance(part, Marker))
    elif any(isinstance(part, Break) for part in flow):
        groups = _split(flow, lambda part: isinstance(part, Break))
    else:
        level = _slide_level(flow)
        groups = _split(flow, lambda part: isinstance(part, Item) and part.kind == "heading" and part.level == level)
    for group in groups:
        marker = next((int(part) for part in group if isinstance(part, Marker)), None)
        items = tuple(part for part in group if isinstance(part, Item | Table))
        if items or marker is not None:
            yield Page(items, marker)


def _split(flow: list[Flow], begins: Any) -> Iterator[list[Flow]]:
    group: list[Flow] = []
    for part in flow:
        if begins(part) and group:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _slide_level(flow: list[Flow]) -> int:
    """The shallowest heading level that occurs more than once; 0 where none does."""
    counts = Counter(part.level for part in flow if isinstance(part, Item) and part.kind == "heading" and not part.lead)
    return min((level for level, count in counts.items() if count > 1), default=0)
