"""Web pages → outline: headings, lists, tables, definition lists, paragraphs; nothing is ever fetched."""

from __future__ import annotations

import codecs
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.articles import with_articles, with_captions
from kejian.ingest.files import decode
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Outline
from kejian.ingest.picture_flow import PicturesInText
from kejian.ingest.pictures import LINKED, Pictures
from kejian.ingest.sections import Flow, divided
from kejian.ingest.webpage_site import without_site
from kejian.ingest.webpage_table import is_layout, table
from kejian.ingest.webpage_text import BLOCKS, DROPPED, LineBuffer, is_bold, is_hidden, lines_of
from kejian.ingest.webpage_word import is_contents, listed
from kejian.ingest.wording import BULLET, one_line

CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
CHINESE_CHARSETS = ("gb2312", "gbk", "gb18030", "hz-gb-2312")
LONGEST_LEAD = 30
SHOWN = 5
LEAST_PICTURE = 20  # pixels
DATA = re.compile(
    r"\s*data:image/[\w.+-]*(?:;[\w-]+=[\w.-]+)*(?P<base64>;base64)?,(?P<data>.*)", re.IGNORECASE | re.DOTALL
)


def read_webpage(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    """The outline of a web page, with what is known of the pictures that are written into it.

    Raises:
        RefusedFile: it is no text, or nested beyond reason.
    """
    text, warnings = _decoded(content, path)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        if root is None:
            return Outline("", ())
        taken = without_site(root)
        found = PicturesInText(pictures, Lexicon(terms))
        flow = with_articles(with_captions(list(_Walk(found).parts(root))))
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise RefusedFile(f"{path} 无法按网页读取({error.__class__.__name__}),请用浏览器打开后另存") from error
    title = next((one_line("".join(node.itertext())) for node in root.iter("title")), "")
    return divided(flow, title, (*warnings, *_told(taken), *found.warnings()))


def _told(taken: list[str]) -> Iterator[str]:
    if taken:
        named = "、".join(f"「{text}」" for text in taken[:SHOWN])
        yield f"网站的页眉、页脚、侧栏等 {len(taken)} 处没有收入:{named}{'等' if len(taken) > SHOWN else ''}"


def _decoded(content: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """The text by the encoding that the page declares, where that fits; else as any text file."""
    found = CHARSET.search(content[:4096])
    declared = found[1].decode("ascii").lower() if found else ""
    name = "gb18030" if declared in CHINESE_CHARSETS else declared
    if name and not content.startswith((b"\xff\xfe", b"\xfe\xff", codecs.BOM_UTF8)) and "16" not in name:
        try:
            text = content.decode(name)
        except (LookupError, UnicodeDecodeError, UnicodeError):
            pass
        else:
            return text, ()
    return decode(content, path)


class _Walk:
    """Elements of a page in order → parts of the outline."""

    def __init__(self, pictures: PicturesInText) -> None:
        self.pictures = pictures
        self.lists: list[_List] = []
        self.heading = 0

    def parts(self, element: Any) -> Iterator[Flow]:
        """The content of ``element``: text between its blocks, and the blocks."""
        buffer = LineBuffer(element.tag == "pre")
        yield from self._content(element, buffer)
        yield from self._lines(buffer.take())

    def _content(self, element: Any, buffer: LineBuffer) -> Iterator[Flow]:
        buffer.add(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in DROPPED and not is_hidden(child):
                if child.tag in BLOCKS:
                    yield from self._lines(buffer.take())
                    yield from self._block(child)
                elif child.tag == "img":
                    buffer.add(one_line(child.get("alt") or ""))
                    if said := list(self._picture(child)):
                        yield from self._lines(buffer.take())
                        yield from said
                elif child.tag == "br":
                    buffer.end_line()
                else:
                    yield from self._content(child, buffer)
            buffer.add(child.tail)

    def _picture(self, element: Any) -> Iterator[Flow]:
        """What a picture in the file says; whatever it refers to is not fetched."""
        source = element.get("src") or ""
        if found := DATA.match(source):
            yield from self.pictures.parts(_decoded_data(found["data"], bool(found["base64"])))
        elif source and not _is_small(element):
            self.pictures.miss(LINKED)

    def _block(self, element: Any) -> Iterator[Flow]:
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield from self._headed(element, int(element.tag[1]))
            case "ul" | "ol" | "menu" | "dir":
                self.lists.append(_List(element))
                yield from self.parts(element)
                self.lists.pop()
            case "li":
                self.lists = self.lists or [_List(element.getparent())]
                self.lists[-1].next_item(element)
                yield from self.parts(element)
            case "dl":
                yield from self._definitions(element)
            case "table":
                yield from self._table(element)
            case "details":
                yield from self._folded(element)
            case "p" if is_contents(element):
                return
            case "p" if (item := listed(element)) is not None:
                yield item
            case _:
                yield from self._paragraph(element)

    def _headed(self, element: Any, level: int) -> Iterator[Flow]:
        if text := one_line(" ".join(lines_of(element))):
            self.heading = level
            yield Item("heading", text, level)

    def _paragraph(self, element: Any) -> Iterator[Flow]:
        """A wholly bold line is what people write headings as."""
        if element.tag in ("p", "div") and not self.lists and is_bold(element):
            lines = lines_of(element)
            if len(lines) == 1 and len(lines[0]) <= LONGEST_LEAD and not lines[0].endswith(("。", "；", "，")):
                yield Item("heading", lines[0], self.heading + 1, lead=True)
                return
        yield from self.parts(element)

    def _folded(self, element: Any) -> Iterator[Flow]:
        """The summary of a fold heads what it holds, which is a list."""
        summary = element.find("summary")
        if summary is not None:
            text = one_line(" ".join(lines_of(summary)))
            yield from [Item("heading", text, self.heading + 1 + len(self.lists), lead=True)] if text else []
            tail, parent = summary.tail, summary.getparent()
            parent.text = f"{parent.text or ''}{tail or ''}"
            parent.remove(summary)
        self.lists.append(_List(element))
        yield from self.parts(element)
        self.lists.pop()

    def _definitions(self, element: Any) -> Iterator[Flow]:
        """Every term heads its definitions, which are a list."""
        above, self.lists = self.lists, []
        for child in element.iter("dt", "dd"):
            if _owner(child) is not element or is_hidden(child):
                continue
            if child.tag == "dt":
                text = one_line(" ".join(lines_of(child)))
                yield Item("heading", text, self.heading + 1 + len(above), lead=True)
            else:
                self.lists = [*above, _List(element)]
                yield from self.parts(child)
        self.lists = above

    def _table(self, element: Any) -> Iterator[Flow]:
        caption = element.find("caption")
        found = None if is_layout(element) else table(element)
        if caption is not None:
            yield from self._lines(lines_of(caption))
        if found is not None:
            yield found
            return
        for cell in element.iter("td", "th"):
            if next(cell.iterancestors("table")) is element:
                yield from self.parts(cell)

    def _lines(self, lines: list[str]) -> Iterator[Flow]:
        for line in lines:
            if self.lists:
                yield self.lists[-1].item(line, len(self.lists) - 1)
            elif found := BULLET.match(line):
                yield Item("bullet", line[found.end() :])
            else:
                yield Item("paragraph", line)


def _decoded_data(data: str, base64: bool) -> bytes:
    content = unquote_to_bytes(data)
    try:
        return b64decode(content + b"=" * (-len(content) % 4)) if base64 else content
    except ValueError:
        return b""


def _is_small(element: Any) -> bool:
    """Whether the page gives a picture the size of an icon, or none to see."""
    sizes = (element.get(side) or "" for side in ("width", "height"))
    return any(size.isdecimal() and int(size[:6]) < LEAST_PICTURE for size in sizes)


def _owner(element: Any) -> Any:
    return next(element.iterancestors("dl"), None)


class _List:
    """An open list with its running number; None where its items have bullets."""

    def __init__(self, element: Any) -> None:
        start = element.get("start") or "1"
        self.number = int(start) - 1 if re.fullmatch(r"-?\d{1,6}", start) else 0
        self.numbered = element.tag == "ol"
        self.begun = True

    def next_item(self, element: Any) -> None:
        value = element.get("value") or ""
        self.number = int(value) if re.fullmatch(r"\d{1,6}", value) else self.number + 1
        self.begun = False

    def item(self, line: str, level: int) -> Item:
        """The first line of an item bears its number; further ones are bullets of their own."""
        text = f"{self.number}. {line}" if self.numbered and not self.begun else line
        found = None if self.numbered else BULLET.match(text)
        self.begun = True
        return Item("bullet", text[found.end() :] if found else text, level)
