"""Metrics as pure functions. A share of nothing is None: not measured, which is neither good nor bad."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Sequence

from kejian.assistant.answer import Citation, Sentence
from kejian.ingest.model import Deck


def share(part: float, whole: float) -> float | None:
    """``part / whole``; None for a share of nothing.

    >>> share(3, 4), share(0, 0)
    (0.75, None)
    """
    return part / whole if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """Arithmetic mean of those values that were measured, summed exactly so that order does not matter.

    >>> mean([1.0, None, 0.5])
    0.75
    """
    measured = [value for value in values if value is not None]
    return share(math.fsum(measured), len(measured))


def recall_at(k: int, ranked: Sequence[Hashable], relevant: Collection[Hashable]) -> float | None:
    """Recall@k = |relevant ∩ first k of ranked| / |relevant| (Manning, Raghavan, Schütze 2008, §8.4).

    >>> recall_at(3, [17, 16, 20, 19], {16, 19})
    0.5
    """
    return share(len(set(ranked[:k]) & set(relevant)), len(set(relevant)))


def reciprocal_rank(ranked: Sequence[Hashable], relevant: Collection[Hashable]) -> float | None:
    """1 / rank of the first relevant item, 0 where none is ranked (Voorhees 1999, TREC-8); its mean is MRR.

    >>> reciprocal_rank([17, 16, 19], {16, 19})
    0.5
    """
    if not relevant:
        return None
    return next((1 / rank for rank, item in enumerate(ranked, 1) if item in relevant), 0.0)


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Nearest-rank percentile: the value at rank ⌈percent/100 · n⌉ of the sorted values (NIST handbook §7.2.6.2).

    >>> percentile([15, 20, 35, 40, 50], 30)
    20
    """
    if not values:
        return None
    return sorted(values)[max(1, math.ceil(percent / 100 * len(values))) - 1]


def invalid_citations(citations: Iterable[Citation], decks: Iterable[Deck]) -> list[Citation]:
    """Citations whose quotation is not ``source[start:end]`` of the slide they name, compared here anew.

    The field ``verified`` is not trusted. An empty quotation is invalid. Quotation validity is
    1 − |invalid| / |citations|.
    """
    sources: dict[tuple[str, int], list[str]] = {}
    for deck in decks:
        for slide in deck.slides:
            sources.setdefault((deck.id, slide.number), []).append(slide.source)
    return [citation for citation in citations if not _stands(citation, sources)]


def _stands(citation: Citation, sources: dict[tuple[str, int], list[str]]) -> bool:
    if not 0 <= citation.start < citation.end:
        return False
    # The length is compared by the slice: a range beyond the end of the source yields a shorter text.
    quoted = (source[citation.start : citation.end] for source in sources.get((citation.deck, citation.slide), ()))
    return any(len(text) == citation.end - citation.start and text == citation.quote for text in quoted)


def uncited_sentences(sentences: Iterable[Sentence], citations: Iterable[Citation]) -> list[Sentence]:
    """Sentences that cite nothing, or a number that no citation has.

    1 − |uncited| / |sentences| is the share of supported sentences, ALCE's citation recall (Gao et al. 2023)
    with the existence of a citation in place of an entailment judgement.
    """
    numbers = {citation.n for citation in citations}
    return [s for s in sentences if not s.citations or not set(s.citations) <= numbers]
