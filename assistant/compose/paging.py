"""「第几页讲了…」: the slides on which the question's subject or words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kejian.assistant.bounds import bounds
from kejian.assistant.compose.listing import confidence_of
from kejian.assistant.compose.refusing import places_of
from kejian.assistant.draft import Draft, Statement
from kejian.assistant.evidence import coverage
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Place, Source
from kejian.assistant.select import points_for
from kejian.corpus.normalize import searchable

ENOUGH = 0.6  # share of the question's words a slide must say
TITLED = 0.8  # ... its title: then the slide is about it
MOST = 5


def where_said(inquiry: Inquiry) -> Draft | None:
    """A sentence a slide, cited to what stands there."""
    sources = _sources(inquiry)
    if not sources:
        return None
    statements = tuple(
        Statement(
            f"第 {s.place.slide.number} 页“{s.place.slide.title}”（{s.place.deck.title}）。",
            (s,),
            item=len(sources) > 1,
        )
        for s in sources[:MOST]
    )
    return Draft("lookup", statements, confidence_of(inquiry), about=inquiry.reading.subjects[:1], why="查页码")


def _sources(inquiry: Inquiry) -> list[Source]:
    if inquiry.subject and inquiry.aspects:
        points = [p for aspect in inquiry.aspects for p in points_for(inquiry.knowledge, inquiry.subject, aspect)]
        if points:
            return list({point.place.key: point.source for point in reversed(points)}.values())[::-1]
    if inquiry.subject and not inquiry.words:
        return [_named_on(place, inquiry.subject.spellings) for place in places_of(inquiry, inquiry.subject)]
    places = {place.key: place for place in map(inquiry.place_of, inquiry.hits) if place}
    words = _words(inquiry)
    titled = [p for p in _likely(inquiry, words) if coverage(words, _title(p), inquiry.weights) >= TITLED]
    fits = titled or [p for p in places.values() if coverage(words, _said(p), inquiry.weights) >= ENOUGH]
    return [_named_on(place, words) for place in fits]


def _words(inquiry: Inquiry) -> tuple[str, ...]:
    """The words of the question and of the names in it, without those that ask for a page."""
    named = (m for m in inquiry.reading.mentions if m.kind in ("subject", "aspect", "role"))
    said = " ".join(inquiry.reading.text[m.start : m.end] for m in named)
    return tuple(dict.fromkeys((*inquiry.words, *inquiry.told_apart(inquiry.lexicon.content_words(said)))))


def _likely(inquiry: Inquiry, words: Sequence[str]) -> Iterator[Place]:
    """Places that may say enough of ``words``."""
    said = bounds(inquiry.knowledge.slides, len(inquiry.knowledge.places), words, inquiry.weights)
    return (inquiry.knowledge.places[row] for row in np.flatnonzero(said >= TITLED))


def _title(place: Place) -> str:
    return searchable(place.slide.title)


def _said(place: Place) -> str:
    return searchable(f"{place.slide.title} {place.slide.source}")


def _named_on(place: Place, spellings: tuple[str, ...]) -> Source:
    """The first block that says one of ``spellings``, else the slide's first block."""
    blocks = place.slide.blocks
    found = next((b for b in blocks if any(searchable(s) in searchable(b.text) for s in spellings)), None)
    chosen = found or blocks[0]
    return Source(place, chosen.start, chosen.end)
