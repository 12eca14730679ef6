"""Gold questions (标准问题): what is asked, and what a right answer says; one JSON object a line.

``points`` are the key points of the answer, each a list of accepted variants of which one has to be said;
``…`` inside a variant stands for a short gap, and one that begins with ``!`` says the opposite of the point.
``forbid`` must not occur, ``mention`` is what a useful refusal names. A question that expects an answer and lists
``reasons`` may be refused for one of them instead. ``resolved`` is what a follow-up has to be understood to be about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

from kejian.corpus.errors import UsageError

BUNDLED_GOLD = Path(__file__).with_name("gold")
KINDS = ("explain", "list", "compare", "structure", "lookup", "passage", "refusal")
REASONS = ("not_in_material", "false_premise", "ambiguous", "out_of_scope", "empty_library")

Texts: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question. ``slides`` are printed numbers in ``deck`` (id or title); every one of them is to be cited."""

    id: str
    slice: str
    question: str
    expect: Literal["answer", "refusal"]
    turns: Texts = ()
    kinds: Texts = ()
    points: tuple[Texts, ...] = ()
    forbid: Texts = ()
    slides: tuple[int, ...] = ()
    deck: str = ""
    reasons: Texts = ()
    mention: tuple[Texts, ...] = ()
    resolved: tuple[Texts, ...] = ()


def bundled_gold() -> list[GoldQuestion]:
    """All questions that ship with the product, file by file."""
    return [question for path in sorted(BUNDLED_GOLD.glob("*.jsonl")) for question in read_gold(path)]


@dataclass(frozen=True, slots=True)
class GoldLine:
    """Line ``number`` of a file: a question, or what is wrong with it and how to mend it."""

    number: int
    question: GoldQuestion | None
    fault: str = ""


def read_gold(path: Path) -> list[GoldQuestion]:
    """The questions of a file in its order; empty lines are passed over.

    Raises:
        UsageError: the file cannot be read, or a line is wrong; the message names the line and the remedy.
    """
    questions = []
    for line in gold_lines(path):
        if line.fault:
            raise UsageError(f"标准问题 {path} 第 {line.number} 行:{line.fault}")
        if line.question:
            questions.append(line.question)
    return questions


def gold_lines(path: Path) -> Iterator[GoldLine]:
    """Every line of a file that is not empty, wrong ones included.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"读不了({error.strerror})"
        raise UsageError(f"标准问题 {path}:{reason};请检查路径和权限") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"标准问题 {path} 不是 UTF-8 编码,请另存为 UTF-8") from error
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            question = _question(line)
        except _Fault as fault:
            yield GoldLine(number, None, str(fault))
            continue
        twice = f"id「{question.id}」与第 {seen[question.id]} 行重复,请换一个" if question.id in seen else ""
        seen.setdefault(question.id, number)
        yield GoldLine(number, question, twice)


class _Fault(Exception):
    """What is wrong with a line and how to mend it."""


def _question(line: str) -> GoldQuestion:
    try:
        content = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _Fault("不是 JSON,每行要写一个完整的 JSON 对象") from error
    if not isinstance(content, dict):
        raise _Fault("要写成 JSON 对象 {…}")
    known = [field.name for field in fields(GoldQuestion)]
    if unknown := [key for key in content if key not in known]:
        raise _Fault(f"有不认识的键 {'、'.join(unknown)};可用的是 {'、'.join(known)}")
    for key in ("id", "slice", "question", "expect"):
        if not isinstance(content.get(key), str) or not content[key].strip():
            raise _Fault(f"缺少 {key},请补上(写成文字)")
    return _consistent(GoldQuestion(**{key: READERS[key](key, value) for key, value in content.items()}))


def _consistent(question: GoldQuestion) -> GoldQuestion:
    if question.expect == "answer" and not question.points:
        raise _Fault("expect 为 answer 时要有 points,请写出答案的要点")
    if question.expect == "refusal" and (question.points or question.slides):
        raise _Fault("expect 为 refusal 时不要写 points 和 slides;拒答应提到的内容写在 mention 里")
    if question.resolved and not question.turns:
        raise _Fault("写了 resolved 就要写 turns(之前的提问);它说的是追问应理解成什么")
    if any(all(variant.startswith("!") for variant in point) for point in question.points):
        raise _Fault("points 里有一项只写了以 ! 开头的相反说法,请补上要点本身")
    if question.slides and not question.deck:
        raise _Fault("写了 slides 就要写 deck(课件的标题)")
    return question


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _Fault(f"{key} 要写成文字,现在是 {value!r}")
    return value


def _texts(key: str, value: Any) -> Texts:
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _Fault(f"{key} 要写成文字的列表,现在是 {value!r}")
    return tuple(value)


def _variants(key: str, value: Any) -> tuple[Texts, ...]:
    if not isinstance(value, list) or not all(isinstance(variants, list) and variants for variants in value):
        raise _Fault(f'{key} 的每一项要写成说法的列表,如 [["说法一","说法二"]],现在是 {value!r}')
    return tuple(_texts(key, variants) for variants in value)


def _numbers(key: str, value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(number) is int for number in value):
        raise _Fault(f"{key} 要写成页码的列表,现在是 {value!r}")
    return tuple(value)


def _among(allowed: Texts) -> Callable[[str, Any], Texts]:
    def read(key: str, value: Any) -> Texts:
        if unknown := [text for text in _texts(key, value) if text not in allowed]:
            raise _Fault(f"{key} 里有不认识的 {'、'.join(unknown)};可用的是 {'、'.join(allowed)}")
        return tuple(value)

    return read


def _expect(key: str, value: Any) -> str:
    if value not in ("answer", "refusal"):
        raise _Fault(f"{key} 只能是 answer 或 refusal,现在是 {value!r}")
    return cast(str, value)


READERS: Mapping[str, Callable[[str, Any], Any]] = MappingProxyType(
    {
        "id": _text,
        "slice": _text,
        "question": _text,
        "expect": _expect,
        "turns": _texts,
        "kinds": _among(KINDS),
        "points": _variants,
        "forbid": _texts,
        "slides": _numbers,
        "deck": _text,
        "reasons": _among(REASONS),
        "mention": _variants,
        "resolved": _variants,
    }
)
