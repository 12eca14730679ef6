"""Files that mean harm, read as the program reads them: each gets its verdict, and the next file is read as ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_maker import Hostile, cases, huge

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.deck_reader import DeckReader
from kejian.ingest.model import Deck

CASES = tuple(cases())


@pytest.fixture(scope="module")
def reader(terms: TermBase) -> Iterator[DeckReader]:
    with DeckReader(terms) as opened:
        yield opened


def written(case: Hostile, folder: Path) -> Path:
    path = folder / case.name
    path.write_bytes(case.make())
    return path


def judge(case: Hostile, reader: DeckReader, path: Path) -> None:
    if case.refused:
        with pytest.raises(RefusedFile) as caught:
            reader.read(path)
        assert case.refused in str(caught.value)
        assert "\n" not in str(caught.value)
    else:
        check(case, reader.read(path))


def check(case: Hostile, deck: Deck) -> None:
    said = "\n".join(slide.source for slide in deck.slides)
    assert case.says in said
    assert not case.never or case.never not in said
    assert any(case.warned in warning for warning in deck.warnings) or not case.warned


def test_there_are_enough() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name))
def test_verdict(case: Hostile, reader: DeckReader, tmp_path: Path) -> None:
    path = written(case, tmp_path)
    before = sorted(tmp_path.parent.iterdir())
    judge(case, reader, path)
    assert list(tmp_path.iterdir()) == [path]
    assert sorted(tmp_path.parent.iterdir()) == before


@pytest.mark.slow
@pytest.mark.parametrize("case", tuple(huge()), ids=lambda case: case.name)
def test_huge(case: Hostile, reader: DeckReader, tmp_path: Path) -> None:
    judge(case, reader, written(case, tmp_path))
