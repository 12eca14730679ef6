"""The library as the page and the HTTP interfaces use it: always its newest state."""

from __future__ import annotations

import gc
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kejian.assistant.engine import Assistant
from kejian.ui.commands.live_studio import LiveStudio

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.index.home import Home
    from kejian.index.records import Place, Records
    from kejian.index.report import DeckSummary
    from kejian.ingest.model import Deck, Slide

WARMING_QUERY = "预热"


class LiveLibrary:
    """A ``kejian.ui.service.Service``: follows the library when another process changes it. Threads may share it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None
        self.studio = LiveStudio(home, self._current)

    def warm_up(self) -> bool:
        """Load model and index, so that the first question need not wait; False where the library is empty.

        Raises:
            SetupError: model or index cannot be used.
        """
        search = self._home.snapshot().search
        if search is None:
            return False
        search.search(WARMING_QUERY, 1)
        self._current().ask(WARMING_QUERY)
        return True

    @property
    def records(self) -> Records | None:
        """Conversations and feedback; None where the library can only be read."""
        return None if self._home.read_only else self._home.records

    def ask(self, question: str, turns: Sequence[str], place: Place | None = None) -> Answer:
        """The answer; where the library can be written, its trace is kept, and in ``place`` the answer itself.

        Raises:
            SetupError: the library is empty.
            UsageError: the question cannot be asked.
        """
        answer, trace = self._current().ask_with_trace(question, turns)
        if place is not None and self.records is not None:
            self.records.keep(place, question, answer.to_json(), trace.to_json())
        elif not self._home.read_only:
            self._home.save_trace(trace.id, trace.to_json())
        return answer

    def examples(self, n: int) -> Sequence[str]:
        """Questions that this library can answer; none where it is empty."""
        return self._current().examples(n) if self._home.snapshot().search is not None else ()

    def decks(self) -> Sequence[DeckSummary]:
        return self._home.decks()

    def slide(self, deck_id: str, number: int) -> tuple[Deck, Slide] | None:
        """The slide with the printed ``number``."""
        decks = (deck for deck in self._home.snapshot().decks if deck.id == deck_id)
        return next(((deck, slide) for deck in decks for slide in deck.slides if slide.number == number), None)

    def _current(self) -> Assistant:
        with self._lock:
            snapshot = self._home.snapshot()
            if self._assistant is None or self._assistant.snapshot is not snapshot:
                self._assistant = Assistant(snapshot, self._home.terms)
                _leave_to_themselves()
            return self._assistant


def _leave_to_themselves() -> None:
    """Let the garbage collector pass over what the library is made of: looking at it all takes a second or more, in
    the middle of an answer. It has no cycles, and goes when the next library takes its place."""
    gc.collect()
    gc.freeze()
