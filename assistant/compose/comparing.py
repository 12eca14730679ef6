"""Comparison: a matrix aspect × subject with a source in every cell; nothing is invented for an empty one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from kejian.assistant.compose.aligning import Topic, aligned_rows, cell_of, likenesses, shared_topics
from kejian.assistant.compose.listing import EXACT, confidence_of, inference_note
from kejian.assistant.compose.looking_up import gives_quantity
from kejian.assistant.draft import Draft, Heading, Table
from kejian.assistant.evidence import Weights, coverage
from kejian.assistant.groups import content_beyond_kinds, group_meant, members_by_part
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Aspect, Entity, Group, Point
from kejian.assistant.select import READING_ORDER, points_for
from kejian.corpus.normalize import searchable

DESCRIBED = 0.5  # share of the question's other words that the aspects' names must say
ADDED = 0.3  # ... and of those still unsaid, that one more must
AspectRow: TypeAlias = tuple[Aspect, list[list[Point]]]  # a cell of points for each subject


def compare(inquiry: Inquiry) -> Draft | None:
    """Two or more subjects side by side, under the aspects asked for or all that any of them has."""
    subjects = subjects_compared(inquiry)
    if len(subjects) < 2:
        return None
    rows = [row for row in _rows(inquiry, subjects, _aspects(inquiry, subjects)) if any(row[1])]
    if not rows:
        return None
    confidence = confidence_of(inquiry) if inquiry.reading.subjects else EXACT - 0.05
    return _side_by_side(inquiry, subjects, rows, confidence)


def compare_described(inquiry: Inquiry) -> Draft | None:
    """「三种模式哪个满意度最高」: all that are meant side by side, under the aspect that the words describe."""
    subjects = subjects_compared(inquiry)
    if len(subjects) < 2:
        return None
    if any(aspect.role != "other" for aspect in inquiry.aspects):  # 「…是哪种的优点」 asks whose it is
        described = _headed_so(inquiry, subjects)
    else:
        described = list(inquiry.aspects) or _described_aspects(inquiry, subjects)
    rows = [row for row in _rows(inquiry, subjects, described) if sum(map(bool, row[1])) > 1]
    return _side_by_side(inquiry, subjects, rows, EXACT - 0.1) if rows else None


def _headed_so(inquiry: Inquiry, subjects: Sequence[Entity]) -> list[Aspect]:
    """Aspects of several subjects with the words of the question in their names, 自然 and 风险 in 自然风险承担."""
    mentions = (mention for mention in inquiry.reading.mentions if mention.kind in ("aspect", "role"))
    named = [inquiry.reading.text[mention.start : mention.end] for mention in mentions]
    around = [word + name for name in named for word in inquiry.words if word + name in inquiry.reading.text]
    own = [{p.aspect for p in inquiry.knowledge.points_of.get(subject.id, ())} for subject in subjects]
    shared = dict.fromkeys(aspect for aspects in own for aspect in sorted(aspects, key=lambda a: a.name))
    return [a for a in shared if any(text in searchable(a.name) for text in around) and sum(a in s for s in own) > 1]


def compare_chosen(inquiry: Inquiry) -> Draft | None:
    """Exactly the subjects and aspects of the reading, in their order; an aspect that none has keeps its row."""
    subjects = inquiry.reading.subjects
    rows = _rows(inquiry, subjects, inquiry.aspects)
    return _side_by_side(inquiry, subjects, rows, EXACT) if any(any(cells) for _, cells in rows) else None


def _rows(inquiry: Inquiry, subjects: Sequence[Entity], aspects: Sequence[Aspect]) -> list[AspectRow]:
    return [(aspect, [points_for(inquiry.knowledge, subject, aspect) for subject in subjects]) for aspect in aspects]


def _side_by_side(inquiry: Inquiry, subjects: Sequence[Entity], rows: Sequence[AspectRow], confidence: float) -> Draft:
    topics = _topics(inquiry, subjects, rows)
    by_aspect = [(aspect.name, tuple(cell_of(points) for points in cells_of)) for aspect, cells_of in rows]
    table = Table(tuple(subject.short for subject in subjects), (*by_aspect, *aligned_rows(topics, subjects)))
    title = Heading(f"{'、'.join(table.subjects)}的比较")
    note = inference_note([p for _, cells_of in rows for points in cells_of for p in points], inquiry.knowledge.terms)
    why = "比较：" + "、".join(table.subjects)
    said = likenesses(inquiry, topics, subjects)
    return Draft("compare", (title, table, *said, *note), confidence, about=tuple(subjects), why=why)


def _topics(inquiry: Inquiry, subjects: Sequence[Entity], rows: Sequence[AspectRow]) -> list[Topic]:
    """Where gains and drawbacks stand side by side, what they both speak of."""
    weighed = [(aspect, cells) for aspect, cells in rows if aspect.role in ("advantage", "drawback")]
    if len(weighed) < 2:
        return []
    owners: dict[Point, int] = {}  # whose cell a point stands in: it may be written of another name of the subject
    for _, cells in weighed:
        for subject, points in zip(subjects, cells, strict=True):
            for point in points:
                owners.setdefault(point, subject.id)
    return shared_topics(inquiry, subjects, owners)


def compare_columns(inquiry: Inquiry) -> Draft | None:
    """「轻伤和重伤怎么区分」 where the deck has them as heads of columns: they become the subjects."""
    columns = [aspect for aspect in inquiry.aspects if aspect.role == "other"]
    if len(columns) < 2 or len(columns) < len(inquiry.aspects):
        return None
    rows: dict[int, dict[str, list[Point]]] = {}
    for point in inquiry.knowledge.points_where(lambda aspect: aspect in columns):
        if inquiry.subject is None or point.entity == inquiry.subject.id:
            rows.setdefault(point.entity, {}).setdefault(point.aspect.name, []).append(point)
    if not rows:
        return None
    names = tuple(aspect.name for aspect in columns)
    table = Table(
        names,
        tuple(
            (inquiry.knowledge.entities[entity].name, tuple(cell_of(cells.get(name, [])) for name in names))
            for entity, cells in rows.items()
        ),
    )
    why = "比较表格的列：" + "、".join(names)
    return Draft(
        "compare", (Heading(f"{'、'.join(names)}的比较"), table), EXACT - 0.05, about=inquiry.reading.subjects, why=why
    )


def subjects_compared(inquiry: Inquiry) -> tuple[Entity, ...]:
    """The subjects named, or the members of the group meant."""
    named = without_scope(inquiry)
    known = tuple(entity for entity in named if entity.id in inquiry.knowledge.points_of)
    if len(named) > 1:
        return known if len(known) > 1 else named
    if inquiry.asks("compare", "which") and len(parts := members_by_part(inquiry)) > 1:
        return parts
    if len(named) == 1 and inquiry.reading.counted and (group := group_meant(inquiry)) and _names_all(group, named[0]):
        return inquiry.knowledge.members(group)  # 「三种特装方案」
    if named and not inquiry.asks("all"):
        return named
    group = group_meant(inquiry)
    return inquiry.knowledge.members(group) if group else ()


def _names_all(group: Group, subject: Entity) -> bool:
    """Whether a subject is no more than a word of the group's title, or of what its members are called."""
    return subject.id not in group.members and searchable(subject.short) in searchable(f"{group.name} {group.kind}")


