"""Headings read with the term base: what a heading names, which aspect it opens, what marks it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kejian.corpus.normalize import searchable
from kejian.corpus.slide_words import SlideWords
from kejian.corpus.terms import Role, TermBase
from kejian.ingest.wording import (
    ADDED,
    AFTER,
    BEGINNING,
    CIRCLED,
    CONTINUED,
    COUNTED,
    DEFINING,
    DOING,
    FRAME,
    INTRODUCING,
    LEAD_END,
    LISTED,
    LISTING,
    MODIFIER,
    ORDERED,
    REMARK,
    SPREAD,
    STEPS,
    TICKED,
    TRAILING_MODIFIER,
    TREE_LINES,
    split_mark,
    without_numbering,
)

GUARD = "\x00"
OF = re.compile(r"^(?P<of>.{2,16})的(?P<aspect>[^的]{2,6})$")
JOINT = re.compile(r"\s*[与和及、/]\s*")
WEIGHED: frozenset[Role] = frozenset({"advantage", "drawback", "risk"})
ENUMERATED: frozenset[Role] = frozenset({"advantage", "drawback", "feature", "rationale", "risk"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, label, table head or box as read.

    ``name`` is the text without numbering and marks; ``subject`` is "" for a pure aspect, ``aspect`` is "" where
    the heading gives none.
    """

    name: str
    subject: str
    aspect: str
    role: Role = "other"
    inferred: bool = False
    mark: str = ""

    @property
    def is_aspect(self) -> bool:
        """A pure aspect, such as 优点."""
        return bool(self.aspect) and not self.subject


