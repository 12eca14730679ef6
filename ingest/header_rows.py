"""How many rows of a table are its head, and which of two names what stands under it."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.ingest.lexicon import Lexicon
from kejian.ingest.orientation import Knows, aspect_votes
from kejian.ingest.outline import Cell, Table
from kejian.ingest.wording import is_name

LONGEST_HEAD = 12  # characters of a head beside a corner of two rows


def header_height(table: Table, top: int) -> int:
    """Two where a head spans columns that the next row divides again, or where the corner stands beside two rows."""
    grid = table.grid
    if len(grid) - top < 3:
        return 1
    spanning = [cell for cell in grid[top] if 1 < cell.columns < len(grid[top]) and cell.rows == 1]
    divided = all(_is_divided(grid[top][c], grid[top + 1][c], grid[top][c] in spanning) for c in range(len(grid[0])))
    if (spanning and (divided or grid[top][0].rows == 2)) or _is_beside_two(grid, top):
        return 2
    tall = max(cell.rows for cell in grid[top])
    return 2 if tall < len(grid) - top and all(cell.rows > 1 for cell in grid[top]) else 1


def naming_row(table: Table, header: range, lexicon: Lexicon, knows: Knows) -> int | None:
    """Of two header rows with a head over each column, the one that holds names; None where nothing tells."""
    if len(header) != 2:
        return None
    over, under = (table.grid[row][1:] for row in header)
    if any(cell.columns > 1 or cell.rows > 1 or not cell.lines for cell in (*over, *under)):
        return None
    votes = [aspect_votes([lexicon.plain(cell.text) for cell in row], lexicon.words, knows) for row in (over, under)]
    return None if votes[0] == votes[1] else header[votes.index(min(votes))]


def _is_divided(over: Cell, under: Cell, spanning: bool) -> bool:
    """Whether the cell under a head goes with it: one of several under a wide head, none under any other."""
    return under is not over if spanning else under is over or not under.lines or not over.lines


def _is_beside_two(grid: Sequence[Sequence[Cell]], top: int) -> bool:
    """Whether two rows of short heads stand right of the corner: what is under a corner belongs to no group."""
    corner, over, below = grid[top][0], grid[top][1:], grid[top + 1][1:]
    short = all(_is_head(cell.text) for cell in (*over, *below))
    if len(over) < 2 or not short or any(cell.rows > 1 for cell in (*over, *below)):
        return False
    first = grid[top + 1][0]
    rest = [row[0] for row in grid[top + 2 :]]
    if corner.rows == 2:
        return all(cell.rows == 1 for cell in rest)
    return bool(corner.lines) and not first.lines and first.rows == 1 and all(c.lines and c.rows == 1 for c in rest)


def _is_head(text: str) -> bool:
    return is_name(text) and len(text) <= LONGEST_HEAD and not text[0].isdigit()