def without_scope(inquiry: Inquiry) -> tuple[Entity, ...]:
    """The subjects without one that only heads the others: 「甲和乙的差旅标准」 compares 甲 and 乙."""
    subjects = inquiry.reading.subjects
    if len(subjects) < 3:
        return subjects
    heads = {
        subject.id
        for subject in subjects
        if {point.entity for point in inquiry.knowledge.points_within.get(subject.id, [])}
        & {other.id for other in subjects if other is not subject}
    }
    return tuple(subject for subject in subjects if subject.id not in heads)


def _described_aspects(inquiry: Inquiry, subjects: Sequence[Entity]) -> list[Aspect]:
    """「甲和乙比,管理人员成本哪个低」: the aspects of several subjects whose names say what is asked."""
    cues = inquiry.lexicon.cues
    names = " ".join(searchable(subject.short) for subject in subjects)
    told = [w for w in content_beyond_kinds(inquiry) if w not in cues.words_of("low", "high") and not _is_of(w, names)]
    words = [word for word in told if inquiry.weights.known(word) or inquiry.weights.other_words(word)]
    measures = [m for said, names in cues.measured_by.items() if said in inquiry.reading.text for m in names]
    if not words and not measures:
        return []
    having: dict[Aspect, set[int]] = {}
    for subject in subjects:
        for point in inquiry.knowledge.points_of.get(subject.id, []):
            having.setdefault(point.aspect, set()).add(subject.id)
    called = {aspect: searchable(aspect.name) for aspect, owners in having.items() if aspect.name and len(owners) > 1}
    said = _saying(words, called, inquiry.weights) if words else []
    # 「甲和乙哪个便宜」, 「哪种送得最远」: under what tells dear from cheap, far from near
    return said or [aspect for aspect, name in called.items() if any(measure in name for measure in measures)]


def _is_of(word: str, names: str) -> bool:
    """Whether a word is part of the subjects' names, or is one of them shortened (店群制 for 商圈店群制)."""
    return word in names or (len(word) > 2 and word[:-1] in names)


def _saying(words: Sequence[str], names: Mapping[Aspect, str], weights: Weights) -> list[Aspect]:
    """The aspects that together say most of ``words``, in their order; none where that is too little."""
    left, chosen = list(words), set[Aspect]()
    while left:
        said = {aspect: coverage(left, name, weights) for aspect, name in names.items() if aspect not in chosen}
        best = max(said.values(), default=0.0)
        if best < ADDED:
            break
        chosen |= {aspect for aspect, share in said.items() if share == best}
        left = [word for word in left if not any(weights.match(word, names[aspect]) for aspect in chosen)]
    whole = coverage(words, " ".join(names[aspect] for aspect in chosen), weights)
    return [aspect for aspect in names if aspect in chosen] if whole >= DESCRIBED else []


def _aspects(inquiry: Inquiry, subjects: Sequence[Entity]) -> list[Aspect]:
    if inquiry.aspects:
        return list(inquiry.aspects)
    if described := _described_aspects(inquiry, subjects):
        return described
    found = {
        point.aspect: None
        for subject in subjects
        for point in inquiry.knowledge.points_of.get(subject.id, [])
        if point.aspect.name
    }
    if inquiry.asks("quantity"):  # 「甲和乙各有几天」: only what gives such a number
        found = {
            point.aspect: None
            for subject in subjects
            for point in inquiry.knowledge.points_of.get(subject.id, [])
            if gives_quantity(point.fact.text, inquiry)
        } or found
    return sorted(found, key=lambda aspect: READING_ORDER.index(aspect.role))
