"""Ranges of amounts (3天以内, 4至10天, 5万元以上), so that a question about five days finds its row of a table."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from kejian.assistant.amounts import NUMERAL, THOUSANDS, Amount, amounts, differ, number_of
from kejian.corpus.cues import Cues

FROM = "起"
BETWEEN = r"\s*(?:至|到|-|~|—|–|～|以上)\s*"


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, ends included or not; ``unit`` is "" where a text leaves it to its column's head."""

    low: float
    high: float
    unit: str
    with_low: bool = True
    with_high: bool = True

    def holds(self, amount: Amount) -> bool:
        number, unit = amount
        above = number > self.low or (self.with_low and number == self.low)
        below = number < self.high or (self.with_high and number == self.high)
        return (self.unit in ("", unit) or not unit) and above and below


def ranges(text: str, cues: Cues) -> list[Range]:
    """Every range in ``text`` (searchable form); 以上 and 以下 include the number unless 超过 or 不足 say otherwise.

    >>> [(r.low, r.high, r.unit) for r in ranges("4至10天", Cues.bundled()) + ranges("5万元以上", Cues.bundled())]
    [(4.0, 10.0, '天'), (50000.0, inf, '元')]
    """
    text = THOUSANDS.sub("", text)
    found = []
    between, bounded = _patterns(cues)
    for match in between.finditer(text):
        for _, unit in _amount(match["second"], match["unit"], cues):
            found.append(Range(number_of(match["first"]), number_of(match["second"]), unit))
    rest = between.sub(" ", text)
    for match in bounded.finditer(rest):
        kind = match["before"] or match["after"]
        if kind == FROM and not match["unit2"]:  # 「一起」 and 「126起偏差」 are no limits, 「5万元起」 is one
            continue
        for number, unit in _amount(match["number"] or match["number2"], match["unit"] or match["unit2"] or "", cues):
            included = kind not in cues.intents["beyond"]
            if kind in cues.intents["at_most"]:
                found.append(Range(-math.inf, number, unit, with_high=included))
            else:
                found.append(Range(number, math.inf, unit, with_low=included))
    return found


def conflict(asked: str, given: str, cues: Cues) -> bool:
    """Whether ``given`` names another number in a unit of ``asked``, and no range that holds the one asked about.

    >>> conflict("每年一次", "每半年一次", Cues.bundled()), conflict("取6万元", "5万元以上须预约", Cues.bundled())
    (True, False)
    """
    numbers = amounts(asked, cues)
    held = any(span.holds(amount) for span in ranges(given, cues) for amount in numbers)
    return not held and differ(numbers, amounts(given, cues))


def _amount(number: str, unit: str, cues: Cues) -> set[Amount]:
    return amounts(f"{number}{unit}", cues) if unit else {(number_of(number), "")}


@lru_cache(maxsize=4)
def _compiled(units: tuple[str, ...], most: tuple[str, ...], least: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    unit = "|".join(map(re.escape, sorted(units, key=len, reverse=True))) + r"|[^\W\d_至到以及含]|%"
    bound = "|".join(map(re.escape, sorted((*most, *least), key=len, reverse=True)))
    number = rf"(?:{NUMERAL})"
    between = re.compile(rf"(?P<first>{number})\s*(?:{unit})?{BETWEEN}(?P<second>{number})\s*(?P<unit>{unit})")
    bounded = re.compile(
        rf"(?P<before>{bound})\s*(?P<number>{number})\s*(?P<unit>{unit})"
        rf"|(?P<number2>{number})\s*(?P<unit2>{unit})?\s*[((]?含?[))]?\s*(?P<after>{bound})"
    )
    return between, bounded


def _patterns(cues: Cues) -> tuple[re.Pattern[str], ...]:
    return _compiled(tuple(cues.unit_of), cues.intents["at_most"], cues.intents["at_least"])
