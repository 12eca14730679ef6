"""Pictures in running text, of documents and web pages → the parts of the outline that they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kejian.ingest.drawing import Frame
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Table
from kejian.ingest.picture_items import shown
from kejian.ingest.pictures import Pictures, Seen, Tally, View

PIXEL = 9_525  # EMU, at 96 to the inch


class PicturesInText:
    """The pictures of one file; each is read once, however often it stands there."""

    def __init__(self, pictures: Pictures, lexicon: Lexicon) -> None:
        self.pictures = pictures
        self.lexicon = lexicon
        self.unread: Counter[str] = Counter()
        self.tally = Tally()
        self._told: set[str] = set()

    def parts(self, content: bytes, view: View | None = None) -> Iterator[Item | Table]:
        """What a picture says, without places on a page."""
        key, seen = self.pictures.look(content, view)
        if seen.fault:
            self.miss(seen.fault)
        elif key and key not in self._told:
            self._told.add(key)
            self.tally = self.tally.with_(seen)
            yield from _in_text(seen, self.lexicon)

    def miss(self, fault: str) -> None:
        """Count a picture that is not read."""
        self.unread[fault] += 1

    def warnings(self) -> Iterator[str]:
        """What was recognised, and what was not read."""
        if told := self.tally.told(f"有 {self.tally.pictures} 张图片"):
            yield told
        for fault, count in self.unread.items():
            yield f"有 {count} 处图片({fault})没有读取,其中的文字不会被检索到"


def _in_text(seen: Seen, lexicon: Lexicon) -> Iterator[Item | Table]:
    frame = Frame(0, 0, max(seen.width, 1) * PIXEL, max(seen.height, 1) * PIXEL)
    for part in shown(seen, frame, lexicon, structured=False).parts:
        bare = replace(part, shape=None, within=None)
        yield replace(bare, place=None, beside="") if isinstance(bare, Item) else bare
