"""A deck as its author writes it: one YAML file, from which every other form of the deck is made.

A file holds ``title`` and ``slides``; a slide holds ``number``, ``title``, ``body``, and where needed
``footnotes`` and ``notes`` (what the speaker says). ``body`` is a list; each item is a mapping:

====================================== ==================================================================
``text: …``                            a paragraph
``bullets: […]``, ``steps: […]``       points, numbered in the second case
``table: {columns, rows}``             a cell is a text or a list of texts (one paragraph each)
``records: {head, entries, split}``    subject → aspect → texts: a table on a slide, headings in Markdown;
                                       ``split`` spreads the entries over that many tables side by side
``chart: {root: [child, {child: […]}]}`` an organisation chart
``heading: …, body: […]``              a heading over other items
``row: […]``                           items side by side
====================================== ==================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kejian.corpus.errors import UsageError

Texts: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """Bullets, or steps when ``numbered``."""

    texts: Texts
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    columns: Texts
    rows: tuple[tuple[Texts, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one subject; ``cells`` run parallel to ``Records.aspects``. ``level`` is 1 for a sub-unit."""

    name: str
    cells: tuple[Texts, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Records:
    head: str
    aspects: Texts
    entries: tuple[Entry, ...]
    split: int = 1


@dataclass(frozen=True, slots=True)
class Node:
    name: str
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    root: Node


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    body: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Row:
    body: tuple[Element, ...]


Element: TypeAlias = Paragraph | Points | Table | Records | Chart | Section | Row


@dataclass(frozen=True, slots=True)
class SlideSource:
    number: int
    title: str
    body: tuple[Element, ...]
    footnotes: Texts = ()
    notes: Texts = ()


@dataclass(frozen=True, slots=True)
class DeckSource:
    title: str
    slides: tuple[SlideSource, ...]


def read_source(path: Path) -> DeckSource:
    """The deck that ``path`` describes.

    Raises:
        UsageError: the file cannot be read, or a part of it is not as above; the message says which.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(
            f"课件源文件 {path} 读不出来({error.__class__.__name__}),请检查它是否为 UTF-8 的 YAML"
        ) from error
    try:
        return _deck(content)
    except _Fault as fault:
        raise UsageError(f"课件源文件 {path}:{fault}") from fault


class _Fault(Exception):
    """What is wrong in a source, without the name of the file."""


def _deck(content: Any) -> DeckSource:
    keys = _keys(content, "文件", {"title", "slides"}, set())
    slides = tuple(_slide(slide, position) for position, slide in enumerate(_list(keys["slides"], "slides"), 1))
    if not slides:
        raise _Fault("slides 里至少要有一张")
    numbers = [slide.number for slide in slides]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise _Fault(f"页码要从第一页起连续递增,现在是 {numbers}")
    return DeckSource(str(keys["title"]), slides)


def _slide(content: Any, position: int) -> SlideSource:
    where = f"第 {position} 张"
    keys = _keys(content, where, {"number", "title", "body"}, {"footnotes", "notes"})
    if not isinstance(keys["number"], int):
        raise _Fault(f"{where}的 number 要写整数,现在是 {keys['number']!r}")
    where = f"第 {keys['number']} 页"
    footnotes, notes = (_texts(keys.get(key, []), f"{where}的 {key}") for key in ("footnotes", "notes"))
    return SlideSource(keys["number"], str(keys["title"]), _body(keys["body"], where), footnotes, notes)


def _body(content: Any, where: str) -> tuple[Element, ...]:
    body = tuple(_element(item, where) for item in _list(content, f"{where}的 body"))
    if not body:
        raise _Fault(f"{where}的 body 是空的,请写上内容")
    flat = [inner for element in body for inner in (element.body if isinstance(element, Row) else (element,))]
    if any(isinstance(one, Section) and not isinstance(two, Section | Records) for one, two in pairwise(flat)):
        raise _Fault(f"{where}的 heading 后面不能再跟没有标题的内容(Markdown 里会归到它名下),请移到前面或加 heading")
    return body


def _element(item: Any, where: str) -> Element:
    if not isinstance(item, dict):
        raise _Fault(f"{where}的 body 里每一项都要写成“种类: 内容”,现在是 {item!r}")
    kind = next(iter(item))
    if kind == "heading":
        keys = _keys(item, where, {"heading", "body"}, set())
        return Section(str(keys["heading"]), _body(keys["body"], where))
    if len(item) != 1 or kind not in READERS:
        raise _Fault(f"{where}有不认识的内容 {'、'.join(map(str, item))};可用的是 heading、{'、'.join(READERS)}")
    return READERS[kind](item[kind], f"{where}的 {kind}")


def _table(content: Any, where: str) -> Table:
    keys = _keys(content, where, {"columns", "rows"}, set())
    columns = _texts(keys["columns"], where)
    rows = tuple(tuple(_cell(cell, where) for cell in _list(row, where)) for row in _list(keys["rows"], where))
    if uneven := [row for row in rows if len(row) != len(columns)]:
        raise _Fault(f"{where}有 {len(columns)} 列,但「{''.join(uneven[0][0])}」一行有 {len(uneven[0])} 格")
    return Table(columns, rows)


def _records(content: Any, where: str) -> Records:
    keys = _keys(content, where, {"head", "entries"}, {"split"})
    named = [pair for entry in _list(keys["entries"], where) for pair in _entries(entry, where, 0)]
    aspects = tuple(dict.fromkeys(aspect for _, said, _ in named for aspect in said))
    entries = tuple(
        Entry(name, tuple(_cell(said.get(aspect, []), where) for aspect in aspects), level)
        for name, said, level in named
    )
    return Records(str(keys["head"]), tuple(map(str, aspects)), entries, int(keys.get("split", 1)))


def _entries(content: Any, where: str, level: int) -> list[tuple[str, Mapping[str, Any], int]]:
    """One entry and, indented below it, its sub-units (key ``units``)."""
    name, said = _single(content, where)
    if not isinstance(said, dict):
        raise _Fault(f"{where}的「{name}」要写成“方面: [内容]”,现在是 {said!r}")
    own = {aspect: texts for aspect, texts in said.items() if aspect != "units"}
    units = [pair for unit in _list(said.get("units", []), where) for pair in _entries(unit, where, level + 1)]
    return [(name, own, level), *units]


def _node(content: Any, where: str) -> Node:
    if not isinstance(content, dict):
        return Node(str(content))
    name, children = _single(content, where)
    return Node(name, tuple(_node(child, where) for child in _list(children, where)))


def _single(content: Any, where: str) -> tuple[str, Any]:
    if not isinstance(content, dict) or len(content) != 1:
        raise _Fault(f"{where}里要写成“名称: 内容”,一项一个名称,现在是 {content!r}")
    name, value = next(iter(content.items()))
    return str(name), value


def _cell(content: Any, where: str) -> Texts:
    return _texts(content if isinstance(content, list) else [content], where)


def _texts(content: Any, where: str) -> Texts:
    return tuple(str(text) for text in _list(content, where))


def _list(content: Any, where: str) -> list[Any]:
    if not isinstance(content, list):
        raise _Fault(f"{where}要写成列表,现在是 {content!r}")
    return content


def _keys(content: Any, where: str, required: set[str], optional: set[str]) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise _Fault(f"{where}要写成“键: 值”,现在是 {content!r}")
    if missing := required - set(content):
        raise _Fault(f"{where}缺少 {'、'.join(sorted(missing))}")
    if unknown := set(content) - required - optional:
        raise _Fault(f"{where}有不认识的键 {'、'.join(sorted(map(str, unknown)))}")
    return content


READERS: dict[str, Callable[[Any, str], Element]] = {
    "text": lambda content, _: Paragraph(str(content)),
    "bullets": lambda content, where: Points(_texts(content, where)),
    "steps": lambda content, where: Points(_texts(content, where), numbered=True),
    "table": _table,
    "records": _records,
    "chart": lambda content, where: Chart(_node(content, where)),
    "row": lambda content, where: Row(_body(content, where.removesuffix(" row").removesuffix("的"))),
}
