"""The straight lines of a picture → boxes around its texts, and the lines that join them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kejian.ingest.pdf_frame import Box
from kejian.ingest.pdf_paths import Stroke

NEAR = 5.0  # points: corners of a box in a picture meet as closely
COVERED = 0.85  # of its height a side of a box is drawn
LOWEST = 10.0  # points
ROUND, ROUNDEST = 0.4, 30.0  # of the height of a box, and in points, the radius of its corners may be
MOST = 400  # rules: beyond, no boxes are looked for


def boxes_and_strokes(rules: Sequence[Box]) -> tuple[list[Box], list[Stroke]]:
    """(the rectangles that ``rules`` draw, the rules that are sides of none)."""
    level = sorted((rule for rule in rules if _is_level(rule)), key=lambda rule: rule.top)
    upright = [rule for rule in rules if not _is_level(rule)]
    found: list[Box] = []
    sides: set[int] = set()
    for at, top in enumerate(level if len(rules) <= MOST else ()):
        for foot in level[at + 1 :]:
            posts = _posts(top, foot, upright) if _same_width(top, foot) else None
            if posts:
                found.append(Box(posts[0].left, top.top, posts[1].right, foot.bottom))
                sides |= {id(top), id(foot), *map(id, posts)}
                break
    return found, list(_strokes([rule for rule in rules if id(rule) not in sides]))


def _is_level(rule: Box) -> bool:
    return rule.right - rule.left >= rule.bottom - rule.top


def _same_width(top: Box, foot: Box) -> bool:
    apart = foot.top - top.top >= LOWEST
    return apart and abs(top.left - foot.left) <= NEAR and abs(top.right - foot.right) <= NEAR


def _posts(top: Box, foot: Box, upright: Sequence[Box]) -> list[Box]:
    """The rules that join two level ones at both ends; nothing where one is missing."""
    height = foot.top - top.top
    most = min(ROUND * height, ROUNDEST)
    left = next((rule for rule in upright if _stands(rule, top.left - rule.left, top, foot, most)), None)
    right = next((rule for rule in upright if _stands(rule, rule.left - top.right, top, foot, most)), None)
    return [left, right] if left is not None and right is not None else []


def _stands(rule: Box, out: float, top: Box, foot: Box, most: float) -> bool:
    """Whether an upright rule, ``out`` from the end of a level one, is the side of a box, its corners round or not."""
    shared = min(rule.bottom, foot.top) - max(rule.top, top.top)
    straight = foot.top - top.top - 2 * max(out, 0.0)
    return -NEAR <= out <= max(most, NEAR) and shared >= COVERED * straight


def _strokes(rules: Sequence[Box]) -> Iterator[Stroke]:
    """The rules cut where others meet them: a trunk that runs on into a branch is a trunk and a branch."""
    for rule in rules:
        across = [other for other in rules if _is_level(other) != _is_level(rule)]
        if _is_level(rule):
            cuts = [other.left for other in across if _meets(other, rule.left, rule.top, rule.right)]
            ends = _pieces(rule.left, cuts, rule.right)
            yield from (Stroke(((low, rule.top), (high, rule.top))) for low, high in ends)
        else:
            cuts = [other.top for other in across if _meets(rule, other.left, other.top, other.right)]
            ends = _pieces(rule.top, cuts, rule.bottom)
            yield from (Stroke(((rule.left, low), (rule.left, high))) for low, high in ends)


def _meets(upright: Box, left: float, y: float, right: float) -> bool:
    """Whether an upright rule touches or crosses the level one at ``y`` from ``left`` to ``right``."""
    return left - NEAR <= upright.left <= right + NEAR and upright.top - NEAR <= y <= upright.bottom + NEAR


def _pieces(start: float, cuts: Sequence[float], end: float) -> list[tuple[float, float]]:
    inside = sorted(cut for cut in cuts if start + NEAR < cut < end - NEAR)
    return list(pairwise([start, *inside, end]))
