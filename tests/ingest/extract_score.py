"""How much of a damaged deck was recovered: statements on their slides, titles, what a site wrote, what was lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract_damage import Damaged, Source

from kejian.corpus.normalize import searchable
from kejian.ingest.model import Deck

NOT_SAID = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """``text`` without what the damage may change for good: spaces and punctuation."""
    return NOT_SAID.sub("", searchable(text))


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of 1, except ``left``: characters of the site still there."""

    whole: float  # statements that are one block
    placed: float  # statements on the right slide
    titled: float
    kept: float  # statements that are anywhere at all
    left: int


def score(deck: Deck, slides: Sequence[Source], damaged: Damaged) -> Score:
    """What ``deck``, read from ``damaged``, holds of ``slides``; without printed numbers their order counts."""
    if not damaged.paged:
        slides = [replace(slide, number=number) for number, slide in enumerate(slides, 1)]
    blocks = {(slide.number, key(block.text)) for slide in deck.slides for block in slide.blocks}
    texts = {text for _, text in blocks}
    pages = {number: "".join(key(s.source) for s in deck.slides if s.number == number) for number, _ in blocks}
    everything = "".join(key(slide.source) for slide in deck.slides)
    said = [(slide.number, key(text)) for slide in slides for text in slide.said if key(text)]
    titles = {(slide.number, key(slide.title)) for slide in deck.slides}
    own = "".join(key(part) for slide in slides for part in (slide.title, *slide.said, *slide.names, *slide.footnotes))
    written = [key(line) for line in damaged.written if key(line) not in own]
    return Score(
        whole=_share([text in texts for _, text in said]),
        placed=_share([text in pages.get(number, "") for number, text in said]),
        titled=_share([(slide.number, key(slide.title)) in titles for slide in slides if slide.title]),
        kept=_share([text in everything for _, text in said]),
        left=sum(len(line) for line in written if line in everything),
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 1.0
