"""Flattened extracts, as sites that share documents make them: five slides on one line → pages of lines again.

What is certain is read: slide numbers that ascend, bullets, footnotes, names. What belongs to what was drawn, and is
lost; it is not made up, and every page where it matters is warned of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kejian.corpus.extract_words import ExtractWords
from kejian.corpus.terms import TermBase
from kejian.ingest.extract_lines import SlideLines
from kejian.ingest.extract_names import Names
from kejian.ingest.extract_pages import Sheet, sheets, slide_numbers, tokens_of
from kejian.ingest.extract_site import BULLET_MARK, Cleaned, cleaned
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Outline, Page

FEWEST_BULLETS = 4
SHORTEST_FLAT_LINE = 120
DRAFT_ADVICE = "可用 kejian ingest --draft 把它写成 Markdown 草稿,改好后收入草稿"


@dataclass(frozen=True, slots=True)
class Extract:
    """A text as it was recognised; ``flat`` where its lines are lost."""

    cleaned: Cleaned
    flat: bool


def recognised(text: str) -> Extract | None:
    """``text`` as an extract: most of it on long lines with bullets inside, or with the marks of a site around it."""
    found = cleaned(text)
    if _is_flat(found.text):
        return Extract(found, True)
    return Extract(found, False) if found.title and found.marks > 1 else None


def read_flat(extract: Extract, terms: TermBase) -> Outline:
    """The outline of a flattened extract."""
    tokens = tokens_of(extract.cleaned.text)
    names = Names(tokens, Lexicon(terms))
    parts = sheets(tokens, ExtractWords.bundled())
    pages = [Page(SlideLines(sheet, names).read(), sheet.number) for sheet in parts]
    warnings = (*site_warnings(extract), *_about_numbers(parts), *(said for page in pages for said in _guesses(page)))
    return Outline(extract.cleaned.title, tuple(page for page in pages if page.items), warnings)


def site_warnings(extract: Extract) -> tuple[str, ...]:
    """What was done to the file as a whole."""
    flat = ("这是版式已丢失的摘录,按文中的页码和项目符号分了页和条目,请核对", DRAFT_ADVICE)
    removed = extract.cleaned.removed
    cut = (f"去掉了文档分享网站附加的文字 {removed} 字",) if removed else ()
    return (*(flat if extract.flat else ()), *cut)


def _is_flat(text: str) -> bool:
    """Whether most of ``text`` stands on lines with bullets inside, long ones or with slide numbers among them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    flat = [line for line in lines if BULLET_MARK.search(line[1:])]
    inside = sum(len(BULLET_MARK.findall(line[1:])) for line in flat)
    if inside < FEWEST_BULLETS or sum(map(len, flat)) * 2 <= sum(map(len, lines)):
        return False
    long = max(map(len, flat)) >= SHORTEST_FLAT_LINE
    return long or bool(slide_numbers(tokens_of(text), ExtractWords.bundled()))


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
