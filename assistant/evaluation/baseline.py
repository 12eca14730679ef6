"""The baseline file: what an earlier version reached on each question, kept in git so that losses are seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kejian.assistant.evaluation.report import FORMAT
from kejian.corpus.errors import UsageError

Result = dict[str, Any]
BASELINE_FORMAT = "kejian-baseline-1"
BUNDLED_BASELINE = Path(__file__).parents[2] / "corpus" / "baseline.json"
KEPT = ("id", "slice", "right", "values")
REMEDY = "基线要用 kejian eval --save-baseline 文件(或 --json 文件)存下来的结果"


def baseline_text(result: Result) -> str:
    """``result`` (of ``as_json``) as a baseline: one question a line, so that a change shows as one line."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: Result) -> Iterator[str]:
    yield "{"
    for key, value in (("format", BASELINE_FORMAT), ("total", result["total"])):
        yield f"{json.dumps(key)}: {_dumped(value)},"
    for key in ("slices", "cases"):
        yield f"{json.dumps(key)}: {'{' if key == 'slices' else '['}"
        items = _slices(result) if key == "slices" else _cases(result)
        yield ",\n".join(items)
        yield "}," if key == "slices" else "]"
    yield "}"


def _slices(result: Result) -> Iterator[str]:
    for name, scores in result["slices"].items():
        yield f"{_dumped(name)}: {_dumped(scores)}"


def _cases(result: Result) -> Iterator[str]:
    for case in result["cases"]:
        yield _dumped({key: case[key] for key in KEPT})


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_baseline(path: Path) -> Result:
    """A baseline, or a result that ``kejian eval --json`` wrote.

    Raises:
        UsageError: the file cannot be read or is not such a result; where JSON breaks, its line is named.
    """
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = "没有这个文件" if isinstance(error, FileNotFoundError) else f"读不了({error.strerror})"
        raise UsageError(f"基线 {path}:{reason};{REMEDY}") from error
    except json.JSONDecodeError as error:
        raise UsageError(f"基线 {path} 第 {error.lineno} 行不是 JSON;{REMEDY}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"基线 {path} 不是 JSON;{REMEDY}") from error
    if not _is_result(result):
        raise UsageError(f"基线 {path} 不是评测结果,或出自别的版本;{REMEDY}")
    return dict(result)


def _is_result(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("format") in (FORMAT, BASELINE_FORMAT)
        and isinstance(value.get("total"), dict)
        and isinstance(value.get("slices"), dict)
        and all(isinstance(scores, dict) for scores in value["slices"].values())
        and isinstance(value.get("cases"), list)
        and all(isinstance(case, dict) and set(KEPT) <= set(case) for case in value["cases"])
        and all(isinstance(case["values"], dict) for case in value["cases"])
    )
