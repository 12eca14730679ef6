"""What ingestion and the library tell the user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DeckSummary:
    """A deck as listed; the last three are counts."""

    id: str
    title: str
    path: str
    slides: int
    facts: int
    passages: int


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: counts of what it holds, in slides what changed; ``error`` is why it was refused."""

    path: str
    deck: str = ""
    title: str = ""
    slides: int = 0
    blocks: int = 0
    facts: int = 0
    passages: int = 0
    added: int = 0
    unchanged: int = 0
    removed: int = 0
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One run over files and folders. ``skipped`` are files in folders of a kind that cannot be read."""

    files: tuple[FileReport, ...]
    skipped: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """The files that were not taken in."""
        return tuple(file for file in self.files if file.error is not None)


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` files (read), pictures (recognise), texts (embed) or passages (index).

    ``name`` is the file that was read, or how long the pictures will take.
    """

    stage: Literal["read", "recognise", "embed", "index"]
    done: int
    total: int
    name: str = ""


OnProgress = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """For callers that show no progress."""
