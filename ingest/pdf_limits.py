"""PDFs that would unpack or draw without end, told from their bytes before PDFium opens them.

What is not understood here is let through: the limits of the child that reads the file hold for it.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_UNPACKED = 128 << 20  # bytes of one stream; a page of 100,000 characters has some 5 MB
RATIO = 1_032  # the most that deflate can pack (RFC 1951: 258 bytes in two bits)
MOST_DRAWN = 1_000_000  # forms drawn by one, those inside them included
MOST_FORMS = 20_000
MOST_DEEP = 100  # forms in forms
MOST_OBJECTS = 200_000
MOST_LAYERS = 4
LONGEST_DICTIONARY = 4_000
STEP, PIECE = 1 << 20, 1 << 15
APART = re.compile(rb"/Image\b|/EmbeddedFile\b")
ENDING = re.compile(rb"\bstream\r?\n|\bendobj\b")
STREAM = re.compile(rb"stream\r?\n")
OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
FORM = re.compile(rb"/Subtype\s*/Form\b")
DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+Do\b")
REFERRED = re.compile(rb"/(?:Resources|XObject)\s+(\d{1,9})\s+\d{1,5}\s+R")
NAMED = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+(\d{1,9})\s+\d{1,5}\s+R")
TOO_LARGE = "有一处内容解压后超过 128 MB,大得不正常,没有收入;请重新导出"
ENDLESS = "里的图形反复画自己或层层相套,画不完,没有收入;请重新导出"


def fault_of(content: bytes) -> str:
    """Why a PDF is not to be opened; "" where nothing speaks against it."""
    if any(_unpacks_too_far(stream) for stream in _large_streams(content)):
        return TOO_LARGE
    return ENDLESS if _draws_without_end(content) else ""


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream as it stands in the file, and how often it is packed."""

    layers: int
    packed: memoryview


def _large_streams(content: bytes) -> Iterator[_Stream]:
    """The streams that may unpack to more than there may be: long ones, and those packed twice.

    Pictures and attached files are not among them: PDFium unpacks the one in parts and the other not at all.
    """
    place = 0
    while opening := STREAM.search(content, place):
        end = content.find(b"endstream", opening.end())
        if end < 0:
            return
        place = end + len(b"endstream")
        above = max(0, opening.start() - LONGEST_DICTIONARY)
        dictionary = content[max(content.rfind(b"obj", above, opening.start()), above) : opening.start()]
        packed = dictionary.count(b"/FlateDecode")
        large = packed > 1 or (end - opening.end()) * RATIO > MOST_UNPACKED
        if packed and large and not APART.search(dictionary):
            yield _Stream(packed, memoryview(content)[opening.end() : end])


def _unpacks_too_far(stream: _Stream) -> bool:
    unpackers = [zlib.decompressobj() for _ in range(min(stream.layers, MOST_LAYERS))]
    total = 0
    try:
        for start in range(0, len(stream.packed), PIECE):
            piece = bytes(stream.packed[start : start + PIECE])
            for unpacker in unpackers:
                piece = unpacker.decompress(piece, MOST_UNPACKED)
                if unpacker.unconsumed_tail:
                    return True
            total += len(piece)
            if total > MOST_UNPACKED:
                return True
    except zlib.error:
        return False
    return False


@dataclass(frozen=True)
class _Objects:
    """Where the objects of a file stand, as far as they are not packed; a later one takes the place of an earlier."""

    content: bytes
    ends: dict[int, int]  # by number: where the body begins

    @classmethod
    def of(cls, content: bytes) -> _Objects:
        return cls(content, {int(found[1]): found.end() for found in OBJECT.finditer(content)})

    def body(self, number: int) -> bytes:
        """An object up to its stream, if it has one."""
        start = self.ends.get(number)
        if start is None:
            return b""
        window = self.content[start : start + LONGEST_DICTIONARY]
        return window[: ending.start()] if (ending := ENDING.search(window)) else window

    def stream(self, number: int) -> bytes:
        """The content of a form, unpacked; nothing where it is packed in a way that is not looked into."""
        body = self.body(number)
        opening = STREAM.match(self.content, self.ends[number] + len(body))
        if opening is None:
            return b""
        end = self.content.find(b"endstream", opening.end(), opening.end() + STEP)
        packed = self.content[opening.end() : end if end >= 0 else opening.end() + STEP]
        if b"/Filter" not in body:
            return packed
        with contextlib.suppress(zlib.error):
            return zlib.decompressobj().decompress(packed, STEP) if b"/FlateDecode" in body else b""
        return b""

    def resources(self, body: bytes) -> bytes:
        """A dictionary with those of its resources that stand in objects of their own."""
        pieces = [body]
        for _ in range(2):
            pieces += [self.body(int(found[1])) for found in REFERRED.finditer(pieces[-1])]
        return b"\n".join(pieces)


def _draws_without_end(content: bytes) -> bool:
    if not FORM.search(content):
        return False
    objects = _Objects.of(content)
    if len(objects.ends) > MOST_OBJECTS:
        return False
    forms = [number for number in objects.ends if FORM.search(objects.body(number))]
    if len(forms) > MOST_FORMS:
        return False
    draws = {number: _draws(number, objects) for number in forms}
    counted: dict[int, int] = {}
    return any(_count(number, draws, counted, ()) > MOST_DRAWN for number in forms)


def _draws(number: int, objects: _Objects) -> Counter[int]:
    """How often a form draws which other objects."""
    named = {found[1]: int(found[2]) for found in NAMED.finditer(objects.resources(objects.body(number)))}
    names = (found[1] for found in DRAWN.finditer(objects.stream(number)))
    return Counter(named[name] for name in names if name in named)


def _count(number: int, draws: Mapping[int, Counter[int]], counted: dict[int, int], above: tuple[int, ...]) -> int:
    """How many forms are drawn when one is; beyond the limit where it draws itself, or stands too deep."""
    if number in above or len(above) > MOST_DEEP:
        return MOST_DRAWN + 1
    if number not in counted:
        inside = draws.get(number, Counter())
        counted[number] = 1 + sum(
            times * _count(child, draws, counted, (*above, number)) for child, times in inside.items() if child in draws
        )
    return counted[number]
