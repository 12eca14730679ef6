"""Bullets that a converter turned into letters: 「l 每天盘点」, 「Ø 交接班」 → 「• 每天盘点」."""

from __future__ import annotations

import re
from collections import Counter

# What the bullets of symbol fonts become once the font is lost: their letters, or the private characters of the font.
LETTERS = "lnuvpqwtoØüÜ§²Ÿ¨àÞF"
PRIVATE = re.compile("[\uf020-\uf0ff]")
SPACE = r"[ \t\u3000]"
OPENS = r"[\u2e80-\u9fff“\"'《〈「(（【\dA-Z]"
OF_LINE = re.compile(rf"^({SPACE}*)([{LETTERS}*·‧・∙])({SPACE}+)(?={OPENS})", re.MULTILINE)
INLINE = re.compile(rf"(?:(?<=\s)|\A)([{LETTERS}])(\s+)(?=[\u2e80-\u9fff“《「(（])")
FEWEST_LINES = 3
FEWEST_INLINE = 5
BULLET = "•"


def with_bullets(text: str) -> str:
    """``text`` with such letters as bullets; a letter counts where it opens three lines, or stands alone five times.

    >>> with_bullets("l 盘点\\nl 交接\\nl 清扫")
    '• 盘点\\n• 交接\\n• 清扫'
    """
    text = PRIVATE.sub(BULLET, text)
    opening = Counter(found[2] for found in OF_LINE.finditer(text))
    of_lines = "".join(re.escape(mark) for mark, count in opening.items() if count >= FEWEST_LINES)
    if of_lines:
        text = re.sub(rf"^({SPACE}*)[{of_lines}](?={SPACE}+\S)", rf"\1{BULLET}", text, flags=re.MULTILINE)
    alone = Counter(found[1] for found in INLINE.finditer(text))
    inline = {mark for mark, count in alone.items() if count >= FEWEST_INLINE}
    return INLINE.sub(lambda f: f"{BULLET}{f[2]}" if f[1] in inline else f[0], text) if inline else text
