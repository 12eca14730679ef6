"""What the headings above a line say about it: whose it is, and under which aspect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kejian.corpus.terms import Role
from kejian.ingest.layout import Section
from kejian.ingest.lexicon import Heading

# A title such as 「组织结构」 says nothing about the aspect of what stands under a unit's own heading.
NOT_INHERITED: frozenset[Role] = frozenset({"structure", "remark", "definition"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The subject and aspect that hold at a place; both may be ""."""

    subject: str = ""
    aspect: str = ""
    role: Role = "other"
    path: tuple[str, ...] = ()
    inferred: bool = False

    def under(self, heading: Heading) -> Scope:
        """The scope below ``heading``, which stands in this scope."""
        path = (*self.path, heading.name)
        inferred = self.inferred or heading.inferred
        if heading.is_aspect:
            return Scope(self.subject, heading.aspect, heading.role, path, inferred)
        if heading.aspect:
            return Scope(heading.subject, heading.aspect, heading.role, path, inferred)
        if self.role in NOT_INHERITED:
            return Scope(heading.subject, "", "other", path, inferred)
        return Scope(heading.subject, self.aspect, self.role, path, inferred)

    def about(self, subject: str) -> Scope:
        """The same place, of another subject."""
        return replace(self, subject=subject)


def scope_of(sections: Sequence[Section]) -> Scope:
    """The scope that ``sections``, outermost first, open together."""
    scope = Scope()
    for section in sections:
        if section.heading.name:
            scope = scope.under(section.heading)
    return scope
