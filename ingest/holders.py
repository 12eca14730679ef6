"""Posts and units with the person who holds them in one box: 「测试部 李晓云」, 「总经理」 over 「周岚」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.corpus.slide_words import ACTING, SlideWords
from kejian.ingest.wording import one_line

HOLDER = "负责人"  # the aspect under which a unit or post has its person
HELD = re.compile(r"^(?P<name>\S.{1,24}?)\s+(?P<person>[\u4e00-\u9fff]{2,4}(?:\s*[（(][^（）()]{1,8}[)）])?)$")
SHORT = re.compile(r"^(?P<name>.*[\u4e00-\u9fff])\s*[（(]?(?P<short>[A-Za-z][A-Za-z&]{1,5})[)）]?$")


@dataclass(frozen=True, slots=True)
class Held:
    """A unit or post, and the person; ``short`` is its name in Latin letters, "" where it has none."""

    name: str
    person: str
    short: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """What else the box may be called, the unit first."""
        written = (self.name, self.short, ACTING.sub("", self.person))
        return tuple(dict.fromkeys(filter(None, written)))


def held(text: str) -> Held | None:
    """``text`` taken apart; None where it does not name a unit or post and a person behind it.

    >>> held("质量保证部 QA 沈若楠")
    Held(name='质量保证部', person='沈若楠', short='QA')
    >>> held("市场 拓展部") is None
    True
    """
    found = HELD.match(text)
    if found is None or not _is_holder(found["name"], found["person"]):
        return None
    short = SHORT.match(found["name"])
    return Held(short["name"].strip(), found["person"], short["short"]) if short else Held(*found.groups())


def unit_line(paragraphs: Sequence[str]) -> str:
    """The lines of a box as one: a name broken over several; the person below a unit stays a word of its own."""
    if len(paragraphs) > 1 and _is_holder(one_line("\n".join(paragraphs[:-1])), paragraphs[-1].strip()):
        return f"{one_line(chr(10).join(paragraphs[:-1]))} {paragraphs[-1].strip()}"
    return one_line("\n".join(paragraphs))


def _is_holder(name: str, person: str) -> bool:
    words = SlideWords.bundled()
    if not words.is_person(person) or words.is_unit(person):
        return False
    short = SHORT.match(name)
    whole = short["name"].strip() if short else name
    return words.is_unit(whole) or words.is_post(whole) or (name.isascii() and name.isupper())
