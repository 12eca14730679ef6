"""What stands in the running text of a page as one thing: ruled tables, tables without lines, drawn charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kejian.ingest.drawing import around
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Item, Link, Table
from kejian.ingest.pdf_columns import aligned_tables
from kejian.ingest.pdf_drawing import boxed, connectors, frame_of
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_items import EMU, shape_of
from kejian.ingest.pdf_lines import Line
from kejian.ingest.pdf_paths import Stroke
from kejian.ingest.pdf_slide import SlideReader
from kejian.ingest.tree import charts

LEAST_BOXES = 3  # two boxes with a line between them may be anything


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that is read as a whole; its parts and links count in its own ``shapes``."""

    box: Box
    parts: tuple[Item | Table, ...]
    shapes: tuple[Shape, ...]
    links: tuple[Link, ...] = ()

    def moved(self, by: int) -> Figure:
        """The same with ``by`` shapes before its own."""
        parts = tuple(
            part if part.shape is None else replace(part, shape=part.shape + by)
            for part in (_freed(part, by) for part in self.parts)
        )
        return replace(self, parts=parts, links=tuple(Link(link.parent + by, link.child + by) for link in self.links))


def _freed(part: Item | Table, by: int) -> Item | Table:
    """``part`` in running text, where order alone tells under which heading it stands."""
    if isinstance(part, Table):
        return replace(part, within=None)
    return replace(part, within=None, place=None if part.place is None else part.place + by)


def of_table(table: Table, box: Box) -> Figure:
    """A table as a figure."""
    shape = shape_of("table", (box.left, box.top, box.right, box.bottom))
    return Figure(box, (replace(table, shape=0),), (shape,))


def figures_in(
    lines: Sequence[Line], strokes: Sequence[Stroke], tables: Sequence[Figure], lexicon: Lexicon
) -> tuple[list[Figure], list[Line]]:
    """(all figures of a page, ``tables`` first; the lines with one in place of those of each further figure)."""
    figures = list(tables)
    rest = list(lines)
    for figure, used in [*_charts(lines, strokes, tables, lexicon), *_aligned(lines)]:
        taken = {id(line) for line in used}
        rest = [line for line in rest if id(line) not in taken]
        rest.append(standing_for(len(figures), figure.box))
        figures.append(figure)
    return figures, rest


def standing_for(number: int, box: Box) -> Line:
    """A line without text in place of the figure of this number."""
    height = box.bottom - box.top
    return Line("", box.left, box.right, box.bottom - 0.12 * height, height, False, mark_left=box.left, table=number)


def _aligned(lines: Sequence[Line]) -> list[tuple[Figure, tuple[Line, ...]]]:
    return [(of_table(found.table, found.box), found.lines) for found in aligned_tables(lines)]


def _charts(
    lines: Sequence[Line], strokes: Sequence[Stroke], tables: Sequence[Figure], lexicon: Lexicon
) -> list[tuple[Figure, tuple[Line, ...]]]:
    inside = boxed(lines)
    boxes = list(inside)
    frames = {number: frame_of(box) for number, box in enumerate(boxes)}
    found, _ = connectors(strokes, frames, [table.box for table in tables])
    figures = []
    for chart in (chart for chart in charts(found, frames) if len(chart.boxes) >= LEAST_BOXES):
        drawn = [line for box in chart.boxes for line in inside[boxes[box]]]
        reader = SlideReader(lexicon, 0.0)
        reading = reader.read(drawn, [], strokes)
        frame = around(frames[box] for box in chart.boxes)
        edges = (edge / EMU for edge in (frame.left, frame.top, frame.right, frame.bottom))
        figures.append((Figure(Box(*edges), reading.items, tuple(reader.shapes), reading.links), tuple(drawn)))
    return figures
