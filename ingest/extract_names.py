"""Names in flattened text: which tokens are names of boxes, and which pieces of a name belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from kejian.corpus.extract_words import ExtractWords
from kejian.corpus.normalize import searchable
from kejian.ingest.extract_pages import is_bullet
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.wording import LETTER, is_name

STAR = re.compile(r"\*{1,4}|[＊※]{1,4}")
OPENING_MARK = re.compile(r"[(（〔\[【/／]")
CLOSING_MARK = re.compile(r"[)）〕\]】/／、，,.。;；:：]")
BRACKET = re.compile(r"[()（）〔〕\[\]【】/／]")
UNFINISHED = re.compile(r"[、，,(（〔\[【/／:：—–-]$")
CHINESE_LETTER = re.compile(r"[\u3400-\u9fff]")
LONGEST_NAME = 12
MOST_PIECES = 3


class Names:
    """What counts as a name in one extract: the term base, words of units, tokens that stand among other names."""

    def __init__(self, tokens: Sequence[str], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = ExtractWords.bundled()
        self._tokens = tokens
        self._found: dict[tuple[str, bool], bool] = {}

    @cached_property
    def _alone(self) -> Counter[str]:
        """How often short tokens stand between tokens and behind no bullet."""
        before = ("", *self._tokens)
        return Counter(
            searchable(token)
            for token, left in zip(self._tokens, before, strict=False)
            if not is_bullet(left) and len(token) <= LONGEST_NAME and is_name(token) and len(token) > 1
        )

    def is_known(self, text: str) -> bool:
        """Whether the term base, the ending, or standing alone more than once says that ``text`` is a name."""
        terms = self.lexicon.terms
        if not is_name(text) or len(text) > LONGEST_NAME * 2:
            return False
        if terms.subject(text) or terms.aspect(text):
            return True
        unit = 2 < len(text) <= LONGEST_NAME and self.lexicon.words.is_unit(text)
        return unit or self._alone[searchable(text)] > 1

    def pieces(self, tokens: Sequence[str]) -> int:
        """How many tokens at the beginning of ``tokens`` make one known name; 0 where none do."""
        for count in range(min(MOST_PIECES, len(tokens)), 0, -1):
            joined = "".join(tokens[:count])
            if any(STAR.match(token) or is_bullet(token) for token in tokens[:count]):
                continue
            if self._is_one(joined, in_pieces=count > 1):
                return count
        return 0

    def _is_one(self, joined: str, *, in_pieces: bool) -> bool:
        """Whether ``joined`` is a name; what was looked up once is kept."""
        key = (joined, in_pieces)
        if key not in self._found:
            self._found[key] = self._is_whole(joined) if in_pieces else self.is_known(joined)
        return self._found[key]

    def _is_whole(self, joined: str) -> bool:
        """Whether pieces make a name that is known from elsewhere: the term base, or the extract itself."""
        terms = self.lexicon.terms
        return bool(terms.subject(joined) or terms.aspect(joined)) or searchable(joined) in self._alone

    def continues(self, before: str, token: str) -> bool:
        """Whether ``token`` goes on with the words ``before``: the space between them is stray."""
        opened = len(re.findall(r"[(（]", before)) > len(re.findall(r"[)）]", before))
        return bool(
            UNFINISHED.search(before)
            or CLOSING_MARK.match(token)
            or OPENING_MARK.match(token)
            or (opened and re.match(r"[^(（]*[)）]", token))
            or (len(token) == 1 and CHINESE_LETTER.match(token))
        )

    def goes_on(self, before: str, token: str) -> bool:
        """As ``continues``, for a sentence: it may also have broken off behind a particle, or at a figure."""
        particle = before.endswith(self.words.dangling)
        figure = bool(re.match(r"[0-9A-Za-z%]", token) or re.search(r"[0-9A-Za-z%]$", before))
        return particle or self.continues(before, token) or (figure and not self.is_known(token))

    def joined(self, tokens: Sequence[str]) -> list[str]:
        """A run of ``tokens`` as whole names: pieces, brackets and footnote marks joined to what they follow."""
        names: list[str] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if names and (STAR.fullmatch(token) or self._belongs(names[-1], token)):
                names[-1] += f" {token}"
                at += 1
                continue
            count = max(1, self.pieces(tokens[at : at + MOST_PIECES]))
            names.append(" ".join(tokens[at : at + count]))
            at += count
        return names

    def _belongs(self, before: str, token: str) -> bool:
        if not LETTER.search(token) and not BRACKET.match(token):
            return not LETTER.search(before)  # figures and dots among the boxes, together
        return bool(LETTER.search(before)) and self.continues(before, token)


def are_names(tokens: Iterable[str]) -> bool:
    """Whether each of ``tokens`` is short and unpunctuated."""
    return all(is_name(token) and len(token) <= LONGEST_NAME for token in tokens)
