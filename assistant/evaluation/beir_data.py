"""A data set in BEIR layout (Thakur et al. 2021): documents, questions, and which documents answer which.

``corpus.jsonl`` (``_id, title, text``), ``queries.jsonl`` (``_id, text``), ``qrels/test.tsv`` (query, document, grade).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kejian.corpus.errors import UsageError

Grades = dict[str, dict[str, int]]  # query id → document id → grade


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set; ``queries`` holds only questions with a relevant document, in the order of their file."""

    documents: tuple[dict[str, str], ...]
    queries: dict[str, str]
    grades: Grades

    @classmethod
    def read(cls, folder: Path) -> Dataset:
        """Read the three files.

        Raises:
            UsageError: a file is missing, has a bad line or holds nothing.
        """
        documents = tuple(_lines(folder / "corpus.jsonl"))
        grades = _grades(folder / "qrels" / "test.tsv")
        queries = {line["_id"]: line["text"] for line in _lines(folder / "queries.jsonl") if line["_id"] in grades}
        if not documents or not queries:
            raise UsageError(f"数据集 {folder} 里没有文档,或没有带答案的问题,请检查三个文件是否属于同一数据集")
        return cls(documents, queries, grades)

    def first(self, queries: int | None) -> Dataset:
        """The same with its first questions only."""
        return Dataset(self.documents, dict(list(self.queries.items())[:queries]), self.grades)


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for number, text in enumerate(_read(path).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            yield {"_id": str(line["_id"]), "title": str(line.get("title") or ""), "text": str(line["text"])}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path} 第 {number} 行不是带 _id 和 text 的 JSON 对象({error})") from error


def _grades(path: Path) -> Grades:
    """Grades above 0; a first line that is a heading is passed over."""
    grades: Grades = {}
    for number, text in enumerate(_read(path).split("\n"), start=1):
        cells = text.split("\t")
        if (number == 1 and cells[-1:] == ["score"]) or not text.strip():
            continue
        try:
            query, document, grade = cells
            if int(grade) > 0:
                grades.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            raise UsageError(f"{path} 第 {number} 行应为以制表符分隔的 问题编号、文档编号、分数(整数)") from error
    return grades


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(
            f"评测数据缺少文件 {path};文件夹里应有 corpus.jsonl、queries.jsonl 和 qrels/test.tsv"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"评测数据 {path} 读不出来({error.__class__.__name__}),请检查权限和编码(应为 UTF-8)"
        ) from error
