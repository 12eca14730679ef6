"""Anything that is no question about facts or structures: the best sentences of the best passages, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kejian.assistant.draft import MOST_ANSWERS, Draft, Statement
from kejian.assistant.evidence import coverage
from kejian.assistant.gate import ANSWERED_FROM, evidence_of, probability
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Place, Source
from kejian.corpus.normalize import searchable
from kejian.index.model import Hit
from kejian.ingest.model import Block
from kejian.ingest.wording import is_name, is_question

PASSAGES = 5  # hits looked into
MOST = 4  # sentences quoted
SAYS_SOMETHING = 0.15  # share of the question's words a quoted sentence must itself bear out
CLOSE = 0.75  # a further sentence is quoted when it is this close to the best one
SHORT_LINE = 100
AMOUNT = re.compile(r"\d\s*[^\W\d]")
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*")


@dataclass(frozen=True, slots=True)
class Candidate:
    source: Source
    block: Block
    score: float

    @property
    def order(self) -> tuple[str, int, int]:
        return self.source.place.deck.id, self.source.place.slide.position, self.source.start


def quote_passages(inquiry: Inquiry) -> Draft | None:
    """The sentences that bear out most of the question, in reading order, if the evidence is enough."""
    judged = [(probability(evidence_of(inquiry, hit)), hit) for hit in inquiry.hits[:PASSAGES]]
    trusted = [(chance, hit) for chance, hit in judged if chance >= ANSWERED_FROM]
    if not trusted:
        best = max((chance for chance, _ in judged), default=0.0)
        inquiry.notes.append(f"证据不足：最高 {best:.2f}，门槛 {ANSWERED_FROM}")
        return None
    found = sorted(
        (candidate for chance, hit in trusted for candidate in _candidates(inquiry, hit, chance)),
        key=lambda candidate: -candidate.score,
    )
    if not found:
        return None
    kept = [candidate for candidate in found if candidate.score >= CLOSE * found[0].score][:MOST]
    quoted = dict.fromkeys(beside for candidate in kept for beside in _in_company(candidate))
    statements = tuple(_statement(quote, len(quoted) > 1) for quote in sorted(quoted, key=lambda quote: quote.order))
    return Draft("passage", statements, max(chance for chance, _ in trusted), why="引用原文")


def _in_company(candidate: Candidate) -> Iterator[Candidate]:
    """What is quoted, with the rest of its row where it is a cell, and with the answer where it is a question."""
    yield replace(candidate, score=0.0)
    blocks, place = candidate.source.place.slide.blocks, candidate.source.place
    if candidate.block.kind == "cell":
        row = [block for block in blocks if _in_row(block, candidate.block)]
        beside = row if len(row) <= MOST else []
    else:
        beside = list(_answers(blocks, candidate.block)) if is_question(candidate.source.quote) else []
    for block in beside:
        if block is not candidate.block:
            yield Candidate(Source(place, block.start, block.end), block, 0.0)


def _in_row(block: Block, other: Block) -> bool:
    """Whether a cell says something of the same row of the same table; its heads say nothing."""
    same = block.kind == "cell" and (block.shape, block.row, block.path) == (other.shape, other.row, other.path)
    return same and bool(block.row) and not _only_names(block)


def _answers(blocks: Sequence[Block], question: Block) -> Iterator[Block]:
    """What follows a question up to the next one."""
    for block in blocks[blocks.index(question) + 1 :][:MOST_ANSWERS]:
        if is_question(block.text) or _only_names(block) or block.kind == "note":
            return
        yield block


def _candidates(inquiry: Inquiry, hit: Hit, chance: float) -> Iterator[Candidate]:
    place = inquiry.place_of(hit)
    if place is None:
        return
    for block in place.slide.blocks:
        if _only_names(block) or block.start < hit.start or block.end > hit.end:
            continue
        if inquiry.subject and not _names(block, inquiry.subject):
            continue
        heads = f"{block.row} {block.column} " if block.kind == "cell" else ""
        around = 0.5 * coverage(inquiry.all_words, searchable(" ".join(block.path)), inquiry.weights)
        for start, end in sentence_ranges(block):
            text = searchable(f"{heads}{place.slide.source[start:end]}")
            own = coverage(inquiry.all_words, text, inquiry.weights)
            if own < SAYS_SOMETHING:
                continue
            score = own + around
            yield Candidate(Source(place, start, end), block, chance * score + 0.001 * hit.score)


def is_head(block: Block) -> bool:
    """Whether a cell is the head of its own row or column."""
    return block.kind == "cell" and searchable(block.text) in (searchable(block.row), searchable(block.column))


def _only_names(block: Block) -> bool:
    """Whether the block says nothing: a heading, the head of a row or column, or the bare name in a box."""
    bare = block.kind == "unit" and is_name(block.text) and not AMOUNT.search(block.text)  # 「公示 5天」 says something
    return block.kind in ("title", "heading") or is_head(block) or bare


def _names(block: Block, subject: Entity) -> bool:
    """Whether the block speaks of ``subject``: in its text, its headings or its row."""
    said = searchable(" ".join((block.text, block.row, block.column, *block.path)))
    return any(searchable(spelling) in said for spelling in subject.spellings)


def sentence_ranges(block: Block) -> Iterator[tuple[int, int]]:
    """Ranges of the block's sentences in the slide's source; a short line of a list is one."""
    one = block.kind == "bullet" or (block.kind == "paragraph" and "。" not in block.text.rstrip("。"))
    if one and len(block.text) <= SHORT_LINE:
        yield block.start, block.end
        return
    for found in SENTENCE.finditer(block.text):
        start, end = found.span()
        start += len(found.group()) - len(found.group().lstrip())
        if end > start:
            yield block.start + start, block.start + end


def _statement(candidate: Candidate, item: bool) -> Statement:
    text = candidate.source.quote
    lead = candidate.block.path[-1] if candidate.block.path else ""
    if candidate.block.row and candidate.block.kind == "cell":
        lead = "·".join(filter(None, (candidate.block.row, candidate.block.column)))
    said = f"{lead}：{text}" if lead and candidate.block.kind in ("bullet", "cell", "unit", "footnote") else text
    return Statement(said, (candidate.source,), item=item)


def nearest_places(inquiry: Inquiry, most: int = 3) -> list[Place]:
    """Slides of the best hits, each once."""
    places = (inquiry.place_of(hit) for hit in inquiry.hits)
    return list({place.key: place for place in places if place}.values())[:most]
