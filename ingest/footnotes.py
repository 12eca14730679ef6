"""Footnotes joined to the names that bear their mark: headings, boxes, table heads, bullets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kejian.ingest.charts import Box
from kejian.ingest.claims import Claim, Excerpt, claim
from kejian.ingest.layout import Grid, Line, Sheet
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.scope import Scope, scope_of
from kejian.ingest.wording import FOOTNOTE, LABEL, is_name


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name with a footnote mark, and where it stands."""

    mark: str
    name: str
    scope: Scope


def footnote_claims(sheet: Sheet, boxes: Sequence[Box], lexicon: Lexicon) -> Iterator[Claim]:
    """A remark on every bearer of the mark; on the slide's own subject where no name bears it."""
    bearers = list(dict.fromkeys(_bearers(sheet, boxes, lexicon)))
    remark = lexicon.aspect_named("remark", "备注")
    for part in sheet.parts:
        if not isinstance(part, Line) or part.item.kind != "footnote":
            continue
        found = FOOTNOTE.match(part.item.text)
        excerpt = Excerpt.of(sheet.source, (part.start + (found.start("text") if found else 0), part.end))
        mark = (found["mark"] or found["noted"] or "") if found else ""
        scope = scope_of(part.sections)
        borne = [bearer for bearer in bearers if mark and bearer.mark == mark] or [Bearer(mark, scope.subject, scope)]
        claims = (claim(bearer.name, bearer.scope, excerpt, lexicon.terms, remark) for bearer in borne)
        yield from (found for found in claims if found)


def _bearers(sheet: Sheet, boxes: Sequence[Box], lexicon: Lexicon) -> Iterator[Bearer]:
    drawn = {box.line.start: box for box in boxes}
    for part in sheet.parts:
        if isinstance(part, Grid):
            yield from _in_table(part, lexicon)
        elif part.item.kind == "unit":
            heading = lexicon.heading(part.item.text)
            yield from _bearer(heading.mark, drawn[part.start].name, scope_of(part.sections))
        elif part.item.kind not in ("footnote", "note"):
            yield from _in_line(part, lexicon)


def _in_table(grid: Grid, lexicon: Lexicon) -> Iterator[Bearer]:
    scope = scope_of(grid.sections)
    for cell in grid.table.cells():
        for line in cell.lines:
            heading = lexicon.heading(line)
            name = heading.name if is_name(heading.name) and not heading.is_aspect else scope.subject
            yield from _bearer(heading.mark, name, scope)


def _in_line(line: Line, lexicon: Lexicon) -> Iterator[Bearer]:
    """A heading or a bullet that is a name bears the mark itself; a label too; a statement for its subject."""
    scope = scope_of(line.sections)
    heading = lexicon.heading(line.item.text)
    if line.item.kind in ("title", "heading"):
        below = scope.under(heading)
        yield from _bearer(heading.mark, heading.subject or below.subject, below)
        return
    label = LABEL.match(line.item.text)
    named = lexicon.heading(label["label"]) if label else heading
    bearing = named if named.mark else heading
    yield from _bearer(bearing.mark, bearing.name if is_name(bearing.name) else scope.subject, scope)


def _bearer(mark: str, name: str, scope: Scope) -> Iterator[Bearer]:
    if mark and name:
        yield Bearer(mark, name, scope)
