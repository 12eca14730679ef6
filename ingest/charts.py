"""Charts → relations: boxes by their depth, flat lists under a structure heading, and sentences with 下设."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kejian.ingest.arrange import unit_name
from kejian.ingest.claims import Excerpt
from kejian.ingest.layout import Line, Range, Section, Sheet
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Link
from kejian.ingest.scope import scope_of
from kejian.ingest.statements import Speaker
from kejian.ingest.wording import is_name, sentences

COUNT = r"[\d一二两三四五六七八九十几]+\s*[个大类家级]\S{0,6}?"
SUBUNITS = re.compile(
    rf"^(?P<name>.{{2,24}}?)(?:目前|现|共|内)?(?:下设|下辖|内设|设有|分设)(?:了|有)?(?:{COUNT}[:：])?(?P<units>[^。；;]+)"
)
COMPOSED = re.compile(r"^(?P<name>.{2,24}?)由(?P<units>[^。；;]+?)(?:等[^、，。]{0,8})?(?:共同)?(?:组成|构成)")
TAIL = re.compile(rf"(?:等\S{{0,8}}|{COUNT})$")
BETWEEN = re.compile(r"[、，,]|以及|(?<=\w\w)[和与及](?=\w\w)")


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation before its slide has an id."""

    chain: tuple[str, ...]
    child: str
    range: Range
    parent_range: Range
    path: tuple[str, ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A unit as written: its name, the range of the name, and the boxes above it."""

    line: Line
    name: str
    range: Range
    above: tuple[Box, ...]
    inferred: bool

    @property
    def chain(self) -> tuple[str, ...]:
        """Names from the root down to this box."""
        return (*(box.name for box in self.above), self.name)


def boxes(sheet: Sheet, lexicon: Lexicon) -> list[Box]:
    """Every unit of the page; one of level 0 opens a new tree."""
    found: list[Box] = []
    before: Line | None = None
    stack: list[Box] = []
    for part in sheet.parts:
        if not isinstance(part, Line) or part.item.kind != "unit":
            before = None
            continue
        stack = [box for box in stack if box.line.item.level < part.item.level] if before else []
        name, range_ = named_range(part, lexicon)
        stack.append(Box(part, name, range_, tuple(stack), lexicon.heading(part.item.text).inferred))
        found.append(stack[-1])
        before = part
    return found


def named_range(line: Line, lexicon: Lexicon) -> tuple[str, Range]:
    """The name in a line and where exactly it stands; a mark inside the name ends it, a bare mark is the name."""
    name = lexicon.plain(unit_name(line.item.text))
    while name not in line.item.text:
        name = name[:-1].rstrip("(（ ")
    name = name or line.item.text
    start = line.start + line.item.text.find(name)
    return name, (start, start + len(name))


def edges(sheet: Sheet, found: Sequence[Box], links: Sequence[Link], speaker: Speaker) -> Iterator[Edge]:
    """Every relation of the page."""
    for box in found:
        if box.above:
            yield _edge(box, box.above[-1])
    yield from _linked(found, links)
    yield from _under_heading(sheet, found)
    for part in sheet.parts:
        if isinstance(part, Line) and part.item.kind in ("paragraph", "bullet"):
            yield from _stated(part, speaker)


def _edge(child: Box, parent: Box) -> Edge:
    scope = scope_of(child.line.sections)
    inferred = scope.inferred or any(box.inferred for box in (child, parent, *child.above))
    return Edge(parent.chain, child.name, child.range, parent.range, scope.path, inferred)


def _linked(found: Sequence[Box], links: Sequence[Link]) -> Iterator[Edge]:
    """Lines of a drawing that the tree has no room for: a box under two others."""
    drawn = {box.line.item.shape: box for box in found if box.line.item.shape is not None}
    for link in links:
        if link.parent in drawn and link.child in drawn:
            yield _edge(drawn[link.child], drawn[link.parent])


def _under_heading(sheet: Sheet, found: Sequence[Box]) -> Iterator[Edge]:
    """A flat list under 「某部的组织结构」: its units stand under what the heading names."""
    for section, group in _by_section(found):
        if len(group) < 2 or any(box.above for box in group) or not section.heading.subject:
            continue
        name = section.heading.subject
        start = section.start + sheet.source[section.start : section.end].find(name)
        for box in group:
            scope = scope_of(box.line.sections)
            inferred = scope.inferred or box.inferred
            yield Edge((name,), box.name, box.range, (start, start + len(name)), scope.path, inferred)


def _by_section(found: Iterable[Box]) -> list[tuple[Section, list[Box]]]:
    groups: dict[int, tuple[Section, list[Box]]] = {}
    for box in found:
        placed = box.line.sections and not box.line.item.loose
        if placed and box.line.sections[-1].heading.role == "structure":
            section = box.line.sections[-1]
            groups.setdefault(section.start, (section, []))[1].append(box)
    return list(groups.values())


def _stated(line: Line, speaker: Speaker) -> Iterator[Edge]:
    scope = scope_of(line.sections)
    for start, end in sentences(line.item.text):
        sentence = Excerpt(line.item.text[start:end], line.start + start)
        found = SUBUNITS.match(sentence.text) or COMPOSED.match(sentence.text)
        if not found or not speaker.knows(found["name"].strip()):
            continue
        parent = sentence.part(found.start("name"), found.end("name")).stripped()
        inferred = scope.inferred or speaker.lexicon.terms.is_inferred(sentence.text)
        for unit in _enumerated(sentence.part(found.start("units"), found.end("units"))):
            range_, above = (unit.start, unit.end), (parent.start, parent.end)
            yield Edge((parent.text,), unit.text, range_, above, scope.path, inferred)


def _enumerated(excerpt: Excerpt) -> list[Excerpt]:
    """The names in 「A、B和C三个部门」; nothing where one of them does not look like a name."""
    text = TAIL.sub("", excerpt.text.rstrip("。；; "))
    cuts = [(0, 0), *(found.span() for found in BETWEEN.finditer(text)), (len(text), len(text))]
    names = [Excerpt(text[a:b], excerpt.start + a).stripped() for (_, a), (b, _) in pairwise(cuts)]
    plausible = len(names) > 1 and all(2 <= len(name.text) <= 16 and is_name(name.text) for name in names)
    return names if plausible else []
