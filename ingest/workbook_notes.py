"""Comments of the cells of a workbook, old and threaded; rows and columns that are hidden."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from kejian.ingest.package import parse_part
from kejian.ingest.wording import one_line

MOST_NOTES = 2_000
PROMPTS = ("[Threaded comment]", "[线程批注]", "[线程注释]")  # what programs that know no threads are told


def notes_of(archive: zipfile.ZipFile, sheet: str) -> list[tuple[str, str]]:
    """(cell, what is noted on it) of the sheet with this path in the package, as a reader sees it."""
    found: list[tuple[str, str]] = []
    for target in _related(archive, sheet):
        root = parse_part(archive.read(target))
        found += _threaded(root) if _name(root) == "ThreadedComments" else _plain(root)
    return list(dict.fromkeys(note for note in found if note[1]))[:MOST_NOTES]


def _related(archive: zipfile.ZipFile, sheet: str) -> Iterator[str]:
    folder, name = posixpath.split(sheet)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    for relation in parse_part(archive.read(relations)):
        kind = (relation.get("Type") or "").rpartition("/")[2].lower()
        target = relation.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if kind in ("comments", "threadedcomment") and path in archive.namelist():
            yield path


def _plain(root: Any) -> Iterator[tuple[str, str]]:
    authors = [one_line(node.text or "") for node in root.iter("{*}author")]
    for comment in root.iter("{*}comment"):
        text = one_line("".join(node.text or "" for node in comment.iter("{*}t")))
        number = comment.get("authorId") or ""
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if not text.startswith(PROMPTS):
            yield comment.get("ref") or "", text.removeprefix(f"{author}:").removeprefix(f"{author}：").strip()


def _threaded(root: Any) -> Iterator[tuple[str, str]]:
    for comment in root.iter("{*}threadedComment"):
        yield comment.get("ref") or "", one_line(comment.findtext("{*}text") or "")


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
