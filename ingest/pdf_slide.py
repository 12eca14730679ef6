"""A page of a PDF that was printed from slides: its texts as shapes, read as those of a presentation are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kejian.ingest.drawing import Connector, Drawn, Frame
from kejian.ingest.free_lines import Line as FreeLine
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Table
from kejian.ingest.page_reading import Reading, read_page
from kejian.ingest.pdf_drawing import boxed, connectors, frame_of, shape_paragraphs
from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_items import EMU
from kejian.ingest.pdf_layout import clusters, paragraphs
from kejian.ingest.pdf_lines import Line
from kejian.ingest.pdf_paths import Stroke


@dataclass(frozen=True, slots=True)
class Placed:
    """A table of a page and where it stands."""

    table: Table
    box: Box


@dataclass
class SlideReader:
    """One page on its way to shapes; ``shapes`` are all that it shows, in EMU."""

    lexicon: Lexicon
    height: float
    shapes: list[Shape] = field(default_factory=list)
    drawn: list[Drawn] = field(default_factory=list)

    def read(self, lines: Sequence[Line], tables: Sequence[Placed], strokes: Sequence[Stroke]) -> Reading:
        """Put the page into words."""
        boxes = {self._add(box, inside, "box"): frame_of(box) for box, inside in boxed(lines).items()}
        for cluster in clusters([line for line in lines if line.box is None and line.table is None]):
            self._add(_around(cluster), cluster, "text")
        for placed in tables:
            self._table(placed)
        joined = self.join(boxes, tables, strokes)
        return read_page(self.drawn, joined, round(self.height * EMU), self.lexicon)

    def join(self, boxes: dict[int, Frame], tables: Sequence[Placed], strokes: Sequence[Stroke]) -> list[Connector]:
        """The connectors between ``boxes``; the lines become shapes."""
        found, lines = connectors(strokes, boxes, [placed.box for placed in tables])
        if found:
            self.shapes += _lines(lines)
        return found

    def _add(self, box: Box, lines: Sequence[Line], kind: str) -> int:
        index = len(self.shapes)
        frame = frame_of(box)
        self.shapes.append(Shape("box" if kind == "box" else "text", frame.left, frame.top, frame.width, frame.height))
        self.drawn.append(Drawn(index, frame, shape_paragraphs(paragraphs(list(lines))), plain=kind == "text"))
        return index

    def _table(self, placed: Placed) -> None:
        index, frame = len(self.shapes), frame_of(placed.box)
        self.shapes.append(Shape("table", frame.left, frame.top, frame.width, frame.height))
        self.drawn.append(Drawn(index, frame, (), replace(placed.table, shape=index)))


def _around(lines: Sequence[Line]) -> Box:
    left, right = min(line.mark_left for line in lines), max(line.right for line in lines)
    return Box(left, min(line.top for line in lines), right, max(line.bottom for line in lines))


def _lines(lines: Sequence[FreeLine]) -> Iterator[Shape]:
    for line in lines:
        (x1, y1), (x2, y2) = line.begin, line.end
        begin, end = line.ends
        rising = (x2 - x1) * (y2 - y1) < 0
        size = abs(x2 - x1), abs(y2 - y1)
        yield Shape("connector", min(x1, x2), min(y1, y2), *size, begin_shape=begin, end_shape=end, rising=rising)
