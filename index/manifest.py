"""What a generation is built of, and what its MANIFEST.json says about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kejian.index.dense import DamagedIndex
from kejian.index.entry import Entry
from kejian.index.model import Vectors
from kejian.index.names import LibraryNames
from kejian.ingest.model import Deck, content_id
from kejian.ingest.plain import from_plain, to_plain

FILE = "MANIFEST.json"
FORMAT = 5


@dataclass(frozen=True, slots=True)
class Canary:
    """A text and the vector that the model of the index made of it, as of a question."""

    text: str
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The embedding model of an index: its fingerprint, and canaries that show a change it does not."""

    fingerprint: str
    canaries: tuple[Canary, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """Decks of one revision of a library, their passages as ``entries_of`` orders them, and a vector for each."""

    library: str
    revision: int
    model: Model
    decks: tuple[Deck, ...]
    entries: tuple[Entry, ...]
    vectors: Vectors
    fact_vectors: Vectors  # a row a fact, as ``facts_of`` orders them
    names: LibraryNames


def words_digest(words: tuple[str, ...]) -> str:
    """Names a set of words."""
    return content_id(*words)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Of what state of which library a generation was built, with what, and how to tell that it is whole."""

    library: str
    revision: int
    fingerprint: str  # of the embedding model
    words: str  # digest of the names that segmentation keeps whole
    collection: str  # in Chroma
    decks: int
    passages: int
    canaries: tuple[Canary, ...]
    keys: str  # digest of the keys of all rows
    settings: Mapping[str, Any]
    files: Mapping[str, str]  # SHA-256 by name
    apart: tuple[int, ...] = ()  # rows that Chroma's graph does not lead to: compared one by one
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it into ``folder``."""
        (folder / FILE).write_text(json.dumps(to_plain(self), indent=1, sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read that of ``folder``.

        Raises:
            DamagedIndex: it is missing, damaged or of another format.
        """
        try:
            content = json.loads((folder / FILE).read_text("utf-8"))
            if content["format"] != FORMAT:
                raise DamagedIndex(f"索引 {folder} 由另一版本的程序建立")
            return from_plain(cls, content)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedIndex(
                f"索引 {folder} 缺失或已损坏({type(error).__name__}),请重新执行 kejian ingest"
            ) from error
