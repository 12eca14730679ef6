"""The folder that generations stand in: a new one is built beside the live one and becomes it in one step.

    index/CURRENT                   the name of the live generation
    index/gen-000007-3fa91c02/      see generation.py

The one before the live one is kept: readers finish on it, and it serves where the live one is damaged.
"""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path

from kejian.corpus.errors import SetupError
from kejian.index import durable, generation
from kejian.index.dense import DamagedIndex, Place, delete_collections
from kejian.index.generation import Generation
from kejian.index.manifest import Contents, Manifest
from kejian.index.report import OnProgress, silent

NAME = re.compile(r"gen-(\d{6,})-[0-9a-f]{8}")
KEPT = 2


class Shelf:
    """Generations of one home. ``owner`` tells its collections on a Chroma server from those of other homes."""

    def __init__(self, folder: Path, owner: str, chroma_url: str | None = None) -> None:
        self.folder = folder
        self._prefix = f"kejian-{owner}-"
        self._url = chroma_url

    def current(self) -> str:
        """The name of the live generation; "" where there is none."""
        name = durable.current(self.folder)
        return name if NAME.fullmatch(name) else ""

    def names(self) -> list[str]:
        """Every complete generation, the newest first."""
        names = (path.parent.name for path in self.folder.glob("gen-*/MANIFEST.json"))
        return sorted((name for name in names if NAME.fullmatch(name)), key=_number, reverse=True)

    def live(self) -> Manifest | None:
        """The manifest of the live generation; None where there is none or a file of it is damaged."""
        folder = self.folder / (self.current() or "none")
        try:
            manifest = Manifest.read(folder)
        except DamagedIndex:
            return None
        return None if durable.first_damaged(folder, manifest.files) else manifest

    def open(self, name: str, *, read_only: bool = False) -> Generation:
        """Open a generation; see ``Generation.open``."""
        return Generation.open(self.folder / name, self._url, read_only=read_only)

    def publish(self, contents: Contents, on_progress: OnProgress = silent) -> str:
        """Build a generation, make it the live one, and return its name. Only for the owner of the home's lock.

        Raises:
            SetupError: it cannot be written or did not pass its verification, or the Chroma server does not answer;
                the live one stays.
        """
        name = f"gen-{self._next_number():06d}-{secrets.token_hex(4)}"
        folder = self.folder / name
        place = Place(folder / generation.CHROMA, self._prefix + name, self._url)
        try:
            folder.mkdir(parents=True)
            generation.write(folder, contents, place, on_progress)
            durable.point_to(self.folder, name)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, DamagedIndex | OSError):
                why = error.what if isinstance(error, DamagedIndex) else f"{folder}:{error.strerror}"
                raise SetupError(f"新的索引没有建成({why}),请检查磁盘空间和权限,再执行 kejian ingest") from error
            raise
        return name

    def prune(self, kept: int = KEPT) -> None:
        """Delete all but the newest ``kept`` generations, and what a killed run left. Only for the lock's owner."""
        keep = [self.current(), *(name for name in self.names() if name != self.current())][:kept]
        for folder in self.folder.glob("gen-*"):
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)
        if self._url:
            place = Place(self.folder, "", self._url)
            delete_collections(place, self._prefix, [self._prefix + name for name in keep])

    def _next_number(self) -> int:
        found = (NAME.fullmatch(path.name) for path in self.folder.glob("gen-*"))
        return 1 + max((int(match[1]) for match in found if match), default=0)


def _number(name: str) -> int:
    match = NAME.fullmatch(name)
    return int(match[1]) if match else 0
