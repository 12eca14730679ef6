"""Stability beside other material: the same questions asked of the library with distractor decks in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.stability import Pair
from kejian.assistant.evaluation.variants import Variant
from kejian.corpus.gold_questions import GoldQuestion
from kejian.index.model import Encoder
from kejian.index.search import HybridSearch
from kejian.index.transient import transient_search
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

KIND = "混入别的课件"


@dataclass(frozen=True)
class Mixed:
    """The library with distractors, as a snapshot."""

    revision: str
    decks: tuple[Deck, ...]
    search: HybridSearch


def distracted(
    assistant: Assistant, questions: Sequence[GoldQuestion], judge: Judge, paths: Sequence[Path], encoder: Encoder
) -> tuple[Pair, ...]:
    """Each question asked of ``assistant``, and of one whose library also holds the decks in ``paths``.

    Raises:
        KejianError: a deck cannot be read.
    """
    known = {deck.id for deck in judge.decks}
    added = [deck for deck in (read_deck(path, judge.terms) for path in paths) if deck.id not in known]
    decks = (*judge.decks, *added)
    with transient_search(decks, encoder, judge.terms.words) as search:
        other = Assistant(Mixed("+".join(deck.id for deck in decks), decks, search), judge.terms)
        return tuple(
            Pair(gold, Variant(KIND, gold.question), assistant.ask(gold.question, gold.turns, gold.id), answer)
            for gold, answer in ((gold, other.ask(gold.question, gold.turns, gold.id)) for gold in questions)
        )
