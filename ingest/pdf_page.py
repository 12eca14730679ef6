"""What PDFium finds on a page: its glyphs and what is drawn, in points from the top left of the page as shown.

PDFium is not thread-safe: whoever calls it holds ``PDFIUM``.
"""

from __future__ import annotations

import ctypes
import math
import threading
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from kejian.ingest.pdf_frame import PageFrame
from kejian.ingest.pdf_paths import Paths, read_paths
from kejian.ingest.radicals import as_character

PDFIUM = threading.Lock()
MOST_GLYPHS = 100_000
HYPHENS = ("\x02", "\ufffe")  # how PDFium gives a hyphen at the end of a line
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
    typed: bool = False  # and it stands in the file

    @property
    def top(self) -> float:
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.12 * self.size


@dataclass(slots=True)
class PdfPage:
    """A page as drawn. ``bad`` counts glyphs without a usable character."""

    label: str
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    paths: Paths = field(default_factory=Paths)
    bad: int = 0
    turned: int = 0
    cut: bool = False  # there are more glyphs than are read

    @property
    def readable(self) -> bool:
        """Whether there is text, and most of it has characters."""
        return bool(self.glyphs) and self.bad * 4 < len(self.glyphs)


def read_page(page: Any, label: str) -> PdfPage:
    """Read one page; the caller holds ``PDFIUM`` and closes the page."""
    frame = PageFrame(page)
    found = PdfPage(label, frame.width, frame.height)
    text = page.get_textpage()
    try:
        _Text(text.raw, frame, found).read()
    finally:
        text.close()
    found.paths = read_paths(page, frame)
    return found


@dataclass(frozen=True, slots=True)
class _Style:
    scale: float
    bold: bool
    upright: bool


class _Text:
    def __init__(self, raw: Any, frame: PageFrame, found: PdfPage) -> None:
        self.raw, self.frame, self.found = raw, frame, found
        self.styles: dict[Any, _Style] = {}

    def read(self) -> None:
        spaced, typed, high = False, False, 0
        count = pdfium.FPDFText_CountChars(self.raw)
        self.found.cut = count > MOST_GLYPHS
        for index in range(min(max(count, 0), MOST_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(self.raw, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            char = as_character(chr(code)) if code <= 0x10FFFF else "\ufffd"
            generated = pdfium.FPDFText_IsGenerated(self.raw, index) == 1
            if generated or char.isspace():
                spaced, typed = True, typed or not generated
                continue
            if self._add(index, char, spaced, typed):
                spaced = typed = False

    def _add(self, index: int, char: str, spaced: bool, typed: bool) -> bool:
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
        self.found.glyphs.append(Glyph(char, box.left, box.right, base, size, style.bold, spaced, typed))
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
