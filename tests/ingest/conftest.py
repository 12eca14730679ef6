"""Fixtures of the ingestion tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

Read = Callable[[str, str | bytes], Deck]


@pytest.fixture(scope="session")
def terms() -> TermBase:
    """The bundled term base."""
    return TermBase.bundled()


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory, terms: TermBase) -> Read:
    """Write a file of this name and content, and read it."""
    folder: Path = tmp_path_factory.mktemp("decks")

    def write_and_read(name: str, content: str | bytes) -> Deck:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_deck(path, terms)

    return write_and_read
