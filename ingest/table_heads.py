"""Which rows and columns of a table are heads, and which axis holds the aspects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Role
from kejian.ingest.header_rows import header_height, naming_row
from kejian.ingest.lexicon import Heading, Lexicon
from kejian.ingest.orientation import Knows, Sides, rows_are_aspects, share
from kejian.ingest.outline import Cell, Table
from kejian.ingest.wording import ATTRIBUTE, TICK, is_name

Axis = Literal["columns", "rows", "keys"]
PEOPLE = re.compile(r"\s*[、，,/;；和及与]\s*|\s+")
LONGEST_HEAD = 8
VALUE = re.compile(r"^[约近超≤≥<>+\-±]*\s*\d[\d.,，\s～~\-–—至]*\s*\D{0,3}$")  # 82%, 3~5天
INDEX = re.compile(r"^\d{1,3}[.、]?$")
# Aspects whose column is itself content: a table 优点 | 缺点 has no column of row heads.
CONTENT: frozenset[Role] = frozenset({"advantage", "drawback", "risk", "rationale", "duty"})


@dataclass(frozen=True)
class Heads:
    """The layout of one table. Rows from ``first_row`` on are its body."""

    table: Table
    lexicon: Lexicon
    caption: Cell | None
    header: range  # the header rows
    row_head: int | None  # the column that holds the row heads
    outside: frozenset[int]  # columns of running numbers and of groups
    group: int | None  # the column that groups the rows
    axis: Axis
    naming: int | None = None  # of two header rows the one that names the columns; None: both together do
    topics: bool = False  # the rows tell in what respects the columns (得 | 失) weigh what stands above the table

    @property
    def first_row(self) -> int:
        return self.header.stop

    def column_head(self, column: int) -> str:
        """The head over ``column``; heads of two rows joined by a space."""
        cells = dict.fromkeys(self.table.grid[row][column] for row in self._naming_rows)
        name = " ".join(self.lexicon.plain(cell.text) for cell in cells if cell.lines)
        return self.lexicon.words.short_labels.get(name, name) if self.weighing else name

    def column_heading(self, column: int) -> Heading:
        """The innermost head over ``column`` as read."""
        cells = [self.table.grid[row][column] for row in self._naming_rows]
        return self.lexicon.heading(next((cell.text for cell in reversed(cells) if cell.lines), ""))

    @property
    def _naming_rows(self) -> Sequence[int]:
        return self.header if self.naming is None else (self.naming,)

    def second_head(self, column: int) -> Cell | None:
        """What else the header says over ``column``, beside its name."""
        others = [self.table.grid[row][column] for row in self.header if self.naming not in (None, row)]
        return next((cell for cell in others if cell.lines and cell.columns == cell.rows == 1), None)

    @cached_property
    def weighing(self) -> bool:
        """Whether the heads but the first set good against bad: 得 | 失, 好的一面 | 不好的一面."""
        return weighs([self.column_heading(c).name for c in self._told_columns], self.lexicon)

    @property
    def _told_columns(self) -> list[int]:
        columns = range(len(self.table.grid[0])) if self.header else ()
        return [c for c in columns if c != self.row_head and c not in self.outside]

    def row_cell(self, row: int, column: int | None = None) -> Cell | None:
        """The head of ``row``: blank ones go on from the row above, as merged ones do."""
        column = self.head_column(row) if column is None else column
        if column is None or row < self.first_row:
            return None
        cells = (self.table.grid[r][column] for r in range(row, self.first_row - 1, -1))
        return next((cell for cell in cells if cell.lines), None)

    def head_column(self, row: int) -> int | None:
        """The column with the head of ``row``: that of the groups where the row is one alone, told by an attribute.

        A table 假别 | 条件 | 天数 groups the kinds that have several conditions and names the others.
        """
        if self.group is None or self.row_head is None or not self.header:
            return self.row_head
        grid = self.table.grid
        goes_on = row + 1 < len(grid) and not grid[row + 1][self.group].lines
        alone = grid[row][self.group].rows == 1 and bool(grid[row][self.group].lines) and not goes_on
        told = self.lexicon.words.is_attribute(self.column_heading(self.row_head).name)
        return self.group if alone and told else self.row_head

    def group_head(self, row: int) -> Cell | None:
        """The head of the group that ``row`` is in, where the table groups rows under a head of their own."""
        if self.group is None or self.row_head is None or not self.header or self.head_column(row) == self.group:
            return None
        top = self.table.grid[self.header.start]
        return None if top[self.group] is top[self.row_head] else self.row_cell(row, self.group)

    def divided(self, column: int) -> tuple[Cell, Cell] | None:
        """A wide head and the one below it over ``column``, such as 审批 over 部门经理: a tick says that it goes on."""
        if len(self.header) != 2:
            return None
        over, under = (self.table.grid[row][column] for row in self.header)
        return (over, under) if over.columns > 1 and over.lines and under.lines and under is not over else None

    @cached_property
    def ticked(self) -> bool:
        """Whether the body only marks which row goes with which column."""
        if self.row_head is None or self.group is not None or not self.header or len(self.table.grid[0]) < 3:
            return False
        columns = range(self.row_head + 1, len(self.table.grid[0]))
        texts = [self.table.grid[row][c].text for row in range(self.first_row, len(self.table.grid)) for c in columns]
        said = [text for text in texts if text]
        return len(said) > 2 and all(TICK.match(text) for text in said)

    @cached_property
    def banners(self) -> dict[int, Cell]:
        """Body rows that are one cell from side to side: they head the rows below them."""
        rows = range(self.first_row, len(self.table.grid))
        return {row: self.table.grid[row][0] for row in rows if _is_banner(self.table.grid[row])}


def read_heads(table: Table, lexicon: Lexicon, knows: Knows, weighed: bool = False) -> Heads:
    """Find the heads of ``table``; ``knows`` tells names that stand elsewhere on the page.

    ``weighed``: the heading over the table says that it tells the good and the bad of one thing.
    """
    grid = table.grid
    if table.crossed:
        return Heads(table, lexicon, None, range(1), 0, frozenset(), None, "columns")
    caption = grid[0][0] if len(grid) > 1 and _is_banner(grid[0]) else None
    top = caption.rows if caption else 0
    if len(grid) - top < 2 or len(grid[0]) < 2:
        return _short(table, lexicon, caption, top)
    if len(grid[0]) == 2 and _is_key_value(table, lexicon, top):
        generic = _is_generic(grid[top], lexicon)
        return Heads(table, lexicon, caption, range(top, top + generic), 0, frozenset(), None, "keys")
    header = range(top, top + header_height(table, top))
    return _heads(Heads(table, lexicon, caption, header, None, frozenset(), None, "columns", topics=weighed), knows)


def _short(table: Table, lexicon: Lexicon, caption: Cell | None, top: int) -> Heads:
    """One row or one column: keys and values where there are two cells, else cells that stand for themselves."""
    pair = len(table.grid[0]) == 2
    axis: Axis = "keys" if pair else "columns"
    return Heads(table, lexicon, caption, range(top, top), 0 if pair else None, frozenset(), None, axis)


def _heads(blank: Heads, knows: Knows) -> Heads:
    """``blank`` with its columns told apart and its axis found."""
    naming = naming_row(blank.table, blank.header, blank.lexicon, knows)
    named = _oriented(replace(blank, naming=naming), knows)
    return named if naming is None or named.axis == "rows" else _oriented(blank, knows)


def _oriented(blank: Heads, knows: Knows) -> Heads:
    table, lexicon, header = blank.table, blank.lexicon, blank.header
    body = table.grid[header.stop :]
    width = len(table.grid[0])
    outside = {c for c in range(width - 1) if _is_index(blank, c)}
    columns = [c for c in range(width) if c not in outside]
    first = columns[0]
    heads = replace(blank, row_head=first, outside=frozenset(outside))
    over = tuple(heads.column_heading(c) for c in columns[1:])
    rows = tuple(lexicon.heading(row[first].text) for row in body if row[first].lines)
    corner = heads.column_heading(first)
    if len(columns) > 2 and heads.weighing and not lexicon.weight(corner.name):
        respects = blank.topics or lexicon.words.heads_respects(corner.name)
        return replace(heads, topics=respects and not any(_is_thing(head, lexicon, knows) for head in rows))
    heads = replace(heads, topics=False)
    if share(rows) > share(over):
        return replace(heads, axis="rows")
    grid, top = table.grid, header.start
    alone = len(over) == 1 and _sets_out(grid, top, corner, over[0])
    if corner.is_aspect and corner.role in CONTENT and (alone or all(head.aspect for head in over)):
        return replace(heads, row_head=None)
    people = _holds_people(body, columns[1], lexicon) if len(columns) > 2 else False
    grouping = len(columns) > 2 and _is_grouping(body, first) and _holds_heads(body, columns[1], over[0], lexicon)
    if grouping and not over[0].aspect and not people:
        grouped = replace(heads, row_head=columns[1], outside=frozenset(outside | {first}), group=first)
        inner = tuple(lexicon.heading(row[columns[1]].text) for row in body if row[columns[1]].lines)
        sounds = share(inner) == share(over[1:]) and _are_options(over[1:], lexicon)
        return replace(grouped, axis="rows") if sounds else grouped
    if len(columns) > 2 and lexicon.words.heads_codes(corner.name) and lexicon.words.heads_subjects(over[0].name):
        return replace(heads, row_head=columns[1])
    if _are_options(over, lexicon) and not share(over):
        return replace(heads, axis="rows")
    sounds = share(rows) == share(over) and rows_are_aspects(Sides(corner.name, rows, over), lexicon.words, knows)
    return replace(heads, axis="rows") if sounds else heads


def weighs(names: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether each of ``names`` is good or bad, and they are not all the same."""
    weights = [lexicon.weight(name) for name in names]
    return all(weights) and len(set(weights)) > 1


