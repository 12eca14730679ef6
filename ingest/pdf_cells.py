"""Glyphs of a page → the cells of its ruled tables, and the boxes that may hold texts of their own."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.ingest.outline import Cell, Grid, Table
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_layout import paragraphs
from kejian.ingest.pdf_lines import HANGING_STOPS, lines_of
from kejian.ingest.pdf_page import Glyph, PdfPage
from kejian.ingest.pdf_tables import Ruled, ruled_tables
from kejian.ingest.wording import BULLET

PANEL = 0.3  # of the page
MOST_BOXES = 2_000  # beyond, it is a picture


class RuledTable:
    """A ruled table with what is written in it."""

    def __init__(self, ruled: Ruled, glyphs: Sequence[Glyph]) -> None:
        self.ruled = ruled
        grid: list[list[Cell]] = [[Cell((), r, c) for c in range(ruled.columns)] for r in range(ruled.rows)]
        for field in ruled.fields:
            inside = [glyph for glyph in glyphs if _is_in(glyph, field.box)]
            cell = Cell(_cell_lines(inside, field.box), field.row, field.column, field.rows, field.columns)
            for row in range(field.row, field.row + field.rows):
                for column in range(field.column, field.column + field.columns):
                    grid[row][column] = cell
        filled: Grid = tuple(map(tuple, grid))
        self.table = Table(filled)
        self.written = sum(bool(cell.lines) for cell in self.table.cells())


def tables_of(read: PdfPage) -> tuple[list[RuledTable], list[Glyph]]:
    """(the tables of a page, the glyphs outside them); a grid with hardly any text is none."""
    tables: list[RuledTable] = []
    rest = read.glyphs
    for ruled in ruled_tables(read.paths.rules):
        inside = [glyph for glyph in rest if _is_in(glyph, ruled.box)]
        drawn = RuledTable(ruled, inside)
        if drawn.written >= 3:
            tables.append(drawn)
            taken = {id(glyph) for glyph in inside}
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return tables, rest


def _is_in(glyph: Glyph, box: Box) -> bool:
    """Whether a glyph stands in a box; a stop at the end of a full line may hang over its side."""
    x = glyph.left if glyph.text in HANGING_STOPS else (glyph.left + glyph.right) / 2
    return box.holds(x, glyph.base - 0.35 * glyph.size)


def boxes_of(read: PdfPage) -> list[Box]:
    """Boxes that may hold a text of their own: not the page, not a panel over most of it."""
    found = list(dict.fromkeys([*read.paths.boxes, *read.paths.panels]))
    if len(found) > MOST_BOXES:
        return []
    return [box for box in found if box.area < PANEL * read.width * read.height]


def _cell_lines(glyphs: Sequence[Glyph], box: Box) -> tuple[str, ...]:
    found = (paragraph.text for paragraph in paragraphs(lines_of(glyphs, boxes=[box])))
    texts = (text[mark.end() :] if (mark := BULLET.match(text)) else text for text in found)
    return tuple(text for text in texts if text)
