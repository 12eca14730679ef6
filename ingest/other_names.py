"""Sentences that give something another name: 「X（简称Y）」, 「X，又称Y」, 「X（ABC）」, tables with a column 简称."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from kejian.corpus.mining_words import MiningWords
from kejian.corpus.normalize import searchable
from kejian.ingest.wording import is_name

BRACKET = re.compile(r"[（(]([^（）()]{2,60})[)）]")
BORDER = re.compile(r"[,，。；;:：、！？!?“”「」『』《》\"'（()）/|·…•]")
QUOTES = "“”「」『』《》\"' "
OR = re.compile(r"[、/，,]|或者?|和|及")
LATIN_SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z0-9&/+-]{1,9}")
ENGLISH_AND_SHORT = re.compile(
    rf"[A-Za-z][A-Za-z0-9 &/'-]{{3,60}}[,，、:：;；]\s*(?P<short>{LATIN_SHORT.pattern})"
    rf"|(?P<first>{LATIN_SHORT.pattern})[,，、:：;；]\s*[A-Za-z][A-Za-z0-9 &/'-]{{3,60}}"
)
OPENING = re.compile(r"^(?P<name>[^,，。；;:：（()）]{2,14}?)(?:[:：]|是指|指的是|是|指)")
BEFORE_MARK = re.compile(r"[,，]\s*(?:通常|一般|常|也|又|可|可以|被|人们|业内|习惯上)*$")
CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,}")
LONGEST_NAME, LONGEST_ALIAS, KNOWN_ENOUGH = 14, 10, 4


@dataclass(frozen=True, slots=True)
class OtherName:
    """``alias`` stands for ``name``. ``certain`` where the text leaves no doubt where the name begins."""

    name: str
    alias: str
    certain: bool


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds other names in lines of a deck; ``known`` are the names the deck speaks of, in their searchable form."""

    known: Set[str]
    words: MiningWords

    def in_sentence(self, text: str) -> Iterator[OtherName]:
        """Every other name that ``text`` gives."""
        for bracket in BRACKET.finditer(text):
            yield from self._bracketed(text[: bracket.start()].rstrip(QUOTES), bracket[1].strip(QUOTES))
        outside = BRACKET.sub(lambda found: "（" + "－" * (len(found[0]) - 2) + "）", text)
        for mark in self.words.other_names.finditer(outside):
            if text[: mark.start()].strip():
                yield from self._stated(text[: mark.start()], text[mark.end() :])

    def _bracketed(self, before: str, inside: str) -> Iterator[OtherName]:
        if mark := self.words.other_names.match(inside):
            yield from self._named(before, inside[mark.end() :])
        elif mark := self.words.whole_names.match(inside):
            short = BORDER.split(before)[-1].strip()
            yield from self._pair(inside[mark.end() :].strip(QUOTES + ":：为"), short, certain=True)
        elif english := ENGLISH_AND_SHORT.fullmatch(inside):
            yield from self._named(before, english["short"] or english["first"])
        elif LATIN_SHORT.fullmatch(inside):
            yield from self._named(before, inside)
        elif short := re.search(rf"(?<![A-Za-z0-9])(?:{LATIN_SHORT.pattern})$", before):
            certain = searchable(inside) in self.known
            yield from self._pair(inside, short.group(), certain) if CHINESE_NAME.fullmatch(inside) else ()

    def _stated(self, before: str, behind: str) -> Iterator[OtherName]:
        """「X，简称Y」: the name stands right before the mark; before a comma it is what the sentence opens with."""
        name = BEFORE_MARK.sub("", before)
        alias = re.match(rf"[:：为]?\s*[{QUOTES}]*([^{QUOTES},，。；;:：（()）、]{{2,{LONGEST_ALIAS}}})", behind)
        if alias is None:
            return
        opening = OPENING.match(name)
        if opening and name != before:
            yield from self._pair(opening["name"].strip(QUOTES), alias[1], certain=True)
        else:
            yield from self._named(name, alias[1])

    def _named(self, before: str, aliases: str) -> Iterator[OtherName]:
        name, certain = self._name_at_end(before)
        for alias in OR.split(aliases.strip(":：为是 ")):
            yield from self._pair(name, alias.strip(QUOTES).removesuffix("等").strip(QUOTES), certain)

    def _name_at_end(self, before: str) -> tuple[str, bool]:
        """(the name that ``before`` ends with, whether there is no doubt where it begins)."""
        before = before.rstrip(QUOTES)
        clause = BORDER.split(before)[-1]
        for start in range(len(clause)):
            rest = clause[start:]
            if len(rest) >= KNOWN_ENOUGH and searchable(rest) in self.known:
                return rest.strip(), True
        cut = [found.end() for found in self.words.lead_ins.finditer(clause) if found[1]]
        name = clause[cut[-1] if cut else 0 :].strip()
        opens = before[: len(before) - len(clause)]
        begins = not opens or opens[-1] in "“「『《:：\"'" or bool(cut)
        return name, searchable(name) in self.known or begins

    def _pair(self, name: str, alias: str, certain: bool) -> Iterator[OtherName]:
        if self._is_alias(alias) and self._is_whole(name) and searchable(alias) != searchable(name):
            yield OtherName(name, alias, certain)

    def _is_whole(self, name: str) -> bool:
        plain = searchable(name)
        chinese = bool(CHINESE_NAME.search(name))
        ordinary = plain in self.words.common or self._is_worded(name)
        return is_name(name) and chinese and 2 < len(plain) <= LONGEST_NAME and not ordinary

    def _is_alias(self, alias: str) -> bool:
        plain = searchable(alias)
        ordinary = plain in self.words.no_names or plain in self.words.common or plain.isdigit()
        return is_name(alias) and 2 <= len(plain) <= LONGEST_ALIAS and not ordinary and not self._is_worded(alias)

    def _is_worded(self, name: str) -> bool:
        """Whether words that stand before names stand in ``name``."""
        return any(found[1] for found in self.words.lead_ins.finditer(name))
