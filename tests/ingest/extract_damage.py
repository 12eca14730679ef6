"""How converters and sites that share documents damage a deck: our own decks, made into extracts of many kinds."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck

Random = random.Random
FAULTS = str.maketrans("置并发于的不进事之受和规指按据效方移时动任", "臵幵収亍癿丌迚亊乊叐呾觃挃挄捰敁斱秱旪劢仸")
TRADITIONAL = str.maketrans("门务员产业务办负责户级", "門務員產業務辦負責戶級")
HALF = str.maketrans("，；：？！（）", ",;:?!()")


@dataclass(frozen=True, slots=True)
class Source:
    """A slide before it is damaged; ``names`` are boxes and headings, whose place is lost."""

    number: int
    title: str
    said: tuple[str, ...]
    names: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damaged:
    """An extract, and what a site wrote into it; ``paged`` where the numbers of the slides are still in it."""

    text: str
    written: tuple[str, ...] = ()
    paged: bool = True


def sources(path: Path, terms: TermBase) -> tuple[str, list[Source]]:
    """(title, slides) of a deck of ours."""
    deck = read_deck(path, terms)
    slides = []
    for slide in deck.slides:
        kinds: dict[str, list[str]] = {}
        for block in slide.blocks:
            kinds.setdefault(block.kind, []).append(block.text)
        said = [text for kind in ("paragraph", "bullet", "cell") for text in kinds.get(kind, ())]
        names = [_bare(text) for text in (*kinds.get("heading", ()), *kinds.get("unit", ()))]
        slides.append(Source(slide.number, slide.title, tuple(said), tuple(names), tuple(kinds.get("footnote", ()))))
    return deck.title, slides


def _bare(heading: str) -> str:
    return heading.split("（编者推断")[0]


# --- single faults ----------------------------------------------------------------------------------------------------


def wrong_characters(text: str, rng: Random) -> str:
    """Some characters in place of which the converter put their neighbours in the font."""
    return "".join(char.translate(FAULTS) if rng.random() < 0.5 else char for char in text)


def half_width(text: str, rng: Random) -> str:
    """Half-width punctuation, sometimes with a stray space behind it."""
    return "".join(char.translate(HALF) + (" " * (char in "，；" and rng.random() < 0.2)) for char in text)


def stray_spaces(text: str, rng: Random) -> str:
    """A space inside a statement here and there: in front of a bracket, a slash or a figure."""
    return re.sub(r"(?<=[^\d\s])(?=[/（(]|\d)", lambda _: " " * (rng.random() < 0.3), text)


def broken_brackets(text: str, rng: Random) -> str:
    """A closing bracket lost at the end of a statement."""
    return text[:-1] if text.endswith(("）", ")")) and rng.random() < 0.5 else text


def traditional(text: str, rng: Random) -> str:
    """Some characters in their traditional form."""
    return "".join(char.translate(TRADITIONAL) if rng.random() < 0.3 else char for char in text)


# --- whole extracts ---------------------------------------------------------------------------------------------------

Text = Callable[[str, Random], str]


def flattened(slides: Sequence[Source], rng: Random, spoil: Text, bullet: str = "•", number: str = "{} ") -> str:
    """All slides on one line, names among the bullets in any order, footnotes before or behind them."""
    parts = []
    for slide in slides:
        names = list(dict.fromkeys(slide.names))
        rng.shuffle(names)
        cut = rng.randrange(len(names) + 1) if names else 0
        space = " " * rng.randrange(2)
        said = [f"{bullet}{space}{spoil(text, rng)}" for text in slide.said]
        body = [*names[:cut], *said, *names[cut:], *(spoil(note, rng) for note in slide.footnotes)]
        parts.append(" ".join([number.format(slide.number) + spoil(slide.title, rng), *body]))
    return " ".join(parts)


def lined(
    slides: Sequence[Source], rng: Random, bullet: str, width: int = 0, spoil: Text | None = None
) -> list[list[str]]:
    """Pages of lines: title, bullets, names, footnotes; lines broken at ``width`` columns where it is given."""
    pages = []
    for slide in slides:
        mend = spoil or (lambda text, _: text)
        lines = [slide.title]
        for text in slide.said:
            lines += _wrapped(f"{bullet}{mend(text, rng)}", width)
        pages.append([*lines, *dict.fromkeys(slide.names), *slide.footnotes])
    return pages


def _wrapped(line: str, width: int) -> list[str]:
    """``line`` broken where it is ``width`` columns wide; a Chinese character takes two."""
    lines, columns = [""], 0
    for char in line:
        columns += 1 + (unicodedata.east_asian_width(char) in "WF")
        if width and columns > width and char not in "，。、；：）":
            lines.append("")
            columns = 1 + (unicodedata.east_asian_width(char) in "WF")
        lines[-1] += char
    return lines


def preview(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """The text a preview page shows: one line, numbers inline, the site around it."""
    edition, opening = rng.choice(["编辑修改稿", "完整版", "最新版"]), rng.choice(["内容摘要", "文档介绍", "内容简介"])
    head = f"{title}({edition}){opening}:\n"
    tail = (
        f"{title}(编辑修改稿)", "阅读剩余 0%", "本站所有文章、图片均为注册用户上传,仅供学习参考。",
        "用户通过本站发布的内容,其知识产权归属原作者。如有侵犯您的版权,请联系我们,本站将尽快删除。",
    )  # fmt: skip

    def spoil(text: str, rng: Random) -> str:
        return broken_brackets(stray_spaces(half_width(text.replace("置", "臵"), rng), rng), rng)

    return Damaged(head + flattened(slides, rng, spoil) + "".join(f"\n{line}" for line in tail), (head.strip(), *tail))


def counters_inline(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """One line with 「第 3 页 共 28 页」 or 「3/28」 in front of each page."""
    total = slides[-1].number
    number = rng.choice(
        [f"第 {{}} 页 共 {total} 页 ", f"{{}}/{total} ", f"第{{}}页/共{total}页 ", f"Page {{}} of {total} "]
    )
    written = ("本文档由会员上传分享", "下载文档到电脑,查找使用更方便", "VIP专享文档 开通VIP免费下载")
    text = "\n".join([written[0], flattened(slides, rng, half_width, "◆", number), *written[1:]])
    return Damaged(text, written)


def library(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """A document site's text view: a counter below each page, its own lines above and below the document."""
    total = slides[-1].number
    head = (title + " - 百度文库", "首页 文档 教育专区 高等教育", "2人阅读 1次下载", "评分 4.5 ★★★★☆", "举报")
    tail = (
        "您可能也喜欢", "销售部新员工培训.ppt", "2012年度工作总结.doc", "暂无评价 | 0人阅读 | 0次下载 | 举报文档",
        "©2013 Baidu 使用百度前必读 | 文库协议", "加入VIP 免费下载", "阅读已结束,下载本文需要 5 下载券",
    )  # fmt: skip
    pages = lined(slides, rng, rng.choice(["\uf06c ", "\uf0d8", "l ", "n  ", "Ø ", "ü "]), spoil=wrong_characters)
    body = [
        line
        for page, slide in zip(pages, slides, strict=True)
        for line in (*page, f"第 {slide.number} 页 共 {total} 页", "")
    ]
    return Damaged("\n".join([*head, "", *body, *tail]), (*head, *tail))


