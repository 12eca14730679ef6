"""Files of unknown origin → decks, each read by a limited child; a file that breaks its child is refused."""

from __future__ import annotations

import logging
from pathlib import Path

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.limited import Failed, LimitedChild, Limits, Stopped
from kejian.ingest.model import Deck
from kejian.ingest.plain import to_plain
from kejian.ingest.typed import typed

LOG = logging.getLogger(__name__)
MODULE = "kejian.ingest.deck_work"
READING = Limits()


class DeckReader:
    """Reads one file after the other; ``close`` (or leaving ``with``) ends the child, which is started at once."""

    def __init__(self, terms: TermBase, limits: Limits = READING) -> None:
        self._child = LimitedChild(MODULE, limits, to_plain(terms))
        self._child.start()

    def read(self, path: Path) -> Deck:
        """The deck that ``read.read_deck`` makes of ``path``.

        Raises:
            RefusedFile: the file cannot be taken in, or met a limit; the message says why and what to do.
            SetupError: no child can be started.
        """
        try:
            return typed(Deck, self._child.ask({"path": str(path)}))
        except Stopped as stopped:
            raise RefusedFile(f"{path} {stopped},没有收入;{ADVICE[stopped.cause]}") from stopped
        except Failed as failed:
            raise RefusedFile(f"{path} 读取时程序出错({failed}),没有收入;请把文件和这行提示告诉维护者") from failed
        except TypeError as error:
            self._child.close()
            raise RefusedFile(f"{path} 读出的内容无法核对({error}),没有收入;请重新导出后再试") from error

    def close(self) -> None:
        """End the child."""
        self._child.close()

    def __enter__(self) -> DeckReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.__exit__()


ADVICE = {
    "memory": "请拆分后再收入",
    "cpu": "请拆分或简化后再收入",
    "time": "请拆分或简化后再收入",
    "reply": "请拆分后再收入",
    "crash": "文件可能已损坏或被改动过,请重新导出",
}
