"""Ingests file after file until it is killed; prints the title of each deck once it is taken in."""

import sys
from pathlib import Path

from fake_encoder import HashingEncoder

from kejian.index.home import Home


def report_line(text):
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(home_path, files):
    home = Home.open(home_path, encoder=HashingEncoder)
    home.snapshot()
    report_line("ready")
    for file in sorted(Path(files).iterdir()):
        (report,) = home.ingest([file]).files
        report_line(report.title)


if __name__ == "__main__":
    main(*sys.argv[1:])
