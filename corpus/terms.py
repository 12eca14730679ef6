"""The term base (术语库): names, aliases and aspects, read from YAML; segmentation, ingestion and answering use it.

No subject of a deck stands in code: what the program knows of language beyond general question words is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from kejian.corpus.errors import SetupError
from kejian.corpus.normalize import aligned, searchable

Role = Literal[
    "advantage",
    "drawback",
    "duty",
    "structure",
    "rationale",
    "risk",
    "feature",
    "definition",
    "procedure",
    "remark",
    "other",
]
BUNDLED_TERMS = Path(__file__).with_name("terms.yaml")


@dataclass(frozen=True, slots=True)
class Term:
    """A subject or an aspect with every way it is written. ``role`` and ``headings`` are set on aspects only.

    ``headings`` are what decks write over it and nobody asks with, or means something else in a question (麻烦).
    """

    name: str
    aliases: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    role: Role = "other"
    headings: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Name, aliases and English names, the name first."""
        return (self.name, *self.aliases, *self.english)


@dataclass(frozen=True)
class TermBase:
    """Subjects, aspects and inference marks of one library."""

    subjects: tuple[Term, ...] = ()
    aspects: tuple[Term, ...] = ()
    inferred_marks: tuple[str, ...] = field(default=())

    @classmethod
    def read(cls, *paths: Path) -> TermBase:
        """Read and merge YAML files, later ones adding to earlier ones; terms of one name are joined.

        Raises:
            SetupError: a file is missing, is not YAML, or has a key or role that is not known.
        """
        merged: dict[str, dict[str, Term]] = {"subjects": {}, "aspects": {}}
        marks: list[str] = []
        for path in paths:
            content = _load(path)
            for section, terms in merged.items():
                for entry in content.get(section) or []:
                    term = _term(entry, path)
                    terms[term.name] = _join(terms[term.name], term) if term.name in terms else term
            marks += (content.get("marks") or {}).get("inferred") or []
        return cls(tuple(merged["subjects"].values()), tuple(merged["aspects"].values()), tuple(dict.fromkeys(marks)))

    @classmethod
    def bundled(cls) -> TermBase:
        """The term base that ships with the product."""
        return cls.read(BUNDLED_TERMS)

    def with_aliases(self, pairs: Iterable[tuple[str, str]]) -> TermBase:
        """This term base with further (name, alias); a pair of which either side is known joins that subject.

        >>> TermBase().with_aliases([("客户关系管理", "CRM")]).subject("crm").name
        '客户关系管理'
        """
        subjects = {subject.name: subject for subject in self.subjects}
        for name, alias in pairs:
            owner = self.subject(name) or self.subject(alias) or Term(name)
            subjects[owner.name] = _join(subjects.get(owner.name, owner), Term(owner.name, (name, alias)))
        added = tuple(
            replace(term, aliases=tuple(a for a in term.aliases if a != term.name)) for term in subjects.values()
        )
        return TermBase(added, self.aspects, self.inferred_marks)

    @cached_property
    def _aspect_spellings(self) -> dict[str, Term]:
        return {
            searchable(spelling): aspect
            for aspect in self.aspects
            for spelling in (*aspect.headings, *aspect.spellings)
        }

    @cached_property
    def _subject_spellings(self) -> dict[str, Term]:
        return {searchable(spelling): subject for subject in self.subjects for spelling in subject.spellings}

    def aspect(self, text: str) -> Term | None:
        """The aspect that ``text`` is a name of, written in any known way; None where it is none.

        >>> TermBase.bundled().aspect("优势").name
        '优点'
        """
        return self._aspect_spellings.get(searchable(text))

    def split_heading(self, heading: str) -> tuple[str, str]:
        """(subject, aspect as written) of a heading such as ``前后端型的优点``; ("", heading) for ``优点``.

        A heading that ends in no aspect comes back as (heading, ""); 「组织结构与职责」 ends in 职责.

        >>> TermBase.bundled().split_heading("前后端型的优点")
        ('前后端型', '优点')
        """
        plain = self.without_mark(heading)
        if self.aspect(plain):
            return "", plain
        folded = aligned(plain)
        found = self._aspect_ending.search(folded)
        if not found:
            return plain, ""
        before = folded[: found.start()]
        while earlier := self._aspect_ending.search(before.rstrip("与和及、/ ")):
            before = before[: earlier.start()]
        return plain[: len(before.rstrip("的之与和及、/ —–-:：|｜，,"))], plain[found.start() :]

    def is_inferred(self, text: str) -> bool:
        """Whether the deck marks ``text`` as inference, in brackets such as （编者推断）."""
        return bool(self._inferred_bracket.search(text))

    def without_mark(self, text: str) -> str:
        """``text`` without its inference mark and the footnote stars at its end."""
        return self._inferred_bracket.sub("", text).strip().rstrip("*＊※").strip()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every spelling that segmentation must keep whole."""
        terms = (*self.subjects, *self.aspects)
        return tuple(dict.fromkeys(spelling for term in terms for spelling in (term.name, *term.aliases)))

    def subject(self, text: str) -> Term | None:
        """The subject that ``text`` is a spelling of."""
        return self._subject_spellings.get(searchable(text))

    @cached_property
    def _aspect_ending(self) -> re.Pattern[str]:
        spellings = {aligned(spelling) for aspect in self.aspects for spelling in (aspect.name, *aspect.aliases)}
        return re.compile(rf"(?:{_any_of(spelling for spelling in spellings if spelling.strip())})\s*$")

    @cached_property
    def _inferred_bracket(self) -> re.Pattern[str]:
        return re.compile(rf"[（(〔\[【]\s*(?:{_any_of(self.inferred_marks)})\s*[)）〕\]】]")


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; of no words, one that matches nothing."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


def _load(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SetupError(
            f"术语库 {path} 读不出来({error.__class__.__name__}),请检查文件是否存在、是否为 UTF-8 的 YAML"
        ) from error
    if not isinstance(content, dict) or (unknown := set(content) - {"subjects", "aspects", "marks"}):
        found = "、".join(map(str, unknown)) if isinstance(content, dict) else type(content).__name__
        raise SetupError(f"术语库 {path} 里有不认识的内容:{found};可用的是 subjects、aspects、marks")
    return content


def _term(entry: Any, path: Path) -> Term:
    if isinstance(entry, str):
        return Term(entry)
    if not isinstance(entry, dict) or not entry.get("name"):
        raise SetupError(f"术语库 {path} 里有一条没有 name:{entry!r}")
    if unknown := set(entry) - {"name", "aliases", "english", "role", "headings"}:
        raise SetupError(f"术语库 {path} 的「{entry['name']}」有不认识的键:{'、'.join(sorted(unknown))}")
    role = entry.get("role", "other")
    if role not in get_args(Role):
        raise SetupError(f"术语库 {path} 的「{entry['name']}」的 role 不对:{role};可用 {'、'.join(get_args(Role))}")
    return Term(str(entry["name"]), _texts(entry, "aliases"), _texts(entry, "english"), role, _texts(entry, "headings"))


def _texts(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(text) for text in entry.get(key) or [])


def _join(first: Term, second: Term) -> Term:
    def union(one: Iterable[str], two: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*one, *two]))

    role = second.role if second.role != "other" else first.role
    return Term(
        first.name,
        union(first.aliases, second.aliases),
        union(first.english, second.english),
        role,
        union(first.headings, second.headings),
    )
