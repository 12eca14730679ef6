"""Posts and units with the person who holds them in one box: 「测试部 李晓云」, 「总经理」 over 「周岚」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.corpus.slide_words import ACTING, SlideWords
from kejian.ingest.wording import one_line

HOLDER = "负责人"  # the aspect under which a unit or post has its person
HELD = re.compile(
    r"^(?P<name>\S.{1,24}?)(?:\s*[—–]{1,2}\s*|\s+)(?P<person>[\u4e00-\u9fff]{2,4}(?:\s*[（(][^（）()]{1,8}[)）])?)$"
)
POSTED = re.compile(
    r"^(?P<name>\S.{1,24}?)\s+(?P<told>(?:[^\s:：]{2,8}[\s:：]+){1,2}(?P<person>[\u4e00-\u9fff]{2,4}(?:[（(][^（）()]{1,8}[)）])?))$"
)
POSTS_END = re.compile(r"[\s:：]+")
REMARK = re.compile(r"\s*[（(][^（）()]{1,12}[)）]$")
# 「（暂缺，由某人代管）」 under a post says who holds it.
VACANT = re.compile(
    r"^[（(]?(?:(?:暂|暂时|目前)?(?:缺|空缺|空着|缺员|缺编|待定|待聘|招聘中)|(?:暂|暂时|目前)?由\S{2,12}(?:代管|代理|兼任|兼管|兼|代行|代))"
    r"[^。；;]{0,20}[)）]?$"
)
SHORT = re.compile(r"^(?P<name>.*[\u4e00-\u9fff])\s*[（(]?(?P<short>[A-Za-z][A-Za-z&]{1,5})[)）]?$")


@dataclass(frozen=True, slots=True)
class Held:
    """A unit or post, and the person; ``short`` is its name in Latin letters, "" where it has none.

    ``told`` is what the box says of the holder: the person, or 「组长 雷某」 where the person's post is named too.
    """

    name: str
    person: str
    short: str = ""
    told: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """What else the box may be called, the unit first."""
        post = POSTS_END.sub("", self.told.removesuffix(self.person))
        written = (self.name, self.short, self.name + post, ACTING.sub("", self.person))
        return tuple(dict.fromkeys(filter(None, written)))


def held(text: str) -> Held | None:
    """``text`` taken apart; None where it does not name a unit or post and a person behind it.

    >>> held("质量保证部 QA 沈若楠")
    Held(name='质量保证部', person='沈若楠', short='QA', told='沈若楠')
    >>> held("检修组 组长 沈若楠")
    Held(name='检修组', person='沈若楠', short='', told='组长 沈若楠')
    >>> held("市场 拓展部") is None
    True
    """
    if posted := _posted(text):
        return posted
    found = HELD.match(text)
    if found is None or not _is_holder(found["name"], found["person"]):
        return None
    short = SHORT.match(found["name"])
    name, person = found.groups()
    return Held(short["name"].strip(), person, short["short"], person) if short else Held(name, person, told=person)


def _posted(text: str) -> Held | None:
    """A unit with the post and the person behind it; the head of a unit may have two: 「指挥部总指挥 总经理 …」."""
    words = SlideWords.bundled()
    found = POSTED.match(text)
    if found is None or not words.is_person(found["person"]):
        return None
    if not all(map(words.is_post, POSTS_END.split(found["told"])[:-1])):
        return None
    name = found["name"]
    ends = (n for n in range(len(name), 1, -1) if n == len(name) or words.is_post(name[n:]))
    cut = next((n for n in ends if _is_part(name[:n])), 0)
    return Held(name[:cut], found["person"], told=text[cut:].strip()) if cut else None


def _is_part(name: str) -> bool:
    """Whether ``name`` is that of a part of an organisation, rather than of a post."""
    words, plain = SlideWords.bundled(), REMARK.sub("", name)
    return words.is_unit(plain) and not words.is_post(plain)


def unit_line(paragraphs: Sequence[str]) -> str:
    """The lines of a box as one: a name broken over several; the person below a unit stays a word of its own."""
    if len(paragraphs) > 1:
        name, person = one_line("\n".join(paragraphs[:-1])), paragraphs[-1].strip()
        if held(f"{name} {person}"):
            return f"{name} {person}"
    return one_line("\n".join(paragraphs))


def _is_holder(name: str, person: str) -> bool:
    words = SlideWords.bundled()
    if not words.is_person(person) or words.is_unit(person):
        return False
    short = SHORT.match(name)
    whole = short["name"].strip() if short else name
    return words.is_unit(whole) or words.is_post(whole) or (name.isascii() and name.isupper())
