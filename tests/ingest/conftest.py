"""Fixtures of the ingestion tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reading import Read
from recognised import Recognised

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck
from kejian.ingest.recognition import Recognition


@pytest.fixture(scope="session")
def terms() -> TermBase:
    """A small term base that stays as it is, so that the cases do too."""
    return TermBase.read(Path(__file__).with_name("terms.yaml"))


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory, terms: TermBase) -> Read:
    """Write a file of this name and content, and read it."""
    folder: Path = tmp_path_factory.mktemp("decks")

    def write_and_read(name: str, content: str | bytes) -> Deck:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_deck(path, terms)

    return write_and_read


@pytest.fixture(scope="session")
def recognised() -> Iterator[Recognised]:
    """The recogniser of the whole run."""
    with Recognition() as recognition:
        yield Recognised(recognition)
