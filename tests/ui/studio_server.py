"""Serves a real library for the rooms beside 问答: ``python studio_server.py FOLDER`` prints the address."""

from __future__ import annotations

import sys
from pathlib import Path

from studio_samples import encoder, sample_files

from kejian.index.home import Home
from kejian.ui.commands.live_library import LiveLibrary
from kejian.ui.serve import serve


def main(folder: Path) -> None:
    with Home.open(folder / "home", encoder=encoder) as home:
        home.ingest(sample_files(folder))
        library = LiveLibrary(home)
        library.warm_up()
        serve(library, "127.0.0.1", 0, lambda address: print(address, flush=True), library.studio)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
