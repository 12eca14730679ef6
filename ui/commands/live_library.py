"""The library as the page and the HTTP interfaces use it: always its newest state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kejian.ui.commands.live_assistant import LiveAssistant
from kejian.ui.commands.live_studio import LiveStudio

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.index.home import Home
    from kejian.index.records import Place, Records
    from kejian.index.report import DeckSummary
    from kejian.ingest.model import Deck, Slide


class LiveLibrary:
    """A ``kejian.ui.service.Service``: follows the library when another process changes it. Threads may share it."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._live = LiveAssistant(home)
        self.studio = LiveStudio(home, self._live)

    def warm_up(self) -> bool:
        """Load model and index, so that the first question need not wait; False where the library is empty.

        Raises:
            SetupError: model or index cannot be used.
        """
        assistant = self._live.if_any()
        if assistant is not None:
            assistant.get_ready()
        return assistant is not None

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
        answer, trace = self._live.current().ask_with_trace(question, turns)
        if place is not None and self.records is not None:
            self.records.keep(place, question, answer.to_json(), trace.to_json())
        elif not self._home.read_only:
            self._home.save_trace(trace.id, trace.to_json())
        return answer

    def examples(self, n: int) -> Sequence[str]:
        """Questions that this library can answer; none where it is empty."""
        assistant = self._live.if_any()
        return assistant.examples(n) if assistant else ()

    def decks(self) -> Sequence[DeckSummary]:
        return self._home.decks()

    def slide(self, deck_id: str, number: int) -> tuple[Deck, Slide] | None:
        """The slide with the printed ``number``, as it was when answers are made of it."""
        assistant = self._live.if_any()
        decks = (deck for deck in (assistant.snapshot.decks if assistant else ()) if deck.id == deck_id)
        return next(((deck, slide) for deck in decks for slide in deck.slides if slide.number == number), None)
