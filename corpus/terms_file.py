"""Further terms written into a library's own term base, its comments and its order kept."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kejian.corpus.errors import SetupError
from kejian.corpus.terms import Term, TermBase

if TYPE_CHECKING:
    from ruamel.yaml import YAML

INDENTED = re.compile(r"^( *)- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Additions:
    """Subjects and aspects to add; of a term that is there already only what is new."""

    subjects: tuple[Term, ...] = ()
    aspects: tuple[Term, ...] = ()


def add_terms(path: Path, additions: Additions) -> None:
    """Write ``additions`` into the file at ``path``, made where there is none, in one step.

    Raises:
        SetupError: the file there is no term base, or cannot be written.
    """
    if path.exists():
        TermBase.read(path)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    waiting = path.with_name(f"{path.name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_text(with_terms(before, additions), encoding="utf-8")
        TermBase.read(waiting)
        os.replace(waiting, path)
    except OSError as error:
        raise SetupError(f"术语库 {path} 写不进去({error.strerror}),请检查权限") from error
    finally:
        waiting.unlink(missing_ok=True)


def with_terms(text: str, additions: Additions) -> str:
    """The YAML ``text`` of a term base with ``additions``.

    >>> print(with_terms("# 自有\\n", Additions(subjects=(Term("客户关系管理", ("CRM",)),))))
    # 自有
    subjects:
      - name: 客户关系管理
        aliases: [CRM]
    <BLANKLINE>
    """
    from ruamel.yaml.error import YAMLError

    yaml = _round_trip(text)
    try:
        content = yaml.load(text)
    except YAMLError as error:
        raise SetupError(f"术语库里有重复的键或不规范的写法({type(error).__name__}),没有改动;请先订正") from error
    lead = text if content is None and text.strip() else ""
    content = {} if content is None else content
    for section, terms in (("subjects", additions.subjects), ("aspects", additions.aspects)):
        if terms and content.get(section) is None:
            content[section] = []
        for term in terms:
            _add(content[section], term)
    stream = io.StringIO()
    yaml.dump(content, stream)
    return (lead.rstrip("\n") + "\n" if lead else "") + stream.getvalue()


def _round_trip(text: str) -> YAML:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    found = INDENTED.search(text)
    offset = len(found[1]) if found else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _add(entries: Any, term: Term) -> None:
    at = next((n for n, entry in enumerate(entries) if _name(entry) == term.name), None)
    if at is None:
        entries.append(_written(term))
    elif term.aliases:
        if not isinstance(entries[at], dict):
            entries[at] = {"name": term.name}
        written = entries[at].get("aliases") or []
        new = [alias for alias in term.aliases if alias not in written]
        if written:
            written.extend(new)
        else:
            entries[at]["aliases"] = _in_a_row(new)


def _name(entry: Any) -> str:
    return str(entry["name"] if isinstance(entry, dict) else entry)


def _written(term: Term) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": term.name}
    if term.role != "other":
        entry["role"] = term.role
    if term.aliases:
        entry["aliases"] = _in_a_row(term.aliases)
    return entry


def _in_a_row(texts: Sequence[str]) -> Any:
    from ruamel.yaml.comments import CommentedSeq

    sequence = CommentedSeq(texts)
    sequence.fa.set_flow_style()
    return sequence
