"""Hybrid search: dense and lexical candidates of one generation, ranked by all that is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase
from kejian.index.dense import DamagedIndex, DenseIndex
from kejian.index.entry import Entry
from kejian.index.fusion import Rows, Scores, Spread, fused_ranking, sample_rows, spread_of
from kejian.index.generation import Generation
from kejian.index.grams import GramIndex
from kejian.index.lexical import LexicalIndex, best_rows
from kejian.index.model import FactHit, Hit, Vectors
from kejian.index.names import terms_digest
from kejian.index.near import EXACT_ROWS
from kejian.index.query import QueryEncoder
from kejian.index.rank import Candidates, ScoreParts, borne_out, candidate_scores, fullness, score_parts

CANDIDATES = 50  # of each leg
LONGEST_QUERY = 2_000  # characters; segmentation of one endless word would take a second
FOLDED = 20_000  # texts of passages kept in searchable form; folding one takes 0.05 ms


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the two legs say of one query. ``dense`` and ``lexical`` hold their rows, best first; ``rows`` is their
    union in ascending order, and ``cosines`` and ``scores`` (BM25) belong to it."""

    dense: Rows
    lexical: Rows
    rows: Rows
    cosines: Scores
    scores: Scores
    spread: Spread


class HybridSearch:
    """Finds passages of one generation; the same query always finds the same. Safe to use from several threads."""

    def __init__(self, generation: Generation, queries: QueryEncoder) -> None:
        """``generation`` has at least one passage; the model is opened, and held against it, at the first query."""
        if generation.dense is None or generation.lexical is None:
            raise ValueError(f"generation {generation.name} has no passages")
        self.generation = generation
        self._dense: DenseIndex = generation.dense
        self._lexical: LexicalIndex = generation.lexical
        self._queries = queries
        self.damaged = False  # seen at a query: the home must open another generation
        self._checked = False
        self._checking = Lock()
        entries = generation.entries
        self._folded = lru_cache(maxsize=FOLDED)(lambda row: searchable(entries[row].passage.text))
        self._entries = {_place(entry): entry for entry in generation.entries}

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The ``k`` best passages by both legs together, best first; equal ones in the order of their ids.

        Raises:
            SetupError: the embedding model is not the one of the index, or Chroma does not answer.
        """
        if not (query := _searched(query)):
            return []
        evidence = self._evidence(query, k)
        scores = candidate_scores(self._candidates(query, evidence), evidence.spread)
        return self._hits(evidence, fused_ranking(evidence.rows, scores, k))

    def legs(self, query: str, k: int = 10) -> tuple[list[Hit], list[Hit]]:
        """What each leg finds alone: (by vectors, by words), with its own score in ``Hit.score``."""
        if not (query := _searched(query)):
            return [], []
        evidence = self._evidence(query, k)
        at = np.searchsorted(evidence.rows, evidence.dense[:k]), np.searchsorted(evidence.rows, evidence.lexical[:k])
        dense = zip(evidence.dense[:k], evidence.cosines[at[0]], strict=True)
        lexical = zip(evidence.lexical[:k], evidence.scores[at[1]], strict=True)
        return self._hits(evidence, list(dense)), self._hits(evidence, list(lexical))

    def candidates(self, query: str) -> tuple[Evidence, Candidates]:
        """What the ranker has to go by for ``query``, which is not empty; to fit and to explain it."""
        evidence = self._evidence(query, CANDIDATES)
        return evidence, self._candidates(query, evidence)

    def explained(self, query: str, k: int = 10) -> list[tuple[Hit, ScoreParts]]:
        """What ``search`` finds, with what each score is made of."""
        if not (query := _searched(query)):
            return []
        evidence, candidates = self.candidates(query)
        parts = score_parts(candidates, evidence.spread)
        ranking = fused_ranking(evidence.rows, candidate_scores(candidates, evidence.spread), k)
        at = np.searchsorted(evidence.rows, [row for row, _ in ranking])
        return list(zip(self._hits(evidence, ranking), [parts[int(place)] for place in at], strict=True))

    def facts(self, query: str, k: int = 10) -> list[FactHit]:
        """The ``k`` facts nearest to ``query`` in meaning, nearest first, by exact cosines; see near.py.

        Raises:
            SetupError: the embedding model is not the one of the index.
        """
        if not (query := _searched(query)) or not self.generation.facts:
            return []
        rows, cosines, spread = self.generation.near_facts.nearest(self._vector(query), k)
        near = zip(rows, cosines, spread.z(cosines), strict=True)
        return [self._fact_hit(int(row), float(cosine), float(z)) for row, cosine, z in near]

    def _fact_hit(self, row: int, cosine: float, z: float) -> FactHit:
        entry = self.generation.facts[row]
        return FactHit(entry.deck.id, entry.slide.id, entry.fact.id, cosine, z)

    def words(self, text: str) -> list[str]:
        """The words of ``text``, cut with the dictionary this index was built with."""
        return self._lexical.segmenter.search_words(text)

    def entry(self, hit: Hit) -> Entry:
        """The passage of a hit of this search, with its slide and deck."""
        return self._entries[hit.deck_id, hit.slide_id, hit.passage_id, hit.start]

    def aliases_beside(self, terms: TermBase) -> tuple[tuple[str, str], ...] | None:
        """The (name, alias) that the decks leave no doubt about; None where they were looked for beside other terms."""
        names = self.generation.names
        return names.aliases if names.terms == terms_digest(terms) else None

    @property
    def fact_texts(self) -> list[int]:
        """A number for the text of each fact, in the order of the decks; texts that read the same have the same."""
        return list(map(int, self.generation.fact_texts))

    @property
    def passage_grams(self) -> GramIndex:
        """Characters and pairs of all passages with their context; counts only."""
        return self.generation.passage_grams

    @property
    def slide_grams(self) -> GramIndex:
        """Characters and pairs of all slides with their titles, by place of the slide among all of its library."""
        return self.generation.slide_grams

    @property
    def collection(self) -> Any:
        """The Chroma collection, for LlamaIndex's stock ``ChromaVectorStore``; not to be written to."""
        return self._dense.collection

    def _evidence(self, query: str, k: int) -> Evidence:
        vector = self._vector(query)
        depth = min(max(k, CANDIDATES), len(self.generation.entries))
        all_scores = self._lexical.all_scores(query)
        lexical = best_rows(all_scores, depth)
        lexical = lexical[all_scores[lexical] > 0]
        every = self._every_cosine(vector)
        near = self._nearest(vector, depth, every)
        rows = np.union1d(near, lexical)
        cosines, spread = self._cosines(vector, rows, every)
        near_cosines = cosines[np.searchsorted(rows, near)]
        # Chroma's order of equal ones depends on how its graph grew.
        dense = near[np.lexsort((near, -near_cosines))][:depth]
        return Evidence(dense, lexical, rows, cosines, all_scores[rows], spread)

    def _candidates(self, query: str, evidence: Evidence) -> Candidates:
        passages = [self.generation.entries[row].passage for row in evidence.rows]
        said = borne_out(self._lexical.weights(query), [self._folded(int(row)) for row in evidence.rows])
        full = np.array([fullness(passage.text, passage.context) for passage in passages], dtype=np.float32)
        return Candidates(evidence.cosines, evidence.scores, said, full, len(self.generation.entries))

    def _vector(self, query: str) -> NDArray[np.float32]:
        with self._checking:
            if not self._checked:
                self._queries.check(self.generation)
                self._checked = True
        return self._queries.vector(query)

    def _nearest(self, vector: NDArray[np.float32], depth: int, every: Scores | None) -> Rows:
        """Chroma's nearest rows, with those that its graph may have missed: in no order."""
        try:
            rows = [self.generation.rows.get(key) for key, _ in self._dense.nearest(vector, depth)]
        except DamagedIndex:
            rows = [None]
        if None in rows:
            # The folder went, or was damaged, under an open index. An exact scan finds the same and answers this
            # question; the next snapshot of the home mends the index and says so.
            self.damaged = True
            return best_rows(np.asarray(self.generation.vectors @ vector), depth)
        rest = np.array(self.generation.manifest.apart, np.int64) if every is None else best_rows(every, depth)
        return np.union1d(np.array(rows, dtype=np.int64), rest)

    def _every_cosine(self, vector: NDArray[np.float32]) -> Scores | None:
        """The cosines of all rows; None where there are too many to look at."""
        vectors = self.generation.vectors
        return np.asarray(vectors @ vector) if len(vectors) <= EXACT_ROWS else None

    def _cosines(self, vector: NDArray[np.float32], rows: Rows, every: Scores | None) -> tuple[Scores, Spread]:
        if every is not None:
            return every[rows], spread_of(every)
        return self.generation.vectors[rows] @ vector, spread_of(self._sample @ vector)

    @cached_property
    def _sample(self) -> Vectors:
        """Vectors that stand for those of a large collection where their spread is asked for."""
        return np.array(self.generation.vectors[sample_rows(len(self.generation.vectors))])

    def _hits(self, evidence: Evidence, ranking: list[tuple[int, float]]) -> list[Hit]:
        dense_ranks = {int(row): rank for rank, row in enumerate(evidence.dense, start=1)}
        lexical_ranks = {int(row): rank for rank, row in enumerate(evidence.lexical, start=1)}
        z = evidence.spread.z(evidence.cosines)
        hits = []
        for row, score in ranking:
            at = int(np.searchsorted(evidence.rows, row))
            entry = self.generation.entries[row]
            hits.append(
                Hit(
                    passage_id=entry.passage.id,
                    deck_id=entry.deck.id,
                    slide_id=entry.slide.id,
                    text=entry.passage.text,
                    start=entry.passage.start,
                    end=entry.passage.end,
                    score=float(score),
                    dense_score=float(evidence.cosines[at]),
                    dense_z=float(z[at]),
                    lexical_score=float(evidence.scores[at]),
                    dense_rank=dense_ranks.get(int(row)),
                    lexical_rank=lexical_ranks.get(int(row)),
                )
            )
        return hits


def _place(entry: Entry) -> tuple[str, str, str, int]:
    return entry.deck.id, entry.slide.id, entry.passage.id, entry.passage.start


def _searched(query: str) -> str:
    """What of ``query`` is searched for: no half characters, which neither tokenizer nor normalisation takes."""
    return query[:LONGEST_QUERY].encode("utf-8", "ignore").decode("utf-8").strip()
