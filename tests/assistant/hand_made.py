"""Answers made by hand to questions made by hand, and what the evaluation makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kejian.assistant.answer import Answer, Citation, Nearest, Refusal, Sentence
from kejian.assistant.evaluation.cases import Case
from kejian.assistant.evaluation.gold_run import GoldReport, evaluate_gold
from kejian.assistant.evaluation.judging import Judge
from kejian.corpus.gold_questions import GoldQuestion
from kejian.corpus.terms import TermBase
from kejian.index.model import FactHit, Hit
from kejian.ingest.model import Deck, Slide

SOURCES = {16: "甲型\n优点\n决策快\n规模大", 17: "乙型\n优点\n反应快", 18: "丙型"}
DECK = Deck(
    "d1",
    "培训资料",
    "0",
    tuple(Slide(f"s{n}", n, i, f"第{n}页", text) for i, (n, text) in enumerate(SOURCES.items(), 1)),
)


def cite(n: int, slide: int, quote: str) -> Citation:
    start = SOURCES[slide].index(quote)
    return Citation(n, "d1", "培训资料", slide, "", quote, start, start + len(quote), True)


def answered(text: str, *citations: Citation, **fields: Any) -> Answer:
    marks = tuple(citation.n for citation in citations)
    return Answer("?", "?", "list", text, (Sentence(text, marks),), citations, **fields)


def refused(reason: Any = "not_in_material", text: str = "材料没有写预算,写了优点。") -> Answer:
    refusal = Refusal(reason, ("优点",), "预算", (Nearest("d1", 16),))
    return Answer("?", "?", "refusal", text, (Sentence(text, ()),), (), refusal=refusal)


def gold(id: str, **fields: Any) -> GoldQuestion:
    defaults: dict[str, Any] = {"slice": "优点", "question": f"问题 {id}", "expect": "answer", "deck": "培训资料"}
    return GoldQuestion(id, **{**defaults, **fields})


def refusal_gold(id: str, **fields: Any) -> GoldQuestion:
    return gold(id, **{"slice": "不可答", "expect": "refusal", **fields})


QUESTIONS = [
    gold("q1", points=(("决策快", "决策迅速"), ("规模大",)), slides=(16,), kinds=("list",)),
    gold("q2", points=(("决策快",), ("反应快",)), slides=(16, 17), forbid=("反应慢",)),
    gold("q3", slice="结构", points=(("丙型",),), slides=(18,)),
    refusal_gold("q4", mention=(("优点", "好处"),)),
    refusal_gold("q5"),
    gold("q6", slice="错误前提", points=(("决策快",),), slides=(16,), reasons=("false_premise",)),
]
GOOD = {
    "问题 q1": answered("决策快,规模大[1][2]", cite(1, 16, "决策快"), cite(2, 16, "规模大")),
    "问题 q2": answered("甲型决策快[1],乙型反应快[2]", cite(1, 16, "决策快"), cite(2, 17, "反应快")),
    "问题 q3": answered("丙型[1]", cite(1, 18, "丙型")),
    "问题 q4": refused(),
    "问题 q5": refused("out_of_scope"),
    "问题 q6": refused("false_premise"),
}
FOUND = {"问题 q1": [16, 17], "问题 q2": [17, 18, 16], "问题 q3": [16, 17], "问题 q6": [16]}


class Answers:
    """An assistant that knows its answers by heart."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers

    def ask(self, question: str, turns: Sequence[str] = (), id: str = "") -> Answer:
        return replace(self.answers[question], question=question, resolved=question, id=id)


class Hits:
    """A search that returns two passages of each slide in ``FOUND``, and no facts."""

    def facts(self, query: str, k: int = 10) -> list[FactHit]:
        return []

    def search(self, query: str, k: int = 10) -> list[Hit]:
        numbers = [n for n in FOUND.get(query, []) for _ in range(2)]
        return [
            Hit(f"p{i}", "d1", f"s{n}", "", 0, 0, 1.0, 0.0, 0.0, 0.0, None, None) for i, n in enumerate(numbers[:k])
        ]


def report_of(**changes: Answer) -> GoldReport:
    answers = GOOD | {f"问题 {id}": answer for id, answer in changes.items()}
    return evaluate_gold(Answers(answers), Hits(), Judge((DECK,), TermBase()), QUESTIONS)


def case_of(report: GoldReport, id: str) -> Case:
    return next(case for case in report.cases if case.gold.id == id)
