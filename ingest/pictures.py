"""Pictures of a file: which are worth reading, and what was recognised in each, by the hash of what is shown.

Reading stays a function of the file's bytes and of what is known: a reader looks up every picture it meets; those
nobody has read yet are ``wanted``, with their bytes, and the file is read again when they have been recognised.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO

from kejian.ingest.wording import one_line

Edges = tuple[float, float, float, float]  # left, top, right, bottom
MOST_PIXELS = 40_000_000
# Text is legible to the recogniser from some 10 pixels of type size: smaller pictures hold a mark, not words.
LEAST_SIDE = 16
LEAST_LENGTH = 48
# Of 432 lines rendered at 8 to 32 pixels, plain, blurred, noisy, faint, as rough JPEG and at half the resolution: the
# 387 at or above have 99.0% of their characters right, those from 0.7 to 0.85 some 73%, the others hardly any.
FLOOR = 0.85
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
METAFILES = (("EMF", 40, b" EMF"), ("WMF", 0, b"\xd7\xcd\xc6\x9a"), ("WMF", 0, b"\x01\x00\x09\x00"))
MISSING = "没有安装文字识别"
ADVICE = "图片中的文字没有识别,要识别请运行 pip install 'kejian[ocr]',然后重新收入"
LINKED = "在文件之外"
MOST_WANTED = 32 << 20  # bytes of pictures that one reading hands over; the rest come with the next


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of text in a picture, in pixels from the top left of what is shown."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Whether its characters stand one below the other."""
        return len(self.text) > 1 and self.bottom - self.top > 1.5 * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a picture; ``fault`` says in Chinese why its text is not known. ``rules``: drawn lines."""

    width: int = 0
    height: int = 0
    lines: tuple[SeenLine, ...] = ()
    rules: tuple[Edges, ...] = ()
    fault: str = ""

    @property
    def legible(self) -> tuple[SeenLine, ...]:
        """The lines that are taken in."""
        return tuple(line for line in self.lines if line.confidence >= FLOOR and one_line(line.text))

    @property
    def blurred(self) -> int:
        """How many lines cannot be trusted."""
        return len(self.lines) - len(self.legible)


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a picture: the part within ``crop`` (of its sides, from 0 to 1), turned clockwise."""

    crop: Edges = (0.0, 0.0, 1.0, 1.0)
    turn: int = 0  # 0, 90, 180 or 270 degrees


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that is to be recognised."""

    content: bytes
    view: View = View()


class Pictures:
    """The pictures of one file while it is read. ``reason`` is why unknown ones stay unread."""

    def __init__(self, known: Mapping[str, Seen] | None = None, reason: str = MISSING) -> None:
        self.known = known or {}
        self.reason = reason
        self.missed = 0
        self.used: set[str] = set()
        self.wanted: dict[str, Wanted] = {}
        self._room = MOST_WANTED

    def look(self, content: bytes, view: View | None = None) -> tuple[str, Seen]:
        """(key, what is known) of a picture; the key is "" for one that is too small to say anything."""
        view = view or View()
        fault, worth = checked(content)
        if fault or not worth:
            return "", Seen(fault=fault)
        key = hashlib.sha256(f"{view.crop} {view.turn} ".encode() + content).hexdigest()
        return key, self.look_up(key, lambda: Wanted(content, view))

    @property
    def advice(self) -> tuple[str, ...]:
        """What to do about pictures that were left unread, as a warning of the deck."""
        return (ADVICE,) if self.missed and self.reason == MISSING else ()

    def look_up(self, key: str, make: Callable[[], Wanted]) -> Seen:
        """What is known of the picture called ``key``, which is made only where nothing is."""
        self.used.add(key)
        if key in self.known:
            return self.known[key]
        self.missed += 1
        if self._room > 0 and key not in self.wanted:
            self.wanted[key] = make()
            self._room -= len(self.wanted[key].content)
        return Seen(fault=self.reason)


def checked(content: bytes) -> tuple[str, bool]:
    """(why a picture cannot be read, whether it is large enough to say anything); only its header is decoded."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=FORMATS) as image:
                width, height = image.size
    except Image.DecompressionBombError:
        return f"超过 {MOST_PIXELS // 1_000_000} 百万像素", False
    except Exception:  # noqa: BLE001 - whatever the decoder of a format trips over
        return _format_fault(content), False
    if width * height > MOST_PIXELS:
        return f"超过 {MOST_PIXELS // 1_000_000} 百万像素", False
    return "", min(width, height) >= LEAST_SIDE and max(width, height) >= LEAST_LENGTH


def _format_fault(content: bytes) -> str:
    for name, at, mark in METAFILES:
        if content[at : at + len(mark)] == mark:
            return f"{name} 格式"
    if b"<svg" in content[:2000]:
        return "SVG 格式"
    return "已损坏或格式不支持"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was recognised on a page."""

    pictures: int = 0
    lines: int = 0
    confidence: float = 0.0  # the sum over all lines
    blurred: int = 0

    def with_(self, seen: Seen) -> Tally:
        """The same with one more picture."""
        if not seen.lines:
            return self
        legible = seen.legible
        return replace(
            self,
            pictures=self.pictures + 1,
            lines=self.lines + len(legible),
            confidence=self.confidence + sum(line.confidence for line in legible),
            blurred=self.blurred + seen.blurred,
        )

    def told(self, what: str) -> str:
        """One line for the user: 「第 4 页有 1 张图片」 and what became of it; "" where there was nothing to read."""
        if not self.pictures:
            return ""
        mean = f"(平均置信度 {self.confidence / self.lines:.2f})" if self.lines else ""
        blurred = f",另有 {self.blurred} 处看不清,没有收入" if self.blurred else ""
        return f"{what},已识别文字 {self.lines} 处{mean}{blurred}"
