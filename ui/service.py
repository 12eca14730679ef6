"""What the page and the HTTP interfaces need of a library; nothing else of it is known to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from kejian.assistant.limits import LONGEST_QUESTION
from kejian.corpus.errors import UsageError

if TYPE_CHECKING:
    from kejian.assistant.answer import Answer
    from kejian.index.records import Place, Records
    from kejian.ingest.model import Deck, Slide


class DeckEntry(Protocol):
    """A deck as it is listed: ``slides`` is how many it has."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def slides(self) -> int: ...


class Service(Protocol):
    """A library that answers. Methods are called from several threads at once."""

    @property
    def records(self) -> Records | None:
        """Conversations and feedback; None where nothing can be written."""
        ...

    def ask(self, question: str, turns: Sequence[str], place: Place | None = None) -> Answer:
        """The answer, ``turns`` being the earlier questions of the conversation, oldest first.

        Where ``place`` is given and the library can be written, it is kept there.
        """
        ...

    def examples(self, n: int) -> Sequence[str]:
        """Up to ``n`` questions that this library can answer."""
        ...

    def decks(self) -> Sequence[DeckEntry]: ...

    def slide(self, deck_id: str, number: int) -> tuple[Deck, Slide] | None:
        """The slide with the printed ``number``, or None where there is none."""
        ...


def checked_question(question: str) -> str:
    """The question without the space around it.

    Raises:
        UsageError: it is empty, longer than ``LONGEST_QUESTION``, or holds half a character.
    """
    plain = question.strip()
    if any("\ud800" <= char <= "\udfff" for char in plain):
        raise UsageError("问题里有无法识别的字符，请删去后再问")
    if not plain:
        raise UsageError("还没有写问题：请输入想问的内容，例如某个部门的职责、两种模式的比较")
    if len(plain) > LONGEST_QUESTION:
        raise UsageError(f"问题太长：共 {len(plain)} 字，最多 {LONGEST_QUESTION} 字，请精简后再问")
    return plain


def printed_number(text: str) -> int:
    """The number of a slide as it stands in an address.

    Raises:
        UsageError: it is no whole number.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise UsageError(f"页码应为数字，而不是「{text[:20]}」")
    return int(text)
