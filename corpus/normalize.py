"""The searchable form (检索形式) of a text: what is compared and indexed, beside the text that is shown and cited."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

BUNDLED_FAULTS = Path(__file__).with_name("converter_faults.yaml")
# Older and rival ways of writing one word; 帐 for 账 was common in the material this started from.
LONGEST_KEPT = 64  # characters: names, heads and labels, which are folded again and again
KEPT = 262_144  # of them: a library of 100,000 passages has 180,000 names
RIVAL_CHARACTERS = str.maketrans("帐", "账")
RIVAL_WORDS = {"坐席": "座席", "其它": "其他", "登陆": "登录", "身分": "身份", "部份": "部分"}
RIVAL_WORD = re.compile("|".join(RIVAL_WORDS))
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
CHINESE = "\u2e80-\u9fff\uf900-\ufaff"
SPACE_BESIDE_CHINESE = re.compile(rf"(?<=[{CHINESE}])\s+|\s+(?=[{CHINESE}])")


@cache
def _faults() -> tuple[dict[int, str], re.Pattern[str]]:
    """Characters that file converters put in place of the right one, and the words in which they are right."""
    import yaml

    content = yaml.safe_load(BUNDLED_FAULTS.read_text(encoding="utf-8"))
    right = "|".join(map(re.escape, content["unless"]))
    return str.maketrans({**content["faults"], **content["radicals"]}), re.compile(f"({right})")


def mended(text: str) -> str:
    """``text`` with the usual faults of converters mended.

    >>> mended("设臵亍本部"), mended("彳亍")
    ('设置于本部', '彳亍')
    """
    table, right = _faults()
    pieces = right.split(text)
    return "".join(piece if odd % 2 else piece.translate(table) for odd, piece in enumerate(pieces))


@cache
def _to_simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _folded(character: str) -> str:
    folded = searchable(character)
    return folded if len(folded) == 1 else character


def aligned(text: str) -> str:
    """``text`` folded character by character, so that every place in it stays where it is.

    >>> aligned("客戶 ＡＢ 職責")
    '客户 ab 职责'
    """
    return "".join(map(_folded, text))


def searchable(text: str) -> str:
    """``text`` folded for comparison: width, case, converter faults, traditional characters, spaces beside
    Chinese, rival spellings.

    >>> searchable("前後端型 的 ＯＲＧ Ｃhart")
    '前后端型的org chart'
    """
    return _kept(text) if len(text) <= LONGEST_KEPT else _searchable(text)


@lru_cache(maxsize=KEPT)
def _kept(text: str) -> str:
    folded = _searchable(text)
    return text if folded == text else folded  # most texts read as they are written: one object for both


def _searchable(text: str) -> str:
    folded = unicodedata.normalize("NFKC", mended(INVISIBLE.sub("", text)))
    folded = unicodedata.normalize("NFKC", _to_simplified().convert(folded).lower())
    folded = SPACE_BESIDE_CHINESE.sub("", re.sub(r"\s+", " ", INVISIBLE.sub("", folded))).strip()
    return RIVAL_WORD.sub(lambda found: RIVAL_WORDS[found.group()], folded.translate(RIVAL_CHARACTERS))
