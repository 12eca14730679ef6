"""Which lines of a page are the steps of a course, and which stand among them and are none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from kejian.ingest.layout import Line, Sheet
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.scope import Scope, scope_of
from kejian.ingest.wording import STEP

FEWEST = 3
# Numbers that say by themselves that they count steps.
CERTAIN = re.compile(r"^(?:第\s*\S{1,3}\s*步|步骤|step)", re.IGNORECASE)
Part = Literal["step", "aside"]


def steps_of(sheet: Sheet) -> Mapping[int, Part]:
    """By the start of a line: a step though no heading says so, or an aside though one does."""
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for part in sheet.parts:
        if isinstance(part, Line) and part.item.kind in ("bullet", "paragraph") and not part.item.is_margin:
            scope = scope_of(part.sections)
            place = tuple(section.start for section in part.sections)
            groups[("procedure", scope.subject) if scope.role == "procedure" else place].append(part)
    return {start: kind for lines in groups.values() for start, kind in _parts(lines)}


def placed(scope: Scope, kind: Part | None, lexicon: Lexicon) -> Scope:
    """``scope`` for a line of this kind."""
    if kind == "step":
        return replace(scope, aspect=lexicon.aspect_named("procedure", "流程"), role="procedure")
    return replace(scope, aspect="", role="other") if kind == "aside" else scope


def _parts(lines: Sequence[Line]) -> Iterator[tuple[int, Part]]:
    scope = scope_of(lines[0].sections)
    numbered = [line for line in lines if STEP.match(line.item.text)]
    if len(numbered) < FEWEST:
        return
    if scope.role == "procedure":
        level = numbered[0].item.level
        asides = [line for line in lines if line not in numbered and line.item.level <= level]
        if len(asides) < len(numbered):
            yield from ((line.start, "aside") for line in asides)
    elif not scope.aspect:
        certain = [line for line in numbered if CERTAIN.match(line.item.text)]
        yield from ((line.start, "step") for line in certain if len(certain) >= FEWEST)