class Lexicon:
    """Reads headings with one term base; what was read once is kept."""

    def __init__(
        self, terms: TermBase, names: frozenset[str] = frozenset(), labels: frozenset[str] = frozenset()
    ) -> None:
        self.terms = terms
        self.names = names  # what the deck sets side by side by number, in searchable form
        self.labels = labels  # what it sets under one name after another: aspects by their place, searchable
        self.words = SlideWords.bundled()
        self._read: dict[str, Heading] = {}

    def heading(self, text: str) -> Heading:
        """What ``text`` means as a heading."""
        if text not in self._read:
            self._read[text] = self._parse(text)
        return self._read[text]

    def aspect_named(self, role: Role, otherwise: str) -> str:
        """The name of the first aspect of ``role`` in the term base."""
        return next((aspect.name for aspect in self.terms.aspects if aspect.role == role), otherwise)

    def is_label(self, name: str) -> bool:
        """Whether the deck sets ``name`` under several of its names, as it does an aspect."""
        return bool(self.labels) and searchable(name) in self.labels

    def label(self, text: str) -> Heading:
        """``text`` as a heading under a name: what the deck sets under several names is an aspect."""
        heading = self.heading(text)
        if heading.aspect or not self.is_label(heading.name):
            return heading
        return replace(heading, subject="", aspect=heading.name)

    def weight(self, text: str) -> Role | None:
        """On which side ``text`` puts what it heads, also as a single character (得, 失); None for any other."""
        term = self.terms.aspect(self.words.short_labels.get(searchable(text), text))
        return None if term is None or term.role not in WEIGHED else "drawback" if term.role == "risk" else term.role

    def plain(self, text: str) -> str:
        """``text`` as a name: no numbering, tree lines, footnote mark, inference mark or colon at its end."""
        return self.heading(text).name

    def _parse(self, text: str) -> Heading:
        inferred = self.terms.is_inferred(text)
        name, mark = split_mark(self._unmarked(TICKED.sub("", text)))
        if (circled := CIRCLED.search(name)) and self.words.is_unit(name[: circled.start()]):
            name, mark = name[: circled.start()], circled[1]
        led = LEAD_END.sub("", name) if name.endswith((":", "：")) else name
        name = CONTINUED.sub("", self._unmarked(without_numbering(led.strip()))) or name.strip(" :：") or text.strip()
        subject, aspect, role = self._divide(name)
        return Heading(name, subject, aspect, role, inferred, mark)

    def _unmarked(self, text: str) -> str:
        """Without inference marks and tree lines; footnote marks stay."""
        # without_mark also drops stars at the very end; a guard behind them keeps them.
        return self.terms.without_mark(TREE_LINES.sub("", text) + GUARD)[: -len(GUARD)].strip()

    def _divide(self, name: str) -> tuple[str, str, Role]:
        whole = self._divided(name)
        if whole[1] or self.terms.subject(name) or FRAME.match(name):
            return whole
        return self._listing(name) or self._added(name) or self._remarked(name) or whole

    def _listing(self, name: str) -> tuple[str, str, Role] | None:
        """A name, and behind a dash the aspects that stand below; one alone is that of everything below."""
        found = LISTING.match(name)
        named = LISTED.split(found["aspects"]) if found else []
        aspects = [term for text in named if (term := self.terms.aspect(text))]
        if not found or not aspects:
            return None
        return (found["of"], "", "other") if len(named) > 1 else (found["of"], found["aspects"], aspects[0].role)

    def _added(self, name: str) -> tuple[str, str, Role] | None:
        """「异常件怎么走:五步闭环」 and 「部门职责(一):…」 are what stands before the colon."""
        found = ADDED.match(name)
        subject, aspect, role = self._divided(found["head"]) if found else ("", "", "other")
        if not found or not aspect or not (subject or found["part"]):
            return None
        return (subject, aspect, role)

    def _remarked(self, name: str) -> tuple[str, str, Role] | None:
        """What stands before a bracket at the end, where that is an aspect."""
        found = self._divided(bare) if (bare := REMARK.sub("", name)) != name and bare else ("", "", "other")
        return found if found[1] else None

    def _divided(self, name: str) -> tuple[str, str, Role]:
        if self.terms.subject(name):
            return name, "", "other"
        if FRAME.match(name):
            return "", "", "other"
        if asked := DEFINING.match(name):
            return asked["of"] or asked["named"], self.aspect_named("definition", "定义"), "definition"
        if (weighed := self.weighed(name)) is not None:
            return (weighed, "", "other") if weighed else ("", name, "other")
        if stepped := STEPS.match(name) or DOING.match(name) or BEGINNING.match(name):
            return stepped["of"].rstrip("，, "), self.aspect_named("procedure", "流程"), "procedure"
        if self.words.heads_terms(name):
            return "", name, "definition"
        subject, aspect = self.terms.split_heading(name)
        term = self.terms.aspect(aspect) if aspect else None
        if term is None and (ordered := ORDERED.match(name)):
            of = "" if MODIFIER.match(ordered["of"]) else ordered["of"]
            return of, self.aspect_named("procedure", "流程"), "procedure"
        if term is None and (said := OF.match(name)) and self.words.heads_aspect(said["aspect"]):
            return (name, "", "other") if COUNTED.match(said["aspect"]) else (said["of"], said["aspect"], "other")
        if term is None:
            return _introduced(name), "", "other"
        if subject and term.role == "duty":  # 「五个小组分别管什么」
            spread = SPREAD.sub("", subject)
            if COUNTED.match(spread) or MODIFIER.match(spread):
                return "", term.name if self.words.asks(aspect) else aspect, term.role
            subject = spread
        if not subject or MODIFIER.match(subject):
            return "", name if not subject else aspect, term.role
        if "、" in name[len(subject) :]:  # 「某方案——优点、缺点」
            return TRAILING_MODIFIER.sub("", subject), "", "other"
        if term.role in ("remark", "definition") and INTRODUCING.search(name):
            return _introduced(name), "", "other"
        if subject[-1] in "新旧原" and not self.terms.subject(subject):
            return name, aspect, term.role
        return AFTER.sub("", TRAILING_MODIFIER.sub("", subject)), aspect, term.role

    def weighed(self, name: str) -> str | None:
        """What 「…的得与失」 or 「…的优缺点」 weighs, "" for what stands above it; None for any other heading."""
        if found := self.words.both_sides.fullmatch(name):
            of: str | None = found["of"]
        else:
            first, *rest = JOINT.split(name)
            starts = range(len(first)) if len(rest) == 1 and self.weight(rest[0]) else range(0)
            cut = next((n for n in starts if self.weight(first[n:]) not in (None, self.weight(rest[0]))), None)
            of = None if cut is None else first[:cut].rstrip("的")
        of = None if of is None else of.rstrip("，,:： —–-|｜")
        return "" if of and MODIFIER.match(of) else of


def _introduced(name: str) -> str:
    """What a heading such as 「某部门详细说明」 introduces."""
    bare = INTRODUCING.sub("", name)
    return bare if len(bare) > 1 else name
