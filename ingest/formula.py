"""Office formulas (OMML, ECMA-376 part 1, 22.1) → text on one line: a/b, x², √(…), ∑."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def formula_text(element: Any) -> str:
    """The formula in an m:oMath, m:oMathPara or anything around them.

    >>> from lxml import etree
    >>> run = "<m:r><m:t>{}</m:t></m:r>".format
    >>> part = lambda tag, text: f"<m:{tag}>{run(text)}</m:{tag}>"
    >>> fraction = f"<m:f>{part('num', 'a+b')}{part('den', 'c')}</m:f>"
    >>> formula_text(etree.fromstring(f'<m:oMath xmlns:m="{M[1:-1]}">{run("x=")}{fraction}</m:oMath>'))
    'x=(a+b)/c'
    """
    return "".join(_pieces(element))


def raised(text: str) -> str | None:
    """``text`` in characters that stand high; None where there are none for it."""
    return text.translate(RAISED) if text and all(ord(c) in RAISED for c in text) else None


def lowered(text: str) -> str | None:
    """``text`` in characters that stand low; None where there are none for it."""
    return text.translate(LOWERED) if text and all(ord(c) in LOWERED for c in text) else None


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.removeprefix(M)
        if child.tag == f"{M}t":
            yield child.text or ""
        elif name in WRITTEN:
            yield WRITTEN[name](child)
        elif not name.endswith("Pr"):
            yield from _pieces(child)


def _part(element: Any, tag: str) -> str:
    child = element.find(f"{M}{tag}")
    return formula_text(child) if child is not None else ""


def _bracketed(text: str) -> str:
    """``text`` as one operand: in brackets unless it is a word or a number."""
    whole = len(text) == 1 or text.replace(".", "").isdecimal() or (text.isalpha() and not text.isascii())
    return text if whole or (text.startswith("(") and text.endswith(")")) else f"({text})"


def _fraction(element: Any) -> str:
    return f"{_bracketed(_part(element, 'num'))}/{_bracketed(_part(element, 'den'))}"


def _scripts(element: Any) -> str:
    low, high = _part(element, "sub"), _part(element, "sup")
    below = lowered(low) or (f"_{_bracketed(low)}" if low else "")
    above = raised(high) or (f"^{_bracketed(high)}" if high else "")
    return _part(element, "e") + below + above


def _root(element: Any) -> str:
    degree = _part(element, "deg")
    return f"{raised(degree) or degree}√{_bracketed(_part(element, 'e'))}"


def _sum(element: Any) -> str:
    sign = element.find(f"{M}naryPr/{M}chr")
    low, high = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_bracketed(low)}" if low else "") + (f"^{_bracketed(high)}" if high else "")
    return f"{_value(sign, '∫')}{limits}{' ' if limits else ''}{_part(element, 'e')}"


def _enclosed(element: Any) -> str:
    kinds = (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    opening, between, closing = (_value(element.find(f"{M}dPr/{M}{tag}"), usual) for tag, usual in kinds)
    return opening + between.join(formula_text(inner) for inner in element.iterfind(f"{M}e")) + closing


def _rows(element: Any) -> str:
    rows = (", ".join(formula_text(cell) for cell in row.iterfind(f"{M}e")) for row in element.iterfind(f"{M}mr"))
    return f"[{'; '.join(rows)}]"


def _value(element: Any, usual: str) -> str:
    return usual if element is None else element.get(f"{M}val", usual)


WRITTEN: dict[str, Callable[[Any], str]] = {
    "f": _fraction, "sSub": _scripts, "sSup": _scripts, "sSubSup": _scripts,
    "rad": _root, "nary": _sum, "d": _enclosed, "m": _rows,
}  # fmt: skip
