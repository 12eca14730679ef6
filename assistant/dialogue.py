"""What a question means after those before it, and what answers it where it asks several things at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kejian.assistant.amounts import amounts, up_to_amount
from kejian.assistant.clauses import clauses, joined
from kejian.assistant.compose.ranging import within_range
from kejian.assistant.draft import Draft
from kejian.assistant.followup import Focus, FollowUps, stands_alone
from kejian.assistant.inquiry import Inquiry
from kejian.assistant.limits import LONGEST_QUESTION
from kejian.assistant.reading import Lexicon
from kejian.corpus.normalize import searchable

WHO_DID = re.compile(r"(?:是|由)?谁.{1,4}的[?？]?")


@dataclass(frozen=True)
class Dialogue:
    """Reads questions in their context. ``inquiry`` and ``drafted`` read and answer a self-contained one."""

    lexicon: Lexicon
    followups: FollowUps
    inquiry: Callable[[str], Inquiry]
    drafted: Callable[[str], tuple[Inquiry, Draft]]

    def resolve(self, question: str, turns: Sequence[str]) -> str:
        """``question`` in full, after the questions ``turns``, oldest first."""
        focus: Focus | None = None
        for turn in turns:
            if turn.strip():
                focus = self._focus(self.followups.resolve(turn, focus), focus)
        question = question.strip()
        resolved = self.followups.resolve(question, focus)
        if resolved != question or focus is None:
            return resolved
        return self._of_subject(resolved, focus) or self._with_subject(resolved, focus)

    def answered(self, resolved: str) -> tuple[Inquiry, Draft]:
        """The draft of a self-contained question; of several in one, part by part where that says more."""
        inquiry, whole = self.drafted(resolved)
        parts: list[tuple[str, Draft]] = []
        focus: Focus | None = None
        for clause in clauses(resolved, self.lexicon):
            asked = self._part(clause, focus) if focus else clause
            led = up_to_amount(searchable(parts[-1][0]), self.lexicon.cues) if parts else ""
            if led and not amounts(searchable(clause), self.lexicon.cues):
                asked = self._of_amount(led, clause) or asked
            parts.append((clause, self.drafted(asked)[1]))
            focus = self._focus(asked, focus)
        answered = sum(draft.refusal is None for _, draft in parts)
        no_more = whole.refusal is not None or any(draft.parts == whole.parts for _, draft in parts)
        better = joined(parts) if answered > 1 or (answered and no_more) else None
        return inquiry, better or whole

    def _of_subject(self, question: str, focus: Focus) -> str:
        """「谁编制的」 after 「通告单什么时候发」 in full, where the answer speaks of the subject before; else ""."""
        if len(focus.about) != 1 or not WHO_DID.fullmatch(searchable(question)) or self.inquiry(question).subject:
            return ""
        longer = f"{focus.about[0].short}{self.lexicon.cues.unframed(question)}"
        draft = self.drafted(longer)[1]
        return longer if draft.refusal is None and focus.about[0] in draft.about else ""

    def _with_subject(self, question: str, focus: Focus) -> str:
        """A question that has no answer by itself, asked of the subject before: 「多久能付款」 after 报销流程."""
        inquiry, draft = self.drafted(question)
        open_ = draft.refusal is not None and draft.refusal.reason in ("not_in_material", "ambiguous")
        if not open_ or stands_alone(inquiry):
            return question
        bare = self.lexicon.cues.unframed(question)
        longer = f"{'、'.join(entity.short for entity in focus.about[:2])}{bare}"
        return question if self.drafted(longer)[1].refusal else longer

    def _focus(self, resolved: str, before: Focus | None) -> Focus | None:
        """What the conversation is about after a turn; a turn about nothing known leaves it as it was."""
        inquiry, draft = self.drafted(resolved[:LONGEST_QUESTION])
        if not draft.about:
            return before
        seen = before.seen if before else ()
        if len(draft.about) == 1:
            seen = (*(entity for entity in seen if entity != draft.about[0]), draft.about[0])
        return Focus(resolved, inquiry.reading, draft.about, draft.listed, seen)

    def _of_amount(self, led: str, clause: str) -> str:
        """「谁签」 behind 「买8万块的要问几家」 asks of that amount too, where a range has an answer; else ""."""
        longer = f"{led}{self.lexicon.cues.unframed(clause)}"
        return longer if within_range(self.inquiry(longer)) else ""

    def _part(self, clause: str, focus: Focus) -> str:
        """A later part of a question in full: 「电话多少」 behind 「某部部长是谁」 asks for that one's."""
        resolved = self.followups.resolve(clause, focus)
        alone = self.inquiry(clause)
        if resolved != clause or alone.subject:
            return resolved
        if len([word for word in alone.words if len(word) > 1]) > 1:
            return self._with_subject(clause, focus)
        longer = f"{focus.about[0].short}{self.lexicon.cues.unframed(clause)}"
        return self._with_subject(clause, focus) if self.drafted(longer)[1].refusal else longer
