"""Numbers as an office program shows them under a number format (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.(?P<decimals>[0#?]+))?,*\s*(?P<percent>[%％‰])?")
DATE = re.compile(r"y+|m+|d+", re.IGNORECASE)
FIRST_DAY = date(1899, 12, 30)  # serial dates count from here, 1900 taken for a leap year
LAST_SERIAL = 2_958_465


def shown(number: float, code: str) -> str:
    """``number`` under the format ``code``, which is "" or General where there is none.

    >>> shown(0.125, "0.0%"), shown(1234.5, "#,##0"), shown(45000, "yyyy/m"), shown(3.0, "General"), shown(8, '0"台"')
    ('12.5%', '1,235', '2023/3', '3', '8台')
    """
    form = code.split(";")[0]
    bare = LITERAL.sub("", form)
    if not re.search(r"[#0?]", bare) and re.search("[yYdD]", bare):
        return _date(number, form)
    found = DIGITS.search(bare)
    if form in ("", "General", "@") or found is None or "E+" in bare:
        return plain(number)
    literal = LITERAL.sub(lambda m: m[1] or m[2] or m[3] or "", form)
    digits = DIGITS.search(literal)
    before, after = (literal[: digits.start()], literal[digits.end() :]) if digits else ("", "")
    text = _digits(abs(number), found)
    return ("-" if number < 0 and re.search("[1-9]", text) else "") + before.strip() + text + after.strip()


def plain(number: float) -> str:
    """At most ten significant digits and no exponent: 12.5, 1000000."""
    if number == int(number):
        return str(int(number))
    return f"{number:.10f}".rstrip("0") if abs(number) < 1 else f"{number:.10g}"


def _digits(number: float, found: re.Match[str]) -> str:
    decimals, percent = found["decimals"] or "", found["percent"] or ""
    whole = found.group().split(".")[0]
    exact = Decimal(repr(number)) * (1000 if percent == "‰" else 100 if percent else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-min(len(decimals), 12)), ROUND_HALF_UP)
    text = f"{rounded:{',' if ',' in whole.rstrip(',% ') else ''}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        text = text.removesuffix("0")
    return text.rstrip(".") + percent


def _date(number: float, form: str) -> str:
    if not 0 < number <= LAST_SERIAL:
        return plain(number)
    day = FIRST_DAY + timedelta(days=int(number))
    literal = LITERAL.sub(lambda m: m[1] or m[2] or "", form)
    return DATE.sub(lambda m: _part(m.group().lower(), day), literal).strip()


def _part(token: str, day: date) -> str:
    if token[0] == "y":
        return f"{day.year:04}" if len(token) > 2 else f"{day.year % 100:02}"
    number = day.month if token[0] == "m" else day.day
    return f"{number:02}" if len(token) == 2 else str(number)
