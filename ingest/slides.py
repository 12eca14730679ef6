"""An outline → the deck's slides: written out, read for facts, cut into passages, given their ids."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase
from kejian.ingest.arrange import arrange
from kejian.ingest.facts import Findings, find
from kejian.ingest.layout import Grid, Line, Sheet, placed_shapes, write
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Block, Fact, Passage, Relation, Shape, Slide, content_id
from kejian.ingest.outline import Item, Outline, Page
from kejian.ingest.parallel import parallel_labels
from kejian.ingest.passages import context, stretches
from kejian.ingest.scope import Scope, scope_of
from kejian.ingest.table_heads import Heads
from kejian.ingest.wording import LISTING, ORDINAL


def build_slides(outline: Outline, deck_title: str, terms: TermBase) -> tuple[Slide, ...]:
    """Every page of ``outline`` as a slide; two that say the same under one number get different ids."""
    names = _numbered(outline)
    plain = Lexicon(terms, names)
    sheets = (write(arrange(page.items, plain), plain) for page in outline.pages)
    lexicon = Lexicon(terms, names, parallel_labels(sheets, plain))
    seen: Counter[str] = Counter()
    slides = []
    about = About(deck_title, Scope().under(lexicon.heading(outline.title)))
    for position, page in enumerate(outline.pages, 1):
        draft = _Draft(page, position, about, lexicon)
        seen[draft.key] += 1
        slides.append(draft.slide(seen[draft.key]))
    return tuple(slides)


def _numbered(outline: Outline) -> frozenset[str]:
    """The names that headings of the deck give by number: 「方案一:集中制——优点」 names 方案一 and 集中制."""
    texts = (item.text for page in outline.pages for item in page.items if isinstance(item, Item))
    found = (ORDINAL.match(named["of"] if (named := LISTING.match(text)) else text) for text in texts)
    names = (match for match in found if match and match["label"][-1] not in "步页章节")
    return frozenset(searchable(name) for match in names for name in match.group("label", "name"))


@dataclass(frozen=True, slots=True)
class About:
    """The deck's title, and the scope its own title opens, where the file itself names what it is about."""

    title: str
    scope: Scope


class _Draft:
    """One page on its way to a slide."""

    def __init__(self, page: Page, position: int, about: About, lexicon: Lexicon) -> None:
        self.page = page
        self.position = position
        self.number = page.number if page.number is not None else position
        self.about = about
        self.sheet: Sheet = write(arrange(page.items, lexicon), lexicon)
        self.findings: Findings = find(self.sheet, page, lexicon, about.scope)
        self.lexicon = lexicon
        self.title = lexicon.heading(self.sheet.title.item.text).name if self.sheet.title else ""
        self.shapes = placed_shapes(page.shapes, self.sheet)
        self.blocks = tuple(self._blocks())
        self.key = content_id(self.number, self.title, self.sheet.source, page.hidden, self._structure())

    def _structure(self) -> str:
        """Everything about the slide that its source does not show, in a form that is the same everywhere."""
        blocks = [
            [b.kind, b.start, b.end, b.path, b.level, b.shape, b.row, b.column, *_recognised(b), *b.cell]
            for b in self.blocks
        ]
        claims = [[c.subject, c.aspect, c.start, c.end, c.path, c.inferred] for c in self.findings.claims]
        edges = [[e.chain, e.child, e.range, e.parent_range, e.path, e.inferred] for e in self.findings.edges]
        shapes = [
            [s.kind, s.left, s.top, s.width, s.height, s.begin_shape, s.end_shape, *s.way, *_heads(s)]
            for s in self.shapes
        ]
        return json.dumps([blocks, claims, edges, shapes])

    def slide(self, occurrence: int) -> Slide:
        """The slide; ``occurrence`` counts the slides of this deck that are alike."""
        id_ = self.key if occurrence == 1 else content_id(self.key, occurrence)
        return Slide(
            id=id_,
            number=self.number,
            position=self.position,
            title=self.title,
            source=self.sheet.source,
            blocks=tuple(replace(b, id=content_id(id_, "block", b.start, b.kind)) for b in self.blocks),
            facts=tuple(self._facts(id_)),
            relations=tuple(self._relations(id_)),
            passages=tuple(self._passages(id_)),
            shapes=self.shapes,
            width=self.page.width,
            height=self.page.height,
            hidden=self.page.hidden,
        )

    def _blocks(self) -> Iterator[Block]:
        """The blocks, still without ids: those hold the slide's, which depends on the blocks."""
        for part in self.sheet.parts:
            if isinstance(part, Grid):
                yield from self._cells(part)
            else:
                yield self._line(part)

    def _line(self, line: Line) -> Block:
        item = line.item
        path = scope_of(line.sections).path
        place = (line.start, line.end, path, item.level, item.drawn_in)
        return Block("", item.kind, item.text, *place, confidence=item.confidence)

    def _cells(self, grid: Grid) -> Iterator[Block]:
        heads = self.findings.heads[grid.start]
        path = scope_of(grid.sections).path
        for cell in grid.table.cells():
            row, column = _cell_heads(heads, cell.row, cell.column)
            for start, end in grid.ranges.get((cell.row, cell.column), ()):
                text = self.sheet.source[start:end]
                place = (start, end, path, 0, grid.table.shape)
                at = (cell.row, cell.column, cell.rows, cell.columns)
                yield Block("", "cell", text, *place, row, column, grid.table.confidence, at)

    def _facts(self, slide: str) -> Iterator[Fact]:
        for c in self.findings.claims:
            id_ = content_id(slide, "fact", c.subject, c.aspect, c.start, c.end)
            text = self.sheet.source[c.start : c.end]
            yield Fact(id_, c.subject, c.aspect, text, c.start, c.end, c.path, c.inferred)

    def _relations(self, slide: str) -> Iterator[Relation]:
        for e in self.findings.edges:
            id_ = content_id(slide, "relation", *e.chain, e.child, e.range)
            yield Relation(id_, e.chain[-1], e.child, e.chain, *e.range, *e.parent_range, e.path, e.inferred)

    def _passages(self, slide: str) -> Iterator[Passage]:
        for stretch in stretches(self.sheet):
            over = context(self.about.title, self.title, stretch.path)
            id_ = content_id(slide, "passage", stretch.start, stretch.end, over)
            yield Passage(id_, self.sheet.source[stretch.start : stretch.end], stretch.start, stretch.end, over)


def _recognised(block: Block) -> list[float]:
    return [] if block.confidence is None else [block.confidence]


def _heads(shape: Shape) -> list[bool]:
    return [shape.begin_head, shape.end_head] if shape.begin_head or shape.end_head else []


def _cell_heads(heads: Heads, row: int, column: int) -> tuple[str, str]:
    """(row head, column head) of a place in the table; heads themselves have their own on one side only."""
    head = heads.row_cell(row)
    over = heads.column_head(column) if heads.header else ""
    return (heads.lexicon.plain(head.text) if head else "", over)
