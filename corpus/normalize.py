"""The searchable form (检索形式) of a text: what is compared and indexed, beside the text that is shown and cited."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

# Characters that file converters put in place of the right one, and forms NFKC leaves alone.
CONVERTER_FAULTS = str.maketrans({"臵": "置", "帐": "账", "⻚": "页", "⻅": "见", "⻓": "长", "⻔": "门", "⻛": "风", "⻢": "马"})
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
SPACE_IN_CHINESE = re.compile(r"(?<=[\u3000-\u9fff，。；：！？（）])\s+(?=[\u3000-\u9fff，。；：！？（）])")


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def searchable(text: str) -> str:
    """``text`` folded for comparison: width, case, converter faults, traditional characters, stray spaces.

    >>> searchable("前後端型 的 ＯＲＧ Ｃhart")
    '前后端型的 org chart'
    """
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", text).translate(CONVERTER_FAULTS))
    folded = _to_simplified().convert(folded).lower()
    return SPACE_IN_CHINESE.sub("", re.sub(r"\s+", " ", folded)).strip()
