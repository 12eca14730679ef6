"""Question sets made of those under ../shared/bench: as they are, in pieces, and as pages of the web.

``NAME-pieces``: documents cut into pieces of 150 to 200 characters; only the piece with the answer counts.
``NAME-pages``: groups of four neighbouring documents, cut raggedly, every piece of which is titled with nearly the
question; wording then tells little, as on the web, where pages are titled with what people ask. Everything is drawn
with a fixed seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kejian.assistant.evaluation.beir import SENTENCE_ENDS, slides_of
from kejian.assistant.evaluation.beir_data import Dataset
from kejian.index.entry import entries_of
from kejian.index.model import Encoder
from kejian.ingest.model import Deck, Passage, Slide, content_id

CUTS = SENTENCE_ENDS + "，,"
RAGGED = (20, 40, 80, 160, 320)  # characters
GROUPS, NEIGHBOURS, LEFT_OUT = 150, 3, 0.12
ENDINGS = ("", "_问答", "?")


@dataclass(frozen=True)
class QuestionSet:
    """Slides, and for each question the ids of those that answer it."""

    name: str
    slides: tuple[Slide, ...]
    queries: Mapping[str, str]
    gold: Mapping[str, frozenset[str]]

    @property
    def deck(self) -> Deck:
        return Deck(id="beir", title="", digest="", slides=self.slides)


def read_set(bench: Path, name: str, encoder: Encoder) -> QuestionSet:
    """The set ``name``, with ``-pieces`` or ``-pages`` behind it one of the variants."""
    base, _, variant = name.partition("-p")
    data = Dataset.read(bench / base)
    answers = _answers(bench / base)
    if variant == "ieces":
        return _in_pieces(name, data, answers)
    if variant == "ages":
        return _as_pages(name, data, answers, encoder)
    gold = {query: frozenset(data.grades[query]) for query in data.queries}
    return QuestionSet(name, tuple(slides_of(data)), data.queries, gold)


def _answers(folder: Path) -> dict[str, list[str]]:
    lines = (json.loads(line) for line in (folder / "queries.jsonl").read_text("utf-8").splitlines() if line.strip())
    return {str(line["_id"]): [a for a in (line.get("metadata") or {}).get("answers") or [] if a] for line in lines}


def _in_pieces(name: str, data: Dataset, answers: Mapping[str, list[str]]) -> QuestionSet:
    pieces = {line["_id"]: _slides(line, line["title"], even_pieces(line["text"])) for line in data.documents}
    gold = {
        query: frozenset(s.id for document in data.grades[query] for s in pieces[document] if _says(s, answers[query]))
        for query in data.queries
    }
    return _with_one_answer(name, [slide for found in pieces.values() for slide in found], data.queries, gold)


def _as_pages(name: str, data: Dataset, answers: Mapping[str, list[str]], encoder: Encoder) -> QuestionSet:
    rng = np.random.default_rng(0)
    documents = {line["_id"]: line for line in data.documents}
    names = sorted(documents)
    vectors = _first_vectors(data, names, encoder)
    titles: dict[str, str] = {}
    home: dict[str, str] = {}
    for at in rng.permutation(len(data.queries)):
        query = list(data.queries)[at]
        own = next(iter(data.grades[query]))
        said = any(answer in documents[own]["text"] for answer in answers[query])
        if own in titles or len(home) == GROUPS or not said:
            continue
        nearest = np.argsort(-(vectors @ vectors[names.index(own)]), kind="stable")
        near = [names[i] for i in nearest if names[i] not in titles and names[i] != own][:NEIGHBOURS]
        home[query] = own
        for document in (own, *near):
            titles[document] = _title(data.queries[query], rng)
    slides = {
        key: _slides(documents[key], titles[key], ragged_pieces(documents[key]["text"], rng))
        for key in names
        if key in titles
    }
    gold = {query: frozenset(s.id for s in slides[own] if _says(s, answers[query])) for query, own in home.items()}
    return _with_one_answer(name, [slide for found in slides.values() for slide in found], data.queries, gold)


def _with_one_answer(
    name: str, slides: list[Slide], queries: Mapping[str, str], gold: Mapping[str, frozenset[str]]
) -> QuestionSet:
    kept = {query: found for query, found in gold.items() if len(found) == 1}
    return QuestionSet(name, tuple(slides), {query: queries[query] for query in kept}, kept)


def _first_vectors(data: Dataset, names: list[str], encoder: Encoder) -> np.ndarray:
    entries = entries_of([Deck(id="beir", title="", digest="", slides=tuple(slides_of(data)))])
    vectors = encoder.encode_passages([entry.passage.indexed_text for entry in entries])
    first = {entry.slide.id: vectors[row] for row, entry in enumerate(entries) if entry.passage.start == 0}
    return np.stack([first[name] for name in names])


def _title(question: str, rng: np.random.Generator) -> str:
    kept = rng.random(len(question)) > LEFT_OUT
    return "".join(c for c, keep in zip(question, kept, strict=True) if keep) + str(rng.choice(ENDINGS))


def _slides(document: Mapping[str, str], title: str, ranges: Iterator[tuple[int, int]]) -> list[Slide]:
    return [_slide(f"{document['_id']}#{start}", title, document["text"][start:end], start) for start, end in ranges]


def _slide(key: str, title: str, text: str, start: int) -> Slide:
    passage = Passage(content_id(key), text, start, start + len(text), title)
    return Slide(key, 1, 1, title, text, passages=(passage,))


def _says(slide: Slide, answers: list[str]) -> bool:
    return any(answer in slide.source for answer in answers)


def even_pieces(text: str, least: int = 150, most: int = 200) -> Iterator[tuple[int, int]]:
    """Ranges of ``text`` of ``least`` to ``most`` characters, cut behind a sentence or clause where there is one."""
    start = 0
    while len(text) - start > most:
        end = 1 + max(text.rfind(mark, start + least - 1, start + most) for mark in CUTS)
        end = end if end > start else start + most
        yield start, end
        start = end
    yield start, len(text)


def ragged_pieces(text: str, rng: np.random.Generator) -> Iterator[tuple[int, int]]:
    """Ranges of ``text`` as uneven as the paragraphs of a web page."""
    start = 0
    while start < len(text):
        most, end = int(rng.choice(RAGGED)), len(text)
        if end - start > most:
            ends = (text.find(mark, start + most // 2) for mark in CUTS)
            end = min((at + 1 for at in ends if at >= 0), default=len(text))
        yield start, end
        start = end
