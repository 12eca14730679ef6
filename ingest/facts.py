"""A written page → its claims and edges: everything that structure says for free."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kejian.corpus.normalize import searchable
from kejian.ingest.charts import Box, Edge, boxes, edges
from kejian.ingest.claims import Claim, Excerpt, claim
from kejian.ingest.footnotes import footnote_claims
from kejian.ingest.holders import HOLDER, Held, held
from kejian.ingest.layout import Grid, Line, Section, Sheet
from kejian.ingest.lexicon import ENUMERATED, Lexicon
from kejian.ingest.orientation import Knows
from kejian.ingest.outline import Page
from kejian.ingest.parents import label_of
from kejian.ingest.scope import Scope, scope_of
from kejian.ingest.statements import DUTY, Speaker
from kejian.ingest.steps import placed, steps_of
from kejian.ingest.table_charts import draws_chart, table_edges
from kejian.ingest.table_facts import TableReader
from kejian.ingest.table_heads import Heads, read_heads
from kejian.ingest.wording import ANSWER, ASKED, ASKED_AND_ANSWERED, ATTRIBUTE, COLON, LABEL, LONE_NUMBER, is_name

HEADINGS = ("title", "heading")
LISTING_ROLES = ("drawback", "risk", "advantage")
JOINT = re.compile(r"\s*(?:[与和及、/]|vs\.?)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a page says: claims and edges in the order of the page, and how its tables were read."""

    claims: tuple[Claim, ...]
    edges: tuple[Edge, ...]
    heads: Mapping[int, Heads]  # by the start of the table


def find(sheet: Sheet, page: Page, lexicon: Lexicon, deck: Scope) -> Findings:
    """Everything that the structure of ``sheet`` says; under a bare aspect it speaks of what ``deck`` is about."""
    drawn = boxes(sheet, lexicon)
    names = {searchable(name) for name in _names(sheet, drawn, lexicon)}
    tables = [part for part in sheet.parts if isinstance(part, Grid)]
    heads = {
        part.start: read_heads(part.table, lexicon, _elsewhere(part, sheet, names, lexicon), _weighs(part, lexicon))
        for part in tables
    }
    names |= {searchable(name) for table in heads.values() for name in _heads(table)}
    speaker = Speaker(lexicon, lambda name: searchable(name) in names)
    for _ in range(2):  # a sentence may name a unit that a sentence before it has introduced
        related = {(e.chain, e.child, e.range, e.path): e for e in edges(sheet, drawn, page.links, speaker)}
        names |= {searchable(edge.child) for edge in related.values()}
    for grid in tables:
        if draws_chart(heads[grid.start]):
            for edge in table_edges(sheet.source, grid, heads[grid.start]):
                related[edge.chain, edge.child, edge.range, edge.path] = edge
    said = [*_claims(sheet, heads, speaker, deck.subject), *footnote_claims(sheet, drawn, lexicon)]
    named = [c if c.subject else _of_deck(c, deck) for c in said if c.subject or deck.subject]
    claims = {(c.subject, c.aspect, c.start, c.end): c for c in reversed(named)}
    return Findings(tuple(list(claims.values())[::-1]), tuple(related.values()), heads)


def _of_deck(found: Claim, deck: Scope) -> Claim:
    return replace(found, subject=deck.subject, inferred=found.inferred or deck.inferred)


def _names(sheet: Sheet, drawn: list[Box], lexicon: Lexicon) -> Iterator[str]:
    """What the page gives a name outside its tables: headings, boxes, labels of duties."""
    for part in sheet.parts:
        if isinstance(part, Line) and part.item.kind in HEADINGS:
            if not part.item.attribute:
                yield from filter(None, [lexicon.heading(part.item.text).subject])
                joined = JOINT.split(lexicon.plain(part.item.text))  # 「核红和付型」 names both
                yield from (name for name in joined if len(joined) == 2 and is_name(name) and len(name) > 1)
        elif isinstance(part, Line) and (label := LABEL.match(part.item.text)) and DUTY.match(label["rest"]):
            yield lexicon.plain(label["label"])
    yield from (box.name for box in drawn)


