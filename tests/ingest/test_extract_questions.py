"""Questions whose answer is one bullet, asked of a library that holds nothing but a flattened extract."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from extract_damage import preview, sources

from kejian.assistant.answer import Answer
from kejian.assistant.engine import Assistant
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase
from kejian.index.encoder import open_encoder
from kejian.index.home import Home

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "source" / "bpr-training-extract.txt"
LIST = Path(__file__).with_name("extract_questions.jsonl").read_text(encoding="utf-8")
QUESTIONS = [json.loads(line) for line in LIST.splitlines()]
FLOOR = 0.85


def is_right(answer: Answer, question: dict[str, object]) -> bool:
    """Whether the slide asked for is cited, and the answer says one of each group of words."""
    said, words = searchable(answer.answer), question["words"]
    assert isinstance(words, list)
    cited = any(citation.slide == question["slide"] for citation in answer.citations)
    return answer.refusal is None and cited and all(any(searchable(word) in said for word in group) for group in words)


def share_right(home: Path, extract: Path) -> float:
    """Share of the questions answered rightly by a library that holds ``extract``."""
    with Home.open(home, encoder=lambda: open_encoder(None)) as opened:
        assert not any(file.error for file in opened.ingest([extract]).files)
        assistant = Assistant(opened.snapshot(), opened.terms)
        right = [is_right(assistant.ask(str(question["question"])), question) for question in QUESTIONS]
    return sum(right) / len(right)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real extract is not in the repository")
def test_the_real_extract_answers(tmp_path: Path) -> None:
    assert share_right(tmp_path / "home", REAL) >= FLOOR


def test_a_damaged_deck_answers(tmp_path: Path) -> None:
    title, slides = sources(ROOT / "corpus/decks/bpr.md", TermBase.bundled())
    path = tmp_path / "extract.txt"
    path.write_text(preview(title, slides, random.Random(3)).text, encoding="utf-8")
    assert share_right(tmp_path / "home", path) >= FLOOR


def test_the_list_is_long_and_in_our_own_words() -> None:
    assert len(QUESTIONS) >= 60
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS)
