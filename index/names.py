"""The names that segmentation keeps whole: the term base's, and the library's subjects, units and their other names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.term_mining import with_other_names

LONGEST_NAME = 12  # characters; what is longer is a sentence rather than a name
BRACKETED = re.compile(r"[（(〔\[【]([^（()）〔〕\[\]【】]*)[)）〕\]】]")
SEPARATORS = re.compile(r"[/／、|｜]")


def library_names(decks: Iterable[Deck], terms: TermBase) -> tuple[str, ...]:
    """Names, sorted; of 「中小企业部（商业客户部）」 both.

    >>> from kejian.ingest.model import Fact, Slide
    >>> slide = Slide("s", 1, 1, "", "", facts=(Fact("f", "甲中心（乙中心）", "", "", 0, 0),))
    >>> library_names([Deck("d", "", "", (slide,))], TermBase())
    ('乙中心', '甲中心')
    """
    decks = tuple(decks)
    terms = with_other_names(decks, terms)
    slides = [slide for deck in decks for slide in deck.slides]
    subjects = [fact.subject for slide in slides for fact in slide.facts]
    units = [name for slide in slides for relation in slide.relations for name in (relation.parent, relation.child)]
    found = {part for name in (*subjects, *units) for part in _parts(terms.without_mark(name))}
    return tuple(sorted({*terms.words, *(name for name in found if 2 <= len(name) <= LONGEST_NAME)}))


def _parts(name: str) -> list[str]:
    outside = BRACKETED.sub("", name)
    return [part.strip() for text in (outside, *BRACKETED.findall(name)) for part in SEPARATORS.split(text)]
