"""Answers made elsewhere: Answer objects of the contract, or minimal ``{"id", "answer", "citations"}``, one a line.

In the minimal form a citation is ``{"slide", "quote", "deck"}`` or just the number of a slide, which stands for the
whole slide; marks such as [2] in the text name citations by ``n`` or by their order, and a sentence without a mark
leans on all of them. ``"refused": true`` says that the system declined to answer; where nothing says so, an answer
without citations that says it found nothing counts as one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from kejian.assistant.answer import Answer, Cell, Citation, Matrix, Nearest, Refusal, Row, Sentence, Structure
from kejian.assistant.evaluation.cases import MARK, deck_named
from kejian.assistant.evaluation.gold_run import GoldReport, Timing
from kejian.assistant.evaluation.judging import Judge
from kejian.assistant.evaluation.wording import ScoringWords, lines, plain
from kejian.corpus.errors import UsageError
from kejian.corpus.gold_questions import GoldQuestion
from kejian.ingest.model import Deck, Slide

REMEDY = (
    '每行应写成 {"id": "题目的 id", "answer": "…", "citations": [{"slide": 16, "quote": "…"}]},或完整的 Answer 对象'
)
Entry = dict[str, Any]


def evaluate_answers(path: Path, judge: Judge, questions: Sequence[GoldQuestion]) -> GoldReport:
    """The answers of a file judged; retrieval and time are not measured.

    Raises:
        UsageError: a line is wrong, an id is unknown or twice, or a question has no answer.
    """
    answers = read_answers(path, judge.decks, {question.id: question for question in questions})
    missing = [question.id for question in questions if question.id not in answers]
    if missing:
        named = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        raise UsageError(f"{path} 里缺 {len(missing)} 题的回答:{named};请补上,或用 --gold 只给出要评的问题")
    cases = tuple(judge.case(question, answers[question.id]) for question in questions)
    return GoldReport(cases, tuple(judge.decks), Timing((), (), 0.0))


def read_answers(path: Path, decks: Sequence[Deck], questions: Mapping[str, GoldQuestion]) -> dict[str, Answer]:
    """The answers of a file by the id of their question."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"读不了({error.strerror})"
        raise UsageError(f"回答文件 {path}:{reason};请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"回答文件 {path} 不是 UTF-8 编码,请另存为 UTF-8") from error
    answers: dict[str, Answer] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"回答文件 {path} 第 {number} 行"
            entry = _entry(line, where, questions)
            if entry["id"] in answers:
                raise UsageError(f"{where}:id「{entry['id']}」前面已经有了,请删去一个")
            answers[entry["id"]] = _answer(entry, where, decks, questions[entry["id"]])
    if not answers:
        raise UsageError(f"回答文件 {path} 里没有一个回答;{REMEDY}")
    return answers


def _entry(line: str, where: str, questions: Mapping[str, GoldQuestion]) -> Entry:
    try:
        entry = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"{where}不是 JSON;{REMEDY}") from error
    if not isinstance(entry, dict) or not isinstance(entry.get("answer"), str):
        raise UsageError(f"{where}没有 answer(一段文字);{REMEDY}")
    if not isinstance(entry.get("id"), str) or not isinstance(entry.get("citations", []), list):
        raise UsageError(f"{where}没有 id,或 citations 不是列表;{REMEDY}")
    if entry["id"] not in questions:
        raise UsageError(f"{where}:标准问题里没有 id「{entry['id']}」,请检查 id,或用 --gold 给出对应的标准问题")
    return entry


def _answer(entry: Entry, where: str, decks: Sequence[Deck], gold: GoldQuestion) -> Answer:
    try:
        return _whole(entry) if "kind" in entry and "sentences" in entry else _minimal(entry, decks, gold)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{where}的内容不完整或类型不对({error});{REMEDY}") from error


def _whole(entry: Entry) -> Answer:
    """An Answer object of the contract, as ``Answer.to_json`` writes it."""
    known = {field.name for field in fields(Answer)}
    given = {key: value for key, value in entry.items() if key in known}
    structure, matrix, refusal = (given.get(key) for key in ("structure", "matrix", "refusal"))
    rebuilt = {
        "sentences": tuple(Sentence(s["text"], tuple(s["citations"])) for s in given["sentences"]),
        "citations": tuple(Citation(**citation) for citation in given["citations"]),
        "matrix": _matrix(matrix) if matrix else None,
        "structure": _structure(structure) if structure else None,
        "refusal": _refusal(refusal) if refusal else None,
        "suggestions": tuple(given.get("suggestions", ())),
    }
    return Answer(**{**given, **rebuilt})


def _matrix(given: Entry) -> Matrix:
    rows = (
        Row(row["aspect"], tuple(Cell(c["text"], tuple(c["citations"])) for c in row["cells"])) for row in given["rows"]
    )
    return Matrix(tuple(given["subjects"]), tuple(rows))


def _structure(given: Entry) -> Structure:
    children = tuple(map(_structure, given.get("children", ())))
    return Structure(given["name"], tuple(given.get("duties", ())), children, tuple(given.get("citations", ())))


def _refusal(given: Entry) -> Refusal:
    nearest = tuple(Nearest(**one) for one in given.get("nearest", ()))
    return Refusal(given["reason"], tuple(given.get("covered", ())), given.get("missing", ""), nearest)


def _minimal(entry: Entry, decks: Sequence[Deck], gold: GoldQuestion) -> Answer:
    text = entry["answer"]
    citations = tuple(_citation(n, one, decks, gold) for n, one in enumerate(entry.get("citations", []), 1))
    refused = entry.get("refused", not citations and _says_nothing(text))
    reason = entry.get("reason", "not_in_material")
    return Answer(
        question=gold.question,
        resolved=entry.get("resolved", gold.question),
        kind="refusal" if refused else "passage",
        answer=text,
        sentences=tuple(_sentences(text, citations)),
        citations=() if refused else citations,
        id=gold.id,
        refusal=Refusal(reason, tuple(entry.get("covered", ())), "", ()) if refused else None,
    )


def _citation(number: int, given: Any, decks: Sequence[Deck], gold: GoldQuestion) -> Citation:
    entry = {"slide": given} if isinstance(given, int) else dict(given)
    deck = deck_named(str(entry.get("deck", gold.deck)), decks)
    slide = _slide(deck, int(entry["slide"]))
    quote = str(entry.get("quote", slide.source if slide else ""))
    start = entry.get("start", slide.source.find(quote) if slide and quote else -1)
    place = (deck.id if deck else "", deck.title if deck else "", int(entry["slide"]), slide.title if slide else "")
    return Citation(int(entry.get("n", number)), *place, quote, start, entry.get("end", start + len(quote)), start >= 0)


def _slide(deck: Deck | None, number: int) -> Slide | None:
    return next((slide for slide in deck.slides if slide.number == number), None) if deck else None


def _sentences(text: str, citations: Sequence[Citation]) -> Iterator[Sentence]:
    every = tuple(citation.n for citation in citations)
    for line in lines(text):
        if bare := MARK.sub("", line).strip():
            marked = tuple(int(mark) for mark in MARK.findall(line))
            yield Sentence(bare, marked or every)


def _says_nothing(text: str) -> bool:
    said = plain(text)
    return not said or any(word in said for word in ScoringWords.bundled().refusing)
