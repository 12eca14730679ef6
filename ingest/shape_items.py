"""The text of one drawn shape → items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kejian.ingest.drawing import Drawn, Paragraph
from kejian.ingest.holders import unit_line
from kejian.ingest.outline import Item
from kejian.ingest.wording import CHINESE_WORD, FOOTNOTE, STEP, is_name, one_line, without_numbering

# 「管家 6人」, 「保安员（夜班）×4」: who works in a unit, and how many.
MANNED = re.compile(
    r"^(?![（(])[^\d]{2,12}?\s*[×xX*:：]?\s*[（(]?[约共]?\d{1,4}(?:\s*[~～\-–至]\s*\d{1,4})?[人名位个]?[)）]?$"
)
LONGEST_POST = 16
PROSE_ENDS = tuple("。！？!?")

LONGEST_TITLE = 40


def is_short(drawn: Drawn) -> bool:
    """Whether the shape holds one short line that could be a title."""
    text = heading_text(drawn)
    single = len(drawn.paragraphs) == (2 if is_translated(drawn) else 1)
    return (
        single
        and not drawn.paragraphs[0].bullet
        and len(text) <= LONGEST_TITLE
        and not (FOOTNOTE.match(text) and not STEP.match(text))
        and drawn.table is None
    )


def is_heading_box(drawn: Drawn) -> bool:
    """Whether the shape holds nothing but a name: it may head what stands under it."""
    name = without_numbering(heading_text(drawn)).rstrip(":：")
    return is_short(drawn) and drawn.role in ("", "body") and len(name) > 1 and is_name(name)


def is_translated(drawn: Drawn) -> bool:
    """Whether the shape holds a Chinese line and one in Latin letters, which says the same once more."""
    if len(drawn.paragraphs) != 2:
        return False
    first, second = (paragraph.text for paragraph in drawn.paragraphs)
    return bool(CHINESE_WORD.search(first)) and second.isascii() and is_name(second)


def heading_text(drawn: Drawn) -> str:
    """What the shape says as a heading."""
    return unit_text(drawn.paragraphs[:1] if is_translated(drawn) else drawn.paragraphs)


def unit_text(paragraphs: Sequence[Paragraph]) -> str:
    """The paragraphs as one line: a name broken over several."""
    return unit_line([paragraph.text for paragraph in paragraphs])


def lines(drawn: Drawn) -> Iterator[Item]:
    """The paragraphs of a shape as items; numbered lines are a list, so are the lines under a title of their own."""
    paragraphs = drawn.paragraphs
    steps = sum(bool(STEP.match(p.text)) for p in paragraphs) > 1
    titled = _is_titled(paragraphs)

    def out_of(number: int) -> bool:
        return _stands_out(paragraphs[number], paragraphs[number + 1 :])

    for number, paragraph in enumerate(paragraphs):
        out = _stands_out(paragraph, paragraphs[number + 1 :])
        listed = titled and number and not paragraph.text.endswith(PROSE_ENDS) and not out
        if drawn.role == "picture":
            yield Item("picture", paragraph.text, shape=drawn.index)
        elif paragraph.bullet or (steps and STEP.match(paragraph.text)) or listed:
            yield Item("bullet", paragraph.text, paragraph.level, drawn.index)
        else:
            above = {p.size for n, p in enumerate(paragraphs[:number]) if p.size > paragraph.size and out_of(n)}
            yield Item("paragraph", paragraph.text, shape=drawn.index, stands_out=out, rank=len(above) if out else 0)


def _is_titled(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the first line stands out as the title of those below it."""
    if len(paragraphs) < 2 or any(paragraph.bullet for paragraph in paragraphs):
        return False
    first, rest = paragraphs[0], paragraphs[1:]
    larger = first.size > max(paragraph.size for paragraph in rest)
    bolder = first.bold and not any(paragraph.bold for paragraph in rest)
    return is_name(first.text.rstrip(":：")) and (larger or bolder)


def _stands_out(line: Paragraph, below: Sequence[Paragraph]) -> bool:
    """Whether a line is a name in larger or bolder type than what is below it in the same box."""
    if not below or line.bullet or not is_name(line.text.rstrip(":：")):
        return False
    larger = line.size > below[0].size and line.size >= max(paragraph.size for paragraph in below)
    return larger or (line.bold and not all(paragraph.bold for paragraph in below))


def posts(drawn: Drawn) -> list[str]:
    """The lines of a box in a chart where each is a post of its own with a number: 「管家 6人」; none of any other."""
    said = [one_line(paragraph.text) for paragraph in drawn.paragraphs]
    counted = sum(bool(MANNED.match(text)) for text in said)
    named = all(is_name(text) and len(text) <= LONGEST_POST and text[0] not in "（(" for text in said)
    return said if len(said) > 1 and named and counted * 2 >= len(said) else []


def box_items(drawn: Drawn) -> tuple[str, list[Item]]:
    """(name, what is said of it) of a box in a chart: lines beyond a name broken over two are statements."""
    paragraphs = drawn.paragraphs
    whole = unit_text(paragraphs)
    said = paragraphs[1:]
    if not said or not (any(p.bullet for p in said) or _is_titled(paragraphs) or not is_name(whole)):
        return whole, []
    return one_line(paragraphs[0].text), [Item("bullet", p.text, p.level, drawn.index) for p in said]
