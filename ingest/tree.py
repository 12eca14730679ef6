"""Connected boxes → trees: which box stands under which, in the order they are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kejian.ingest.drawing import Connector, Frame
from kejian.ingest.outline import Link

Pair = tuple[int, int]  # parent, child


@dataclass(frozen=True, slots=True)
class Chart:
    """Boxes joined by lines: (box, depth) in outline order, and the lines the outline has no room for."""

    outline: tuple[tuple[int, int], ...]
    extra: tuple[Link, ...]
    arrows: bool  # most lines are arrows: a course of events rather than a hierarchy

    @property
    def boxes(self) -> frozenset[int]:
        return frozenset(box for box, _ in self.outline)


def charts(connectors: Sequence[Connector], frames: Mapping[int, Frame]) -> list[Chart]:
    """The charts that ``connectors`` draw between the shapes in ``frames``."""
    joined = [c for c in connectors if c.begin in frames and c.end in frames and c.begin != c.end]
    return [_chart(component, frames) for component in _components(joined)]


def _components(connectors: Sequence[Connector]) -> list[list[Connector]]:
    leader: dict[int, int] = {}

    def find(box: int) -> int:
        while leader.setdefault(box, box) != box:
            leader[box] = leader[leader[box]]
            box = leader[box]
        return box

    for connector in connectors:
        leader[find(connector.begin)] = find(connector.end)
    groups: dict[int, list[Connector]] = defaultdict(list)
    for connector in connectors:
        groups[find(connector.begin)].append(connector)
    return list(groups.values())


def _chart(connectors: Sequence[Connector], frames: Mapping[int, Frame]) -> Chart:
    arrows = sum(c.arrow for c in connectors) * 2 > len(connectors)
    pairs = _directed([(c.begin, c.end) for c in connectors], frames, arrows)
    children: dict[int, list[int]] = defaultdict(list)
    parent: dict[int, int] = {}
    extra = []
    for over, under in sorted(pairs, key=lambda pair: (frames[pair[0]].top, frames[pair[0]].left)):
        if under in parent or _is_above(under, over, parent):
            extra.append(Link(over, under))
        else:
            parent[under] = over
            children[over].append(under)
    roots = in_order({box for pair in pairs for box in pair} - parent.keys(), frames)
    outline = tuple(entry for root in roots for entry in _outline(root, children, frames))
    return Chart(outline, tuple(extra), arrows)


def _directed(drawn: Sequence[Pair], frames: Mapping[int, Frame], arrows: bool) -> list[Pair]:
    """Parent first. Lines run from parent to child or back; where neither gives a tree, the upper box is the parent.

    A single line drawn up to the root would make its lower end the root; such an end goes back among its siblings.
    """
    pairs = list(dict.fromkeys(drawn))
    turned = [(end, begin) for begin, end in pairs]
    placed = list(dict.fromkeys(_placed(pair, frames) for pair in pairs))
    trees = [candidate for candidate in (pairs, turned) if _is_tree(candidate)]
    if not trees:
        return placed
    downwards = [sum(pair in placed for pair in tree) for tree in trees]
    tree = trees[downwards.index(max(downwards))]
    hanging = all(frames[over].bottom <= frames[under].top for over, under in placed)
    if not arrows and hanging and _is_tree(placed) and max(downwards) * 2 > len(tree):
        return placed
    return tree if arrows else _reseated(tree, frames)


def _reseated(tree: list[Pair], frames: Mapping[int, Frame]) -> list[Pair]:
    """``tree`` with its root put under its only child, where it stands below that in a row with grandchildren."""
    root = next(iter({over for over, _ in tree} - {under for _, under in tree}))
    children = [under for over, under in tree if over == root]
    below = [under for over, under in tree if over == children[0]]
    row = [box for box in below if _is_beside(frames[box], frames[root])]
    if len(children) > 1 or not row or frames[children[0]].bottom > frames[root].top:
        return tree
    return [(under, over) if over == root else (over, under) for over, under in tree]


def _is_beside(one: Frame, other: Frame) -> bool:
    return one.shared_height(other) > min(one.height, other.height) // 2


def _placed(pair: Pair, frames: Mapping[int, Frame]) -> Pair:
    begin, end = (frames[box] for box in pair)
    if _is_beside(begin, end):
        return pair
    return pair if begin.top <= end.top else (pair[1], pair[0])


def _is_tree(pairs: Sequence[Pair]) -> bool:
    """Every box but one has one parent, and there is no circle."""
    parent = {under: over for over, under in pairs}
    boxes = {box for pair in pairs for box in pair}
    return len(parent) == len(pairs) == len(boxes) - 1


def _is_above(box: int, below: int, parent: Mapping[int, int]) -> bool:
    """Whether ``box`` is ``below`` or stands over it already."""
    while below != box and below in parent:
        below = parent[below]
    return below == box


def _outline(
    root: int, children: Mapping[int, Sequence[int]], frames: Mapping[int, Frame]
) -> Iterator[tuple[int, int]]:
    waiting = [(root, 0)]
    while waiting:
        box, depth = waiting.pop()
        yield box, depth
        below = in_order(children.get(box, ()), frames)
        waiting += [(child, depth + 1) for child in reversed(below)]


def in_order(boxes: Iterable[int], frames: Mapping[int, Frame]) -> list[int]:
    """``boxes`` as they are read: rows from top to bottom, each from left to right."""
    rows: list[list[int]] = []
    for box in sorted(boxes, key=lambda box: (frames[box].top, frames[box].left)):
        row = rows[-1][0] if rows else None
        overlap = frames[row].shared_height(frames[box]) if row is not None else 0
        if row is not None and overlap * 2 > min(frames[row].height, frames[box].height):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda box: frames[box].left)]
