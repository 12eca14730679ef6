"""The assistant: a question in its conversation becomes an answer whose every sentence is cited and checked."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Protocol

from kejian.assistant.answer import Answer
from kejian.assistant.charts import chart_called
from kejian.assistant.comparables import aspects_named, subjects_named
from kejian.assistant.compose.comparing import compare_chosen
from kejian.assistant.compose.describing import describe_unit
from kejian.assistant.compose.refusing import not_found, silent_about
from kejian.assistant.compose.structuring import drawn
from kejian.assistant.dialogue import Dialogue
from kejian.assistant.draft import Draft, Numbering, markdown_of, matrix_of, sentences_of, structure_of
from kejian.assistant.evidence import Weights
from kejian.assistant.followup import FollowUps
from kejian.assistant.inquiry import Inquiry, Search
from kejian.assistant.inspection import Inspection, inspect_hits
from kejian.assistant.knowledge import Aspect, Entity, Knowledge, Place
from kejian.assistant.limits import LONGEST_QUESTION, MOST_TURNS
from kejian.assistant.readiness import make_tables
from kejian.assistant.reading import Lexicon
from kejian.assistant.routing import Route, route
from kejian.assistant.suggest import examples, suggestions
from kejian.assistant.trace import Asked, Trace, trace_of
from kejian.assistant.verify import verify
from kejian.corpus.cues import Cues
from kejian.corpus.errors import SetupError, UsageError
from kejian.corpus.normalize import searchable
from kejian.corpus.synonyms import Synonyms
from kejian.corpus.terms import TermBase
from kejian.index.memory import collector_waiting
from kejian.ingest.model import Deck, content_id
from kejian.ingest.term_mining import with_other_names

WARMING_QUESTION = "预热"


class Snapshot(Protocol):
    """A consistent state of the library: its decks, and search over their passages (None when empty)."""

    @property
    def revision(self) -> str: ...

    @property
    def decks(self) -> tuple[Deck, ...]: ...

    @property
    def search(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question as it was asked, and as it was understood."""

    question: str
    resolved: str
    id: str = ""
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reader:
    """What a question is read with. It knows nothing of the assistant, which so goes as soon as nobody holds it."""

    knowledge: Knowledge
    lexicon: Lexicon
    weights: Weights
    search: Search

    def inquiry(self, question: str) -> Inquiry:
        reading = self.lexicon.read(question)
        plain = searchable(self.lexicon.cues.unframed(question)) if reading.exact else reading.text
        return Inquiry(plain, reading, self.knowledge, self.lexicon, self.weights, self.search)

    def draft(self, resolved: str) -> tuple[Inquiry, Draft]:
        inquiry = self.inquiry(resolved)
        return inquiry, route(inquiry)


