"""Files into the library: which ones, and what became of each."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kejian.corpus.errors import RefusedFile
from kejian.index.library import Library
from kejian.index.model import Encoder
from kejian.index.picture_texts import PictureReader
from kejian.index.report import DeckSummary, FileReport, OnProgress
from kejian.index.rows import Change
from kejian.index.vectors import embed_missing
from kejian.ingest.conversion import is_convertible
from kejian.ingest.model import Deck
from kejian.ingest.read import SUPPORTED

HIDDEN = (".", "~$")  # "~$": what Office leaves beside an open file


@dataclass(frozen=True, slots=True)
class Found:
    """Files to read, in order, each once, and those in folders that are of no known kind."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...]


def find_files(paths: Iterable[Path]) -> Found:
    """The files named, whatever they are, and those of a known kind under the folders named, in sorted order."""
    files: dict[Path, Path] = {}
    skipped: dict[Path, Path] = {}
    for path in paths:
        for file in _under(path) if path.is_dir() else [path]:
            known = file == path or file.suffix.lower() in SUPPORTED or is_convertible(file)
            (files if known else skipped).setdefault(file.resolve(), file)
    return Found(tuple(files.values()), tuple(skipped.values()))


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes files into a library. Vectors come first: a deck in the library always has them."""

    library: Library
    encoder: Encoder
    reader: PictureReader
    on_progress: OnProgress

    def take_in(self, path: Path, sent_as: str = "") -> FileReport:
        """Read, embed and store one file; a file that is refused is a report with its ``error``.

        ``sent_as`` is the name of a file that was sent and lies at ``path`` for the moment only: the library and the
        report know it by this name, and what is sent again under it is a new version.
        """
        started, name = time.monotonic(), sent_as or str(path)
        try:
            (deck, pictures), place = self.reader.read(path), sent_place(sent_as) or str(path.resolve())
            if corrected := self.library.corrected_by(deck.digest):
                return _superseded(name, corrected)
            if self.library.path_of(deck.digest) in (None, place):  # else it is kept as it came from elsewhere
                texts = [text for slide in deck.slides for text in slide.indexed_texts]
                embed_missing(self.library, texts, self.encoder, self.on_progress)
            extract = self.library.path_of(deck.corrects)
            change = self.library.add(deck, place, pictures)
        except RefusedFile as error:
            said = str(error).replace(str(path), name)
            return FileReport(name, error=said, seconds=round(time.monotonic() - started, 3))
        report = _report(name, deck, change, time.monotonic() - started)
        return replace(report, warnings=(*_replaced(extract, sent_as, change), *report.warnings))


def sent_place(name: str) -> str:
    """What stands in the library in place of the path of a file that was sent; "" where none was."""
    return f"上传:{name}" if name else ""


def _replaced(extract: str | None, sent_as: str, change: Change) -> Iterator[str]:
    """What the file took the place of."""
    if extract:
        yield f"代替了原来收入的摘录 {extract}"
    elif sent_as and change.added and change.unchanged + change.removed:
        yield f"资料库里已有上传过的「{sent_as}」,作为它的新版本收入;另作一份课件请改名后再传"


def _under(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(HIDDEN))
        yield from (Path(place) / name for name in sorted(names) if not name.startswith(HIDDEN))


def _superseded(name: str, draft: DeckSummary) -> FileReport:
    """What is said of an extract that comes again after its draft was corrected and taken in."""
    said = f"已有改好的草稿 {draft.path} 代替它,没有再收入;要重新收入,请先用 kejian remove {draft.id} 移除草稿"
    return FileReport(
        name, draft.id, draft.title, slides=draft.slides, facts=draft.facts, passages=draft.passages,
        unchanged=draft.slides, warnings=(said,),
    )  # fmt: skip


def _report(name: str, deck: Deck, change: Change, seconds: float) -> FileReport:
    return FileReport(
        path=name,
        deck=change.deck_id,
        title=deck.title,
        slides=len(deck.slides),
        blocks=sum(len(slide.blocks) for slide in deck.slides),
        facts=sum(len(slide.facts) for slide in deck.slides),
        passages=sum(len(slide.passages) for slide in deck.slides),
        added=change.added,
        unchanged=change.unchanged,
        removed=change.removed,
        seconds=round(seconds, 3),
        warnings=deck.warnings,
    )
