"""Citation recall and precision after ALCE (Gao et al. 2023), with a deterministic judge in place of a model.

ALCE asks an entailment model whether the cited passages bear a sentence out. Here the sentence is held against them
clause by clause as a key point is held against an answer: its words and amounts have to stand there, turned the same
way. Only the quotations count at span level, the whole cited slides at slide level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import Answer, Citation, Sentence
from kejian.assistant.evaluation.points import PointScorer
from kejian.ingest.model import Deck, Slide

Premise = Callable[[Citation], str]
NOTE = re.compile(r"^注[：:]")  # a remark about the citations themselves claims nothing of the material


@dataclass(frozen=True, slots=True)
class Supported:
    """Of one answer: its sentences, those borne out by what they cite, the citations in them, and those needed."""

    sentences: int
    borne_out: int
    citations: int
    needed: int


@dataclass(frozen=True)
class Support:
    """Judges citations against the slides they name."""

    scorer: PointScorer
    slides: Mapping[tuple[str, int], Sequence[Slide]]

    @classmethod
    def of_decks(cls, decks: Iterable[Deck], scorer: PointScorer) -> Support:
        slides: dict[tuple[str, int], list[Slide]] = {}
        for deck in decks:
            for slide in deck.slides:
                slides.setdefault((deck.id, slide.number), []).append(slide)
        return cls(scorer, slides)

    def span(self, citation: Citation) -> str:
        """The quotation with the headings it stands under: they are shown with it."""
        return "\n".join((citation.quote, *self._headings(citation)))

    def slide(self, citation: Citation) -> str:
        """The whole slide, with all that counts at span level."""
        found = self.slides.get((citation.deck, citation.slide), ())
        return "\n".join((self.span(citation), *(slide.source for slide in found)))

    def _headings(self, citation: Citation) -> list[str]:
        words = {citation.deck_title: None, citation.title: None}
        for slide in self.slides.get((citation.deck, citation.slide), ()):
            for block in slide.blocks:
                if block.start < citation.end and citation.start < block.end:
                    words |= dict.fromkeys((*block.path, block.row, block.column))
        return [word for word in words if word]

    def of(self, answer: Answer, premise: Premise) -> Supported:
        """ALCE's two counts: a sentence is recalled when all its citations together bear it out; one of them is
        precise when the sentence is, unless the others bear it out without it and it does not by itself."""
        cited = {citation.n: premise(citation) for citation in answer.citations}
        sentences = claims(answer)
        borne_out = citations = needed = 0
        for sentence in sentences:
            texts = [cited[n] for n in dict.fromkeys(sentence.citations) if n in cited]
            whole = self.bears_out("\n".join(texts), sentence.text)
            borne_out += whole
            citations += len(texts)
            needed += sum(whole and self._needed(at, texts, sentence.text) for at in range(len(texts)))
        return Supported(len(sentences), borne_out, citations, needed)

    def _needed(self, at: int, texts: Sequence[str], sentence: str) -> bool:
        if len(texts) == 1 or self.bears_out(texts[at], sentence):
            return True
        return not self.bears_out("\n".join((*texts[:at], *texts[at + 1 :])), sentence)

    def bears_out(self, premise: str, sentence: str) -> bool:
        return bool(premise.strip()) and self.scorer.is_borne_out(sentence, premise)


def claims(answer: Answer) -> tuple[Sentence, ...]:
    """The sentences of an answer that claim something of the material; none of a refusal."""
    if answer.kind == "refusal":
        return ()
    sentences = answer.sentences or (Sentence(answer.answer, ()),)
    return tuple(sentence for sentence in sentences if not NOTE.match(sentence.text))
