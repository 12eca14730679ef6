"""The blocks of an exported document. Their texts are plain: each writer sees to it that they stay texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # from 1
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list; ``level`` is how deep, from 0."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the head first; a cell may hold line breaks."""

    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Item | Table
