"""Pictures on the slides of a presentation → what was recognised in them, at their places among the shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kejian.ingest.carriers import frame_of
from kejian.ingest.drawing import Drawn, Frame
from kejian.ingest.elements import P
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.model import Shape
from kejian.ingest.outline import Link
from kejian.ingest.picture_items import moved, shown
from kejian.ingest.pictures import LINKED, Edges, Pictures, Seen, Tally, View
from kejian.ingest.pptx_geometry import number
from kejian.ingest.pptx_text import A

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WHOLE = 100_000  # a:srcRect counts in thousandths of a percent
SLIGHT = 182_880  # EMU: a fifth of an inch, lower than a line of legible type; such pictures are icons and rules
MOST_OFTEN = 2  # slides: a picture on more of them belongs to the template, and is read on the first alone
FILLS_SLIDE = 0.4  # of the slide: a picture alone on it and as large is the slide
Blob = Callable[[str | None], bytes | None]  # the bytes behind a relationship; None where there are none in the file


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture on a slide: ``shape`` counts in the slide's shapes."""

    key: str
    seen: Seen
    shape: int
    groups: tuple[int, ...]


class PictureReader:
    """Looks up the pictures of one slide."""

    def __init__(self, blob: Blob, pictures: Pictures) -> None:
        self.blob = blob
        self.pictures = pictures

    def look(self, element: Any, at: Frame) -> tuple[str, Seen]:
        """(key, what is known) of the picture in a p:pic or filled into a shape."""
        fill = next((fill for fill in (element.find(path) for path in FILLS) if fill is not None), None)
        blip = fill.find(f"{A}blip") if fill is not None else None
        if fill is None or blip is None or min(at.width, at.height) < SLIGHT:
            return "", Seen()
        content = self.blob(blip.get(f"{R}embed"))
        if content is None:
            return "", Seen(fault=LINKED) if blip.get(f"{R}link") else Seen(fault="已丢失")
        turn = (number(_turned(element)) // 2_700_000 + 1) // 2 % 4 * 90
        return self.pictures.look(content, View(crop_of(fill.find(f"{A}srcRect")), turn))


FILLS = (f"{P}blipFill", f"{P}spPr/{A}blipFill", f"{P}bgPr/{A}blipFill")


def _turned(element: Any) -> str | None:
    xfrm = element.find(f"{P}spPr/{A}xfrm")
    turned: str | None = xfrm.get("rot") if xfrm is not None else None
    return turned


def crop_of(source: Any) -> Edges:
    """The visible part by an a:srcRect; a frame that is larger than its picture shows all of it."""
    left, top, right, bottom = (number(source.get(side)) / WHOLE if source is not None else 0.0 for side in "ltrb")
    edges = (max(left, 0.0), max(top, 0.0), min(1.0 - right, 1.0), min(1.0 - bottom, 1.0))
    return edges if edges[0] < edges[2] and edges[1] < edges[3] else (0.0, 0.0, 1.0, 1.0)


class Repeated:
    """Pictures of the template: on slide after slide the same."""

    def __init__(self, slides: Sequence[Sequence[PlacedPicture]]) -> None:
        counts = Counter(key for placed in slides for key in {picture.key for picture in placed})
        self.often = {key for key, count in counts.items() if count > MOST_OFTEN}
        self._told: set[str] = set()

    def first(self, placed: Sequence[PlacedPicture]) -> Iterator[PlacedPicture]:
        """The pictures of a slide without those of the template that an earlier slide had."""
        for picture in placed:
            if picture.key not in self._told:
                yield picture
        self._told |= self.often & {picture.key for picture in placed}


@dataclass
class Told:
    """What the pictures of a slide say: shapes to read and to draw, and how much was recognised."""

    shapes: list[Shape]
    lexicon: Lexicon
    drawn: list[Drawn] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def add(self, picture: PlacedPicture, structured: bool) -> None:
        """Add one picture; ``structured``: it is the slide."""
        at = frame_of(self.shapes[picture.shape])
        said = moved(shown(picture.seen, at, self.lexicon, structured), len(self.shapes))
        self.shapes += said.shapes
        self.links += said.links
        self.tally = self.tally.with_(picture.seen)
        if said.parts:
            self.drawn.append(Drawn(picture.shape, at, (), None, picture.groups, "picture", said.parts))

    def fills(self, picture: PlacedPicture, size: tuple[int, int]) -> bool:
        """Whether a picture takes up the slide, as far as any does."""
        at = frame_of(self.shapes[picture.shape])
        return at.width * at.height >= FILLS_SLIDE * size[0] * size[1]
