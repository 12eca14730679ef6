"""Outline items as a reader gives them → items whose kind is settled: title, footnotes, lead-ins, listed charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from kejian.ingest.holders import held
from kejian.ingest.lexicon import Heading, Lexicon
from kejian.ingest.outline import Item, Table
from kejian.ingest.parents import attributed, label_of, nested, recurring
from kejian.ingest.wording import (
    CIRCLED,
    FOOTNOTE,
    LABEL,
    MODIFIER,
    NOT_A_NAME,
    STEP,
    TRAILING_MARK,
    is_description,
    is_name,
)

Part = Item | Table
LEAD_LENGTH = 40
SHORT_HEADING = 8  # characters: what is as short and stands out is a heading, whatever its wording
FLAT_UNIT_LENGTH = 14
SMALLEST_TREE = 4


def arrange(parts: Sequence[Part], lexicon: Lexicon) -> list[Part]:
    """``parts`` in the same order, each with the kind it has on this page."""
    present = [part for part in parts if isinstance(part, Table) or part.text]
    settled = recurring(_leads(_footnotes(_titled(present), lexicon), lexicon), lexicon)
    return attributed(_charts(nested(settled, lexicon), lexicon), lexicon)


def _titled(parts: list[Part]) -> list[Part]:
    """The first heading is the title where nothing else is; a second title is a heading."""
    found: list[Part] = []
    titles = ("title",) if any(isinstance(p, Item) and p.kind == "title" for p in parts) else ("heading",)
    seen = False
    for part in parts:
        if isinstance(part, Item) and part.kind in titles:
            found.append(replace(part, kind="heading" if seen else "title", level=max(part.level, 1) if seen else 0))
            seen = True
        else:
            found.append(part)
    return found


def _footnotes(parts: list[Part], lexicon: Lexicon) -> list[Part]:
    marks = {mark for part in parts for mark in _marks(part, lexicon)}
    last = parts[-1] if parts else None
    return [_footnote(part, marks, part is last) if isinstance(part, Item) else part for part in parts]


def _marks(part: Part, lexicon: Lexicon) -> Iterator[str]:
    texts = [line for cell in part.cells() for line in cell.lines] if isinstance(part, Table) else [part.text]
    for text in texts:
        if CIRCLED.search(text) and (mark := lexicon.heading(text).mark):
            yield mark
        if found := TRAILING_MARK.search(text.rstrip(":：")):
            yield found[1]
        if found := TRAILING_MARK.search(text.split("(")[0].split("（")[0].rstrip()):
            yield found[1]


def _footnote(item: Item, marks: set[str], last: bool) -> Item:
    """A paragraph that opens with a mark: a footnote where the mark is used, else an ordinary bullet."""
    found = FOOTNOTE.match(item.text) if item.kind == "paragraph" else None
    if found is None:
        return item
    if found["mark"] is None or found["mark"] in marks or (last and not STEP.match(item.text)) or "[" in found["mark"]:
        return replace(item, kind="footnote", level=0)
    return item if STEP.match(item.text) else replace(item, kind="bullet", text=found["text"], level=0)


def _leads(parts: list[Part], lexicon: Lexicon) -> list[Part]:
    """Short lines over a list become headings: 「主要职责如下:」, or a name, or a name over 优点 over a list."""
    opened: list[Part] = []
    listed = _listed(parts, lexicon)
    described = set(_described(parts, lexicon))
    for number in reversed(range(len(parts))):
        part, below = parts[number], opened[-1] if opened else None
        if isinstance(part, Item) and number + 1 in described and part.kind == "paragraph":
            part = replace(part, kind="heading", level=-1)
        elif isinstance(part, Item) and number not in described:
            part = _opened(part, below, number in listed, lexicon)
        opened.append(part)
    return list(_levelled(opened[::-1], lexicon))


def _listed(parts: list[Part], lexicon: Lexicon) -> set[int]:
    """Lines between a bare 优点 and a bare 缺点, by number: said under the one, no names over the other."""
    found: set[int] = set()
    seen: set[str] = set()  # aspects under the name that is open
    for number, (part, below) in enumerate(pairwise(parts)):
        if not isinstance(part, Item) or not isinstance(below, Item) or part.kind != "paragraph":
            seen = set()
            continue
        above = parts[number - 1] if number else None
        follows = isinstance(above, Item) and above.kind == "paragraph" and above.shape == part.shape
        if part.shape != below.shape:
            found |= {number} if follows else set()
            seen = set()
            continue
        aspect, next_ = lexicon.label(part.text).aspect, lexicon.label(below.text)
        if aspect or not next_.is_aspect:
            seen |= {aspect} if aspect else set()
        elif seen and follows and next_.aspect not in seen:
            found.add(number)
        else:
            seen = set()
    return found


def _described(parts: list[Part], lexicon: Lexicon) -> Iterator[int]:
    """Lines between a shorter name and a bare 优点, by number: said of the name, however much like one they look."""
    for number in range(1, len(parts) - 1):
        over, part, below = parts[number - 1 : number + 2]
        if not (isinstance(over, Item) and isinstance(part, Item) and isinstance(below, Item)):
            continue
        first = number == 1 or parts[number - 2].shape != over.shape
        names = over.kind == "heading" or (over.kind == "paragraph" and (over.stands_out or first))
        together = part.kind == "paragraph" and over.shape == part.shape == below.shape
        if not names or not together or part.stands_out or (over.kind == "paragraph" and over.shape is None):
            continue
        heading = lexicon.heading(over.text)
        bare = is_name(heading.name) and not NOT_A_NAME.search(heading.name) and not heading.aspect
        if bare and is_description(part.text, over.text) and lexicon.label(below.text).is_aspect:
            yield number


def _opened(item: Item, below: Part | None, listed: bool, lexicon: Lexicon) -> Item:
    if item.kind == "heading" and item.lead and isinstance(below, Item) and below.kind == "paragraph":
        return replace(item, lead=False)  # a bold line over text
    if item.kind != "paragraph" or not isinstance(below, Item):
        return item
    heading = lexicon.heading(item.text)
    named = is_name(heading.name) and not NOT_A_NAME.search(heading.name) and not MODIFIER.match(heading.name)
    short = item.stands_out and is_name(heading.name) and len(heading.name) <= SHORT_HEADING
    if short or (
        named and (item.stands_out or (below.kind == "paragraph" and _names_labelled(item, heading, below, lexicon)))
    ):
        return replace(item, kind="heading", level=-1)
    labels = item.shape is not None and item.shape == below.shape and is_name(heading.name)
    if labels and lexicon.label(item.text).is_aspect:
        return replace(item, kind="heading", level=-1)
    if below.kind == "bullet" and named and len(item.text) <= LEAD_LENGTH:
        return replace(item, kind="heading", level=-1, lead=True)
    aspect_below = below.level == -1 and lexicon.heading(below.text).is_aspect
    if named and aspect_below and not heading.is_aspect and not listed:
        return replace(item, kind="heading", level=-1)
    return item


def _names_labelled(item: Item, heading: Heading, below: Item, lexicon: Lexicon) -> bool:
    """Whether a bare name stands right over 「优点:…」."""
    label = label_of(below.text)
    return bool(label) and lexicon.heading(label).is_aspect and is_name(item.text) and not heading.aspect


def _levelled(parts: list[Part], lexicon: Lexicon) -> Iterator[Part]:
    """Give the headings found under (level -1) a level below the last true heading."""
    level, owner = 0, False
    shape: int | None = None
    for part in parts:
        if part.within is not None and part.shape != shape:
            level, owner = part.within, False
        shape = part.shape
        if isinstance(part, Table) or part.kind != "heading":
            yield part
        elif part.level >= 0:
            level, owner = part.level, False
            yield part
        else:
            marked = part.lead or part.stands_out or part.shape is not None
            inner = marked and owner and lexicon.label(part.text).is_aspect
            owner = owner if inner else not part.lead
            yield replace(part, level=level + 1 + max(part.rank, int(inner)))


def _charts(parts: list[Part], lexicon: Lexicon) -> list[Part]:
    """Lists of names under a heading of structure are charts, and so are trees of what sounds like units."""
    above: Heading | None = None
    found: list[Part] = []
    for kind, run in groupby(parts, key=lambda part: part.kind if isinstance(part, Item) else "table"):
        members = list(run)
        if kind in ("title", "heading") and isinstance(members[-1], Item):
            above = lexicon.heading(members[-1].text)
        elif kind == "bullet" and above and _is_chart(members, above, lexicon):
            members = [replace(part, kind="unit") for part in members if isinstance(part, Item)]
        found += members
    return found


def _is_chart(run: Sequence[Part], above: Heading, lexicon: Lexicon) -> bool:
    items = [part for part in run if isinstance(part, Item)]
    names = [lexicon.plain(unit_name(item.text)) for item in items]
    if not all(is_name(name) for name in names) or any(STEP.match(item.text) for item in items):
        return False
    deep = any(item.level for item in items)
    if above.role != "structure":
        return deep and not above.aspect and _is_unit_tree(items, names, lexicon)
    return deep or (len(items) > 1 and bool(above.subject) and all(len(name) <= FLAT_UNIT_LENGTH for name in names))


def _is_unit_tree(items: Sequence[Item], names: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a list with one root holds mostly units: 厂长 over 生产部 over 装配车间."""
    single = sum(item.level == items[0].level for item in items) == 1
    units = sum(lexicon.words.is_unit(name) for name in names)
    return single and len(items) >= SMALLEST_TREE and units * 3 >= len(items) * 2


def unit_name(text: str) -> str:
    """The name in a line of a chart, which may go on behind a colon, though not between a post and its holder."""
    return found["label"] if (found := LABEL.match(text)) and not held(text) else text
