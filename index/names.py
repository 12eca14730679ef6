"""What a library calls things: the names that segmentation keeps whole, the term base's and the library's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck, content_id
from kejian.ingest.term_mining import other_names

LONGEST_NAME = 12  # characters; what is longer is a sentence rather than a name
BRACKETED = re.compile(r"[（(〔\[【]([^（()）〔〕\[\]【】]*)[)）〕\]】]")
SEPARATORS = re.compile(r"[/／、|｜]")


@dataclass(frozen=True, slots=True)
class LibraryNames:
    """``words`` are the names, sorted; ``aliases`` the (name, alias) that the decks leave no doubt about, as found
    beside the term base of the digest ``terms``."""

    words: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    terms: str = ""

    @classmethod
    def of(cls, decks: Iterable[Deck], terms: TermBase) -> LibraryNames:
        """Names, of 「中小企业部（商业客户部）」 both.

        >>> from kejian.ingest.model import Fact, Slide
        >>> slide = Slide("s", 1, 1, "", "", facts=(Fact("f", "甲中心（乙中心）", "", "", 0, 0),))
        >>> LibraryNames.of([Deck("d", "", "", (slide,))], TermBase()).words
        ('乙中心', '甲中心')
        """
        decks = tuple(decks)
        aliases = other_names(decks, terms)
        return cls(_words(decks, terms.with_aliases(aliases)), aliases, terms_digest(terms))


def terms_digest(terms: TermBase) -> str:
    """Names a term base."""
    return content_id(terms.subjects, terms.aspects, terms.inferred_marks)


def _words(decks: tuple[Deck, ...], terms: TermBase) -> tuple[str, ...]:
    slides = [slide for deck in decks for slide in deck.slides]
    subjects = [fact.subject for slide in slides for fact in slide.facts]
    units = [name for slide in slides for relation in slide.relations for name in (relation.parent, relation.child)]
    found = {part for name in (*subjects, *units) for part in _parts(terms.without_mark(name))}
    return tuple(sorted({*terms.words, *(name for name in found if 2 <= len(name) <= LONGEST_NAME)}))


def _parts(name: str) -> list[str]:
    outside = BRACKETED.sub("", name)
    return [part.strip() for text in (outside, *BRACKETED.findall(name)) for part in SEPARATORS.split(text)]
