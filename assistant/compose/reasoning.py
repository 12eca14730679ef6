"""Why something is so, where no heading says it: 「理由一:…」 on a slide about it, 「因…,暂时保留…」 in a sentence."""

from __future__ import annotations

import re

from kejian.assistant.compose.listing import FUZZY, items
from kejian.assistant.draft import Draft, Heading
from kejian.assistant.evidence import coverage
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Point
from kejian.corpus.normalize import searchable

LABEL = re.compile(
    r"^(?:[一二三四五六\d]+[是、.])?(?:主要)?(?:理由|原因|缘由|考虑|依据|出发点)[之]?[一二三四五六七八\d]*$"
)
CAUSAL = re.compile(
    r"因为|由于|为了|是因|原因是|理由是|考虑到|主要顾虑|出于|以便|之所以|因(?!此|而|素|果|公|私|病|事)(?=.{2,})"
)
MOST = 6
SAID = 0.5  # share of the question's other words that a sentence must say


def reasons(inquiry: Inquiry) -> Draft | None:
    """What slides that name the subject give as reasons: lines labelled so, else sentences that say because."""
    if inquiry.reading.roles != ("rationale",):
        return None
    drafts = (_reasons_of(inquiry, subject) for subject in inquiry.reading.subjects)
    return next((draft for draft in drafts if draft), None)


def _reasons_of(inquiry: Inquiry, subject: Entity) -> Draft | None:
    near = list(inquiry.knowledge.points_beside(subject.spellings))
    labelled = [point for point in near if LABEL.match(point.fact.subject)]
    words = inquiry.words
    causal = [
        point
        for point in near
        if CAUSAL.search(point.fact.text)
        and _names(point, subject)
        and (
            not words
            or coverage(words, searchable(point.fact.text), inquiry.weights) >= SAID
            or sum(_names(point, other) for other in inquiry.reading.subjects) > 1
        )
    ]
    one_slide = len({point.place.key for point in labelled}) == 1
    points = causal if (words and causal) or not one_slide else labelled
    if not points:
        return None
    heading = Heading(f"{subject.short}：材料写到的理由")
    said = items(inquiry, points[:MOST])
    return Draft("list", (heading, *said), FUZZY - 0.1, about=(subject,), why=f"理由：{subject.name}")


def _names(point: Point, subject: Entity) -> bool:
    said = searchable(point.fact.text)
    return any(searchable(spelling) in said for spelling in subject.spellings)
