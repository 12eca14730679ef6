"""Does a quotation say what was asked for? 「…的工资是多少」 is not answered by a number that is no wage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kejian.assistant.compose.looking_up import gives_quantity, unit_asked
from kejian.assistant.draft import Draft, Statement
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Source
from kejian.corpus.normalize import searchable
from kejian.corpus.slide_words import SlideWords
from kejian.ingest.model import Block

HOW_MUCH = re.compile(r"多少|百分之几|(?<!哪)几(?!乎|何)|多久|多长|多大|多高|什么比例|哪一?年|哪天|什么时候|何时")
WHO_IS = re.compile(r"(?:是|叫)(?:谁|什么名字|什么(?=$|[?,]))")
HOW_TO = re.compile(r"(?:怎么|如何|怎样)(?=扣|罚|处罚|处分|赔|补偿|奖|收费|计算)")
MEASURE_END = re.compile(r"[率额量费数期价值度]")
CLASS = re.compile(r"(?<![a-z])[a-z][类级档型款]")
CODE = re.compile(r"[a-z]{1,4}-?\d+")
MAKE = re.compile(r"(?:哪[个家款种]|什么)(牌子|品牌|型号|厂家|机构|软件)")
PUNISHED = ("罚", "处罚", "处分", "惩罚")
PENALTY = re.compile(
    r"[罚扣]|处分|停[岗职薪]|警告|记过|开除|解除|辞退|除名|取消|暂停|降[级职薪]|赔偿|通报|追[究责]|退回"
)
MEASURED = re.compile(r"[个家天次套名户人位年月日点分元块条项种份页步级周岁倍成米字]")
# What is measured stands before these: 「含水率要求是多少」, 「返利比例是多少」, 「综合演练一年几次」.
GENERAL = re.compile(
    r"最[晚迟早快高低长短多少大小]?(?:能|可以|可)?|提前|[一每][亩吨件户车单本斤]|要求|标准|规定|时间|期限|时限|数量|比例|金额|总共|一共|大概|大约|最多|最少|至少|[一每][年月周天次个]\w?"
)
CONNECTING = re.compile(r"才|就|算|可以|能够?|会|要|合适|以[上下内]|时|的时候")  # 「到多少才能提测」
BEHIND = 6  # characters behind what asks in which the thing asked for may be named
BEFORE = 10
MATCHED = 0.5  # share of the word that must be said


def fits(inquiry: Inquiry, draft: Draft) -> bool:
    """Whether some quotation of a draft of quotations names the thing asked for, and a number where one is."""
    if draft.kind not in ("lookup", "passage") or draft.refusal is not None:
        return True
    if _of_unknown(inquiry, draft):
        return False
    sought = (*asked_for(inquiry), *_people(inquiry), *_codes(inquiry))
    quantity = inquiry.asks("quantity") and HOW_MUCH.search(inquiry.reading.text) is not None
    punished = _asks_punishment(inquiry)
    for part in draft.parts:
        if not isinstance(part, Statement) or not part.sources:
            continue
        if quantity and not _gives(inquiry, part):
            continue
        said = searchable(" ".join((part.text, *_above(part))))
        if punished and not PENALTY.search(said):
            continue
        if all(inquiry.weights.match(word, said) >= MATCHED for word in sought):
            return True
    return False


def _asks_punishment(inquiry: Inquiry) -> bool:
    found = HOW_TO.search(inquiry.reading.text)
    return found is not None and inquiry.reading.text[found.end() :].startswith(PUNISHED)


def _people(inquiry: Inquiry) -> Iterator[str]:
    """Persons of whom something is asked: what is said of somebody else is no answer."""
    words = SlideWords.bundled()
    for word in inquiry.reading.rest:
        if len(word) > 2 and words.is_person(word) and inquiry.knowledge.says(word):
            yield word


def _codes(inquiry: Inquiry) -> Iterator[str]:
    """Classes, makes and numbers that the question is about: what is said of A类 or DN600 is none of D类 or DN1000."""
    text = inquiry.reading.text
    yield from (found[0] for found in CLASS.finditer(text))
    yield from (found[0] for found in CODE.finditer(text) if not inquiry.knowledge.says(found[0]))
    yield from (found[1] for found in MAKE.finditer(text))


def _of_unknown(inquiry: Inquiry, draft: Draft) -> bool:
    """「多菌灵的间隔期」 of a table without 多菌灵: rows of other things are no answer."""
    text, weights = inquiry.reading.text, inquiry.weights
    owner = text.split("的", 1)[0] if "的" in text else ""
    rows = {b.row for p in draft.parts if isinstance(p, Statement) for s in p.sources for b in _blocks(s) if b.row}
    words = [word for word in _words(inquiry, owner) if len(word) > 1 and owner.endswith(word)]
    return len(rows) > 1 and any(not weights.known(word) and not weights.other_words(word) for word in words)


def _gives(inquiry: Inquiry, part: Statement) -> bool:
    """Whether a quotation has a number in the unit asked for; a bare number under a head is one in any unit."""
    quotes = [source.quote for source in part.sources]
    rows = [block.row for source in part.sources for block in _blocks(source)]  # 「6月1日 | 第二批上线」
    given = any(gives_quantity(text, inquiry) for text in (*quotes, *rows))
    return not unit_asked(inquiry) or given or any(map(_is_bare, quotes))


def _is_bare(quote: str) -> bool:
    return bool(re.fullmatch(r"[\d.,，%]+", quote.strip()))


def _above(part: Statement) -> Iterator[str]:
    """Headings over what is quoted, and the heads of its row and column."""
    for source in part.sources:
        yield source.place.slide.title
        for block in _blocks(source):
            yield from (*block.path, block.row, block.column)


def _blocks(source: Source) -> Iterator[Block]:
    """What of the slide is quoted."""
    return (block for block in source.place.slide.blocks if block.start < source.end and source.start < block.end)


def asked_for(inquiry: Inquiry) -> Iterator[str]:
    """The things the question wants to know: the word before 「是多少」 or 「是谁」, behind 「多少」 or 「什么」."""
    text = inquiry.reading.text
    if (found := WHO_IS.search(text)) and not inquiry.asks("explain"):
        yield from _last(inquiry, text[: found.start()])
        yield from _last(inquiry, text[: found.start()].rpartition("的")[0])
    if found := HOW_MUCH.search(text):
        behind = _behind(inquiry, text[found.end() :]) if found[0] == "多少" else []
        yield from behind or _last(inquiry, text[: found.start()])
    if (found := HOW_TO.search(text)) and not _asks_punishment(inquiry):
        yield from _behind(inquiry, text[found.end() :]) or _last(inquiry, text[: found.start()], shortest=1)


def _behind(inquiry: Inquiry, text: str) -> list[str]:
    """The noun right behind what asks; a measure is none."""
    words = () if CONNECTING.match(text) else _words(inquiry, text[:BEHIND])
    named = bool(words) and len(words[0]) > 1 and text.startswith(words[0]) and not MEASURED.match(words[0])
    return [words[0]] if named else []


def _last(inquiry: Inquiry, before: str, shortest: int = 2) -> list[str]:
    """The last word of content, where it stands close by."""
    words = [word for word in _words(inquiry, before[-BEFORE:]) if not GENERAL.fullmatch(word)]
    if len(words) > 1 and MEASURE_END.fullmatch(words[-1]) and words[-2] + words[-1] in before:  # 退货率, 押金额
        words = [*words[:-2], words[-2] + words[-1]]
    return words[-1:] if words and len(words[-1]) >= shortest else []


def _words(inquiry: Inquiry, text: str) -> tuple[str, ...]:
    return inquiry.told_apart(inquiry.lexicon.content_words(text))
