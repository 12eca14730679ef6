"""Lines and paragraphs → claims: labels (优点:…, 市场部:负责…) and plain sentences that open with a known name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kejian.ingest.claims import Claim, Excerpt, claim
from kejian.ingest.holders import HOLDER, VACANT
from kejian.ingest.lexicon import ENUMERATED, WEIGHED, Lexicon
from kejian.ingest.scope import Scope
from kejian.ingest.wording import ATTRIBUTE, LABEL, NO_LABEL, STEP, is_name, sentences

DUTY = re.compile(
    r"(?:的)?(?:主要)?(?:负责|主管|分管|承担|(?:主要)?(?:职责|任务)(?:是|为)|管(?![理道控事辖制教线片家用]))"
)
DEFINED = re.compile(r"\s*(?:[（(][^（）()]*[)）])?\s*(?:是(?![否不])|即(?!将|使|便)|指的是|是指|指)")
OPENING = re.compile(
    r"^(?P<name>.{2,24}?)(?=的?(?:主要)?(?:负责|主管|分管|承担|职责是|职责为|任务是|管(?![理道控事辖制教线片家用]))|目前|下设|下辖|内设|分设|[（(]|是|即|指|由)"
)
COMPOSED = re.compile(r"(?:目前|现|共)?(?:下设|下辖|内设|分设)|由[^。]+(?:组成|构成)")
SPACED = re.compile(r"^(?P<label>[^\s，。、；]{2,8})\s+(?P<rest>\S.{3,})$")
# 「这种办法的好处是…」 says of the subject above what is good about it.
WEIGHING = re.compile(
    r"^(?:(?:这|那)(?:种|个|样)?\w{0,4}的|其|它的?|它们的|主要的?|不过|但|但是|当然)?(?:主要)?(?P<aspect>[\u4e00-\u9fff]{2,4}?)"
    r"(?:也|就|主要|首先)*(?:是|在于|有|在|明摆着|不少|：|:)"
)
CONCLUDING = re.compile(r"^(?:所以|因此|因而|总之|综上|适合|适用|我们|目前|现在|一般|按照|为此|最后)")
PART_END = re.compile(r"(?<=[；;])\s*")


@dataclass(frozen=True, slots=True)
class Speaker:
    """What reading a statement needs to know about its page."""

    lexicon: Lexicon
    is_known: Callable[[str], bool]  # whether a text is a name this page or the term base gives something

    def of_bullet(self, excerpt: Excerpt, scope: Scope) -> Iterator[Claim]:
        """What one bullet says."""
        parts = parts_of(excerpt)
        each = len(parts) > 1 and all((o := OPENING.match(p.text)) and self.knows(o["name"].strip()) for p in parts)
        yield from self._said(
            self._labelled(excerpt, scope) or [(scope, p, None) for p in (parts if each else [excerpt])]
        )

    def of_paragraph(self, excerpt: Excerpt, scope: Scope) -> Iterator[Claim]:
        """What a paragraph says, sentence by sentence."""
        parts = self._labelled(excerpt, scope)
        if parts is None:
            said = [excerpt.part(start, end) for start, end in sentences(excerpt.text)]
            parts = [(scope, part, aspect) for part, aspect in zip(said, self._weighed(said, scope), strict=True)]
        yield from self._said(parts)

    def _weighed(self, said: list[Excerpt], scope: Scope) -> Iterator[str | None]:
        """The aspect of each sentence of a text that weighs its subject: 「好处是…。二是…。坏处也有:…」."""
        aspect: str | None = None
        for part in said:
            found = WEIGHING.match(part.text) if scope.subject and not scope.aspect else None
            term = self.lexicon.terms.aspect(found["aspect"]) if found else None
            if found and term and term.role in WEIGHED:
                aspect = found["aspect"]
            elif CONCLUDING.match(part.text):
                aspect = None
            yield aspect

    def _said(self, parts: list[tuple[Scope, Excerpt, str | None]]) -> Iterator[Claim]:
        for scope, excerpt, aspect in parts:
            about, named = self._sentence(excerpt.text, scope) if aspect is None else (scope, aspect)
            found = claim(about.subject, about, excerpt, self.lexicon.terms, named)
            if found:
                yield found
            if aspect is None and (of_name := self._of_label(excerpt, scope)):
                yield of_name

    def _of_label(self, excerpt: Excerpt, scope: Scope) -> Claim | None:
        """「甲型：…。乙型：…。」 in one paragraph: each sentence is said of the known name before its colon, too."""
        label = LABEL.match(excerpt.text)
        name = label["label"].strip() if label else ""
        if label is None or scope.aspect or name == scope.subject or not self.knows(name):
            return None
        return claim(name, scope.about(name), excerpt.part(label.start("rest")), self.lexicon.terms, "")

    def _labelled(self, excerpt: Excerpt, scope: Scope) -> list[tuple[Scope, Excerpt, str | None]] | None:
        """The parts of ``label:rest`` with their scopes; None where there is no label that tells anything."""
        offset = found.end() if (found := STEP.match(excerpt.text)) else 0
        label = LABEL.match(excerpt.text[offset:]) or self._spaced(excerpt.text[offset:])
        if label is None or NO_LABEL.match(label["label"].strip()):
            return None
        rest = excerpt.part(offset + label.start("rest"))
        heading = self.lexicon.heading(label["label"].strip())
        inner = scope.under(heading)
        if heading.aspect and (heading.is_aspect or self.knows(heading.subject)):
            return [(inner, part, heading.aspect) for part in parts_of(rest)]
        if scope.subject and self._is_attribute(heading.name, scope):
            about = replace(scope, inferred=inner.inferred)
            if short := self._short(heading.name):
                return [(about, part, short) for part in parts_of(rest)]
            return [(about, rest, heading.name)]
        known = self.knows(heading.name) or DUTY.match(rest.text)
        told = scope.role == "duty" and not self._is_somebody(heading.name)
        if not known and scope.subject and (scope.role in ENUMERATED or scope.role == "procedure" or told):
            return [(scope, excerpt, scope.aspect)]
        labelled = inner.about(heading.name)
        besides = scope.subject and not self._is_somebody(heading.name)
        whole = [(scope, excerpt, scope.aspect)] if not known and (besides or not scope.aspect) else []
        explained = scope.role == "definition" and not DUTY.match(rest.text)
        aspect = self.lexicon.aspect_named("definition", "定义") if explained else inner.aspect
        return [*whole, (labelled, rest, aspect or self.duty(rest.text) or self._holding(heading.name, rest.text))]

    def _holding(self, name: str, text: str) -> str:
        """The aspect of a text that says who holds ``name``, or that nobody does; "" for any other."""
        return HOLDER if VACANT.match(text) and self._is_somebody(name) else ""

    def _is_somebody(self, name: str) -> bool:
        """Whether a label may name somebody with duties of their own."""
        words = self.lexicon.words
        return words.is_unit(name) or words.is_post(name) or words.is_person(name)

    def _spaced(self, text: str) -> re.Match[str] | None:
        """「好处 选择多」, as tables of text without lines come out: an aspect, a space, and what is said."""
        found = SPACED.match(text)
        return found if found and self.lexicon.terms.aspect(found["label"]) else None

    def _is_attribute(self, name: str, scope: Scope) -> bool:
        """Whether a label says something of the subject above it; under an aspect only the plainest words do."""
        worded = self.lexicon.words.labels_aspect(name) or self.lexicon.is_label(name)
        return bool(ATTRIBUTE.match(name) or (not scope.aspect and worded)) and not self.knows(name)

    def _short(self, name: str) -> str:
        """The aspect that a recurring label of a character or two stands for: 优点 for 好; "" for any other label."""
        return self.lexicon.words.short_labels.get(name, "") if self.lexicon.is_label(name) else ""

    def duty(self, text: str) -> str:
        """The aspect that a text opening with 负责 has; "" for any other text."""
        return self.lexicon.aspect_named("duty", "职责") if DUTY.match(text) else ""

    def knows(self, name: str) -> bool:
        """Whether this page or the term base gives something the name ``name``."""
        return bool(name) and (self.is_known(name) or (is_name(name) and self.lexicon.terms.subject(name) is not None))

    def _sentence(self, text: str, scope: Scope) -> tuple[Scope, str | None]:
        """(scope, aspect) of a sentence: its own where it opens with a known name and 是 or 负责."""
        if scope.subject and not scope.aspect and self._holding(scope.subject, text):
            return scope, HOLDER
        opening = OPENING.match(text)
        name = opening["name"].strip() if opening else ""
        if not opening or not self.knows(name):
            return scope, None
        same = name == scope.subject
        if same and scope.aspect:
            return scope, None
        rest = text[opening.end("name") :]
        if duty := self.duty(rest):
            return scope.about(name), duty
        if COMPOSED.match(rest):
            return scope.about(name), self.lexicon.aspect_named("structure", "组织结构")
        if DEFINED.match(rest):
            return scope.about(name), self.lexicon.aspect_named("definition", "定义")
        return scope, None


def parts_of(excerpt: Excerpt) -> list[Excerpt]:
    """The parts that semicolons separate, without the semicolons."""
    cuts = [0, *(found.end() for found in PART_END.finditer(excerpt.text)), len(excerpt.text)]
    parts = [excerpt.part(start, end) for start, end in pairwise(cuts) if end > start]
    return [part.part(0, len(part.text.rstrip().rstrip("；;"))) for part in parts]
