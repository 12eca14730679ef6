"""The Markdown and the PowerPoint form of a deck say the same: the same facts, the same structures."""

from pathlib import Path

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck


def facts(deck: Deck) -> set[tuple[object, ...]]:
    return {
        (slide.number, fact.subject, fact.aspect, fact.text, fact.inferred)
        for slide in deck.slides
        for fact in slide.facts
    }


def relations(deck: Deck) -> set[tuple[object, ...]]:
    return {
        (slide.number, relation.chain, relation.child, relation.inferred)
        for slide in deck.slides
        for relation in slide.relations
    }


def test_both_forms_say_the_same(source: Path, terms: TermBase) -> None:
    text, slides = (read_deck(source.with_suffix(suffix), terms) for suffix in (".md", ".pptx"))
    assert text.title == slides.title
    assert [(slide.number, slide.title) for slide in text.slides] == [
        (slide.number, slide.title) for slide in slides.slides
    ]
    assert facts(text) == facts(slides)
    assert relations(text) == relations(slides)
    assert len(facts(text)) > 50
    assert len(relations(text)) > 10


def test_both_forms_are_read_without_a_warning(source: Path, terms: TermBase) -> None:
    for suffix in (".md", ".pptx"):
        assert read_deck(source.with_suffix(suffix), terms).warnings == ()
