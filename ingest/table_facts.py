"""Tables → claims (row head × column head), and the heads of every cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kejian.ingest.claims import Claim, Excerpt, claim
from kejian.ingest.layout import Grid
from kejian.ingest.outline import Cell
from kejian.ingest.scope import Scope
from kejian.ingest.statements import Speaker, parts_of
from kejian.ingest.table_heads import Heads
from kejian.ingest.wording import TICK

BLANK = re.compile(r"^[\s\-–—/\\、.…]*$")


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads one table that stands in ``scope``."""

    source: str
    grid: Grid
    heads: Heads
    scope: Scope
    speaker: Speaker

    def claims(self) -> Iterator[Claim]:
        """Everything the table says, row by row."""
        scope = self._captioned()
        within = scope
        yield from self._second_heads(scope)
        for row in range(self.heads.first_row, len(self.grid.table.grid)):
            if banner := self.heads.banners.get(row):
                within = scope.under(self.speaker.lexicon.heading(banner.text))
                continue
            yield from self._row_head(row, within)
            yield from self._member(row, within)
            if self.heads.ticked:
                yield from self._ticks(row, within)
                continue
            for column in self._body_columns(row):
                yield from self._cell(row, column, within)

    def _captioned(self) -> Scope:
        caption = self.heads.caption
        return self.scope.under(self.speaker.lexicon.heading(caption.text)) if caption else self.scope

    def _second_heads(self, scope: Scope) -> Iterator[Claim]:
        """A second header row beside the one with the names: what it says of each."""
        for column in self._body_columns(self.heads.first_row):
            if self.heads.axis == "rows" and (cell := self.heads.second_head(column)):
                corner = self.speaker.lexicon.plain(self.heads.table.grid[cell.row][0].text)
                aspect = "" if self.speaker.lexicon.words.heads_aspects(corner) else corner
                yield from self._paragraphs(cell, scope, self.heads.column_head(column), aspect)

    def _body_columns(self, row: int) -> Iterator[int]:
        heads = self.heads
        head = heads.head_column(row)
        for column in range(len(self.grid.table.grid[0])):
            if column != head and column not in heads.outside:
                yield column

    def _row_head(self, row: int, scope: Scope) -> Iterator[Claim]:
        """Row heads under an aspect (特点 | …) are what the table says of the subject above it."""
        heads = self.heads
        if heads.row_head is None or heads.axis != "columns" or not heads.header:
            return
        over = heads.column_heading(heads.row_head)
        cell = self.grid.table.grid[row][heads.row_head]
        if over.aspect and cell.row == row:
            inner = replace(scope, inferred=scope.inferred or over.inferred)
            yield from self._paragraphs(cell, inner, inner.subject, over.name)

    def _member(self, row: int, scope: Scope) -> Iterator[Claim]:
        """A row of a group under 「等级 | 行为 | …」: what its group takes in."""
        group = self.heads.group_head(row)
        if group is None or self.heads.row_head is None or self.heads.axis != "columns":
            return
        cell = self.grid.table.grid[row][self.heads.row_head]
        aspect = self.heads.column_head(self.heads.row_head)
        words = self.speaker.lexicon.words
        if cell.row == row and not (words.heads_subjects(aspect) or words.is_attribute(aspect)):
            yield from self._paragraphs(cell, scope, self.speaker.lexicon.plain(group.text), aspect)

    def _ticks(self, row: int, scope: Scope) -> Iterator[Claim]:
        """A row whose cells are ticks: what stands at its head goes with every column that is ticked."""
        head = self.heads.row_cell(row)
        if head is None or self.heads.row_head is None:
            return
        for column in self._body_columns(row):
            if self.grid.table.grid[row][column].text:
                aspect = self.heads.column_head(self.heads.row_head)
                yield from self._paragraphs(head, scope, self.heads.column_head(column), aspect)

    def _cell(self, row: int, column: int, scope: Scope) -> Iterator[Claim]:
        cell = self.grid.table.grid[row][column]
        if not cell.lines or BLANK.match(cell.text):
            return
        head = self.heads.row_cell(row)
        if self.heads.axis != "columns" and head is None:
            return
        if self.heads.axis == "columns" and not self.heads.header:
            yield from self._plain(cell, scope)
            return
        yield from self._headed(cell, scope, head, column)

    def _headed(self, cell: Cell, scope: Scope, head: Cell | None, column: int) -> Iterator[Claim]:
        lexicon = self.speaker.lexicon
        across = lexicon.heading(head.text) if head else None
        over = self.heads.column_heading(column) if self.heads.header else None
        inferred = scope.inferred or any(heading.inferred for heading in (across, over) if heading)
        inner = replace(self._grouped(scope, cell.row), inferred=inferred)
        name = across.name if across else scope.subject
        if self.heads.topics and across:
            inner, name = replace(inner, path=(*inner.path, across.name)), scope.subject
        if self.heads.axis == "columns" and (divided := self.heads.divided(column)) and TICK.match(cell.text):
            yield from self._paragraphs(divided[1], inner, name, lexicon.plain(divided[0].text))
        elif self.heads.axis == "columns":
            yield from self._paragraphs(cell, inner, name, self.heads.column_head(column))
        elif self.heads.axis == "rows":
            subject = self.heads.column_head(column)
            if not subject or (scope.subject and lexicon.words.heads_values(subject)):  # 项目 | 内容 under a name
                subject = scope.subject
            of_row = self._is_of_rows(column)
            yield from self._paragraphs(cell, inner, *((name, subject) if of_row else (subject, name)))
        else:
            yield from self._paragraphs(cell, inner, scope.subject, name)

    def _is_of_rows(self, column: int) -> bool:
        """Whether one column tells of the aspects themselves: 权重 beside the options that are scored."""
        body = list(self._body_columns(self.heads.first_row))
        words = self.speaker.lexicon.words
        told = [c for c in body if words.is_attribute(self.heads.column_head(c))]
        return len(body) > 2 and told == [column]

    def _grouped(self, scope: Scope, row: int) -> Scope:
        grouped = self.heads.group is not None and self.heads.head_column(row) != self.heads.group
        group = self.heads.row_cell(row, self.heads.group) if grouped else None
        name = self.speaker.lexicon.plain(group.text) if group else ""
        return replace(scope, path=(*scope.path, name)) if name else scope

    def _paragraphs(self, cell: Cell, scope: Scope, subject: str, aspect: str) -> Iterator[Claim]:
        for range_ in self.grid.ranges.get((cell.row, cell.column), ()):  # an empty cell says nothing
            parts = parts_of(Excerpt.of(self.source, range_))
            claims = (claim(subject, scope, part, self.speaker.lexicon.terms, aspect) for part in parts)
            yield from (found for found in claims if found)

    def _plain(self, cell: Cell, scope: Scope) -> Iterator[Claim]:
        for range_ in self.grid.ranges.get((cell.row, cell.column), ()):
            yield from self.speaker.of_paragraph(Excerpt.of(self.source, range_), scope)
