"""Automatic numbers of DrawingML paragraphs (a:buAutoNum, ECMA-376 part 1, 20.1.10.61), written as they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field

CHINESE_DIGITS = "零一二三四五六七八九"
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
HIGHEST = 999


@dataclass
class Counter:
    """Counts the numbered paragraphs of one text body by level."""

    counts: dict[int, tuple[str, int, int]] = field(default_factory=dict)

    def number(self, level: int, form: str, start: int = 1) -> str:
        """The next number of ``level`` in ``form``; another form or start begins anew."""
        self.skip(level + 1)
        before = self.counts.get(level)
        value = before[2] + 1 if before and before[:2] == (form, start) else start
        self.counts[level] = form, start, value
        return written(value, form)

    def skip(self, level: int) -> None:
        """A paragraph without a number ends the count of its level and of all below."""
        for deeper in [other for other in self.counts if other >= level]:
            del self.counts[deeper]


def written(number: int, form: str) -> str:
    """``number`` in the form of an a:buAutoNum.

    >>> [written(12, form) for form in ("arabicPeriod", "romanUcParenR", "ea1JpnChsDbPeriod", "circleNumDbPlain")]
    ['12.', 'XII)', '十二、', '⑫']
    """
    if form.startswith("circleNum") and number <= 20:
        return chr(ord("①") + number - 1)
    text = _digits(number, form)
    if form.startswith(("ea1Chs", "ea1Cht", "ea1JpnChs")):
        return text if form.endswith("Plain") else text + "、"
    closing = ")" if "Paren" in form else "" if form.endswith("Plain") else "."
    return f"({text})" if "ParenBoth" in form else text + closing


def _digits(number: int, form: str) -> str:
    if not 0 < number <= HIGHEST or form.startswith("arabic"):
        return str(number)
    if form.startswith("alpha"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if "Uc" in form else letter
    if form.startswith("roman"):
        return _roman(number).upper() if "Uc" in form else _roman(number)
    return _chinese(number) if form.startswith(("ea1Chs", "ea1Cht", "ea1JpnChs")) else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _chinese(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{CHINESE_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{CHINESE_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (CHINESE_DIGITS[ones] if ones else "")
