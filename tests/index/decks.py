"""Decks to test with: small ones written out, and arbitrary ones that hypothesis makes."""

from __future__ import annotations

from hypothesis import strategies as st

from kejian.ingest.model import Block, Deck, Fact, Passage, Relation, Shape, Slide, content_id

NUMBER = st.integers(-(2**31), 2**31 - 1)
TEXT = st.text(max_size=12)
PATH = st.lists(TEXT, max_size=3).map(tuple)


def several(strategy):
    return st.lists(strategy, max_size=3).map(tuple)


def numbers(*names):
    return {name: NUMBER for name in names}


shapes = st.builds(
    Shape,
    **numbers("left", "top", "width", "height", "start", "end"),
    begin_shape=st.none() | NUMBER,
    end_shape=st.none() | NUMBER,
)
blocks = st.builds(
    Block,
    id=TEXT,
    text=TEXT,
    path=PATH,
    row=TEXT,
    column=TEXT,
    shape=st.none() | NUMBER,
    **numbers("start", "end", "level"),
)
facts = st.builds(Fact, id=TEXT, subject=TEXT, aspect=TEXT, text=TEXT, path=PATH, **numbers("start", "end"))
relations = st.builds(
    Relation,
    id=TEXT,
    parent=TEXT,
    child=TEXT,
    chain=PATH,
    path=PATH,
    **numbers("start", "end", "parent_start", "parent_end"),
)
passages = st.builds(Passage, id=TEXT, text=TEXT, context=TEXT, **numbers("start", "end"))
slides = st.builds(
    Slide,
    id=TEXT,
    title=TEXT,
    source=TEXT,
    blocks=several(blocks),
    facts=several(facts),
    relations=several(relations),
    passages=several(passages),
    shapes=several(shapes),
    **numbers("number", "width", "height"),
)


@st.composite
def decks(draw):
    drawn = draw(several(slides))
    placed = tuple(slide_at(slide, position) for position, slide in enumerate(drawn, start=1))
    digest = content_id(draw(TEXT), length=64)
    return Deck(digest[:12], draw(TEXT), digest, placed, draw(PATH))


def slide_at(slide: Slide, position: int) -> Slide:
    from dataclasses import replace

    return replace(slide, position=position)


def make_slide(number: int, *lines: str, title: str = "") -> Slide:
    """A slide whose lines are each a block and a passage; the first word of a line is the subject of a fact."""
    title = title or f"第{number}讲"
    source = "\n".join((title, *lines))
    ranges, at = [], len(title) + 1
    for line in lines:
        ranges.append((line, at, at + len(line)))
        at += len(line) + 1
    return Slide(
        id=content_id(number, source),
        number=number,
        position=number,
        title=title,
        source=source,
        blocks=tuple(
            Block(content_id("b", number, start, line), "bullet", line, start, end) for line, start, end in ranges
        ),
        facts=tuple(
            Fact(content_id("f", number, start, line), line.split(":")[0], "", line, start, end)
            for line, start, end in ranges
        ),
        passages=tuple(
            Passage(content_id("p", number, start, line), line, start, end, title) for line, start, end in ranges
        ),
    )


def make_deck(title: str, *slides: Slide) -> Deck:
    digest = content_id(title, *(slide.id for slide in slides), length=64)
    return Deck(digest[:12], title, digest, slides)