def _elsewhere(grid: Grid, sheet: Sheet, names: set[str], lexicon: Lexicon) -> Knows:
    """Whether a text is one of ``names``, or one of several that a heading joins, other than what heads ``grid``."""
    headings = [part.item.text for part in sheet.parts if isinstance(part, Line) and part.item.kind in HEADINGS]
    joined = {searchable(name) for text in headings if len(parts := JOINT.split(text)) > 1 for name in parts if name}
    known = (names | joined | lexicon.names) - {searchable(section.heading.name) for section in grid.sections}
    return lambda name: searchable(name) in known


def _weighs(grid: Grid, lexicon: Lexicon) -> bool:
    """Whether the heading over ``grid`` says that it tells both sides of one thing: 「…的得与失」."""
    return bool(grid.sections) and lexicon.weighed(lexicon.plain(grid.sections[-1].item.text)) is not None


def _heads(table: Heads) -> Iterator[str]:
    """What a table gives a name: the heads that are no aspects."""
    rows = range(table.first_row, len(table.table.grid))
    if table.axis == "columns" and not table.topics:
        yield from (table.lexicon.plain(cell.text) for cell in map(table.row_cell, rows) if cell)
    elif table.axis == "rows":
        yield from filter(None, (table.column_head(n) for n in range(1, len(table.table.grid[0]))))


def _claims(sheet: Sheet, heads: Mapping[int, Heads], speaker: Speaker, deck: str) -> Iterator[Claim]:
    parents: list[tuple[int, Scope]] = []
    holders, steps = _holders(sheet), steps_of(sheet)
    for number, part in enumerate(sheet.parts):
        if isinstance(part, Grid) and draws_chart(heads[part.start]):
            continue
        if isinstance(part, Grid):
            yield from TableReader(sheet.source, part, heads[part.start], scope_of(part.sections), speaker).claims()
        elif part.item.kind == "bullet":
            above = sheet.parts[number - 1] if number else None
            if isinstance(above, Line) and above.item.shape != part.item.shape:
                parents = []
            parents = [(level, scope) for level, scope in parents if level < part.item.level]
            scope = (
                parents[-1][1] if parents else placed(scope_of(part.sections), steps.get(part.start), speaker.lexicon)
            )
            scope = scope.about(deck) if part.item.loose and not scope.subject else scope
            scope = replace(scope, inferred=scope.inferred or part.item.guessed)
            below = sheet.parts[number + 1] if number + 1 < len(sheet.parts) else None
            deeper = isinstance(below, Line) and below.item.kind == "bullet" and below.item.level > part.item.level
            yield from _bullet(part, scope, deeper, speaker)
            parents.append((part.item.level, _opened(part, scope, speaker) if deeper else scope))
            continue
        elif part.item.kind == "paragraph" and not part.item.is_margin:
            scope = placed(scope_of(part.sections), steps.get(part.start), speaker.lexicon)
            yield from _paragraph(part, sheet.parts[number - 1] if number else None, scope, speaker)
        elif part.item.kind == "heading":
            yield from _listed(part, sheet, speaker)
        elif part.item.kind == "unit" and (holder := holders.get(part.item.text)):
            yield from _holder(part, holder, speaker)
        elif part.item.kind == "unit" and (label := LABEL.match(part.item.text)) and not held(part.item.text):
            yield from _unit(part, label.start("rest"), speaker)
        parents = []


def _paragraph(line: Line, above: Line | Grid | None, scope: Scope, speaker: Speaker) -> Iterator[Claim]:
    """What a paragraph says; an answer is said of the question above it, which by itself says nothing."""
    if answered := _answered(line.item.text, above, scope):
        yield from _answer(line, answered, scope, speaker)
    elif not ASKED.match(line.item.text) and not LONE_NUMBER.match(line.item.text):
        yield from speaker.of_paragraph(_excerpt(line), scope)


def _answer(line: Line, answered: tuple[str, int], scope: Scope, speaker: Speaker) -> Iterator[Claim]:
    question, start = answered
    said = _excerpt(line).part(start)
    found = claim(question, replace(scope, aspect="", role="other"), said, speaker.lexicon.terms)
    yield from [found] if found else []


