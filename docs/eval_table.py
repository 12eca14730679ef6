"""Writes the table of scores into README.md from what the evaluation says, so that nobody types a figure.

kejian eval --json scores.json && python docs/eval_table.py scores.json
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

README = Path(__file__).parents[1] / "README.md"
COLUMNS = {
    "questions": "题数",
    "right": "全对",
    "point_coverage": "要点覆盖率",
    "slide_cited": "应引页已引",
    "citation_validity": "引文属实",
    "refusal_precision": "拒答准确率",
    "refusal_recall": "拒答召回率",
}
PLACE = re.compile(r"(<!-- eval -->\n).*?(<!-- /eval -->)", re.DOTALL)


def row(name: str, scores: dict[str, Any]) -> str:
    return " | ".join(("", name, *(shown(scores.get(column)) for column in COLUMNS), "")).strip()


def shown(value: Any) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def main(path: str) -> int:
    scores = json.loads(Path(path).read_text("utf-8"))
    head = ["类别", *COLUMNS.values()]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [row(name, found) for name, found in scores["slices"].items()]
    lines.append(row("**合计**", scores["total"]))
    table = "\n".join(lines)
    text = PLACE.sub(lambda found: f"{found.group(1)}{table}\n{found.group(2)}", README.read_text("utf-8"))
    README.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
