"""Files taken in while the page goes on: one run after the other, each with its progress and its report."""

from __future__ import annotations

import logging
import queue
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

from kejian.corpus.errors import KejianError, UsageError
from kejian.index.report import FileReport, IngestReport, OnProgress, Progress
from kejian.ingest.extract import DRAFT_ADVICE

LOG = logging.getLogger(__name__)
MOST_KEPT = 50  # runs that can be looked at
MOST_WAITING = 10
BROKEN = "收入时程序出错,这是程序的缺陷;请在服务器上用 kejian ingest 收入,并把服务端的日志告诉维护者"


class Intake(Protocol):
    """What a run needs of the library."""

    def ingest(
        self, paths: Sequence[Path], on_progress: OnProgress | None = None, sent_as: Mapping[Path, str] | None = None
    ) -> IngestReport: ...

    def draft(self, path: Path) -> tuple[str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """An extract whose layout is lost, as Markdown to correct; ``doubts`` are what could not be told."""

    name: str
    text: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One run. ``progress`` is the newest; ``drafts`` belong to files of the report that can be corrected."""

    id: str
    state: Literal["waiting", "running", "done", "failed"] = "waiting"
    progress: Progress | None = None
    report: IngestReport | None = None
    drafts: tuple[Draft, ...] = ()
    error: str = ""

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed")


class Jobs:
    """The runs of one server, in one thread, which does not hold up its end: what was cut off is taken in again."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="intake", daemon=True).start()

    def _work(self) -> None:
        while True:
            self._waiting.get()()

    def start(
        self,
        paths: Sequence[Path],
        sent_as: Mapping[Path, str] | None = None,
        at_end: Callable[[], None] = lambda: None,
    ) -> Job:
        """Take ``paths`` in, when it is their turn; ``at_end`` is called whatever becomes of it.

        Raises:
            UsageError: too many runs wait.
        """
        job = Job(secrets.token_urlsafe(16))
        with self._lock:
            if sum(not one.is_over for one in self._jobs.values()) >= MOST_WAITING:
                raise UsageError("等着收入的太多,请等前面的收完再试")
            over = [one.id for one in self._jobs.values() if one.is_over]
            for old in over[: max(0, len(self._jobs) + 1 - MOST_KEPT)]:
                del self._jobs[old]
            self._jobs[job.id] = job
        self._waiting.put(partial(self._run, job.id, list(paths), dict(sent_as or {}), at_end))
        return job

    def job(self, id: str) -> Job:
        """The run as it stands now.

        Raises:
            UsageError: there is none.
        """
        with self._lock:
            if id not in self._jobs:
                raise UsageError("没有这次收入的记录;资料库里有什么,见课件列表")
            return self._jobs[id]

    def _run(self, id: str, paths: list[Path], sent_as: dict[Path, str], at_end: Callable[[], None]) -> None:
        self._note(id, state="running")
        try:
            report = self._intake.ingest(paths, lambda progress: self._note(id, progress=progress), sent_as)
            drafts = tuple(self._draft(file, sent_as) for file in report.files if DRAFT_ADVICE in file.warnings)
            self._note(id, state="done", report=report, drafts=drafts)
        except KejianError as error:
            self._note(id, state="failed", error=str(error))
        except Exception:
            LOG.exception("taking files in failed")
            self._note(id, state="failed", error=BROKEN)
        finally:
            at_end()

    def _draft(self, file: FileReport, sent_as: Mapping[Path, str]) -> Draft:
        path = next((path for path, name in sent_as.items() if name == file.path), Path(file.path))
        text, doubts = self._intake.draft(path)
        return Draft(file.path, text, doubts)

    def _note(self, id: str, **changes: object) -> None:
        with self._lock:
            self._jobs[id] = replace(self._jobs[id], **changes)  # type: ignore[arg-type]  # names are fields of Job
