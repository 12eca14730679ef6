"""The rows of an index: every passage of every deck, in an order that does not depend on when the decks came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kejian.ingest.model import Deck, Fact, Passage, Slide, content_id


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with where it stands. ``key`` is unique in the index: the passage's id, unless two share it."""

    key: str
    deck: Deck
    slide: Slide
    passage: Passage


def entries_of(decks: Iterable[Deck]) -> tuple[Entry, ...]:
    """All passages, ordered by key; ids are hashes of content, so slides that two decks share have the same."""
    found = [
        Entry(passage.id, deck, slide, passage) for deck in decks for slide in deck.slides for passage in slide.passages
    ]
    times = Counter(entry.key for entry in found)
    return tuple(sorted((_alone(entry, times) for entry in found), key=lambda entry: entry.key))


def _alone(entry: Entry, times: Counter[str]) -> Entry:
    if times[entry.key] == 1:
        return entry
    place = next(at for at, passage in enumerate(entry.slide.passages) if passage is entry.passage)
    key = content_id(entry.deck.id, entry.slide.position, place, entry.key)
    return Entry(key, entry.deck, entry.slide, entry.passage)


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact with where it stands."""

    deck: Deck
    slide: Slide
    fact: Fact


def facts_of(decks: Iterable[Deck]) -> tuple[FactEntry, ...]:
    """All facts, in an order that does not depend on when the decks came."""
    return tuple(entry for deck in sorted(decks, key=lambda deck: deck.id) for entry in _facts_in_order(deck))


def _facts_in_order(deck: Deck) -> list[FactEntry]:
    found = (FactEntry(deck, slide, fact) for slide in deck.slides for fact in slide.facts)
    return sorted(found, key=lambda entry: (entry.slide.position, entry.fact.start, entry.fact.id))


def digest_of(entries: Iterable[Entry]) -> str:
    """Digest of all keys in order."""
    return content_id(*(entry.key for entry in entries), length=64)


def metadata_of(entry: Entry) -> dict[str, str | int]:
    """Where a passage stands, flat, as vector stores and LlamaIndex nodes carry it."""
    return {
        "deck": entry.deck.id,
        "deck_title": entry.deck.title,
        "slide": entry.slide.number,
        "slide_id": entry.slide.id,
        "title": entry.slide.title,
        "context": entry.passage.context,
        "start": entry.passage.start,
        "end": entry.passage.end,
    }
