"""Points of several subjects that speak of the same thing, found by the words they share: 市场反应, 资源利用."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kejian.assistant.answer import NOT_MENTIONED
from kejian.assistant.draft import Statement, TableCell
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Point
from kejian.corpus.normalize import searchable

MOST = 6
COMMON = 0.5  # a word in more than this share of all points tells none of them apart
WITHOUT_CONTENT = ("low", "high", "negations", "must", "kinds", "exclusive", "connecting")


@dataclass(frozen=True, slots=True)
class Topic:
    """What points of two or more subjects speak of, in words of the material."""

    label: str
    points: Mapping[int, tuple[Point, ...]]  # by subject


def shared_topics(inquiry: Inquiry, subjects: Sequence[Entity], owners: Mapping[Point, int]) -> list[Topic]:
    """Topics that points of at least two of ``subjects`` share, most subjects first; each point in one topic.

    ``owners`` are the points with the subject that each is said of.
    """
    points = tuple(owners)
    by_word = _points_by_word(inquiry, subjects, points)
    left: dict[Point, None] = dict.fromkeys(points)
    found: list[Topic] = []
    while len(found) < MOST:
        ranked = [
            (_rank(inquiry, word, [owners[p] for p in having if p in left]), word) for word, having in by_word.items()
        ]
        (number, *_), word = max(ranked, default=((0,), ""))
        if number < 2:
            break
        chosen = [point for point in by_word[word] if point in left]
        found.append(Topic(_label(by_word, chosen), _by_subject(chosen, owners)))
        left = {point: None for point in left if point not in chosen}
    return found


def aligned_rows(topics: Iterable[Topic], subjects: Sequence[Entity]) -> Iterator[tuple[str, tuple[TableCell, ...]]]:
    """A row a topic: what each subject's points say to it, each under its aspect."""
    for topic in topics:
        yield (
            f"对照：{topic.label}",
            tuple(cell_of(topic.points.get(subject.id, ()), with_aspect=True) for subject in subjects),
        )


def likenesses(inquiry: Inquiry, topics: Iterable[Topic], subjects: Sequence[Entity]) -> Iterator[Statement]:
    """「在“反应”上，甲列为优点，乙列为缺点」: where subjects are alike and where they differ, as far as asked."""
    alike, unlike = (inquiry.lexicon.cues.said(inquiry.reading.text, name) for name in ("alike", "unlike"))
    for topic in topics:
        named = [subject for subject in subjects if subject.id in topic.points]
        aspects = {s.id: "、".join(dict.fromkeys(p.aspect.name for p in topic.points[s.id])) for s in named}
        same = len(set(aspects.values())) == 1
        if (same and alike) or (not same and unlike):
            sources = tuple(point.source for subject in named for point in topic.points[subject.id])
            yield Statement(f"在“{topic.label}”上，{_said(named, aspects, same)}。", sources, item=True)


def _said(named: Sequence[Entity], aspects: Mapping[int, str], same: bool) -> str:
    if same:
        return f"{'、'.join(subject.short for subject in named)}都写为{aspects[named[0].id]}"
    return "，".join(f"{subject.short}写为{aspects[subject.id]}" for subject in named)


def cell_of(points: Sequence[Point], *, with_aspect: bool = False) -> TableCell:
    """What the points say, a line each, behind their aspects where the row does not name one."""
    if not points:
        return TableCell(NOT_MENTIONED)
    lines = (f"{point.aspect.name}：{point.fact.text}" if with_aspect else point.fact.text for point in points)
    return TableCell("\n".join(lines), tuple(point.source for point in points))


def _points_by_word(
    inquiry: Inquiry, subjects: Sequence[Entity], points: Sequence[Point]
) -> dict[str, tuple[Point, ...]]:
    """Content words with the points they stand in; synonyms count as one word."""
    names = {searchable(spelling) for subject in subjects for spelling in subject.spellings}
    empty = inquiry.lexicon.cues.words_of(*WITHOUT_CONTENT)
    found: dict[str, dict[Point, None]] = {}
    for point in points:
        for word in inquiry.told_apart(inquiry.lexicon.content_words(point.fact.text)):
            if len(word) > 1 and word not in empty and not any(word in name for name in names):
                found.setdefault(_one_of(word, inquiry, found), {})[point] = None
    return {word: tuple(having) for word, having in found.items() if len(having) <= max(2, COMMON * len(points))}


def _one_of(word: str, inquiry: Inquiry, known: Iterable[str]) -> str:
    """``word``, or the synonym of it that was met before."""
    others = inquiry.weights.synonyms.of(word)
    return word if word in known else next((other for other in others if other in known), word)


def _rank(inquiry: Inquiry, word: str, having: Sequence[int]) -> tuple[int, float]:
    """By how many subjects a word says something, then by how rare it is."""
    return len(set(having)), inquiry.weights.of(word)


def _label(by_word: Mapping[str, Sequence[Point]], chosen: Sequence[Point]) -> str:
    """At most two words that stand in all these points, the rarest, in the order of the first point."""
    shared = [word for word, having in by_word.items() if set(chosen) <= set(having)]
    rarest = sorted(shared, key=lambda word: len(by_word[word]))[:2]
    text = searchable(chosen[0].fact.text)
    return "".join(sorted(rarest, key=lambda word: text.find(word) if word in text else len(text)))


def _by_subject(points: Sequence[Point], owners: Mapping[Point, int]) -> dict[int, tuple[Point, ...]]:
    found: dict[int, tuple[Point, ...]] = {}
    for point in points:
        found[owners[point]] = (*found.get(owners[point], ()), point)
    return found
