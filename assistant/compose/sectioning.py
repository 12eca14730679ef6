"""A question that a heading asks in other words: 「公司为啥要改组」 where a slide is headed 为什么要改组."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.assistant.compose.listing import FUZZY
from kejian.assistant.compose.quoting import is_head
from kejian.assistant.draft import Draft, Heading, Statement
from kejian.assistant.evidence import coverage
from kejian.assistant.groups import group_meant
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Group, Place, Source
from kejian.corpus.normalize import searchable
from kejian.ingest.model import Block

NEAR = 8  # passages whose headings are looked at
SAID = 0.8  # share of the question's words that the heading must say
ASKED = 0.6  # ... and of the heading's words that the question must say
MOST = 12  # statements of a section that is still an answer
# What is answered by one thing, not by all that stands under a heading.
SINGLE = ("who", "person", "yesno", "superlative", "compare", "choice", "page", "parent", "naming")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    place: Place
    name: str
    blocks: tuple[Block, ...]


def headed_section(inquiry: Inquiry) -> Draft | None:
    """All that stands under the heading that asks the question itself."""
    if inquiry.asks(*SINGLE, "quantity") or not inquiry.told_words:
        return None
    fits = ((_fit(inquiry, section), section) for section in _sections(inquiry))
    best = max((item for item in fits if item[0]), key=lambda item: item[0], default=None)
    if best is None:
        return None
    said = list(_statements(best[1]))
    if not said or len(said) > MOST:
        return None
    entity = inquiry.knowledge.entity_named(best[1].name)
    about = (entity,) if entity else ()
    return Draft("list", (Heading(best[1].name), *said), FUZZY - 0.1, about=about, why=f"同题的一节：{best[1].name}")


def listed_members(inquiry: Inquiry) -> Draft | None:
    """「过渡期分哪几个阶段」 where a table calls its rows 阶段: the rows, each with what is said of it."""
    if inquiry.asks(*SINGLE):
        return None
    if not inquiry.asks("which", "all", "count", "children") or inquiry.aspects:
        return None
    group = group_meant(inquiry)
    kind = searchable(group.kind) if group else ""
    if group is None or not kind or kind not in inquiry.reading.text or len(group.members) > MOST:
        return None
    words = [word for word in inquiry.words if word not in kind]
    if words and coverage(words, searchable(f"{group.name} {group.kind}"), inquiry.weights) < SAID:
        return None
    rows = [_row_of(inquiry, group, member) for member in group.members]
    about = inquiry.knowledge.members(group)
    heading = Heading(f"{group.name}（{len(rows)} 项）")
    return Draft("list", (heading, *rows), FUZZY, about=about, listed=about, why=f"并列的一组：{group.name}")


def _row_of(inquiry: Inquiry, group: Group, member: int) -> Statement:
    own = [p for p in inquiry.knowledge.points_of[member] if p.place.key == group.place.key]
    written = ((inquiry.knowledge.terms.without_mark(point.fact.aspect), point.fact.text) for point in own)
    said = "；".join(f"{aspect}：{text}" if aspect else text for aspect, text in written)
    name = inquiry.knowledge.entities[member].short
    return Statement(f"{name}——{said}", tuple(point.source for point in own), item=True)


def _fit(inquiry: Inquiry, section: Section) -> float:
    """How well the heading and the question bear each other out; 0 where either falls short or asks another thing."""
    heading = searchable(section.name)
    if any(not _asks_for(inquiry, role, heading) for role in inquiry.reading.roles):
        return 0.0
    told = inquiry.told_words if inquiry.subject else inquiry.words or inquiry.told_words
    said = coverage(told, heading, inquiry.weights)
    if said < SAID:
        return 0.0
    words = inquiry.telling(inquiry.lexicon.content_words(heading))
    asked = coverage(words, searchable(inquiry.question), inquiry.weights)
    return said + asked if asked >= ASKED else 0.0


def _asks_for(inquiry: Inquiry, role: str, heading: str) -> bool:
    """Whether a heading is worded as asking for, or names, an aspect of that role."""
    worded = (spelling for spelling, roles in inquiry.lexicon.cues.roles.items() if role in roles)
    named = (searchable(s) for term in inquiry.knowledge.terms.aspects if term.role == role for s in term.spellings)
    return any(spelling in heading for spelling in (*worded, *named))


def _sections(inquiry: Inquiry) -> Iterator[Section]:
    """The slides near the question, and the stretches under their headings."""
    places = (inquiry.place_of(hit) for hit in inquiry.hits[:NEAR])
    for place in {place.key: place for place in places if place}.values():
        blocks = [block for block in place.slide.blocks if block.kind not in ("title", "footer", "note")]
        yield Section(place, place.slide.title, tuple(blocks))
        for block in blocks:
            if block.kind == "heading":
                below = tuple(b for b in blocks if b is not block and block.text in b.path)
                yield Section(place, block.text, below)


def _statements(section: Section) -> Iterator[Statement]:
    """An item a line; the cells of a row in one."""
    row: list[Block] = []
    for block in section.blocks:
        if row and (block.kind != "cell" or (block.shape, block.row) != (row[0].shape, row[0].row)):
            yield _row(section.place, row)
            row = []
        if block.kind == "cell":
            row += [block] if block.row and not is_head(block) else []
        elif block.kind != "heading":
            above = block.path[-1] if block.path else section.name
            lead = "" if above in (section.name, section.place.slide.title) else f"{above}："
            yield Statement(f"{lead}{block.text}", (Source(section.place, block.start, block.end),), item=True)
    if row:
        yield _row(section.place, row)


def _row(place: Place, cells: Sequence[Block]) -> Statement:
    said = "；".join(f"{cell.column}：{cell.text}" if cell.column else cell.text for cell in cells)
    sources = tuple(Source(place, cell.start, cell.end) for cell in cells)
    return Statement(f"{cells[0].row}——{said}", sources, item=True)
