"""Real files, changed a little at every depth: each is read, its offsets exact, or refused with one line."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import every_object
import pytest
from content_maker import WRITERS
from document_maker import with_footnotes
from hostile_maker import words
from mutation import mutated
from pdf_maker import lines, pdf
from reading import Read
from test_conformance import CASES
from test_read_properties import check

from kejian.corpus.errors import RefusedFile

DECKS = Path(__file__).parents[1] / "decks"
SOME, MANY = 10, 175  # changes of each seed
PAGES = (["Annual leave", "1. ten days", "- five days", "Name   Days", "Leave  10"], ["two", "three"])
LINES = [{"_id": f"d{n}", "title": f"第{n}册", "text": f"第{n}册规定年假{n}天。"} for n in range(9)]


def seeds() -> dict[str, bytes]:
    """A file of every format, with everything in it that the format can hold."""
    found = {f"content{suffix}": _content(suffix) for suffix in WRITERS}
    found["every.pptx"] = every_object.deck()
    found["notes.docx"] = with_footnotes(words(), "脚注一", "脚注二")
    found["text.pdf"] = pdf(*("\n".join([lines(page)]) for page in PAGES))
    found["handbook.md"] = (DECKS / "handbook.md").read_bytes()
    found["lines.jsonl"] = "\n".join(json.dumps(line, ensure_ascii=False) for line in LINES).encode()
    return found


def _content(suffix: str) -> bytes:
    contents = [content for kind, content in CASES if kind == suffix]
    return WRITERS[suffix](contents[:1] if suffix == ".csv" else contents)


SEEDS = seeds()


def fuzz(name: str, first: int, count: int, read: Read) -> int:
    """How many of the changed files were read; the number of a failing one is in the name it is read by."""
    suffix, taken = Path(name).suffix, 0
    for number in range(first, first + count):
        content = mutated(SEEDS[name], suffix, Random(f"{name} {number}"))
        try:
            deck = read(f"changed-{number}{suffix}", content)
        except RefusedFile as error:
            assert "\n" not in str(error)  # noqa: PT017 - most are refused, and rightly
        else:
            check(deck)
            taken += 1
    return taken


@pytest.mark.parametrize("name", SEEDS)
def test_the_unchanged_file_is_read(name: str, read: Read) -> None:
    check(read(f"unchanged{Path(name).suffix}", SEEDS[name]))


@pytest.mark.parametrize("name", SEEDS)
def test_some_changes(name: str, read: Read) -> None:
    assert fuzz(name, 0, SOME, read) > 0, "all refused: nothing of what is read was tried"


@pytest.mark.slow
@pytest.mark.parametrize("name", SEEDS)
def test_many_changes(name: str, read: Read) -> None:
    assert fuzz(name, SOME, MANY, read) > MANY // 20


FOUND = {  # what changed files have brought to light
    "a head cell that is empty.md": "| 特点 | 优势 |\n| --- | --- |\n|  | 反应快 |\n",
}


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str, read: Read) -> None:
    check(read(name, FOUND[name]))
