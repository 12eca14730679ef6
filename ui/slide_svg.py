"""A slide redrawn from the geometry of its shapes, with the cited passages marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.ingest.model import Slide
from kejian.ui.html import Html, element
from kejian.ui.slide_frame import CANVAS, Frame, Mark, apart, frames_of
from kejian.ui.slide_line import line
from kejian.ui.slide_table import Table, lay_out
from kejian.ui.slide_text import text_rows
from kejian.ui.texts import CHINESE, Say


def slide_svg(slide: Slide, marks: Sequence[Mark] = (), say: Say = CHINESE) -> Html:
    """The slide as SVG; marks are elements with ``data-cites``, lit by the page.

    The slide must have a geometry (``slide.width > 0``).
    """
    frames = frames_of(slide)
    tables = _tables(slide, frames)
    boxes = [frame for frame in frames if frame.kind not in ("connector", "table")]
    cells = [cell for table in tables for cell in table.cells]
    roles = {block.start: block.kind for block in slide.blocks}
    texts = apart(boxes, slide.source)
    rows = [*text_rows(texts, slide.source, roles), *(row for table in tables for row in table.rows)]
    height = CANVAS * slide.height / slide.width
    return element(
        "svg",
        element("rect", cls="s-page", width=CANVAS, height=height),
        [_connector(slide, index, frames) for index, frame in enumerate(frames) if frame.kind == "connector"],
        [_outline(frame) for frame in (*boxes, *cells) if frame.kind != "text"],
        [_hit(frame, mark) for mark in marks for frame in (*texts, *cells) if frame.holds(mark)],
        [row.draw(slide.source, marks) for row in rows],
        cls="kj-svg",
        viewBox=f"0 0 {CANVAS:g} {height:.6g}",
        role="img",
        aria_label=say("第{n}页 {title}", n=slide.number, title=slide.title),
    )


def _tables(slide: Slide, frames: Sequence[Frame]) -> list[Table]:
    return [
        lay_out(frame, slide.source, [block for block in slide.blocks if block.shape == index])
        for index, frame in enumerate(frames)
        if frame.kind == "table" and slide.source[frame.start : frame.end].strip()
    ]


def _outline(frame: Frame) -> Html:
    if frame.kind == "cell":
        return _rectangle(frame, "s-grid s-head" if frame.role == "heading" else "s-grid", 0.0, 0)
    return _rectangle(frame, f"s-{frame.kind}", 0.0, 3)


def _hit(frame: Frame, mark: Mark) -> Html:
    return _rectangle(frame, "s-hit", 0.0 if frame.kind == "cell" else 3.0, 4, mark.n)


def _rectangle(frame: Frame, cls: str, margin: float, radius: int, cites: int | None = None) -> Html:
    return element(
        "rect",
        cls=cls,
        data_cites=cites,
        x=frame.x - margin,
        y=frame.y - margin,
        width=frame.width + 2 * margin,
        height=frame.height + 2 * margin,
        rx=radius,
    )


def _connector(slide: Slide, index: int, frames: Sequence[Frame]) -> list[Html]:
    shape = slide.shapes[index]
    begin, end = (
        frames[joined] if joined is not None and 0 <= joined < len(frames) else None
        for joined in (shape.begin_shape, shape.end_shape)
    )
    return line(shape, frames[index], (begin, end), CANVAS / slide.width)