def watermarked(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """A site's line on every page, and a counter as 「3/28」 above it."""
    mark = rng.choice([
        "豆丁网 www.docin.com", "道客巴巴 http://www.doc88.com", "MBA智库文档 doc.mbalib.com",
        "原创力文档 max.book118.com 预览与源文档一致,下载高清无水印", "爱问共享资料 ishare.iask.sina.com.cn",
        "更多免费资料请访问:www.example.com",
    ])  # fmt: skip
    tail = (
        "已阅读到文档的结尾了", "下载此文档", "该用户还上传了这些文档", "本文档由 zhang_san 于 2011-05-06 上传分享",
        "版权声明:本文内容由用户上传,如有侵权请联系客服删除", "文档格式:PPT 大小:1.2MB 页数:28 页", "积分:5.9",
    )  # fmt: skip
    pages = lined(slides, rng, rng.choice(["➢ ", "◆", "■ ", "v ", "u "]), spoil=half_width)
    body = [
        line
        for page, slide in zip(pages, slides, strict=True)
        for line in (f"{slide.number}/{slides[-1].number}", *page, mark)
    ]
    return Damaged("\n".join([*body, *tail]), (mark, *tail))


def pdf_text(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """Pages between form feeds with a running head, broken lines and the number at the foot."""
    pages = lined(slides, rng, rng.choice(["• ", "\uf0b2 ", "\uf076 "]), width=rng.choice([32, 44, 56]))
    head = "内部资料 注意保存"
    texts = ["\n".join([head, *page, str(slide.number), "\f"]) for page, slide in zip(pages, slides, strict=True)]
    return Damaged("".join(texts), (head,))


def office_text(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """The output of a converter for old files: bullets as stars or points, lines broken, no numbers."""
    pages = lined(slides, rng, rng.choice(["* ", "· ", "o "]), width=rng.choice([0, 76]), spoil=traditional)
    return Damaged("\n\n\n".join("\n".join(page) for page in pages), (), paged=False)


def numbers_behind(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """One line, the number at the foot of each page and so behind it."""
    written = ("免责声明:文档之家的所有文档均为用户上传分享,文档之家仅负责分类整理",)
    parts = [flattened([slide], rng, half_width, "•", "") + f" {slide.number}" for slide in slides]
    return Damaged("\n".join([" ".join(parts), *written]), written)


def numbers_lost(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """One line, one or two of the numbers lost, so that the page before runs on."""
    lost = {rng.randrange(1, len(slides) - 1) for _ in range(2)}
    numbers = ["" if at in lost else "{} " for at in range(len(slides))]
    return Damaged(" ".join(flattened([slide], rng, half_width, "•", numbers[at]) for at, slide in enumerate(slides)))


def joined_bullets(title: str, slides: Sequence[Source], rng: Random) -> Damaged:
    """Several bullets to a line, lines broken anywhere, numbers on lines of their own."""
    lines = []
    for slide in slides:
        lines += [str(slide.number), slide.title]
        said = [f"•{half_width(text, rng)}" for text in slide.said]
        while said:
            count = rng.randint(1, 3)
            lines.append("".join(said[:count]))
            said = said[count:]
        lines += dict.fromkeys(slide.names)
    return Damaged("\n".join(lines))


MODELS: dict[str, Callable[[str, Sequence[Source], Random], Damaged]] = {
    "preview": preview,
    "counters_inline": counters_inline,
    "library": library,
    "watermarked": watermarked,
    "pdf_text": pdf_text,
    "office_text": office_text,
    "numbers_behind": numbers_behind,
    "numbers_lost": numbers_lost,
    "joined_bullets": joined_bullets,
}
