"""A file read as often as it takes to have the text of all its pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kejian.corpus.errors import RefusedFile
from kejian.ingest.model import Deck
from kejian.ingest.pictures import Pictures, Seen, Wanted

WAITING = "还没有识别"
Read = Callable[[Pictures], Deck]
Recognise = Callable[[Mapping[str, Wanted]], Mapping[str, Seen]]


def read_recognised(read: Read, recognise: Recognise, known: Mapping[str, Seen]) -> tuple[Deck, frozenset[str]]:
    """(the deck with the text of its pictures, the keys of these); ``recognise`` knows each it is asked for.

    Raises:
        RefusedFile: as ``read``, once no picture is left to recognise.
    """
    known = dict(known)
    while True:
        pictures = Pictures(known, WAITING)
        try:
            deck = read(pictures)
        except RefusedFile:
            if not pictures.wanted:
                raise
        else:
            if not pictures.wanted:
                return deck, frozenset(pictures.used)
        known.update(recognise(pictures.wanted))
