"""Extracts, as sites that share documents and converters make them: no layout, wrong bullets, lines of the site.

What is certain is read: slide numbers that ascend, bullets, footnotes, names. What belongs to what was drawn, and is
lost; it is not made up, and every page where it matters is warned of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kejian.corpus.extract_words import ExtractWords
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase
from kejian.ingest.extract_counters import Counted, counted_pages, without_running_heads
from kejian.ingest.extract_glyphs import with_bullets
from kejian.ingest.extract_lines import SlideLines
from kejian.ingest.extract_names import Names
from kejian.ingest.extract_pages import Sheet, sheets, slide_numbers, tokens_of
from kejian.ingest.extract_site import BULLET_MARK, Cleaned, cleaned
from kejian.ingest.extract_wrapping import unwrapped, wrap_width
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Outline, Page, Table

FEWEST_BULLETS = 4
SHORTEST_FLAT_LINE = 120
DRAFT_ADVICE = "可用 kejian ingest --draft 把它写成 Markdown 草稿,改好后收入草稿"
PageItems = Callable[[str], tuple[Item | Table, ...]]


@dataclass(frozen=True, slots=True)
class Extract:
    """A text as it was recognised; ``flat`` where its lines are lost; ``pages`` are [] where nothing counts them."""

    cleaned: Cleaned
    flat: bool
    pages: tuple[Counted, ...] = ()
    heads: tuple[str, ...] = ()  # lines that stood on most pages, taken away

    @property
    def text(self) -> str:
        return self.cleaned.text


def recognised(text: str) -> Extract | None:
    """``text`` as an extract: flattened lines, counted pages, or the marks of a site around it."""
    text = with_bullets(text)
    found = cleaned(text)
    from_site = found.text.strip() and (found.marks > 1 or _is_flat(found.text))
    own = found if from_site else replace(found, text=text, removed=0, title="")
    counted = counted_pages(own.text)
    pages, heads = without_running_heads(counted)
    flat = _is_flat(own.text)
    if not flat and not own.removed and not pages:
        return None
    if not flat:
        width = wrap_width(own.text)
        pages = [replace(page, text=unwrapped(page.text, width)) for page in pages]
        own = replace(own, text=unwrapped(own.text, width))
    return Extract(own, flat, tuple(pages), heads)


def read_extract(extract: Extract, terms: TermBase, page_items: PageItems) -> Outline:
    """The outline of an extract; ``page_items`` reads a page whose lines are left."""
    if extract.flat:
        return _read_flat(extract, terms)
    pages = [Page(page_items(page.text), page.number) for page in extract.pages]
    return Outline(extract.cleaned.title, tuple(page for page in pages if page.items), site_warnings(extract))


def _read_flat(extract: Extract, terms: TermBase) -> Outline:
    tokens = tokens_of("\n".join(page.text for page in extract.pages) or extract.text)
    names = Names(tokens, Lexicon(terms))
    certain = [Sheet(page.number, tuple(tokens_of(page.text))) for page in extract.pages]
    parts = certain or sheets(tokens, ExtractWords.bundled())
    pages = [Page(tuple(_with_guesses(SlideLines(sheet, names).read())), sheet.number) for sheet in parts]
    warnings = (*site_warnings(extract), *_about_numbers(parts), *(said for page in pages for said in _guesses(page)))
    return Outline(extract.cleaned.title, tuple(page for page in pages if page.items), warnings)


def _with_guesses(items: Sequence[Item]) -> Iterator[Item]:
    """Bullets among names that the title does not give: which of them a bullet speaks of is lost."""
    titles = searchable(" ".join(item.text for item in items if item.kind == "heading"))
    several = any(item.kind == "unit" and searchable(item.text) not in titles for item in items)
    yield from (replace(item, guessed=several and item.kind == "bullet") for item in items)


def site_warnings(extract: Extract) -> tuple[str, ...]:
    """What was done to the file as a whole."""
    flat = ("这是版式已丢失的摘录,按文中的页码和项目符号分了页和条目,请核对", DRAFT_ADVICE)
    removed = extract.cleaned.removed
    cut = (f"去掉了文档分享网站附加的文字 {removed} 字",) if removed else ()
    heads = (f"去掉了每页重复的页眉、页脚:{'、'.join(extract.heads)}",) if extract.heads else ()
    return (*(flat if extract.flat else ()), *cut, *heads)


def _is_flat(text: str) -> bool:
    """Whether most of ``text`` stands on lines with bullets inside, long ones or with slide numbers among them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    counts = [_bullets_inside(line) for line in lines]
    flat = [line for line, count in zip(lines, counts, strict=True) if count]
    if sum(counts) < FEWEST_BULLETS or sum(map(len, flat)) * 2 <= sum(map(len, lines)):
        return False
    long = max(map(len, flat)) >= SHORTEST_FLAT_LINE
    return long or bool(slide_numbers(tokens_of(text), ExtractWords.bundled()))


def _bullets_inside(line: str) -> int:
    """Bullets behind the first character; between letters it is the dot of a foreign name, or a lost letter."""
    inside = list(BULLET_MARK.finditer(line, 1))
    return len(inside) if BULLET_MARK.match(line) else sum(line[found.start() - 1].isspace() for found in inside)


def _about_numbers(parts: Sequence[Sheet]) -> Iterator[str]:
    """What is doubtful about the slide numbers."""
    numbers = [part.number for part in parts if part.number is not None and not part.cut]
    if not numbers:
        yield "文中没有找到页码,全部内容作为一页收入"
        return
    yield f"文中找到的页码是第 {numbers[0]}–{numbers[-1]} 页,页码由上下文判断,请核对"
    if parts[0].cut:
        yield f"第 {numbers[0]} 页的页码之前还有内容,作为第 {parts[0].number} 页收入"
    for before, after in pairwise(numbers):
        if after > before + 1:
            yield f"第 {before + 1}–{after - 1} 页的页码没有找到,那些内容可能并入了第 {before} 页"


def _guesses(page: Page) -> Iterator[str]:
    """What could not be recovered on a page."""
    items = [item for item in page.items if isinstance(item, Item)]
    names = sum(item.kind == "unit" for item in items)
    where = f"第 {page.number} 页" if page.number is not None else "全文"
    if names and any(item.kind == "bullet" for item in items):
        yield f"{where}:条目与部门的对应关系无法从文本恢复"
    elif names > 1:
        yield f"{where}:图中 {names} 个名称的上下级关系无法从文本恢复"
