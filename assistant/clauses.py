"""Several questions in one: 「应急办设在哪个部门,主任是谁」 is answered part by part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kejian.assistant.draft import Draft, Heading, Part, Statement
from kejian.assistant.reading import Lexicon

BREAK = re.compile(r"[,，;；?？。、]\s*(?=\S)")
ASKS = re.compile(
    r"什么|啥|谁|哪|几(?!乎)|多少|多久|多长|多大|多高|怎么|怎样|如何|咋|为何|吗$|不$|能不能|是不是|要不要|有没有|可不可以|可以吗|行吗|何时"
)
# 「…哪个最高,各多少分」 asks no second question: it says how the first is to be answered.
EACH = re.compile(r"(?:各自?(?:是|要|有|为)?|分别(?:是|要|有|为)?)(?:多少|多久|多长|多大|几)\S{0,3}")
SHORTEST = 2
MOST = 3


def clauses(question: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The questions in ``question``, each with the remarks before it; none where it asks only once.

    Enumerations stay whole: in 「甲、乙有什么区别」 only the last part asks.
    """
    parts = [part for part in BREAK.split(question.strip().rstrip("?？。!！")) if part.strip()]
    asked: list[str] = []
    said = ""
    for part in parts:
        said = f"{said},{part}" if said else part
        if asked and EACH.fullmatch(part.strip()):
            asked[-1] = f"{asked[-1]},{said}"
            said = ""
        elif ASKS.search(part) and len(part) >= SHORTEST:
            asked.append(said)
            said = ""
    if said and asked:
        asked[-1] = f"{asked[-1]},{said}"
    if not 1 < len(asked) <= MOST:
        return ()
    named = [lexicon.read(part).subjects for part in asked]
    return tuple(asked) if not any(named[1:]) or len(set(named)) > 1 else ()


def joined(parts: Sequence[tuple[str, Draft]]) -> Draft | None:
    """One draft of several; what found no answer is said, unless nothing did."""
    answered = [draft for _, draft in parts if draft.refusal is None]
    if not answered:
        return None
    said: list[Part] = []
    for question, draft in parts:
        if draft.refusal is not None:
            said.append(Heading(f"材料里没有找到：{question.strip('?？')}"))
            continue
        said += [part for part in draft.parts if part not in said or not isinstance(part, Statement)]
    whole = max(answered, key=lambda draft: (draft.tree is not None, draft.table is not None))
    kind = whole.kind if whole.tree or whole.table else answered[0].kind
    about = tuple(dict.fromkeys(entity for draft in answered for entity in draft.about))
    why = "；".join(draft.why for draft in answered)
    confidence = min(draft.confidence for draft in answered)
    return replace(
        answered[0], kind=kind, parts=tuple(said), tree=whole.tree, about=about, why=why, confidence=confidence
    )
