"""What a question claims, and whether a quoted text bears it out."""

from __future__ import annotations

from dataclasses import dataclass

from kejian.assistant.inquiry import Inquiry
from kejian.assistant.polarity import clause_about, sign_of
from kejian.assistant.ranges import conflict
from kejian.corpus.normalize import searchable

WITHOUT_CONTENT = ("must", "low", "high", "negations", "owned", "exclusive")


@dataclass(frozen=True, slots=True)
class Claim:
    """``text`` is the question without its names and question words; ``words`` say what it speaks of."""

    text: str
    words: tuple[str, ...]


def claim_of(inquiry: Inquiry) -> Claim:
    """What is left of the question when names, aspects and question words are taken out."""
    pieces, position = [], 0
    for mention in inquiry.reading.mentions:
        if mention.kind == "counted":  # 「5个人」 is part of what is claimed
            continue
        pieces.append(inquiry.reading.text[position : mention.start])
        position = mention.end
    text = "".join((*pieces, inquiry.reading.text[position:]))
    general = inquiry.lexicon.cues.words_of(*WITHOUT_CONTENT)
    words = tuple(word for word in inquiry.words if word not in general and not word.isdigit())
    columns = (searchable(aspect.name) for aspect in inquiry.aspects if aspect.role == "other")  # 「…能续借吗」 of 续借
    return Claim(text, words or tuple(columns))


def verdict_of(inquiry: Inquiry, claim: Claim, quote: str) -> bool | None:
    """Whether ``quote`` bears the claim out; None where it speaks of something else, or of less than 「只能」."""
    text, cues = searchable(quote), inquiry.lexicon.cues
    clause = clause_about(text, claim.words, inquiry.weights)
    exclusive = cues.said(claim.text, "exclusive")
    if not clause or (exclusive and not any(word in text for word in exclusive)):
        return None
    if conflict(claim.text, clause, cues):
        return False
    return sign_of(clause, cues) == sign_of(claim.text, cues)


def word_for(inquiry: Inquiry, verdict: bool) -> str:
    """The answering word in the mood of the question: 能不能 is answered with 可以, 要不要 with 需要."""
    asked = inquiry.reading.text
    for moods, (yes, no) in inquiry.lexicon.cues.verdicts.items():
        if any(mood in asked for mood in moods.split("、")):
            return yes if verdict else no
    return "是的" if verdict else "不是"
