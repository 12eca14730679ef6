"""The Answer object of the contract: everything needed to show, check and replay an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kejian.ingest.plain import from_plain

Kind = Literal["explain", "list", "compare", "structure", "lookup", "passage", "refusal"]
RefusalReason = Literal["not_in_material", "false_premise", "ambiguous", "out_of_scope", "empty_library"]
NOT_MENTIONED = "材料未提及"


@dataclass(frozen=True, slots=True)
class Citation:
    """``quote`` is exactly ``[start, end)`` of the slide's source; ``verified`` says that it was compared.

    ``confidence``, from 0 to 1, is how certain a quotation is that was recognised in a picture; None for any other.
    """

    n: int
    deck: str
    deck_title: str
    slide: int
    title: str
    quote: str
    start: int
    end: int
    verified: bool
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    aspect: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Aspect × subject; a cell the material does not fill says 材料未提及 and cites nothing."""

    subjects: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """A unit with what stands under it."""

    name: str
    duties: tuple[str, ...] = ()
    children: tuple[Structure, ...] = ()
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    deck: str
    slide: int
    deck_title: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    reason: RefusalReason
    covered: tuple[str, ...]
    missing: str
    nearest: tuple[Nearest, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    resolved: str
    kind: Kind
    answer: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    id: str = ""
    matrix: Matrix | None = None
    structure: Structure | None = None
    refusal: Refusal | None = None
    source: Literal["material", "curated"] = "material"
    mode: Literal["extractive", "llm"] = "extractive"
    confidence: float = 0.0
    trace: str = ""
    timing_ms: dict[str, float] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object of the contract, ready for ``json.dumps``."""
        fields: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return fields

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Answer:
        """The answer that was written with ``to_json``."""
        return from_plain(cls, fields)


@cache
def answer_schema() -> dict[str, Any]:
    """The JSON Schema of the Answer object, as shipped with the package."""
    schema: dict[str, Any] = json.loads(Path(__file__).with_name("answer.schema.json").read_text("utf-8"))
    return schema
