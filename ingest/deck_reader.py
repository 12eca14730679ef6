"""Files of unknown origin → decks, each read by a limited child; a file that breaks its child is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.conversion import converted, is_convertible
from kejian.ingest.limited import Failed, LimitedChild, Limits, Stopped
from kejian.ingest.model import Deck
from kejian.ingest.picture_parcels import Parcels, take_over
from kejian.ingest.pictures import Pictures
from kejian.ingest.plain import to_plain
from kejian.ingest.typed import typed

MODULE = "kejian.ingest.deck_work"
# A PDF of 35 lines a page took 37 ms of processor time a page on a busy machine: 2,000 pages, the most there may be,
# would not fit in 60 s. A presentation of 500 slides took 326 MB of address space.
# A PDF that draws itself fills a gigabyte in 3 s; what a used child could not hold is read once more by a new one.
READING = Limits(cpu_seconds=180, wall_seconds=300.0, memory_again=448 << 20)


@dataclass(frozen=True, slots=True)
class _Reply:
    deck: Deck | None
    refused: str
    pictures: Parcels


class DeckReader:
    """Reads one file after the other; ``close`` (or leaving ``with``) ends the child, which is started at once."""

    def __init__(self, terms: TermBase, limits: Limits = READING) -> None:
        self._child = LimitedChild(MODULE, limits, to_plain(terms))
        self._child.start()
        self._conversions = Conversions()

    def read(self, path: Path, pictures: Pictures | None = None) -> Deck:
        """The deck that ``read.read_deck`` makes of ``path`` and ``pictures``.

        Raises:
            RefusedFile: the file cannot be taken in, or met a limit; the message says why and what to do.
            SetupError: no child can be started.
        """
        pictures = pictures if pictures is not None else Pictures()
        with _refusing(path, self._child):
            reply = typed(_Reply, self._child.ask(_request(path, self._conversions.of(path), pictures)))
            take_over(reply.pictures, pictures)
        if reply.deck is None:
            raise RefusedFile(reply.refused)
        return reply.deck

    def draft(self, path: Path) -> tuple[str, tuple[str, ...]]:
        """What ``extract_draft.read_draft`` makes of ``path``: (Markdown, warnings).

        Raises:
            RefusedFile: as for ``read``.
            SetupError: no child can be started.
        """
        with _refusing(path, self._child):
            text, warnings = self._child.ask({"draft": str(path)})
            return typed(str, text), tuple(typed(str, warning) for warning in warnings)

    def close(self) -> None:
        """End the child."""
        self._child.close()
        self._conversions.close()

    def __enter__(self) -> DeckReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.__exit__()
        self._conversions.close()


@contextmanager
def _refusing(path: Path, child: LimitedChild) -> Iterator[None]:
    """Whatever becomes of the child is a refusal of the file that it read."""
    try:
        yield
    except Stopped as stopped:
        raise RefusedFile(f"{path} {stopped},没有收入;{ADVICE[stopped.cause]}") from stopped
    except Failed as failed:
        raise RefusedFile(f"{path} 读取时程序出错({failed}),没有收入;请把文件和这行提示告诉维护者") from failed
    except (TypeError, ValueError) as error:
        child.close()
        raise RefusedFile(f"{path} 读出的内容无法核对({error}),没有收入;请重新导出后再试") from error


class Conversions:
    """What was made of the last file that had to be converted; it is read again once its pictures are known."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._made: Path | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def of(self, path: Path) -> Path | None:
        """What is to be read in place of ``path``; None where that is read itself, or refused.

        Raises:
            RefusedFile: it cannot be converted.
        """
        if not is_convertible(path):
            return None
        if path != self._path or self._made is None:
            self.close()
            self._folder = TemporaryDirectory(prefix="kejian-")
            self._made = converted(path, Path(self._folder.name))
            self._path = path
        return self._made

    def close(self) -> None:
        """Delete it."""
        self._path = self._made = None
        if self._folder:
            self._folder.cleanup()
            self._folder = None


def _request(path: Path, converted: Path | None, pictures: Pictures) -> dict[str, Any]:
    known = {key: to_plain(seen) for key, seen in pictures.known.items()}
    return {"path": str(path), "converted": converted and str(converted), "known": known, "reason": pictures.reason}


ADVICE = {
    "memory": "请拆分后再收入",
    "cpu": "请拆分或简化后再收入",
    "time": "请拆分或简化后再收入",
    "reply": "请拆分后再收入",
    "crash": "文件可能已损坏或被改动过,请重新导出",
}
