"""A claim: a fact before its slide has an id; and how its range is trimmed to what should be quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kejian.corpus.terms import TermBase
from kejian.ingest.layout import Range
from kejian.ingest.scope import Scope
from kejian.ingest.wording import CROSS, LETTER, LONE_NUMBER, TICK, TRAILING_MARK

WORD = re.compile(r"\w")
CLOSING_BRACKET = re.compile(r"\s*[（(〔\[【][^（）()〔〕\[\]【】]*[)）〕\]】]\s*[。.；;]?$")


@dataclass(frozen=True, slots=True)
class Claim:
    """``[start, end)`` of the source says this of ``subject``, "" for that of the whole deck, under ``aspect``."""

    subject: str
    aspect: str
    start: int
    end: int
    path: tuple[str, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A range of a source, with the text it holds."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def part(self, start: int, end: int | None = None) -> Excerpt:
        """The part between two offsets into ``text``."""
        return Excerpt(self.text[start:end], self.start + start)

    def stripped(self) -> Excerpt:
        """Without white space at both ends."""
        lead = len(self.text) - len(self.text.lstrip())
        return Excerpt(self.text.strip(), self.start + lead)

    @classmethod
    def of(cls, source: str, range_: Range) -> Excerpt:
        return cls(source[range_[0] : range_[1]], range_[0])


def claim(subject: str, scope: Scope, excerpt: Excerpt, terms: TermBase, aspect: str | None = None) -> Claim | None:
    """The claim that ``excerpt`` makes in ``scope``; None where it says nothing, or only leads in to a list."""
    said = quotable(excerpt, terms)
    named = scope.aspect if aspect is None else aspect
    if (
        not (subject or named)
        or not said.text
        or said.text[-1] in ":："
        or not _says_something(said.text, named, terms)
    ):
        return None
    inferred = scope.inferred or terms.is_inferred(excerpt.text)
    return Claim(subject, named, said.start, said.end, scope.path, inferred)


def _says_something(text: str, aspect: str, terms: TermBase) -> bool:
    """A number or tick says something only under an aspect; the bare name of an aspect and a box's number never do."""
    if aspect and (TICK.match(text) or CROSS.match(text)):
        return True
    if not aspect and LONE_NUMBER.match(text):
        return False
    term = terms.aspect(text)
    named = term is not None and not (aspect and term.role == "other")  # 审批人: 负责人
    return bool((WORD if aspect else LETTER).search(text)) and not named


def quotable(excerpt: Excerpt, terms: TermBase) -> Excerpt:
    """``excerpt`` without an inference mark, a footnote mark and a comma or semicolon at its end."""
    text = excerpt.text.rstrip()
    if (found := CLOSING_BRACKET.search(text)) and terms.is_inferred(found.group()):
        text = text[: found.start()]
    if found := TRAILING_MARK.search(text):
        text = text[: found.start()]
    return Excerpt(text.rstrip("；;，,、 "), excerpt.start).stripped()
