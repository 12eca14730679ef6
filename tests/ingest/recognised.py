"""Reads a file with the text of its pictures, each recognised once in a run of the tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck
from kejian.ingest.picture_reading import read_recognised
from kejian.ingest.pictures import Seen, Wanted
from kejian.ingest.read import read_deck
from kejian.ingest.recognition import Recognition


class Recognised:
    """One process for all tests, and what it said so far."""

    def __init__(self, recognition: Recognition) -> None:
        self.recognition = recognition
        self.known: dict[str, Seen] = {}

    def read(self, path: Path, terms: TermBase) -> Deck:
        """The deck with the text of its pictures."""
        return read_recognised(lambda pictures: read_deck(path, terms, pictures), self._recognise, {})[0]

    def seen(self, wanted: Wanted) -> Seen:
        """What one picture says."""
        return self.recognition.recognise(wanted)

    def _recognise(self, wanted: Mapping[str, Wanted]) -> dict[str, Seen]:
        for key in wanted.keys() - self.known.keys():
            self.known[key] = self.recognition.recognise(wanted[key])
        return {key: self.known[key] for key in wanted}
