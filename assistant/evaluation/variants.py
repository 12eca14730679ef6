"""Other wordings of one question: slips of the keyboard, another script, polite and careless ways to put it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from zlib import crc32

from kejian.assistant.knowledge import Knowledge
from kejian.assistant.slips import one_edit
from kejian.assistant.sounds import sound_of
from kejian.corpus.normalize import searchable

SHORTEST_NAME = 4  # characters; one slip in a shorter name may make any other word of it
POLITE = ("请问{}", "麻烦说下,{}", "您好,请问一下{}", "我想了解一下:{}", "帮我查一下{},谢谢")
COLLOQUIAL = ("那个,{}啊", "{}呀", "{}呢", "话说{}", "问一下哈,{}")
ENDINGS = ("?", "？", "。", "!", "？？", "...", "")
CLOSING = "?？。.!！ "

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Variant:
    """``question`` put in another way; ``kind`` says in which."""

    kind: str
    question: str


@dataclass(frozen=True)
class Variants:
    """Makes variants. ``names`` are the library's names in searchable form; ``says`` tells whether a word stands in it.

    Nothing is drawn at random: where there is a choice, the check sum of the question makes it, so that two runs make
    the same variants. A slip that makes a word of the library, or another of its names or their like, is left out:
    it asks for something else (N16: paraphrase and noise stability).
    """

    names: Collection[str]
    says: Callable[[str], bool]

    @classmethod
    def of_library(cls, knowledge: Knowledge) -> Variants:
        """Variants for questions about a library."""
        return cls({searchable(s) for entity in knowledge.entities for s in entity.spellings}, knowledge.says)

    def of(self, question: str) -> Iterator[Variant]:
        """The variants of ``question``, at most one of a kind, in the order of the kinds."""
        made = {
            "同音错字": self._slip(question, homophones),
            "邻字颠倒": self._slip(question, swaps),
            "漏字": self._slip(question, drops),
            "繁体": traditional(question),
            "全角": full_width(question),
            "客气": framed(question, POLITE),
            "口语": framed(question, COLLOQUIAL),
            "标点": punctuated(question),
            "空格": spaced(question),
        }
        yield from (Variant(kind, text) for kind, text in made.items() if text and text != question)

    def _slip(self, question: str, slips: Callable[[str], Iterable[str]]) -> str:
        """``question`` with one slip in the longest name it says; "" where it says none, or no slip is one."""
        name = max((name for name in self.names if self._stands(name, question)), key=lambda n: (len(n), n), default="")
        wrong = [slip for slip in slips(name) if self._is_slip(slip, name)]
        return question.replace(name, chosen(wrong, question), 1) if wrong else ""

    def _stands(self, name: str, question: str) -> bool:
        return len(name) >= SHORTEST_NAME and all(map(_is_chinese, name)) and name in question

    def _is_slip(self, slip: str, name: str) -> bool:
        """Whether ``slip`` can mean nothing in the library but ``name``."""
        others = (other for other in self.names if other not in name and name not in other)
        return slip != name and not self.says(slip) and not any(one_edit(slip, other) for other in others)


def homophones(name: str) -> Iterator[str]:
    """``name`` with one character replaced by a common one of the same sound, tones aside."""
    for place, character in enumerate(name):
        for other in _of_one_sound().get(sound_of(character), ()):
            if other != character and "\u4e00" <= character <= "\u9fff":
                yield f"{name[:place]}{other}{name[place + 1 :]}"


@cache
def _of_one_sound() -> dict[str, tuple[str, ...]]:
    """The 3,755 common characters of GB 2312 (level 1) by their sound."""
    found: dict[str, tuple[str, ...]] = {}
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", errors="ignore")
            if character:
                found[sound_of(character)] = (*found.get(sound_of(character), ()), character)
    return found


def swaps(name: str) -> Iterator[str]:
    """``name`` with two neighbouring characters in each other's place.

    >>> list(swaps("甲乙丙"))
    ['乙甲丙', '甲丙乙']
    """
    for place in range(len(name) - 1):
        yield f"{name[:place]}{name[place + 1]}{name[place]}{name[place + 2 :]}"


def drops(name: str) -> Iterator[str]:
    """``name`` without one of its characters.

    >>> list(drops("甲乙丙"))
    ['乙丙', '甲丙', '甲乙']
    """
    for place in range(len(name)):
        yield name[:place] + name[place + 1 :]


def traditional(question: str) -> str:
    """``question`` in traditional characters."""
    return str(_to_traditional().convert(question))


@cache
def _to_traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


def full_width(question: str) -> str:
    """``question`` with digits, Latin letters and signs as wide as Chinese characters.

    >>> full_width("KYC 是第2种?")
    'ＫＹＣ 是第２种？'
    """
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in question)


def framed(question: str, frames: Sequence[str]) -> str:
    """``question`` without its closing mark, in one of the frames."""
    return chosen(frames, question).format(question.rstrip(CLOSING))


def punctuated(question: str) -> str:
    """``question`` with another closing mark."""
    closing = question[len(question.rstrip(CLOSING)) :]
    return question.rstrip(CLOSING) + chosen([ending for ending in ENDINGS if ending != closing], question)


def spaced(question: str) -> str:
    """``question`` with blanks around it, and one between two Chinese characters in it."""
    places = [i for i in range(1, len(question)) if _is_chinese(question[i - 1]) and _is_chinese(question[i])]
    place = chosen(places, question) if places else 0
    return f" {question[:place]} {question[place:]} "


def _is_chinese(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED")


def chosen(choices: Sequence[T], question: str) -> T:
    """One of ``choices``, always the same for one question."""
    return choices[crc32(question.encode()) % len(choices)]
