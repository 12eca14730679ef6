"""An earlier result beside the present one: which scores moved, and which questions changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kejian.corpus.errors import UsageError

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Moved:
    """A score that differs; None where it was not measured."""

    slice: str  # "合计" for the total
    score: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Scores that moved, and questions (id, question as asked) by what became of them."""

    moved: tuple[Moved, ...]
    worse: tuple[tuple[str, str], ...]  # right before, wrong now
    better: tuple[str, ...]  # wrong before, right now
    added: tuple[str, ...]
    gone: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The changes in Chinese, a line each."""
        if not (self.moved or self.worse or self.better or self.added or self.gone):
            yield "与基线相比:没有变化"
            return
        yield "与基线相比:"
        yield from (f"  {m.slice} {m.score}:{_shown(m.before)} → {_shown(m.after)}" for m in self.moved)
        yield from (f"  由对变错:{id} {question}" for id, question in self.worse)
        for what, ids in (("由错变对", self.better), ("新增", self.added), ("不再有", self.gone)):
            if ids:
                yield f"  {what}:{'、'.join(ids)}"


def read_baseline(path: Path) -> Result:
    """A result that ``kejian eval --json`` wrote earlier.

    Raises:
        UsageError: the file cannot be read or is not such a result.
    """
    remedy = "基线要用 kejian eval --json 文件 存下来的结果"
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"读不了({error.strerror})"
        raise UsageError(f"基线 {path}:{reason};{remedy}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"基线 {path} 不是 JSON;{remedy}") from error
    if not _is_result(result):
        raise UsageError(f"基线 {path} 不是评测结果,或出自别的版本;{remedy}")
    return dict(result)


def _is_result(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("format") == "kejian-eval-1"
        and isinstance(value.get("total"), dict)
        and isinstance(value.get("slices"), dict)
        and all(isinstance(scores, dict) for scores in value["slices"].values())
        and isinstance(value.get("cases"), list)
        and all(isinstance(case, dict) and {"id", "right"} <= set(case) for case in value["cases"])
    )


def compared(before: Result, after: Result) -> Changes:
    """What changed from ``before`` to ``after``, in the order of ``after``."""
    was = {case["id"]: case["right"] for case in before["cases"]}
    now = {case["id"]: case["right"] for case in after["cases"]}
    questions = {case["id"]: case.get("question", "") for case in after["cases"]}
    return Changes(
        moved=tuple(_moved(before, after)),
        worse=tuple((id, questions[id]) for id, right in now.items() if not right and was.get(id) is True),
        better=tuple(id for id, right in now.items() if right and was.get(id) is False),
        added=tuple(id for id in now if id not in was),
        gone=tuple(id for id in was if id not in now),
    )


def _moved(before: Result, after: Result) -> Iterator[Moved]:
    tables = [("合计", before["total"], after["total"])]
    tables += [(name, before["slices"].get(name, {}), scores) for name, scores in after["slices"].items()]
    for name, old, new in tables:
        for score, value in new.items():
            if old.get(score) != value:
                yield Moved(name, score, old.get(score), value)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
