"""Retrieval measured on a data set in BEIR layout, by the search of the product itself."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kejian.assistant.evaluation.beir_data import Dataset, Grades
from kejian.assistant.evaluation.metrics import mean, recall_at, reciprocal_rank
from kejian.index.fusion import reciprocal_rank_fusion
from kejian.index.model import Encoder
from kejian.index.search import HybridSearch
from kejian.index.transient import transient_search
from kejian.ingest.model import Deck, Passage, Slide, content_id

DEPTH = 10  # documents that are judged
PASSAGES = 50  # that are asked for: a long document has several, and stands where its best one does
SENTENCE_ENDS = "。！？!?；;\n"
# One passage a document, as long as the model reads it whole: it takes 512 tokens, some 750 characters.
LONGEST = 600


def evaluate_beir(
    folder: Path, encoder: Encoder, queries: int | None = None, words: Sequence[str] = (), compare: bool = False
) -> dict[str, Any]:
    """Index the corpus in a temporary folder and ask it the first ``queries`` questions (all by default).

    ``words`` are kept whole by segmentation. The result holds, for ``fused``, ``dense`` and ``lexical``, hit@1,
    hit@5, hit@10, recall@10, mrr@10 and ndcg@10, and the rates ``passages_per_s`` (to a searchable index) and
    ``queries_per_s`` (fused search). ``compare`` adds ``rrf``: both legs by their reciprocal ranks.

    Raises:
        UsageError: the folder is no such data set.
    """
    data = Dataset.read(folder).first(queries)
    deck = Deck(id="beir", title="", digest="", slides=tuple(slides_of(data)))
    started = time.perf_counter()
    with transient_search([deck], encoder, words) as search:
        built = time.perf_counter()
        rankings, seconds = _ask(search, data)
    if compare:
        legs = {key: (rankings["dense"][key], rankings["lexical"][key]) for key in data.queries}
        rankings["rrf"] = {key: [name for name, _ in reciprocal_rank_fusion(legs[key], DEPTH)] for key in legs}
    passages = sum(len(slide.passages) for slide in deck.slides)
    counts = {"documents": len(data.documents), "passages": passages, "queries": len(data.queries)}
    scores = {leg: _scores(ranked, data.grades) for leg, ranked in rankings.items()}
    rates = {
        "passages_per_s": round(passages / (built - started), 1),
        "queries_per_s": round(len(data.queries) / seconds, 1),
    }
    return {"dataset": folder.resolve().name, "model": encoder.fingerprint, **counts, **scores, **rates}


def _ask(search: HybridSearch, data: Dataset) -> tuple[dict[str, dict[str, list[str]]], float]:
    """Documents by scorer and question, best first, and the seconds that fused search took."""
    rankings: dict[str, dict[str, list[str]]] = {"fused": {}, "dense": {}, "lexical": {}}
    seconds = 0.0
    search.search(next(iter(data.queries.values())), 1)  # opens what is opened at the first question
    for key, text in data.queries.items():
        started = time.perf_counter()
        fused = search.search(text, PASSAGES)
        seconds += time.perf_counter() - started
        for leg, hits in zip(rankings, (fused, *search.legs(text, PASSAGES)), strict=True):
            rankings[leg][key] = list(dict.fromkeys(hit.slide_id for hit in hits))
    return rankings, seconds


def _scores(ranked: Mapping[str, Sequence[str]], grades: Grades) -> dict[str, float]:
    relevant = {key: {document for document, grade in grades[key].items() if grade > 0} for key in ranked}
    pairs = [(ranked[key][:DEPTH], relevant[key]) for key in ranked]
    scores = {
        f"hit@{k}": mean(float(not relevant.isdisjoint(found[:k])) for found, relevant in pairs) for k in (1, 5, 10)
    }
    scores["recall@10"] = mean(recall_at(DEPTH, found, relevant) for found, relevant in pairs)
    scores["mrr@10"] = mean(reciprocal_rank(found, relevant) for found, relevant in pairs)
    scores["ndcg@10"] = mean(ndcg(ranked[key], grades[key]) for key in ranked)
    return {name: round(score or 0.0, 4) for name, score in scores.items()}


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of the first ``k`` (Järvelin and Kekäläinen 2002), gain = grade.

    >>> ndcg(["b", "a"], {"a": 1})
    0.6309297535714575
    """
    gains = [max(grades.get(document, 0), 0) for document in ranked[:k]]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def slides_of(data: Dataset) -> Iterator[Slide]:
    """Every document as a slide that is called by its id."""
    for position, line in enumerate(data.documents, start=1):
        key, title, text = line["_id"], line["title"], line["text"]
        ranges = list(_pieces(text))
        passages = (Passage(content_id(key, start), text[start:end], start, end, title) for start, end in ranges)
        yield Slide(key, position, position, title, text, passages=tuple(passages))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """``text`` in ranges of at most LONGEST characters, cut behind sentences where there are any."""
    start = 0
    while len(text) - start > LONGEST:
        end = 1 + max(text.rfind(mark, start, start + LONGEST) for mark in SENTENCE_ENDS)
        end = end if end > start else start + LONGEST
        yield start, end
        start = end
    yield start, len(text)