def _answered(text: str, above: Line | Grid | None, scope: Scope) -> tuple[str, int] | None:
    """(question, where its answer begins in ``text``); None where ``text`` answers none."""
    marked = ASKED.match(text) is not None  # under 「常见问题」, which reads like an aspect
    if (marked or not scope.aspect) and (both := ASKED_AND_ANSWERED.match(text)):
        return both["asked"], both.start("said")
    asked = ASKED.match(above.item.text) if isinstance(above, Line) and above.item.kind == "paragraph" else None
    answer = ANSWER.match(text) if asked else None
    return (asked["asked"], answer.end()) if asked and answer else None


def _listed(line: Line, sheet: Sheet, speaker: Speaker) -> Iterator[Claim]:
    """A heading under 「怎么走」 or 「现在的毛病」 is itself a step, or one of the faults, where it has siblings."""
    scope = scope_of(line.sections)
    heading = speaker.lexicon.heading(line.item.text)
    named = speaker.lexicon.terms.subject(heading.name) or speaker.lexicon.words.is_unit(heading.name)
    listed = scope.role == "procedure" or (scope.role in LISTING_ROLES and not scope.subject)
    if heading.aspect or named or not listed or searchable(heading.name) in speaker.lexicon.names:
        return
    above = line.sections[-1]
    if sum(_stands_under(part, above) for part in sheet.parts) > 1:
        found = claim(scope.subject, scope, _excerpt(line), speaker.lexicon.terms)
        yield from [found] if found else []


def _stands_under(part: Line | Grid, above: Section) -> bool:
    return isinstance(part, Line) and part.item.kind == "heading" and part.sections[-1:] == (above,)


def _excerpt(line: Line) -> Excerpt:
    return Excerpt(line.item.text, line.start)


def _bullet(line: Line, scope: Scope, deeper: bool, speaker: Speaker) -> Iterator[Claim]:
    """What a bullet says; one that only opens the list below it says nothing where it names a unit or an aspect."""
    inner = _opened(line, scope, speaker) if deeper else scope
    if not deeper and (answered := _answered(line.item.text, None, scope)):
        yield from _answer(line, answered, scope, speaker)
    elif inner is scope or not scope.aspect or scope.role == "procedure" or label_of(line.item.text):
        heading = speaker.lexicon.heading(line.item.text)
        if not (deeper and (heading.aspect or line.item.attribute)) or COLON.search(line.item.text.rstrip(":： ")):
            yield from speaker.of_bullet(_excerpt(line), scope)


def _opened(line: Line, scope: Scope, speaker: Speaker) -> Scope:
    """The scope of the list below a bullet: a name, an aspect or a label in the bullet heads it."""
    text = line.item.text.rstrip(":： ")
    label = "" if is_name(text) else label_of(text)
    heading = speaker.lexicon.label(label or text) if scope.subject and not scope.aspect else None
    heading = heading or speaker.lexicon.heading(label or text)
    if line.item.attribute and not scope.aspect:
        heading = replace(heading, subject="", aspect=heading.name)
    if not (label or is_name(text)) or (label and ATTRIBUTE.match(heading.name)):
        return scope
    item_of_list = (scope.subject or label) and scope.role in ENUMERATED and not speaker.knows(heading.name)
    return scope if item_of_list and not heading.aspect else scope.under(heading)


def _holders(sheet: Sheet) -> dict[str, Held]:
    """Boxes with a holder, by their text; a post that several people hold names none of them."""
    units = (part.item.text for part in sheet.parts if isinstance(part, Line) and part.item.kind == "unit")
    found = {text: holder for text in units if (holder := held(text))}
    posts = Counter(holder.name for holder in found.values())
    return {text: holder for text, holder in found.items() if posts[holder.name] == 1}


def _holder(line: Line, holder: Held, speaker: Speaker) -> Iterator[Claim]:
    """Who holds the unit or post of a box, as the box says it."""
    said = _excerpt(line).part(line.item.text.rindex(holder.told))
    found = claim(holder.name, scope_of(line.sections), said, speaker.lexicon.terms, HOLDER)
    yield from [found] if found else []


def _unit(line: Line, offset: int, speaker: Speaker) -> Iterator[Claim]:
    """What a box says behind its name."""
    scope = scope_of(line.sections)
    name = speaker.lexicon.plain(line.item.text[:offset])
    said = _excerpt(line).part(offset)
    found = claim(name, scope, said, speaker.lexicon.terms, speaker.duty(said.text))
    yield from [found] if found else []
