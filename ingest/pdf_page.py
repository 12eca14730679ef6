"""What PDFium finds on a page: glyphs, ruling lines and boxes, in points from the top left of the page as shown.

PDFium is not thread-safe: whoever calls it holds ``PDFIUM``.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

PDFIUM = threading.Lock()
MOST_GLYPHS = 100_000
MOST_PATHS = 20_000
HYPHENS = ("\x02", "\ufffe")  # how PDFium gives a hyphen at the end of a line
THIN = 3.0  # points: a filled rectangle that is thinner is a ruling line
DOT = (2.0, 10.0)
BOLD = 600
BOLD_NAMES = (b"bold", b"black", b"heavy", b"semibold", b"demibold", "黑体".encode(), b"simhei")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character at its place: ``base`` is the base line, ``size`` the type size as shown, in points."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    spaced: bool = False  # white space stands before it

    @property
    def top(self) -> float:
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.12 * self.size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(slots=True)
class PdfPage:
    """A page as drawn. ``bad`` counts glyphs without a usable character; ``empty`` is a page with nothing on it."""

    label: str
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)  # small round or square marks: bullets that are drawn
    bad: int = 0
    turned: int = 0
    empty: bool = False
    crowded: bool = False  # too many paths to look for tables

    @property
    def readable(self) -> bool:
        """Whether there is text, and most of it has characters."""
        return bool(self.glyphs) and self.bad * 4 < len(self.glyphs)


def read_page(page: Any, label: str) -> PdfPage:
    """Read one page; the caller holds ``PDFIUM`` and closes the page."""
    frame = _Frame(page)
    found = PdfPage(label, frame.width, frame.height)
    text = page.get_textpage()
    try:
        _Text(text.raw, frame, found).read()
    finally:
        text.close()
    _read_paths(page, frame, found)
    return found


class _Frame:
    """From the coordinates of a page to points from the top left of the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A direction as shown, y downwards."""
        turned = {0: (x, -y), 90: (y, x), 180: (-x, y), 270: (-y, -x)}
        return turned.get(self.rotation, (x, -y))

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


@dataclass(frozen=True, slots=True)
class _Style:
    scale: float
    bold: bool
    upright: bool


class _Text:
    def __init__(self, raw: Any, frame: _Frame, found: PdfPage) -> None:
        self.raw, self.frame, self.found = raw, frame, found
        self.styles: dict[Any, _Style] = {}

    def read(self) -> None:
        spaced, high = False, 0
        for index in range(min(max(pdfium.FPDFText_CountChars(self.raw), 0), MOST_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(self.raw, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            char = chr(code) if code <= 0x10FFFF else "\ufffd"
            if pdfium.FPDFText_IsGenerated(self.raw, index) == 1 or char.isspace():
                spaced = True
                continue
            spaced = not self._add(index, char, spaced) and spaced

    def _add(self, index: int, char: str, spaced: bool) -> bool:
        style = self._style(index)
        if not style.upright:
            self.found.turned += 1
            return False
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.raw, index, x, y)
        loose = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, loose)
        box = self.frame.box(loose.left, loose.bottom, loose.right, loose.top)
        _, base = self.frame.point(x.value, y.value)
        size = pdfium.FPDFText_GetFontSize(self.raw, index) * style.scale or box.bottom - box.top
        numbers = (box.left, box.right, base, size)
        if not all(math.isfinite(number) and abs(number) < 1e6 for number in numbers):
            return False
        if not (0 <= (box.left + box.right) / 2 <= self.frame.width and 0 <= base <= self.frame.height + size):
            return False  # beyond the edge of the page, where nobody sees it
        if pdfium.FPDFText_HasUnicodeMapError(self.raw, index) == 1 or not _is_character(char):
            self.found.bad += 1
        self.found.glyphs.append(Glyph(char, box.left, box.right, base, size, style.bold, spaced))
        return True

    def _style(self, index: int) -> _Style:
        drawn = pdfium.FPDFText_GetTextObject(self.raw, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value
        if key not in self.styles:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self.raw, index, matrix)
            x, y = self.frame.direction(matrix.a, matrix.b)
            upright = (x, y) == (0, 0) or (x > 0 and abs(y) < 0.1 * x)
            self.styles[key] = _Style(math.hypot(matrix.c, matrix.d), self._bold(index, drawn), upright)
        return self.styles[key]

    def _bold(self, index: int, drawn: Any) -> bool:
        if pdfium.FPDFText_GetFontWeight(self.raw, index) >= BOLD:
            return True
        font = pdfium.FPDFTextObj_GetFont(drawn) if drawn else None
        if not font:
            return False
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFFont_GetBaseFontName(font, name, 128)
        return any(word in name.value.lower() for word in BOLD_NAMES)


def _is_character(char: str) -> bool:
    """Whether ``char`` can be what the page shows; bullets of symbol fonts sit in the private range from F020."""
    if char in HYPHENS or "\uf020" <= char <= "\uf0ff":
        return True
    return char != "\ufffd" and unicodedata.category(char) not in ("Cc", "Co", "Cn", "Cs")


def _read_paths(page: Any, frame: _Frame, found: PdfPage) -> None:
    drawings = 0
    for drawn in page.get_objects(max_depth=6):
        drawings += 1
        if drawings > MOST_PATHS:
            found.crowded = True
            found.rules.clear()
            found.boxes.clear()
            return
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH and drawn.level == 0:
            _add_path(drawn, frame, found)
    found.empty = not drawings


def _add_path(drawn: Any, frame: _Frame, found: PdfPage) -> None:
    bounds = frame.box(*drawn.get_bounds())
    width, height = bounds.right - bounds.left, bounds.bottom - bounds.top
    if DOT[0] <= min(width, height) and max(width, height) <= DOT[1] and abs(width - height) < 1:
        found.dots.append(bounds)
        return
    if min(width, height) <= THIN:
        found.rules.append(bounds)
        return
    corners = list(_corners(drawn, frame))
    if not corners:
        return
    found.boxes.append(bounds)
    if _is_stroked(drawn):
        for (x1, y1), (x2, y2) in itertools.pairwise(corners):
            found.rules.append(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))


def _corners(drawn: Any, frame: _Frame) -> Iterator[tuple[float, float]]:
    """The corners of an outline whose sides are all level or upright; nothing for any other path."""
    matrix = drawn.get_matrix()
    points = []
    for number in range(min(pdfium.FPDFPath_CountSegments(drawn.raw), 9)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn.raw, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO or (
            number and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        ):
            return
        points.append(frame.point(*matrix.on_point(x.value, y.value)))
    if len(points) == 4:
        points.append(points[0])
    if 5 <= len(points) <= 7 and all(
        abs(a[0] - b[0]) < 1 or abs(a[1] - b[1]) < 1 for a, b in itertools.pairwise(points)
    ):
        yield from points


def _is_stroked(drawn: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn.raw, fill, stroke)
    return bool(stroke.value)
