"""Before an answer leaves, every citation is compared with the source text and every sentence with its citations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kejian.assistant.answer import Answer, Citation, Sentence
from kejian.assistant.knowledge import Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer as it may leave, and what failed."""

    answer: Answer
    faults: tuple[str, ...]


def verify(answer: Answer, places: Mapping[tuple[str, int], tuple[Place, ...]]) -> Verdict:
    """Mark each citation as verified or not; name every citation and sentence that does not hold."""
    citations = tuple(_checked(citation, places) for citation in answer.citations)
    good = {citation.n for citation in citations if citation.verified}
    faults = [f"引文 [{c.n}] 与第 {c.slide} 页原文不符" for c in citations if not c.verified]
    if answer.kind != "refusal":
        faults += [f"句子没有可核对的出处:{s.text}" for s in answer.sentences if not _cited(s, good)]
    return Verdict(replace(answer, citations=citations), tuple(faults))


def _checked(citation: Citation, places: Mapping[tuple[str, int], tuple[Place, ...]]) -> Citation:
    found = places.get((citation.deck, citation.slide), ())
    quoted = (place.slide.source[citation.start : citation.end] for place in found)
    return replace(citation, verified=bool(citation.quote) and citation.quote in quoted)


def _cited(sentence: Sentence, good: set[int]) -> bool:
    return bool(sentence.citations) and good.issuperset(sentence.citations)
