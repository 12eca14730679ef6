"""Numbered and bulleted paragraphs: the number as Word shows it (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kejian.ingest.document_styles import Styles
from kejian.ingest.document_text import is_on

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DIGITS = "零一二三四五六七八九"
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting")


@dataclass(frozen=True, slots=True)
class Number:
    """A list paragraph's number ("" for a bullet) and its level from 0."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. ``legal``: in digits, whatever the forms of the levels above."""

    form: str
    pattern: str
    start: int
    restart: int | None = None  # starts anew behind levels up to this one, counted from 1; None: behind all above it
    legal: bool = False


class Numbering:
    """The lists of one document and how far each has been counted; ``part`` is the main part."""

    def __init__(self, part: Any) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        root = _root(part)
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        drafts = {a.get(f"{W}abstractNumId"): a for a in root.iterchildren(f"{W}abstractNum")}
        for list_ in root.iterchildren(f"{W}num"):
            id_ = list_.get(f"{W}numId") or ""
            link = list_.find(f"{W}abstractNumId")
            abstract = (link.get(f"{W}val") or "") if link is not None else ""
            levels = _levels(drafts.get(abstract))
            for change in list_.iterchildren(f"{W}lvlOverride"):
                levels |= _override(change, levels)
            restarted = list_.find(f"{W}lvlOverride/{W}startOverride") is not None
            self._abstract[id_] = id_ if restarted else f"abstract {abstract}"
            self._levels[id_] = levels

    def next(self, paragraph: Any, styles: Styles) -> Number | None:
        """The number of ``paragraph``, counted on; None where it stands in no list."""
        id_, given = styles.numbering(paragraph)
        if id_ in ("", "0") or id_ not in self._levels:
            return None
        level = given or 0
        form = self._levels[id_].get(level)
        depth = level or styles.list_depth(paragraph)
        if form is None or form.form in ("bullet", "none"):
            return Number("", depth)
        counts = self._counts.setdefault(self._abstract[id_], {})
        for deeper in [other for other in counts if other > level and self._restarts(id_, other, level)]:
            del counts[deeper]
        counts[level] = counts[level] + 1 if level in counts else form.start
        return Number(_written(form, counts, self._levels[id_]), depth)

    def _restarts(self, id_: str, level: int, behind: int) -> bool:
        form = self._levels[id_].get(level)
        return form is None or form.restart is None or behind < form.restart


def _root(part: Any) -> Any:
    relations = (r for r in part.rels.values() if r.reltype.endswith("/numbering") and not r.is_external)
    found = next(relations, None)
    return found.target_part.element if found is not None else None


def _levels(abstract: Any) -> dict[int, Level]:
    levels = abstract.iterchildren(f"{W}lvl") if abstract is not None else ()
    return {_whole(level.get(f"{W}ilvl")): _level(level) for level in levels}


def _level(element: Any) -> Level:
    def value(name: str) -> str:
        found = element.find(f"{W}{name}")
        return (found.get(f"{W}val") or "") if found is not None else ""

    restart, legal = value("lvlRestart"), is_on(element.find(f"{W}isLgl")) is True
    again = _whole(restart) if restart else None
    return Level(value("numFmt") or "decimal", value("lvlText"), _whole(value("start") or "0"), again, legal)


def _override(change: Any, levels: Mapping[int, Level]) -> dict[int, Level]:
    at = _whole(change.get(f"{W}ilvl"))
    own = change.find(f"{W}lvl")
    level = _level(own) if own is not None else levels.get(at)
    start = change.find(f"{W}startOverride")
    if level is None:
        return {}
    return {at: replace(level, start=_whole(start.get(f"{W}val"))) if start is not None else level}


def _written(own: Level, counts: Mapping[int, int], levels: Mapping[int, Level]) -> str:
    """The pattern of a level (「%1.%2」) with every %n replaced by the count of that level in its own form."""

    def count(found: re.Match[str]) -> str:
        level = int(found[1]) - 1
        form = levels.get(level)
        number = counts.get(level, form.start if form else 1)
        return in_form(number, form.form if form and not own.legal else "decimal")

    return re.sub(r"%([1-9])", count, own.pattern).strip()


def in_form(number: int, form: str) -> str:
    """``number`` as list numbers of this form are written; in digits where the form is not known.

    >>> in_form(21, "chineseCounting"), in_form(4, "upperRoman"), in_form(28, "lowerLetter"), in_form(3, "decimal")
    ('二十一', 'IV', 'bb', '3')
    """
    if form in CHINESE and 0 < number < 1000:
        return _chinese(number)
    if form.startswith(("decimalEnclosedCircle", "ideographEnclosedCircle")) and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form == "ideographTraditional" and 0 < number <= 10:
        return STEMS[number - 1]
    if form.endswith("Letter") and 0 < number < 1000:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form.endswith("Roman") and 0 < number < 4000:
        text = _roman(number)
    else:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def _chinese(number: int) -> str:
    """Below 1000: 二十一, 一百零八, 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
