"""Texts of others in spreadsheets: none may be taken for a formula (OWASP ASVS 1.2.10, CWE-1236)."""

from __future__ import annotations

from kejian.ui.html import shown

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
LONGEST_TEXT = 32_767  # characters of a cell: Excel's limit


def harmless(text: str) -> str:
    """``text`` as a cell may hold it: no formula, no control characters, no longer than Excel allows.

    >>> harmless("=1+1"), harmless("  -18℃"), harmless("职责")
    ("'=1+1", "'  -18℃", '职责')
    """
    plain = shown(text)
    leads = text.lstrip(" \u3000\u00a0\ufeff\u200b").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS)
    return (f"'{plain}" if leads else plain)[:LONGEST_TEXT]
