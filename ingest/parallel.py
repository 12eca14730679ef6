"""Labels that a deck sets under one name after another: what recurs so is an aspect, whatever it is called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kejian.corpus.normalize import searchable
from kejian.ingest.layout import Line, Sheet
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.orientation import aspect_votes
from kejian.ingest.parents import label_of
from kejian.ingest.statements import DUTY
from kejian.ingest.wording import FRAME, LABEL, NO_LABEL, STEP, is_name

OPENING = re.compile("以下|下列|如下|由于|因此|所以|如果|其中|例如|不是|就是|^(?:他|她|它)")  # of sentences
LONGEST = 12  # characters: what is longer says something, rather than naming an aspect
LEAST_ALIKE = 2  # characters that labels of one kind begin with
FEWEST = 2  # names that a label stands under


@dataclass(frozen=True, slots=True)
class _Seen:
    """A label, the name it stands under, and what follows; ``bare`` where its place alone says that it is one.

    ``named`` where it ends like a unit: only beside a label that begins alike (代表项目) is it one (代表片区).
    """

    label: str
    under: str
    said: str
    bare: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class _Uses:
    """Where one label stands: under which names, under which certainly, before which texts, on which pages."""

    under: set[str] = field(default_factory=set)
    certain: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)

    def add(self, seen: _Seen, page: int) -> None:
        self.under.add(seen.under)
        self.said.add(seen.said)
        self.pages.add(page)
        self.certain.update([] if seen.bare else [seen.under])

    def stands_for(self, other: _Uses) -> bool:
        """Whether the label stands on a page of ``other``, under names that have no such label."""
        return bool(self.certain and self.pages & other.pages) and not self.under & other.under


def parallel_labels(sheets: Iterable[Sheet], lexicon: Lexicon) -> frozenset[str]:
    """The labels, in searchable form, that stand under several names and that ``lexicon`` has no aspect for."""
    uses: dict[str, _Uses] = defaultdict(_Uses)
    units: dict[str, _Uses] = defaultdict(_Uses)
    titles: set[str] = set()
    for page, sheet in enumerate(sheets):
        titles |= {searchable(lexicon.plain(sheet.title.item.text))} if sheet.title else set()
        for seen in _labels(sheet, lexicon):
            (units if seen.named else uses)[seen.label].add(seen, page)
    several = {label: use for label, use in uses.items() if len(use.said) >= FEWEST}  # not one list said again
    recurring = {label: use for label, use in several.items() if len(use.under) >= FEWEST and label not in titles}
    found = {label: uses[label] for label in _aspects(recurring, lexicon) if label in uses}
    others = ((label, use) for label, use in (*uses.items(), *units.items()) if label not in titles)
    alike = {label for label, use in others if any(use.stands_for(found[o]) for o in found if _alike(label, o))}
    return frozenset(alike.union(_aspects(recurring, lexicon)))


def _alike(label: str, other: str) -> bool:
    return len(label) > LEAST_ALIKE and label[:LEAST_ALIKE] == other[:LEAST_ALIKE]


def _aspects(recurring: Mapping[str, _Uses], lexicon: Lexicon) -> Iterator[str]:
    for label, use in recurring.items():
        beside = [other for other in recurring if len(recurring[other].under & use.under) >= FEWEST]
        if len(use.certain) < FEWEST and len(beside) < FEWEST:
            continue
        votes = [aspect_votes(side, lexicon.words, lambda _: False) for side in (beside, sorted(use.under))]
        yield from [label] if votes[0] >= votes[1] else use.under


def _labels(sheet: Sheet, lexicon: Lexicon) -> Iterator[_Seen]:
    open_: list[tuple[int, str]] = []  # bullets that the list goes on under
    before: Line | None = None
    for number, part in enumerate(sheet.parts):
        if not isinstance(part, Line) or part.item.kind in ("title", "note", "footnote", "unit"):
            open_, before = [], None
            continue
        below = sheet.parts[number + 1] if number + 1 < len(sheet.parts) else None
        open_ = [(level, name) for level, name in open_ if part.item.kind == "bullet" and level < part.item.level]
        over = open_[-1][1] if open_ else _name_over(part)
        label, bare = _label(part, before, below)
        if over and _may_be_aspect(label, lexicon) and searchable(label) != searchable(over):
            follows = below.item.text if isinstance(below, Line) and label_of(part.item.text) != label else ""
            named = lexicon.words.is_unit(lexicon.heading(label).name)
            if not named or not bare:
                yield _Seen(searchable(label), searchable(over), follows or part.item.text, bare, named)
        text = part.item.text.rstrip(":： ")
        open_.append((part.item.level, lexicon.plain(text) if is_name(text) else ""))
        before = part


def _name_over(line: Line) -> str:
    """The name that a line stands under; "" where it stands under an aspect."""
    heading = line.sections[-1].heading if line.sections else None
    return heading.subject if heading is not None and not heading.aspect else ""


def _label(line: Line, before: Line | None, below: object) -> tuple[str, bool]:
    """(what ``line`` may call an aspect, whether its place alone says so)."""
    item = line.item
    if item.kind == "heading":
        return line.item.text.rstrip(":： "), False
    if label := label_of(item.text):
        said = LABEL.match(item.text)
        return ("" if said and DUTY.match(said["rest"]) else label), False
    opens = isinstance(below, Line) and below.item.shape == item.shape and below.item.kind in ("bullet", "paragraph")
    if not opens or not isinstance(below, Line) or STEP.match(item.text):
        return "", False
    if item.text.endswith((":", "：")):
        return item.text.rstrip(":： "), False
    if item.kind == "bullet":
        return (item.text, True) if below.item.level > item.level else ("", False)
    first = item.shape is not None and (before is None or before.item.shape != item.shape)
    return (item.text, True) if first else ("", False)


def _may_be_aspect(label: str, lexicon: Lexicon) -> bool:
    if not is_name(label) or len(label) > LONGEST or NO_LABEL.match(label) or OPENING.search(label):
        return False
    heading = lexicon.heading(label)
    named = lexicon.terms.subject(heading.name) or FRAME.match(heading.name)
    return heading.name == label and not heading.aspect and not named and searchable(label) not in lexicon.names
