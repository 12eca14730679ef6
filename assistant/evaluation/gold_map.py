"""The coverage map: which slides, facts and relations gold questions touch, and which none does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.evaluation.cases import deck_named
from kejian.assistant.evaluation.matching import says
from kejian.corpus.gold_questions import GoldQuestion
from kejian.ingest.model import Deck, Fact, Relation, Slide


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids of facts and relations that some question asks for; ``compared``: facts a comparison asks for."""

    facts: frozenset[str]
    relations: frozenset[str]
    compared: frozenset[str]


@dataclass(frozen=True, slots=True)
class SlideCover:
    """One slide: how many questions expect it, and what on it none of them touches."""

    deck: str
    slide: int
    title: str
    questions: int
    facts: int
    relations: int
    missed_facts: tuple[str, ...]
    missed_relations: tuple[str, ...]


def touched_by(questions: Sequence[GoldQuestion], deck: Deck) -> Touched:
    """A fact is touched where a question that expects its slide has a key point the fact says; a relation where a
    key point is one of its ends and the other end is asked for or a point, too."""
    mine = [question for question in questions if deck_named(question.deck, (deck,)) is not None]
    facts: set[str] = set()
    relations: set[str] = set()
    compared: set[str] = set()
    for slide in deck.slides:
        for question in (question for question in mine if slide.number in question.slides):
            said = {fact.id for fact in slide.facts if _says(question, fact)}
            facts |= said
            compared |= said if "compare" in question.kinds else set()
            relations |= {relation.id for relation in slide.relations if _asks(question, relation)}
    return Touched(frozenset(facts), frozenset(relations), frozenset(compared))


def _says(question: GoldQuestion, fact: Fact) -> bool:
    """A point stands in the fact, or the fact's subject is the point and its words are asked for."""
    if any(says(fact.text, point) for point in question.points):
        return True
    asked = any(says(fact.subject, point) for point in question.points)
    return asked and _in_common(question.question, fact.text)


def _in_common(question: str, text: str) -> bool:
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return sum(pair in question for pair in pairs) >= 2


def _asks(question: GoldQuestion, relation: Relation) -> bool:
    said = " ".join((question.question, *question.turns, *(v for point in question.points for v in point)))
    ends = (relation.parent, relation.child)
    return any(says(end, point) for end in ends for point in question.points) and all(
        says(said, (end,)) for end in ends
    )


def coverage_map(questions: Sequence[GoldQuestion], decks: Iterable[Deck]) -> list[SlideCover]:
    """Every slide of ``decks`` in order."""
    return [cover for deck in decks for cover in _slides(questions, deck)]


def _slides(questions: Sequence[GoldQuestion], deck: Deck) -> Iterator[SlideCover]:
    touched = touched_by(questions, deck)
    for slide in deck.slides:
        mine = [q for q in questions if slide.number in q.slides and deck_named(q.deck, (deck,)) is not None]
        yield SlideCover(
            deck.title,
            slide.number,
            slide.title,
            len(mine),
            len(slide.facts),
            len(slide.relations),
            tuple(fact.indexed_text for fact in slide.facts if fact.id not in touched.facts),
            tuple(_missed_relations(slide, touched)),
        )


def _missed_relations(slide: Slide, touched: Touched) -> Iterator[str]:
    for relation in slide.relations:
        if relation.id not in touched.relations:
            yield f"{relation.parent} → {relation.child}"
