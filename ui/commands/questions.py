"""Questions as they come in: checked one by one, and read from a batch file before anything is answered."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kejian.assistant.limits import LONGEST_QUESTION, MOST_TURNS
from kejian.corpus.errors import UsageError

REMEDY = '应写成 {"id": "q1", "question": "…", "turns": ["…"]}'


@dataclass(frozen=True, slots=True)
class Question:
    """``turns`` are the earlier questions of the conversation, oldest first."""

    text: str
    turns: tuple[str, ...] = ()
    id: str = ""


def checked_question(text: str, what: str = "问题") -> str:
    """``text`` without surrounding space.

    Raises:
        UsageError: it is empty, longer than the limit, or not encodable as UTF-8.
    """
    question = text.strip()
    if not question:
        raise UsageError(f"{what}是空的,请写出要问的内容")
    if len(question) > LONGEST_QUESTION:
        raise UsageError(
            f"{what}有 {len(question)} 个字,最多 {LONGEST_QUESTION} 个字;请只留要问的那一句,或分成几个问题"
        )
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"{what}里有不是 UTF-8 的字节,请检查终端或文件的编码") from error
    return question


def read_batch(source: str) -> list[Question]:
    """The questions of a file with one JSON object a line; ``-`` is standard input. Blank lines are passed over.

    A question without ``id`` gets the number of its line. Other keys than ``id``, ``question`` and ``turns`` are
    not used.

    Raises:
        UsageError: the file cannot be read, or a line is not a question; names the line and the remedy.
    """
    lines = _text(source).split("\n")
    return [_question(line, f"{_name(source)} 第 {n} 行", n) for n, line in enumerate(lines, 1) if line.strip()]


def _name(source: str) -> str:
    return "标准输入" if source == "-" else source


def _text(source: str) -> str:
    if source == "-" and sys.stdin is None:
        raise UsageError("标准输入是关着的;请从文件或管道送入问题")
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"读不了({error.strerror})"
        raise UsageError(f"{source}:{reason},请检查路径") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{_name(source)} 第 {line} 行不是 UTF-8,请把文件另存为 UTF-8") from error


def _question(line: str, where: str, number: int) -> Question:
    entry = _json_object(line, where)
    text = entry.get("question")
    if not isinstance(text, str):
        raise UsageError(f"{where}没有 question(一段文字);{REMEDY}")
    identity = entry.get("id")
    if identity is not None and (not isinstance(identity, str | int) or isinstance(identity, bool)):
        raise UsageError(f"{where}的 id 不是文字;{REMEDY}")
    turns = entry.get("turns") or []
    if not isinstance(turns, list):
        raise UsageError(f"{where}的 turns 不是列表;{REMEDY}")
    earlier = checked_turns(turns, f"{where}的 turns")
    return Question(checked_question(text, f"{where}的问题"), earlier, str(number if identity is None else identity))


def checked_turns(turns: Iterable[Any], what: str = "之前的问题") -> tuple[str, ...]:
    """Earlier questions, each under the same rules as the question itself."""
    kept = []
    for n, turn in enumerate(turns, 1):
        if not isinstance(turn, str):
            raise UsageError(f"{what}第 {n} 个不是文字;{REMEDY}")
        kept.append(checked_question(turn, f"{what}第 {n} 个问题"))
    if len(kept) > MOST_TURNS:
        raise UsageError(f"{what}有 {len(kept)} 个,最多 {MOST_TURNS} 个;请只留最近的几个")
    return tuple(kept)


def _json_object(line: str, where: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"{where}不是 JSON;{REMEDY}") from error
    if not isinstance(entry, dict):
        raise UsageError(f"{where}不是 JSON 对象;{REMEDY}")
    return entry
