"""Files that a browser sends, held in a folder of the server's own until they are taken in or too old.

The name a file comes with is data: it is shown and kept in the library, and of the path it only makes the last part,
freed of everything that a file system could take otherwise.
"""

from __future__ import annotations

import re
import secrets
import shutil
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from kejian.corpus.errors import RefusedFile, UsageError
from kejian.corpus.visible import visible

UPLOADS = "/api/uploads"
MEGABYTE = 1 << 20
LARGEST_UPLOAD = 50 * MEGABYTE
MOST_FILES = 500  # of one batch
MOST_BATCHES = 20  # that wait at once
LARGEST_TOTAL = 1024 * MEGABYTE  # of all that waits
KEPT_SECONDS = 3600.0
LONGEST_STEM = 60  # characters: four bytes each stay below the 255 of a file system
LONGEST_NAME = 300
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
UNSAFE = re.compile(r'[<>:"|?*\\/\x00-\x1f]')


@dataclass(slots=True)
class Batch:
    """Files sent to be taken in together: their paths, and the names they were sent under."""

    id: str
    folder: Path
    begun: float
    files: dict[Path, str] = field(default_factory=dict)
    size: int = 0


class Uploads:
    """All batches of one server. Safe to use from several threads; ``close`` deletes everything."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="kejian-uploads-")
        self._batches: dict[str, Batch] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        self._folder.cleanup()

    async def receive(self, batch_id: str, name: str, chunks: AsyncIterator[bytes]) -> tuple[str, str]:
        """Keep one file of a batch (``""``: of a new one); the id of the batch and the name that is shown.

        Raises:
            RefusedFile: the file is too large, or its name is no name.
            UsageError: there is no such batch, or too much waits.
        """
        batch = self._batch(batch_id)
        called = unlike(shown_name(name), set(batch.files.values()))
        path = batch.folder / str(len(batch.files)) / file_name(called)
        path.parent.mkdir()
        size = 0
        try:
            with path.open("xb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    self._check_size(called, size)
                    file.write(chunk)
        except BaseException:
            shutil.rmtree(path.parent)
            raise
        with self._lock:
            batch.files[path] = called
            batch.size += size
        return batch.id, called

    def take(self, batch_id: str) -> Batch:
        """The batch, which nobody can take again; whoever took it gives it to ``drop``.

        Raises:
            UsageError: there is none.
        """
        with self._lock:
            batch = self._batches.pop(batch_id, None)
        if batch is None or not batch.files:
            raise UsageError("没有等着收入的文件:可能已经收入,或放得太久已删去;请重新选择文件")
        return batch

    def drop(self, batch: Batch) -> None:
        """Delete the files of a batch."""
        shutil.rmtree(batch.folder, ignore_errors=True)

    def _batch(self, batch_id: str) -> Batch:
        self._forget_old()
        with self._lock:
            if batch_id:
                if batch_id not in self._batches:
                    raise UsageError("这一批文件已经收入或删去,请重新选择文件")
                batch = self._batches[batch_id]
                if len(batch.files) >= MOST_FILES:
                    raise UsageError(f"一次最多上传 {MOST_FILES} 个文件,请分几次,或给出服务器上的文件夹")
                return batch
            if len(self._batches) >= MOST_BATCHES:
                raise UsageError("同时上传的人太多,请过几分钟再试")
            made = secrets.token_urlsafe(16)
            folder = Path(self._folder.name) / secrets.token_hex(8)
            folder.mkdir()
            self._batches[made] = Batch(made, folder, time.monotonic())
            return self._batches[made]

    def _forget_old(self) -> None:
        with self._lock:
            old = [one for one in self._batches.values() if time.monotonic() - one.begun > KEPT_SECONDS]
            for batch in old:
                del self._batches[batch.id]
        for batch in old:
            self.drop(batch)

    def _check_size(self, name: str, size: int) -> None:
        if size > LARGEST_UPLOAD:
            most = LARGEST_UPLOAD // MEGABYTE
            raise RefusedFile(f"{name} 超过 {most} MB,网页不收;请在服务器上用 kejian ingest 收入,或拆分后再传")
        if sum(batch.size for batch in list(self._batches.values())) + size > LARGEST_TOTAL:
            raise UsageError("等着收入的文件太多,请过几分钟再试")


def shown_name(name: str) -> str:
    """The name a file is known by: relative, on one line, with nothing hidden in it.

    Raises:
        RefusedFile: nothing is left of it, or it is too long.

    >>> shown_name("C:\\\\资料\\\\..\\\\制度.docx"), shown_name("/etc/../a/./b.md")
    ('制度.docx', 'etc/a/b.md')
    """
    parts = name.rpartition("\\")[2].split("/") if "\\" in name else name.split("/")
    kept = [visible(part).strip() for part in parts]
    joined = str(PurePosixPath(*(part for part in kept if part.strip(" ."))))
    if joined == "." or len(joined) > LONGEST_NAME:
        raise RefusedFile(f"文件名「{visible(name[:40])}」不能用,请改名后再传")
    return joined


def file_name(name: str) -> str:
    """What the file is called on the disk: the last part of its name, harmless on every file system.

    >>> file_name("部门/职责.pptx"), file_name("a:b?.md"), file_name("con.txt")
    ('职责.pptx', 'a_b_.md', '_con.txt')
    """
    last = name.rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    suffix = dot + ending if stem and SUFFIX.fullmatch(dot + ending) else ""
    plain = UNSAFE.sub("_", last.removesuffix(suffix)).strip(" .")[:LONGEST_STEM].strip(" .") or "课件"
    reserved = re.fullmatch(r"(?i)con|prn|aux|nul|(?:com|lpt)\d", plain)
    return f"{'_' if reserved else ''}{plain}{suffix}"


def unlike(name: str, taken: set[str]) -> str:
    """``name``, numbered where another file of the batch is called so.

    >>> unlike("a/职责.md", {"a/职责.md", "a/职责(2).md"})
    'a/职责(3).md'
    """
    stem, dot, ending = name.rpartition(".")
    front, back = (stem, dot + ending) if stem and "/" not in ending else (name, "")
    number = 2
    while name in taken:
        name, number = f"{front}({number}){back}", number + 1
    return name