def _is_thing(head: Heading, lexicon: Lexicon, knows: Knows) -> bool:
    """Whether a row is headed by something with a name, rather than by a respect in which others are weighed."""
    return knows(head.name) or lexicon.words.is_unit(head.name) or lexicon.terms.subject(head.name) is not None


def _are_options(columns: Sequence[Heading], lexicon: Lexicon) -> bool:
    """Whether columns are what the deck sets side by side by number; one may tell of the rows, such as 权重."""
    options = [head for head in columns if searchable(head.name) in lexicon.names]
    others = [head for head in columns if head not in options]
    return len(options) > 1 and all(lexicon.words.is_attribute(head.name) for head in others)


def _is_banner(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and all(cell is row[0] for cell in row) and bool(row[0].lines)


def _is_index(heads: Heads, column: int) -> bool:
    head = heads.table.grid[heads.header.start][column].text
    cells = [row[column].text for row in heads.table.grid[heads.header.stop :]]
    numbered = any(cells) and not head and all(INDEX.match(text) for text in cells)
    return heads.lexicon.words.heads_numbers(head) or numbered


def _is_grouping(body: Sequence[Sequence[Cell]], column: int) -> bool:
    """Whether cells of ``column`` stand for several rows: merged, or blank below."""
    return any(row[column].rows > 1 or not row[column].lines for row in body)


def _holds_heads(body: Sequence[Sequence[Cell]], column: int, head: Heading, lexicon: Lexicon) -> bool:
    """Whether a column right of the first can hold heads of rows: names, or kinds told by an attribute (条件)."""
    said = [row[column].text for row in body if row[column].lines]
    named = sum(is_name(text) and not VALUE.match(text) for text in said)
    return 2 * named > len(said) or lexicon.words.is_attribute(head.name)


def _holds_people(body: Sequence[Sequence[Cell]], column: int, lexicon: Lexicon) -> bool:
    """Whether most cells of ``column`` name a person: 部门 | 负责人 | 职责 has its departments in the first."""
    said = [row[column].text for row in body if row[column].lines]
    named = sum(all(map(lexicon.words.is_person, PEOPLE.split(text))) for text in said)
    return bool(said) and 2 * named > len(said)


def _sets_out(grid: Sequence[Sequence[Cell]], top: int, first: Heading, second: Heading) -> bool:
    """Whether two short heads stand over one row of content, as 好处 | 麻烦 do, and are no row of their own."""
    heads, body = grid[top], grid[top + 1 :]
    short = all(is_name(head.name) and len(head.name) <= LONGEST_HEAD for head in (first, second))
    return first.role in CONTENT and short and len(body) == 1 and min(map(_size, body[0])) > max(map(_size, heads))


def _size(cell: Cell) -> int:
    return len(cell.text)


def _is_key_value(table: Table, lexicon: Lexicon, top: int) -> bool:
    """Whether the two columns are keys and values rather than names and what is said of them."""
    grid = table.grid
    first, second = (lexicon.heading(cell.text) for cell in grid[top])
    if second.aspect or (not table.headless and _sets_out(grid, top, first, second)):
        return False
    if table.headless or first.is_aspect:
        return True
    if _is_generic(grid[top], lexicon):
        keys = any(lexicon.heading(row[0].text).aspect for row in grid[top + 1 :])
        return not keys or not second.name or lexicon.words.heads_values(second.name)
    return _is_attribute(grid[top][0], lexicon) and any(_is_attribute(row[0], lexicon) for row in grid[top + 1 :])


def _is_attribute(cell: Cell, lexicon: Lexicon) -> bool:
    return bool(ATTRIBUTE.match(lexicon.plain(cell.text)))


def _is_generic(row: Sequence[Cell], lexicon: Lexicon) -> bool:
    """Whether a header of two columns says no more than 项目 | 内容."""
    first, second = (lexicon.plain(cell.text) for cell in row)
    return (not first or lexicon.words.heads_keys(first)) and (not second or lexicon.words.heads_values(second))
