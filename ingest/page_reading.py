"""A drawn page → outline items: its title, what stands under which heading box, charts, and the reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kejian.ingest.box_grid import inner_cells
from kejian.ingest.box_texts import ends, texts_of_boxes
from kejian.ingest.drawing import Connector, Drawn, Frame, around
from kejian.ingest.lexicon import Heading, Lexicon
from kejian.ingest.orientation import Sides, rows_are_aspects
from kejian.ingest.outline import Item, Link, Table
from kejian.ingest.reading_order import in_reading_order
from kejian.ingest.shape_items import (
    box_items,
    heading_text,
    is_heading_box,
    is_short,
    is_translated,
    lines,
    posts,
    unit_text,
)
from kejian.ingest.tree import Chart, charts, in_order
from kejian.ingest.wording import is_description

MARKS = tuple("*＊※注†‡¹²³⁴⁵⁶⁷⁸⁹")  # open a footnote, which stands under no heading
FEWEST_CROSSED = 2  # columns and rows of a matrix
BANNER = 1.8  # times as wide as the heading boxes below it
MOST_SHAPES = 600  # beyond, headings are not looked for: the work grows with the square


@dataclass(eq=False)
class Node:
    """Something to place in the order: a shape, a chart or a group; a heading owns what stands under it."""

    frame: Frame
    drawn: Drawn | None = None
    chart: Chart | None = None
    inside: list[Node] = field(default_factory=list)
    owned: list[Node] = field(default_factory=list)
    left: Node | None = None  # a heading left of a node that another heading, over it, owns
    is_aspect: bool = False  # a heading that is an aspect, by name or by its place in a matrix
    crosses: bool = False  # a heading of a row, or of a column, of a matrix

    @property
    def extent(self) -> Frame:
        """The rectangle around the node and all it owns."""
        return around([self.frame, *(node.extent for node in self.owned)])


@dataclass(frozen=True, slots=True)
class Reading:
    """The items of a page in order, and the lines of its charts that the outline has no room for."""

    items: tuple[Item | Table, ...]
    links: tuple[Link, ...]


def read_page(shapes: Sequence[Drawn], connectors: Sequence[Connector], height: int, lexicon: Lexicon) -> Reading:
    """Put the shapes of a page into words and order. ``height`` is that of the page."""
    margins = [drawn for drawn in shapes if drawn.role == "margin"]
    shapes = [drawn for drawn in shapes if drawn.role != "margin"]
    by_index = {drawn.index: drawn for drawn in shapes}
    boxes = {d.index: d.frame for d in shapes if d.paragraphs and d.role != "title" and d.table is None}
    found = charts(connectors, boxes)
    title = _title([d for d in shapes if not any(d.index in chart.boxes for chart in found)], height)
    reader = _PageReader(by_index, lexicon, title.frame if title else None)
    reader.texts = texts_of_boxes(found, [drawn for drawn in shapes if drawn is not title])
    taken = {drawn.index for said in reader.texts.values() for drawn in said}
    rest = [drawn for drawn in shapes if drawn is not title and drawn.index not in taken]
    nodes = reader.nest(rest, found)
    head = [Item("title", unit_text(title.paragraphs), shape=title.index)] if title else []
    heading = lexicon.heading(head[0].text) if head else None
    reader.structural = heading is not None and heading.role == "structure"
    items = [*head, *reader.items(nodes, 0), *_edge(margins)]
    return Reading(tuple(items), tuple(link for chart in found for link in chart.extra))


def _edge(margins: Sequence[Drawn]) -> Iterator[Item]:
    """Headers and footers, behind everything else: they are said of no heading."""
    for drawn in in_reading_order(margins, lambda drawn: drawn.frame):
        yield from (Item("paragraph", p.text, shape=drawn.index, within=0, loose=True) for p in drawn.paragraphs)


def _title(shapes: Sequence[Drawn], height: int) -> Drawn | None:
    """The title placeholder, else the largest short line in the upper quarter."""
    marked = [drawn for drawn in shapes if drawn.role == "title"]
    if marked:
        return marked[0]
    high = [d for d in shapes if is_short(d) and not d.role and d.frame.top < height // 4]
    return max(high, key=lambda d: (d.paragraphs[0].size, -d.frame.top, -d.frame.left), default=None)


@dataclass
class _PageReader:
    by_index: Mapping[int, Drawn]
    lexicon: Lexicon
    title: Frame | None
    structural: bool = False  # the title says that the page shows a structure
    texts: Mapping[int, list[Drawn]] = field(default_factory=dict)  # laid out at the boxes of charts

    def nest(self, shapes: Sequence[Drawn], found: Sequence[Chart]) -> list[Node]:
        """Nodes of the page, those of a group inside the node of the group."""
        charted = {box for chart in found for box in chart.boxes}
        members = [(d.groups, Node(d.frame, d)) for d in shapes if d.index not in charted]
        for chart in found:
            drawn = [self.by_index[box] for box, _ in chart.outline]
            node = Node(around(d.frame for d in drawn), chart=chart)
            members.append((_common([d.groups for d in drawn]), node))
        return _grouped(members, 0)

    def items(self, nodes: list[Node], level: int) -> Iterator[Item | Table]:
        """The items of ``nodes``; headings among them get the level below ``level``."""
        roots = self._owners(nodes) if len(nodes) <= MOST_SHAPES else nodes
        for node in in_reading_order(roots, lambda node: node.extent):
            yield from self._node(node, level)

    def _node(self, node: Node, level: int) -> Iterator[Item | Table]:
        if node.owned and node.drawn:
            yield from self._head(node, level)
            for below in in_reading_order(node.owned, lambda node: node.extent):
                yield from self._node(below, level + 1)
        elif node.inside:
            yield from self.items(node.inside, level)
        elif node.chart:
            yield from self._chart(node, level)
        elif node.drawn and node.crosses:  # its row is said under the headings over it
            yield from self._head(node, level)
        elif node.drawn:
            yield from self._shape(node.drawn, level, node.left)

    def _head(self, node: Node, level: int) -> Iterator[Item]:
        """A heading box; a translation in its second line heads nothing."""
        if node.drawn:
            shape, said = node.drawn.index, node.drawn.paragraphs
            yield Item("heading", _text(node), level + 1, shape, within=level, attribute=node.is_aspect)
            if is_translated(node.drawn):
                yield Item("heading", said[1].text, level + 2, shape, within=level, attribute=True)

    def _shape(self, drawn: Drawn, level: int, left: Node | None) -> Iterator[Item | Table]:
        if drawn.table:
            yield replace(drawn.table, within=level)
        yield from (_moved(item, level) for item in drawn.items)
        beside = _text(left) if left else ""
        aspect = left is not None and left.is_aspect
        yield from (replace(item, within=level, beside=beside, beside_aspect=aspect) for item in lines(drawn))

    def _chart(self, node: Node, level: int) -> Iterator[Item | Table]:
        chart = node.chart
        if chart is None:
            return
        if chart.arrows and not self.structural:
            frames = {box: self.by_index[box].frame for box, _ in chart.outline}
            for box in in_order(frames, frames):
                name, said = box_items(self.by_index[box])
                yield Item("bullet", name, 0, box, within=level)
                said += [replace(item, kind="bullet") for item in self._beside(box)]
                yield from (replace(item, level=item.level + 1, within=level) for item in said)
            return
        several = {box: posts(self.by_index[box]) for box in ends(chart)}
        for box, depth in chart.outline:
            names = several.get(box) or [box_items(self.by_index[box])[0]]
            yield from (Item("unit", name, depth, box, within=level) for name in names)
        for box, _ in chart.outline:
            if several.get(box):
                continue
            name, said = box_items(self.by_index[box])
            said += self._beside(box)
            if said:
                yield Item("heading", name, level + 1, box, within=level)
                yield from (replace(item, within=level + 1) for item in said)

    def _beside(self, box: int) -> list[Item]:
        """What texts laid out at a box of a chart say of it."""
        return [item for text in self.texts.get(box, ()) for item in lines(text)]

    def _owners(self, nodes: Sequence[Node]) -> list[Node]:
        """Give every heading box what stands under it; returns the nodes that nothing owns."""
        named = [node for node in nodes if node.drawn and is_heading_box(node.drawn) and self._is_below_title(node)]
        cells = inner_cells([node.drawn for node in named if node.drawn], self._is_corner)
        heads = self._without_statements([node for node in named if node.drawn and node.drawn.index not in cells])
        head_ids = set(map(id, heads))
        free = [node for node in nodes if id(node) not in head_ids]
        near = _Neighbours(heads)
        bare = [head for head in heads if _is_plain(head)]
        self._cross([*free, *bare] if len(bare) < len(heads) else free, near)
        roots = [node for node in free if not self._give(node, self._heads_of(node, near))]
        for head in sorted(heads, key=lambda node: (-node.frame.bottom, node.frame.left)):
            if not self._give(head, self._heads_of(head, near)):
                roots.append(head)
        return roots

    def _without_statements(self, heads: list[Node]) -> list[Node]:
        """``heads`` without short texts over a bare 优点: said of the name above, or of the aspect above."""
        aspects = [head for head in heads if self._heading(head).is_aspect]
        others = [head for head in heads if head not in aspects]
        if not aspects or len(heads) > MOST_SHAPES // 4:
            return heads
        return [head for head in heads if head in aspects or not self._is_statement(head, others, aspects)]

    def _is_statement(self, node: Node, others: Sequence[Node], aspects: Sequence[Node]) -> bool:
        below = min((a for a in aspects if _is_over(node.frame, a.frame)), key=lambda a: a.frame.top, default=None)
        above = _over(node.frame, [head for head in (*others, *aspects) if head is not node])
        if below is None or above is None or self.lexicon.words.is_unit(_text(node)):
            return False
        if any(_is_over(node.frame, o.frame) and _is_over(o.frame, below.frame) for o in others):
            return False
        beside = [o for o in others if o is not node and _is_over(above.frame, o.frame)]
        if any(other.frame.shared_height(node.frame) * 2 > node.frame.height for other in beside):
            return False
        if above in aspects:
            return _is_fainter(node, above) and _is_fainter(node, below)
        return is_description(_text(node), _text(above))

    def _heads_of(self, node: Node, near: _Neighbours) -> list[Node]:
        """The headings over a node and left of it; over another heading those of a higher rank."""
        heads = near.of(node.frame)
        if node not in near:
            return heads
        return [other for other in heads if other is not node and self._outranks(other, node)]

    def _is_corner(self, drawn: Drawn) -> bool:
        """Whether a box names what stands below it, or beside it, as the corner of a table does."""
        text = heading_text(drawn)
        return self.lexicon.words.heads_aspects(text) or self.lexicon.words.heads_subjects(text)

    def _is_below_title(self, node: Node) -> bool:
        """Whether a box stands below the title: above and beside it stand the marks of the template."""
        return self.title is None or node.frame.top + node.frame.height // 2 >= self.title.bottom

    def _give(self, node: Node, heads: Sequence[Node]) -> bool:
        """Let the nearest heading over ``node``, or left of it, own it; two side by side are no heading of it."""
        if node.drawn and node.drawn.paragraphs and node.drawn.paragraphs[0].text.startswith(MARKS):
            return False
        heads = [head for head in heads if _is_large_enough(head, node) or self._is_chip(head)]
        over, left = _over(node.frame, heads), _left(node, heads)
        owner = over or left
        if owner:
            owner.owned.append(node)
        if over and left and self._is_aspect(over) != self._is_aspect(left):
            node.left = left
        return owner is not None

    def _is_chip(self, head: Node) -> bool:
        """Whether a framed box names an aspect (优点 in a coloured field): the text below may be set larger."""
        return not _is_plain(head) and self._is_aspect(head)

    def _is_aspect(self, head: Node) -> bool:
        return head.is_aspect or (head.drawn is not None and self._heading(head).is_aspect)

    def _heading(self, head: Node) -> Heading:
        return self.lexicon.heading(_text(head))

    def _cross(self, nodes: Sequence[Node], near: _Neighbours) -> None:
        """Find the aspects of a matrix by their place: headings over its columns and left of its rows cross."""
        crossed = []
        for node in nodes:
            heads = self._heads_of(node, near)
            over, left = _over(node.frame, heads), _left(node, heads)
            if over and left:
                crossed.append((over, left))
        columns, rows = (list(dict.fromkeys(pair[side] for pair in crossed)) for side in (0, 1))
        names = [{_text(head) for head in side} for side in (columns, rows)]
        if min(map(len, names)) < FEWEST_CROSSED or len(crossed) * 3 < len(names[0]) * len(names[1]) * 2:
            return
        if any(map(self._is_aspect, (*columns, *rows))):
            known = [sum(map(self._is_aspect, side)) / len(side) for side in (columns, rows)]
            aspects = columns if known[0] > known[1] else rows
        else:
            sides = Sides("", tuple(map(self._heading, rows)), tuple(map(self._heading, columns)))
            aspects = rows if rows_are_aspects(sides, self.lexicon.words, lambda _: False) else columns
        for head in (*columns, *rows):
            head.crosses, head.is_aspect = True, head in aspects

    def _outranks(self, upper: Node, lower: Node) -> bool:
        """Whether one heading box is of a higher rank than another: larger type, or a name over an aspect."""
        if upper.drawn is None or lower.drawn is None:
            return False
        first, second = upper.drawn.paragraphs[0], lower.drawn.paragraphs[0]
        if first.size and second.size and first.size != second.size:
            return first.size > second.size
        one, two = (self.lexicon.heading(paragraph.text) for paragraph in (first, second))
        if _is_over(upper.frame, lower.frame) and upper.frame.width > BANNER * lower.frame.width:
            return True
        if one.is_aspect != two.is_aspect:
            return bool(two.is_aspect) if lower.owned else bool(one.is_aspect)
        if first.bold != second.bold:
            return first.bold
        return lower.drawn.plain and not upper.drawn.plain


def _is_fainter(node: Node, other: Node) -> bool:
    """Whether the type of ``node`` is smaller than that of ``other``, or not bold as that is."""
    if node.drawn is None or other.drawn is None:
        return False
    own, its = node.drawn.paragraphs[0], other.drawn.paragraphs[0]
    return own.size < its.size if own.size and its.size and own.size != its.size else its.bold and not own.bold


def _text(head: Node) -> str:
    """What a heading box says."""
    return heading_text(head.drawn) if head.drawn else ""


class _Neighbours:
    """Finds the headings that may stand over a shape or left of it, quickly where there are hundreds."""

    def __init__(self, heads: Sequence[Node]) -> None:
        self.heads = [(*head.frame.edges, head) for head in heads]
        self.ids = set(map(id, heads))

    def __contains__(self, node: object) -> bool:
        return id(node) in self.ids

    def of(self, frame: Frame) -> list[Node]:
        left, top, right, bottom = frame.edges
        return [
            head
            for x, y, x_end, y_end, head in self.heads
            if (y < top and x < right and x_end > left) or (x <= left and y < bottom and y_end > top)
        ]


def _moved(item: Item | Table, level: int) -> Item | Table:
    """``item`` of a diagram that stands under a heading of ``level``."""
    within = (item.within or 0) + level
    if isinstance(item, Item) and item.kind == "heading":
        return replace(item, within=within, level=item.level + level)
    return replace(item, within=within)


def _is_large_enough(head: Node, node: Node) -> bool:
    """Whether the type of a heading is not smaller than what would stand under it, as far as sizes are given."""
    size = head.drawn.paragraphs[0].size if head.drawn else 0
    below = node.drawn.paragraphs if node.drawn else ()
    return not size or size >= max((paragraph.size for paragraph in below), default=0)


def _over(frame: Frame, heads: Sequence[Node]) -> Node | None:
    above = [head for head in heads if _is_over(head.frame, frame)]
    nearest = max(above, key=lambda head: head.frame.bottom, default=None)
    if nearest is None:
        return None
    beside = [h for h in above if h is not nearest and h.frame.shared_height(nearest.frame) * 2 > nearest.frame.height]
    return None if beside else nearest


def _left(node: Node, heads: Sequence[Node]) -> Node | None:
    beside = [head for head in heads if _is_left(head, node)]
    return max(beside, key=lambda head: head.frame.right, default=None)


def _is_over(head: Frame, frame: Frame) -> bool:
    """Whether ``head`` stands above ``frame``, or lies on its upper edge as a title on its card."""
    on_edge = (
        head.height * 3 <= frame.height
        and head.top <= frame.top + head.height // 2
        and frame.top < head.bottom
        and frame.left - head.width // 10 <= head.left
        and head.right <= frame.right + head.width // 10
    )
    return on_edge or (
        head.top < frame.top
        and head.bottom <= frame.top + head.height // 3
        and head.shared_width(frame) * 2 > min(head.width, frame.width)
    )


def _is_left(head: Node, node: Node) -> bool:
    """Whether a heading stands left of a node; beside a framed one the frame of a bare text may be any size."""
    label, frame = head.frame, node.frame
    bare = _is_plain(node) and not _is_plain(head)
    return (
        label.width < frame.width * (2 if bare else 1)
        and label.right <= frame.left + label.width // 10
        and label.shared_height(frame) * 2 > (min(label.height, frame.height) if bare else label.height)
    )


def _is_plain(node: Node) -> bool:
    return node.drawn is not None and node.drawn.plain


def _common(paths: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The groups that all of ``paths`` are in."""
    shortest = min(paths, key=len)
    agreed = (n for n, group in enumerate(shortest) if any(path[n] != group for path in paths))
    return shortest[: next(agreed, len(shortest))]


def _grouped(members: Sequence[tuple[tuple[int, ...], Node]], depth: int) -> list[Node]:
    nodes: list[Node] = []
    groups: dict[int, list[tuple[tuple[int, ...], Node]]] = {}
    for path, node in members:
        if len(path) > depth:
            groups.setdefault(path[depth], []).append((path, node))
        else:
            nodes.append(node)
    for inside in groups.values():
        within = _grouped(inside, depth + 1)
        nodes += within if len(within) == 1 else [Node(around(n.frame for n in within), inside=within)]
    return nodes
