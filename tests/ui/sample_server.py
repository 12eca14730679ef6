"""Serves the sample library: ``python sample_server.py [PORT]`` prints the address once it can be opened."""

from __future__ import annotations

import sys
from tempfile import TemporaryDirectory

from ui_samples import SampleLibrary

from kejian.corpus.errors import KejianError
from kejian.index.library import Library, sqlite_url
from kejian.index.records import Records
from kejian.ui.serve import serve


def main() -> int:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    try:
        with TemporaryDirectory() as folder:
            records = Records(Library.open(sqlite_url(f"{folder}/library.sqlite")))
            library = SampleLibrary(records=records)
            serve(library, "127.0.0.1", port, lambda address: print(address, flush=True))  # noqa: T201
    except KejianError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
