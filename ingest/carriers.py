"""Boxes that are drawn empty, or as pictures, with their text in a text box laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kejian.ingest.drawing import Frame
from kejian.ingest.model import Shape

MARGIN = 0.1  # the part of its size by which a text may stand out of its box
LARGEST = 12  # times the area of its text: beyond, a box is a panel or a background
MOST = 600  # the work grows with the square


def carried(shapes: Sequence[Shape], texts: Mapping[int, Frame], taken: Iterable[int]) -> dict[int, int]:
    """By the index of an empty box: the one text that lies on it. ``taken`` are the shapes with text of their own."""
    full = set(taken)
    empty = [n for n, shape in enumerate(shapes) if shape.kind in ("box", "picture") and n not in full]
    if len(empty) > MOST or len(texts) > MOST:
        return {}
    lying = {box: [text for text, frame in texts.items() if _lies_on(frame, shapes[box])] for box in empty}
    return {box: on_it[0] for box, on_it in lying.items() if len(on_it) == 1}


def frame_of(shape: Shape) -> Frame:
    """The rectangle of a shape."""
    return Frame(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)


def _lies_on(text: Frame, shape: Shape) -> bool:
    box = frame_of(shape)
    across, down = round(text.width * MARGIN), round(text.height * MARGIN)
    aside = box.left - across <= text.left and text.right <= box.right + across
    if box.width * box.height > LARGEST * text.width * text.height:
        return False
    return aside and box.top - down <= text.top and text.bottom <= box.bottom + down
