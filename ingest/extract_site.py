"""What a site that shares documents wrote around an extract: found and cut away, so that none of it is cited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kejian.corpus.extract_words import ExtractWords
from kejian.ingest.wording import one_line

BULLETS = "•●○◦▪▫■□◆◇►▶➢➤✓✔\uf0a7\uf0b7\uf0d8\uf06c\uf06e\uf075\uf0fc"
BULLET_MARK = re.compile(f"[{BULLETS}]")
SENTENCE_END = re.compile(r"[。！？!?]\s*")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An extract without what the site added. ``marks`` counts the different signs of a site that were found."""

    title: str
    text: str
    removed: int  # characters, white space not counted
    marks: int


def cleaned(text: str) -> Cleaned:
    """``text`` without the head and the sentences of a site; the file's name in the head gives the title."""
    words = ExtractWords.bundled()
    opening = words.opening.match(text)
    title = one_line(opening["title"]) if opening else ""
    body = text[opening.end() :] if opening else text
    named = words.progress.sub("", _without_name(body, title, words))
    rest = "\n".join(_own_lines(named.splitlines(), words))
    signs = {found.group() for pattern in (words.site, words.progress) for found in pattern.finditer(body)}
    return Cleaned(title, rest, _size(text) - _size(rest), len(signs) + bool(opening))


def _without_name(text: str, title: str, words: ExtractWords) -> str:
    """Without the file's name where the site repeats it: with its edition anywhere, else as the end of a line."""
    if not title:
        return text
    name = re.escape(title)
    text = re.sub(rf"{name}\s*{words.edition.pattern}", "", text)
    return re.sub(rf"(?:^|(?<=[。！？])){name}\s*$", "", text, flags=re.MULTILINE)


def _own_lines(lines: list[str], words: ExtractWords) -> list[str]:
    """The lines of the deck: a site writes before the first bullet and behind the last, never between them."""
    bulleted = [number for number, line in enumerate(lines) if BULLET_MARK.search(line)]
    if not bulleted:
        return lines
    first, last = bulleted[0], bulleted[-1]
    own = [line for n, line in enumerate(lines) if first <= n < last or (n < first and not words.site.search(line))]
    after = [line for line in lines[last + 1 :] if not words.site.search(line)]
    return [*own, _without_tail(lines[last], words), *after]


def _without_tail(line: str, words: ExtractWords) -> str:
    """``line`` up to what the site says behind the last bullet: a sentence of its own, or words that a space parts."""
    start = max(found.end() for found in BULLET_MARK.finditer(line))
    said = start + len(line[start:]) - len(line[start:].lstrip())
    for site in words.site.finditer(line, said + 1):
        ends = [found.end() for found in SENTENCE_END.finditer(line, said, site.start())]
        if ends or line[site.start() - 1].isspace():
            return line[: ends[-1] if ends else site.start()].rstrip()
    return line


def _size(text: str) -> int:
    return sum(not char.isspace() for char in text)
