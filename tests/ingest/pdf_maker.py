"""Makes PDFs for tests: with the system's Chromium from HTML, and tiny ones by hand."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from machine import lacking

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def chromium() -> str:
    """The system's Chromium; without it the test is skipped, under CI it fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return path or lacking("no Chromium on this machine: tests/install_browser.sh installs it")


def printed(html: str, folder: Path) -> bytes:
    """``html`` as Chromium prints it."""
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(html, "utf-8")
    options = ["--no-pdf-header-footer", f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
    subprocess.run([chromium(), *FLAGS, *options, source.as_uri()], check=True, capture_output=True, timeout=120)
    return target.read_bytes()


def pdf(*pages: str, catalog: str = "", trailer: str = "", encoding: str = "/Encoding /WinAnsiEncoding") -> bytes:
    """A PDF with a content stream for each page, in Helvetica as /F1 and Helvetica-Bold as /F2."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {encoding} >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold {encoding} >>",
    ]
    for n, content in enumerate(pages):
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] {fonts} /Contents {6 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream")
    return _written(objects, trailer)


def line(text: str, x: float, y: float, size: float = 10, font: str = "F1") -> str:
    """A line of type in a content stream."""
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"


def lines(texts: Sequence[str], x: float = 40, y: float = 500, size: float = 10) -> str:
    """Lines one below the other."""
    return "\n".join(line(text, x, y - 14 * n, size) for n, text in enumerate(texts))


def _written(objects: Sequence[str], trailer: str) -> bytes:
    content = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + (head + end).encode("latin-1")
