"""The deck sources that ship with the product and those that only the tests use."""

from __future__ import annotations

from pathlib import Path

import pytest

from kejian.corpus.build_decks import DECKS
from kejian.corpus.deck_source import DeckSource, read_source
from kejian.corpus.terms import TermBase

TEST_DECKS = Path(__file__).parents[1] / "decks"
SOURCES = sorted([*DECKS.glob("*.yaml"), *TEST_DECKS.glob("*.yaml")])


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem, scope="session")
def source(request: pytest.FixtureRequest) -> Path:
    """Each deck source in turn."""
    return Path(request.param)


@pytest.fixture(scope="session")
def deck(source: Path) -> DeckSource:
    return read_source(source)


@pytest.fixture(scope="session")
def terms() -> TermBase:
    return TermBase.bundled()
