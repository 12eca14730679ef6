"""Values of spreadsheet cells as a reader sees them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from kejian.ingest.number_format import FIRST_DAY, shown
from kejian.ingest.wording import one_line

PLAIN_FORMAT = re.compile(r"^(?P<grouped>#,##)?0(?:\.(?P<decimals>0+))?(?P<percent>%)?(?:_.)?$")
LOCALE = re.compile(r"\[[^\]]*\]|;@$")
DIGITS = 15  # significant digits that Excel keeps


def lines_of(value: object, number_format: str = "General") -> tuple[str, ...]:
    """The paragraphs of a cell's value; its number format gives percent signs, decimals and thousands.

    >>> lines_of("甲\\n乙"), lines_of(0.125, "0.0%"), lines_of(1234.5, "#,##0.00"), lines_of(0.1 + 0.2)
    (('甲', '乙'), ('12.5%',), ('1,234.50',), ('0.3',))
    """
    return tuple(line for line in map(one_line, _text(value, number_format).splitlines()) if line)


def _text(value: object, number_format: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, date) and "年" in number_format:
        day = value.date() if isinstance(value, datetime) else value
        return shown((day - FIRST_DAY).days, LOCALE.sub("", number_format))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value) if not isinstance(value, timedelta) else _duration(value)


def _number(value: float, number_format: str) -> str:
    found = PLAIN_FORMAT.match(number_format.split(";")[0])
    if found is None or abs(value) >= 10**DIGITS:
        return str(int(value)) if value == int(value) and abs(value) < 10**DIGITS else f"{value:.{DIGITS}g}"
    decimals = len(found["decimals"] or "")
    shown = value * 100 if found["percent"] else value
    return f"{shown:{',' if found['grouped'] else ''}.{decimals}f}{found['percent'] or ''}"


def _duration(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"
