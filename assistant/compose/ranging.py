"""A question that gives an amount, answered from the row of a table whose range holds it: 「请五天假谁批」."""

from __future__ import annotations

from collections.abc import Sequence

from kejian.assistant.amounts import Amount, amounts, without_amounts
from kejian.assistant.compose.looking_up import as_lookup
from kejian.assistant.draft import Draft
from kejian.assistant.evidence import coverage
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Point
from kejian.assistant.ranges import ranges
from kejian.assistant.select import Scored
from kejian.corpus.normalize import searchable

SPEAKS_OF_IT = 0.45  # share of the question's other words that the row's table must say
SPEAKS_IN_TEXT = 0.5  # ... or the slide that the limits are written on
SPEAKS_ALONE = 0.25  # ... where no other table has ranges in so rare a unit
NEAR = 3  # passages on whose slides limits are looked for


def within_range(inquiry: Inquiry) -> Draft | None:
    """The cells of the rows whose head is a range that holds the amount asked about."""
    asked = amounts(inquiry.reading.text, inquiry.lexicon.cues)
    if not asked:
        return None
    if step := _step_of_ladder(inquiry, asked):
        return as_lookup(inquiry, [Scored(step, 1.0, 0.85)])
    rest = without_amounts(inquiry.reading.text, inquiry.lexicon.cues)  # 「请五天假」 is 请假 again
    words = [w for w in inquiry.told_apart(inquiry.lexicon.content_words(rest)) if _is_known(inquiry, w)]
    rows = [p for p, spans in inquiry.lexicon.range_rows if any(s.holds(amount) for s in spans for amount in asked)]
    least = SPEAKS_OF_IT if len({point.place.key for point in rows}) > 1 or not _is_rare(asked) else SPEAKS_ALONE
    found = [point for point in rows if coverage(words, _around(point), inquiry.weights) >= least]
    owners = [p for p in found if p.aspect.name.endswith(inquiry.lexicon.cues.intents["owners"])]
    found = (owners or found) if inquiry.asks("who") else found
    named = [point for point in found if point.aspect in inquiry.aspects]
    chosen = named or _best(inquiry, found, words) or _steps_in_text(inquiry, asked, words)
    return as_lookup(inquiry, [Scored(point, 1.0, 0.85) for point in chosen]) if chosen else None


def _step_of_ladder(inquiry: Inquiry, asked: set[Amount]) -> Point | None:
    """Of the subject's limits (500以内, 5000以内, 5万以内, one to a column) the closest that holds the amount."""
    own = inquiry.knowledge.points_of.get(inquiry.subject.id, []) if inquiry.subject else []
    limits = [(p, span) for p in own for span in ranges(searchable(p.fact.text), inquiry.lexicon.cues)]
    if len({point for point, _ in limits}) < 2 or any(point.aspect in inquiry.aspects for point, _ in limits):
        return None
    largest = {max(asked)}  # 「一笔3万块」: where the column's head has the unit, the 3万 is meant
    holding = [
        (s.high, -s.low, n, p) for n, (p, s) in enumerate(limits) if any(map(s.holds, asked if s.unit else largest))
    ]
    return min(holding)[3] if holding else None


def _steps_in_text(inquiry: Inquiry, asked: set[Amount], words: Sequence[str]) -> list[Point]:
    """「迟到超过20分钟…;超过40分钟…」: of limits that lines of one slide give in one unit the closest that holds it."""
    near = (inquiry.place_of(hit) for hit in inquiry.hits[:NEAR])
    for key in dict.fromkeys(place.key for place in near if place):
        points = inquiry.knowledge.points_on.get(key, [])
        spans = [
            (p, span) for p in points for span in ranges(searchable(p.fact.text), inquiry.lexicon.cues) if span.unit
        ]
        for amount in sorted(asked, reverse=True):
            ladder = [(point, span) for point, span in spans if span.unit == amount[1]]
            holding = [(s.high - s.low, s.high, -s.low, n) for n, (_, s) in enumerate(ladder) if s.holds(amount)]
            several = len({(span.low, span.high) for _, span in ladder}) > 1
            if several and holding and coverage(words, _around(ladder[0][0]), inquiry.weights) >= SPEAKS_IN_TEXT:
                return [ladder[min(holding)[3]][0]]
    return []


def _best(inquiry: Inquiry, points: Sequence[Point], words: Sequence[str]) -> list[Point]:
    """Of the cells of a row those that themselves say most of the words; all where none says any."""
    said = [coverage(words, searchable(f"{p.fact.aspect} {p.fact.text}"), inquiry.weights) for p in points]
    return [point for point, share in zip(points, said, strict=True) if share == max(said)]


def _is_rare(asked: set[Amount]) -> bool:
    """Whether every unit asked about is more than a character: 人天 says more of what is meant than 天."""
    return all(len(unit) > 1 for _, unit in asked)


def _is_known(inquiry: Inquiry, word: str) -> bool:
    return inquiry.weights.known(word) or bool(inquiry.weights.other_words(word))


def _around(point: Point) -> str:
    """The slide whole: the head over the ranges (出差天数) is no part of a fact."""
    return searchable(f"{point.place.slide.title}\n{point.place.slide.source}")
