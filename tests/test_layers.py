"""Imports go one way: corpus ← ingest ← index ← assistant ← ui."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("corpus", "ingest", "index", "assistant", "ui")


def imported_layers(path: Path) -> set[str]:
    modules: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            modules.append(node.module or "")
        elif isinstance(node, ast.Import):
            modules += [name.name for name in node.names]
    return {module.split(".")[1] for module in modules if module.startswith("kejian.")}


def test_imports_go_one_way() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {layer}"
        for rank, folder in enumerate(LAYERS)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for layer in imported_layers(path)
        if LAYERS.index(layer) > rank
    ]
    assert wrong == []


def test_every_package_is_listed() -> None:
    listed = (ROOT / "pyproject.toml").read_text("utf-8")
    found = {path.parent.relative_to(ROOT) for layer in LAYERS for path in (ROOT / layer).rglob("*.py")}
    missing = [str(folder) for folder in found if f'"kejian.{".".join(folder.parts)}"' not in listed]
    assert missing == []
