"""What a site that shares documents wrote into an extract: found and cut away, so that none of it is cited."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kejian.corpus.extract_words import ExtractWords
from kejian.ingest.wording import one_line

BULLETS = "•●○◦▪▫■□◆◇►▶➢➤✓✔\uf0a7\uf0b7\uf0d8\uf06c\uf06e\uf075\uf0fc"
BULLET_MARK = re.compile(f"[{BULLETS}]")
SENTENCE_END = re.compile(r"[。！？!?]\s*")
LINE = re.compile(r"\r\n|\n|\r")
LONGEST_STAMP = 90
LONGEST_TAIL = 40  # lines behind the document, of related ones and the like


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An extract without what the site added. ``marks`` counts the different signs of a site that were found."""

    title: str
    text: str
    removed: int  # characters, white space not counted
    marks: int


def cleaned(text: str) -> Cleaned:
    """``text`` without the head, the stamps and the sentences of a site; a name in its head gives the title."""
    words = ExtractWords.bundled()
    opening = words.opening.match(text) or words.heading.match(text)
    title = one_line(opening["title"]) if opening else ""
    body = text[opening.end() :] if opening else text
    signs = {f.group() for pattern in (words.site, words.stamp, words.progress) for f in pattern.finditer(body)}
    named = words.progress.sub("", _without_name(body, title, words))
    rest = "\n".join(_own_lines(LINE.split(named), words))
    return Cleaned(title, rest, _size(text) - _size(rest), len(signs) + bool(opening))


def _without_name(text: str, title: str, words: ExtractWords) -> str:
    """Without the file's name where the site repeats it: with its edition anywhere, else as the end of a line."""
    if not title:
        return text
    name = re.escape(title)
    text = re.sub(rf"{name}\s*{words.edition.pattern}", "", text)
    return re.sub(rf"(?:^|(?<=[。！？])){name}\s*$", "", text, flags=re.MULTILINE)


def _own_lines(lines: list[str], words: ExtractWords) -> list[str]:
    """The lines of the deck: stamps go anywhere, sentences of a site before the first bullet or behind the last."""
    bulleted = [number for number, line in enumerate(lines) if BULLET_MARK.search(line)]
    first, last = (bulleted[0], bulleted[-1]) if bulleted else (len(lines), -1)
    end = next((n for n in range(last + 1, len(lines)) if words.closing.search(lines[n])), len(lines))
    end = end if len(lines) - end <= LONGEST_TAIL else len(lines)
    own = []
    for number, line in enumerate(lines[:end]):
        around = bool(bulleted) and not first <= number <= last
        if _is_written(line, words.stamp) or (around and (words.site.search(line) or _is_written(line, words.fringe))):
            own.append("\f" if line.startswith("\f") else "")
        else:
            own.append(_without_tail(line, words) if number == last else line)
    return own


def _is_written(line: str, by_site: re.Pattern[str]) -> bool:
    """Whether a site wrote the line; one with a bullet is the deck's own, whatever it says."""
    plain = line.strip()
    own = not plain or len(plain) > LONGEST_STAMP or BULLET_MARK.search(plain)
    return not own and bool(by_site.search(plain))


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
