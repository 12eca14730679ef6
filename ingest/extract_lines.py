"""The tokens of one flattened slide → its lines: title, bullets, names of boxes, footnotes, in the order found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kejian.ingest.extract_names import STAR, Names, are_names
from kejian.ingest.extract_pages import Sheet, is_bullet
from kejian.ingest.outline import Item
from kejian.ingest.wording import LETTER, is_name

TITLE_PLACES = 6
SHORTEST_TITLE = 4
LONGEST_PLAIN_TITLE = 16
WINDOW = 16  # tokens on either side that decide where a statement ends
REMARK = re.compile(r"注\s*\d{0,2}[:：]")
COMMA = ("、", "，", ",")
GLUED_STAR = re.compile(r"^(\*{1,4}|[＊※]{1,4})(?=[^\s*＊※])")


class SlideLines:
    """Reads one slide."""

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.tokens = [part for token in sheet.tokens for part in GLUED_STAR.sub(r"\1 ", token).split(" ")]
        self.names = names
        self.titled = sheet.number is not None and not sheet.cut
        self.items: list[Item] = []

    def read(self) -> tuple[Item, ...]:
        """The lines of the slide."""
        head, *chunks = _chunks(self.tokens)
        self._head(head)
        for chunk in _without_cuts(chunks):
            self._sentence("bullet", chunk)
        return tuple(self.items)

    def _head(self, tokens: list[str]) -> None:
        """What stands before the first bullet: a title among names, or a sentence."""
        title = self._title_place(tokens) if self.titled else None
        if title is not None:
            end = self._title_end(tokens, title)
            self.items.append(Item("heading", " ".join(tokens[title:end]), 1))
            self._trail([*tokens[:title], *tokens[end:]])
        else:
            self._sentence("paragraph", tokens)

    def _title_place(self, tokens: list[str]) -> int | None:
        """Where the title is: right behind the number, where no name stands, or else near it and ending like one."""
        if not tokens:
            return None
        if self._may_be_title(tokens[0]) and not self.names.pieces(tokens):
            return 0
        near = range(min(TITLE_PLACES, len(tokens)))
        ending = (n for n in near if is_name(tokens[n]) and self.names.words.ends_like_title(tokens[n]))
        return next((n for n in ending if not self.names.lexicon.terms.aspect(tokens[n])), None)

    def _may_be_title(self, token: str) -> bool:
        ends = self.names.words.ends_like_title(token) and not self.names.lexicon.terms.aspect(token)
        short = SHORTEST_TITLE <= len(token) <= LONGEST_PLAIN_TITLE
        return is_name(token) and (ends or (short and "、" not in token))

    def _title_end(self, tokens: list[str], start: int) -> int:
        end = start + 1
        while end < len(tokens) and self.names.continues(" ".join(tokens[start:end]), tokens[end]):
            end += 1
        return end

    def _sentence(self, kind: Literal["bullet", "paragraph"], tokens: list[str]) -> None:
        """One statement with whatever names and footnotes stand behind it."""
        end = 0 if self._is_bare(kind, tokens) else self._end(tokens)
        if end:
            lost = kind == "bullet" and not any(item.kind == "heading" for item in self.items)
            self.items.append(Item(kind, " ".join(tokens[:end]), loose=lost))
        self._trail(tokens[end:])

    def _is_bare(self, kind: str, tokens: list[str]) -> bool:
        """Whether there are only names, marks and figures; what stands behind a bullet is a statement all the same."""
        if not tokens or STAR.fullmatch(tokens[0]):
            return True
        plain = not LETTER.search(tokens[0]) or are_names(tokens[:1]) or bool(self.names.pieces(tokens))
        return kind == "paragraph" and plain

    def _end(self, tokens: list[str]) -> int:
        """How many tokens the statement at the beginning of ``tokens`` takes."""
        end = 1
        while end < len(tokens):
            said, rest = " ".join(tokens[max(0, end - WINDOW) : end]), tokens[end : end + WINDOW]
            if STAR.match(rest[0]) or REMARK.match(rest[0]):
                break
            if not self.names.goes_on(said, rest[0]) and self._are_names(rest):
                break
            end += 1
        return end

    def _are_names(self, tokens: list[str]) -> bool:
        """Whether names begin here: a known one, or several short words up to the next mark."""
        if self.names.pieces(tokens):
            return True
        run = tokens[: next((n for n, token in enumerate(tokens) if STAR.match(token)), len(tokens))]
        return len(run) > 1 and are_names(run)

    def _trail(self, tokens: list[str]) -> None:
        """Names, and footnotes among them."""
        at = 0
        while at < len(tokens):
            if self._opens_footnote(tokens, at):
                first = at + 1 if STAR.fullmatch(tokens[at]) else at
                end = first + self._end(tokens[first:])
                self.items.append(Item("footnote", " ".join(tokens[at:end])))
            else:
                end = next((n for n in range(at + 1, len(tokens)) if self._opens_footnote(tokens, n)), len(tokens))
                self._names(tokens[at:end])
            at = end

    def _opens_footnote(self, tokens: list[str], at: int) -> bool:
        """Whether a remark begins here; a star behind a name, with a name or nothing after it, is that name's."""
        if not STAR.fullmatch(tokens[at]):
            return bool(REMARK.match(tokens[at]))
        after = tokens[at + 1 : at + 1 + WINDOW]
        if not after or STAR.match(after[0]) or self.names.pieces(after):
            return False
        return at == 0 or not are_names(after[:1])

    def _names(self, tokens: list[str]) -> None:
        last = self.items[-1] if self.items else None
        if STAR.fullmatch(tokens[0]) and last is not None:
            self.items[-1] = Item(last.kind, f"{last.text} {tokens[0]}", last.level, loose=last.loose)
            tokens = tokens[1:]
        for name in self.names.joined(tokens):
            text = name.rstrip("。") or name
            named = LETTER.search(text) and is_name(text)
            self.items.append(Item("unit" if named else "paragraph", text, loose=True))


def _chunks(tokens: Sequence[str]) -> list[list[str]]:
    """What stands before the first bullet, then what stands behind each."""
    chunks: list[list[str]] = [[]]
    for token in tokens:
        if is_bullet(token):
            chunks.append([])
        else:
            chunks[-1].append(token)
    return chunks


def _without_cuts(chunks: list[list[str]]) -> list[list[str]]:
    """Bullets that end in a comma joined to the next, which only a converter has cut off."""
    whole: list[list[str]] = []
    for chunk in filter(None, chunks):
        if whole and whole[-1][-1].endswith(COMMA):
            whole[-1] += chunk
        else:
            whole.append(list(chunk))
    return whole
