"""Faults seeded into the real assistant, its index or its answers, each with the slices that have to notice it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from kejian.assistant.answer import NOT_MENTIONED, Answer, Cell, Structure
from kejian.assistant.compose import looking_up, quoting
from kejian.assistant.engine import Assistant
from kejian.assistant.evaluation.gold_run import TOTAL, Answering
from kejian.corpus.terms import Term, TermBase
from kejian.index.generation import text_numbers
from kejian.index.lexical import LexicalIndex
from kejian.index.search import HybridSearch
from kejian.ingest.model import Deck, Fact, Slide


@dataclass(frozen=True)
class State:
    """Decks and search as a snapshot."""

    decks: tuple[Deck, ...]
    search: Any
    revision: str = "fault"


Change = Callable[[Answer], Answer]
Build = Callable[[State, TermBase, pytest.MonkeyPatch], Answering]


@dataclass(frozen=True)
class Fault:
    """``build`` makes the faulty assistant; a loss, or something broken, must be seen in one of ``slices``."""

    name: str
    build: Build
    slices: frozenset[str]
    broken: str = ""  # words of what is named where the fault needs no test
    needs: frozenset[str] = field(default=frozenset())  # slices asked in the quick suite


@dataclass(frozen=True)
class Changed:
    """The real assistant, its answers changed on their way out."""

    assistant: Assistant
    change: Change
    heard: bool = True  # whether earlier turns reach it

    def ask(self, question: str, turns: Sequence[str] = (), id: str = "") -> Answer:
        return self.change(self.assistant.ask(question, turns if self.heard else (), id))


def after(change: Change, heard: bool = True) -> Build:
    def build(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
        return Changed(Assistant(state, terms), change, heard)

    return build


def over(change: Callable[[Slide], Slide]) -> Build:
    """The assistant knows changed slides; it is judged by the true ones."""

    def build(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
        decks = tuple(replace(deck, slides=tuple(map(change, deck.slides))) for deck in state.decks)
        patch.setattr(HybridSearch, "fact_texts", text_numbers(decks).tolist())  # those of its own decks
        return Assistant(replace(state, decks=decks), terms)

    return build


def no_floor(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
    for module in (quoting, looking_up):
        patch.setattr(module, "ANSWERED_FROM", 0.0)
    return Assistant(state, terms)


def too_high_a_floor(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
    for module in (quoting, looking_up):
        patch.setattr(module, "ANSWERED_FROM", 0.97)
    return Assistant(state, terms)


def no_bm25(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
    patch.setattr(LexicalIndex, "all_scores", lambda self, query: np.zeros(self.rows, dtype=np.float32))
    patch.setattr(LexicalIndex, "weights", lambda self, query: {})
    return Assistant(state, terms)


def no_vectors(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
    def blind(self: HybridSearch, query: str) -> Any:
        vector = np.zeros(self.generation.vectors.shape[1], dtype=np.float32)
        vector[0] = 1.0
        return vector

    patch.setattr(HybridSearch, "_vector", blind)
    return Assistant(state, terms)


def no_aliases(state: State, terms: TermBase, patch: pytest.MonkeyPatch) -> Answering:
    return Assistant(state, TermBase(tuple(Term(t.name) for t in terms.subjects), terms.aspects, terms.inferred_marks))


def swapped_advantages(slide: Slide) -> Slide:
    """Of the subjects that have 优点, the first two trade them."""
    owners = list(dict.fromkeys(fact.subject for fact in slide.facts if fact.aspect == "优点"))[:2]
    if len(owners) < 2:
        return slide
    other = dict(zip(owners, reversed(owners), strict=True))

    def traded(fact: Fact) -> Fact:
        return replace(fact, subject=other.get(fact.subject, fact.subject)) if fact.aspect == "优点" else fact

    return replace(slide, facts=tuple(map(traded, slide.facts)))


def next_owner(slide: Slide) -> Slide:
    """Duties are put under the unit that comes next."""
    owners = list(dict.fromkeys(fact.subject for fact in slide.facts if "职责" in fact.aspect))
    following = dict(zip(owners, [*owners[1:], *owners[:1]], strict=True))
    facts = (replace(f, subject=following[f.subject]) if "职责" in f.aspect else f for f in slide.facts)
    return replace(slide, facts=tuple(facts))


def without_last_column(slide: Slide) -> Slide:
    columns = list(dict.fromkeys(block.column for block in slide.blocks if block.kind == "cell" and block.column))
    kept = [fact for fact in slide.facts if not columns or fact.aspect != columns[-1]]
    return replace(
        slide, facts=tuple(kept), blocks=tuple(b for b in slide.blocks if not columns or b.column != columns[-1])
    )


def upside_down(slide: Slide) -> Slide:
    """Every relation the other way round."""
    relations = (
        replace(
            r,
            parent=r.child,
            child=r.parent,
            start=r.parent_start,
            end=r.parent_end,
            parent_start=r.start,
            parent_end=r.end,
        )
        for r in slide.relations
    )
    return replace(slide, relations=tuple(relations))


def without_negations(answer: Answer) -> Answer:
    def flat(text: str) -> str:
        for word in ("难以", "不", "没有"):
            text = text.replace(word, "")
        return text

    sentences = tuple(replace(sentence, text=flat(sentence.text)) for sentence in answer.sentences)
    return answer if answer.kind == "refusal" else replace(answer, answer=flat(answer.answer), sentences=sentences)


def shifted(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, start=c.start + 1, end=c.end + 1) for c in answer.citations))


def neighbouring(answer: Answer) -> Answer:
    return replace(answer, citations=tuple(replace(c, slide=c.slide + 1) for c in answer.citations))


def one_citation_for_all(answer: Answer) -> Answer:
    """Every sentence leans on the first citation."""
    first = answer.citations[0].n if answer.citations else 0
    return replace(answer, sentences=tuple(replace(s, citations=(first,)) for s in answer.sentences))


def uncited(answer: Answer) -> Answer:
    return replace(answer, sentences=tuple(replace(s, citations=()) for s in answer.sentences))


def cut_to_one(answer: Answer) -> Answer:
    items = [line for line in answer.answer.split("\n") if line.startswith("- ")]
    if answer.kind != "list" or len(items) < 2:
        return answer
    kept = "\n".join(line for line in answer.answer.split("\n") if line not in items[1:])
    return replace(answer, answer=kept, sentences=answer.sentences[:1])


def invented_cells(answer: Answer) -> Answer:
    """Cells the material does not fill are filled, and the first row gets another."""
    if answer.matrix is None:
        return answer
    rows = tuple(
        replace(row, cells=tuple(replace(c, text="表现良好") if c.text == NOT_MENTIONED else c for c in row.cells))
        for row in answer.matrix.rows
    )
    more = replace(rows[0], aspect="成本", cells=tuple(Cell("成本较低") for _ in rows[0].cells))
    return replace(answer, matrix=replace(answer.matrix, rows=(*rows, more)))


def shifted_cells(answer: Answer) -> Answer:
    """Every cell stands one column further."""
    if answer.matrix is None:
        return answer
    rows = tuple(replace(row, cells=(*row.cells[1:], *row.cells[:1])) for row in answer.matrix.rows)
    return replace(answer, matrix=replace(answer.matrix, rows=rows))


def flat_structure(answer: Answer) -> Answer:
    """Everything hangs directly under the root."""

    def all_below(unit: Structure) -> list[Structure]:
        return [Structure(unit.name), *(found for child in unit.children for found in all_below(child))]

    if answer.structure is None:
        return answer
    below = [unit for child in answer.structure.children for unit in all_below(child)]
    return replace(answer, structure=replace(answer.structure, children=tuple(below[::-1][: max(1, len(below) // 2)])))


def mute_refusals(answer: Answer) -> Answer:
    if answer.refusal is None:
        return answer
    return replace(answer, answer="不知道。", refusal=replace(answer.refusal, covered=(), nearest=()))


def same(answer: Answer) -> Answer:
    return answer


ANY = frozenset({TOTAL})
FAULTS = (
    Fault("拒答门槛取消", no_floor, frozenset({"不可答", "错误前提"})),
    Fault("拒答门槛过高", too_high_a_floor, frozenset({"说法变化", "归口", "解释", "优点", "缺点", TOTAL})),
    Fault("两种架构的优点对调", over(swapped_advantages), frozenset({"优点", "比较"})),
    Fault("职责归到下一个部门", over(next_owner), frozenset({"职责", "归口"})),
    Fault("引文位置差一个字", after(shifted), ANY, "引文与原文不符"),
    Fault("引到隔壁一页", after(neighbouring), ANY, "引文与原文不符"),
    Fault("不用 BM25", no_bm25, ANY),
    Fault("不用向量", no_vectors, ANY),
    Fault("表格少一列", over(without_last_column), frozenset({"新架构"})),
    Fault("列举只剩一条", after(cut_to_one), frozenset({"优点", "缺点", "职责"})),
    Fault("不理会之前的话", after(same, heard=False), frozenset({"多轮"})),
    Fault("上下级颠倒", over(upside_down), frozenset({"结构"})),
    Fault("结构拉平", after(flat_structure), frozenset({"结构"})),
    Fault("否定词丢失", after(without_negations), frozenset({"缺点", "错误前提", TOTAL})),
    Fault("所有句子都引第一条", after(one_citation_for_all), frozenset({"优点", "缺点", "职责", "比较"})),
    Fault("句子没有引文", after(uncited), frozenset({"优点", "缺点", "职责"})),
    Fault("编出格子", after(invented_cells), frozenset({"比较"}), "没有根据的格子"),
    Fault("格子错一列", after(shifted_cells), frozenset({"比较"}), "没有根据的格子"),
    Fault("别名不认", no_aliases, frozenset({"说法变化"})),
    Fault("拒答只说不知道", after(mute_refusals), frozenset({"不可答", "错误前提"})),
)