class Assistant:
    """Answers from one snapshot. The same snapshot and question always give the same answer."""

    def __init__(self, snapshot: Snapshot, terms: TermBase) -> None:
        if not snapshot.decks or snapshot.search is None:
            raise SetupError(
                "资料库是空的,请先用 kejian ingest 文件或文件夹 收入课件,或用 kejian ingest --bundled 收入自带课件"
            )
        self.snapshot = snapshot
        self._search: Search = snapshot.search
        with collector_waiting():
            aliases = snapshot.search.aliases_beside(terms)
            named = with_other_names(snapshot.decks, terms) if aliases is None else terms.with_aliases(aliases)
            counted = snapshot.search.slide_grams, snapshot.search.fact_texts
            self.knowledge = Knowledge(snapshot.decks, named, *counted)
            self._lexicon = Lexicon(self.knowledge, Cues.bundled(), Synonyms.bundled(), snapshot.search.words)
        passages = sum(len(place.slide.passages) for place in self.knowledge.places)
        self._weights = Weights(snapshot.search.passage_grams, passages, Synonyms.bundled())
        self._reader = _Reader(self.knowledge, self._lexicon, self._weights, self._search)
        self._drafted = lru_cache(maxsize=512)(self._reader.draft)
        self._dialogue = Dialogue(self._lexicon, FollowUps(self._lexicon), self._reader.inquiry, self._drafted)

    def get_ready(self) -> None:
        """Open the model and make the tables that are else made by the first questions that need them.

        Raises:
            SetupError: model or index cannot be used.
        """
        self.snapshot.search.search(WARMING_QUESTION, 1)
        make_tables(self, self.knowledge, *self.knowledge.indexes, *self._lexicon.tables)
        self.ask(WARMING_QUESTION)

    def ask(self, question: str, turns: Sequence[str] = (), id: str = "") -> Answer:
        """Answer ``question``; ``turns`` are the earlier user questions, oldest first.

        Raises:
            UsageError: the question is empty or too long, or there are too many turns.
        """
        return self.ask_with_trace(question, turns, id)[0]

    def ask_with_trace(self, question: str, turns: Sequence[str] = (), id: str = "") -> tuple[Answer, Trace]:
        """The answer and how it came about."""
        check_question(question, turns)
        started = time.perf_counter()
        resolved = self._dialogue.resolve(question, turns)
        read = time.perf_counter()
        inquiry, draft = self._dialogue.answered(resolved)
        composed = time.perf_counter()
        asking = _Asking(question, resolved, id, tuple(turns))
        final, trace = self._checked(asking, inquiry, draft)
        return replace(final, timing_ms=_milliseconds(started, read, composed, time.perf_counter())), trace

    def inspect(self, question: str, turns: Sequence[str] = (), k: int = 20) -> Inspection:
        """The answer with every passage that was, or might have been, looked into (see ``assistant.inspection``).

        Raises:
            UsageError: as for ``ask``.
        """
        answer, trace = self.ask_with_trace(question, turns)
        inquiry, _ = self._drafted(answer.resolved)
        return Inspection(answer, trace, inspect_hits(inquiry, self.snapshot.search, answer, k))

    def compare(self, subjects: Sequence[str], aspects: Sequence[str] = ()) -> tuple[Answer, Trace]:
        """Named subjects side by side under named aspects (default: all they have), and how it came about.

        Composed and checked as when it is asked in words; a named aspect that the material is silent about keeps
        its row.

        Raises:
            UsageError: a subject or an aspect is unknown, or there are too few or too many.
        """
        chosen = subjects_named(self.knowledge, subjects)
        under = aspects_named(self.knowledge, aspects, chosen)
        question = f"{'、'.join(subject.short for subject in chosen)}的{'、'.join(a.name for a in under)}比较"
        return self._composed(question, lambda inquiry: compare_chosen(inquiry) or silent_about(inquiry), chosen, under)

    def chart(self, called: str) -> tuple[Answer, Trace]:
        """A structure of the library, by its id or name, drawn and said (see ``assistant.charts``).

        Raises:
            UsageError: none, or more than one, is called that.
        """
        chart, branch = chart_called(self.knowledge, called)
        root = self.knowledge.entities[branch.edges[0].parent]
        return self._composed(chart.name, lambda inquiry: drawn(inquiry, branch, chart.name), (root,))

    def unit(self, name: str) -> tuple[Answer, Trace]:
        """A unit of a structure: over it, under it, what it does, why there is it.

        Raises:
            UsageError: the library has no such unit.
        """
        unit = self.knowledge.entity_named(name)
        if unit is None or not (unit.id in self.knowledge.above or unit.id in self.knowledge.under):
            raise UsageError(f"资料库的组织结构里没有「{name}」,kejian structures 列出全部组织结构")
        return self._composed(unit.name, lambda inquiry: describe_unit(inquiry, unit), (unit,))

    def _composed(
        self, question: str, compose: Route, subjects: tuple[Entity, ...], aspects: tuple[Aspect, ...] = ()
    ) -> tuple[Answer, Trace]:
        """What one composer makes of subjects and aspects that were chosen, not read out of ``question``."""
        started = time.perf_counter()
        inquiry = self.inquiry(question)
        inquiry = replace(inquiry, reading=replace(inquiry.reading, subjects=subjects, aspects=aspects))
        read = time.perf_counter()
        draft = compose(inquiry) or not_found(inquiry)
        composed = time.perf_counter()
        answer, trace = self._checked(_Asking(question, question), inquiry, draft)
        return replace(answer, timing_ms=_milliseconds(started, read, composed, time.perf_counter())), trace

    def _checked(self, asking: _Asking, inquiry: Inquiry, draft: Draft) -> tuple[Answer, Trace]:
        """The answer that the draft makes where every citation of it holds, else a refusal."""
        checked = verify(self._finish(asking, draft), self._places)
        if checked.faults:
            draft = not_found(inquiry)
            answer = verify(self._finish(asking, draft), self._places).answer
        else:
            answer = checked.answer
        asked = Asked(self.snapshot.revision, asking.turns)
        return answer, trace_of(answer, asked, inquiry, draft, checked.faults)

    def examples(self, most: int = 6) -> list[str]:
        """Questions the library answers, made from its own facts, for an empty page."""
        return examples(self.knowledge, most)

    def inquiry(self, question: str) -> Inquiry:
        """A self-contained question as read, with what it can be answered from."""
        return self._reader.inquiry(question)

    def _finish(self, asking: _Asking, draft: Draft) -> Answer:
        numbering = Numbering()
        text = markdown_of(draft, numbering)
        sentences = sentences_of(draft, numbering)
        return Answer(
            question=asking.question,
            resolved=asking.resolved,
            kind=draft.kind,
            answer=text,
            sentences=sentences,
            matrix=matrix_of(draft.table, numbering) if draft.table else None,
            structure=structure_of(draft.tree, numbering) if draft.tree else None,
            citations=tuple(numbering.citations),
            refusal=draft.refusal,
            id=asking.id,
            confidence=round(draft.confidence, 3),
            trace=content_id(self.snapshot.revision, asking.question, *asking.turns),
            suggestions=suggestions(self.knowledge, draft, asking.resolved),
        )

    @cached_property
    def _places(self) -> dict[tuple[str, int], tuple[Place, ...]]:
        places: dict[tuple[str, int], tuple[Place, ...]] = defaultdict(tuple)
        for place in self.knowledge.places:
            places[place.deck.id, place.slide.number] += (place,)
        return places


def check_question(question: str, turns: Sequence[str] = ()) -> None:
    """Refuse what cannot be answered in reasonable time.

    Raises:
        UsageError: empty, longer than ``LONGEST_QUESTION``, or more than ``MOST_TURNS`` turns.
    """
    if not question.strip():
        raise UsageError("问题是空的,请写出要问的内容")
    for text in (question, *turns):
        if len(text) > LONGEST_QUESTION:
            raise UsageError(f"问题有 {len(text)} 个字,超过上限 {LONGEST_QUESTION} 个字,请缩短或分成几个问题")
    if len(turns) > MOST_TURNS:
        raise UsageError(f"前面的提问有 {len(turns)} 个,超过上限 {MOST_TURNS} 个,请只带最近的几个")


def _milliseconds(started: float, read: float, composed: float, ended: float) -> dict[str, float]:
    spans = {
        "resolve": read - started,
        "retrieve": composed - read,
        "compose": ended - composed,
        "total": ended - started,
    }
    return {name: round(1000 * seconds, 3) for name, seconds in spans.items()}
