"""A slide without geometry as a card: its blocks one below the other, each as what it is, tables as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from kejian.ingest.model import Block, Slide
from kejian.ui.html import Html, element
from kejian.ui.slide_frame import Mark
from kejian.ui.slide_marks import marked
from kejian.ui.table_cells import TableCell, cells_of

MOST_PLACES = 2_000  # a larger table is shown line by line


def paper(slide: Slide, marks: Sequence[Mark]) -> Html:
    """The card; what is cited has ``data-cites``."""
    return element("div", list(_parts(slide, marks)), cls="kj-paper")


def _parts(slide: Slide, marks: Sequence[Mark]) -> Iterator[Html]:
    starts = {block.start: block for block in slide.blocks}
    tables = {table[0].start: table for table in _tables(slide.blocks)}
    position = done = 0
    for text in slide.source.split("\n"):
        end = position + len(text)
        if text.strip() and position >= done:
            block = _first_block(starts, position, end)
            table = tables.get(block.start, []) if block else []
            cells = cells_of(slide.source, position, table[-1].end, table) if table else ()
            if cells and len(cells) <= MOST_PLACES:
                yield _table(slide.source, cells, marks)
                done = table[-1].end
            else:
                yield _line(slide.source, (position, end), marks, block)
        position = end + 1


def _tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The cells of each table whose places are known; the next one begins where the places begin again."""
    table: list[Block] = []
    for block in blocks:
        placed = block.kind == "cell" and len(block.cell) == 4
        if table and not (placed and block.cell[:2] >= table[-1].cell[:2]):
            yield table
            table = []
        if placed:
            table.append(block)
    if table:
        yield table


def _table(source: str, cells: Sequence[TableCell], marks: Sequence[Mark]) -> Html:
    rows = (list(row) for _, row in groupby(cells, key=lambda cell: cell.row))
    lines = [element("tr", [_cell(source, cell, marks) for cell in row]) for row in rows]
    return element("table", element("tbody", lines), cls="p-table")


def _cell(source: str, cell: TableCell, marks: Sequence[Mark]) -> Html:
    return element(
        "th" if cell.row == 0 else "td",
        marked(source, marks, cell.start, cell.end) if cell.end > cell.start else None,
        colspan=cell.columns if cell.columns > 1 else None,
        rowspan=cell.rows if cell.rows > 1 else None,
    )


def _first_block(starts: Mapping[int, Block], start: int, end: int) -> Block | None:
    return next((starts[at] for at in range(start, end) if at in starts), None)


def _line(source: str, span: tuple[int, int], marks: Sequence[Mark], block: Block | None) -> Html:
    kind = block.kind if block else "paragraph"
    level = min(block.level, 6) if block else 0
    return element("div", marked(source, marks, *span), cls=f"p-{kind} p-level{level}")
