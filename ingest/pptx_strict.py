"""Packages in the strict form of the standard (ISO/IEC 29500-1) → in the transitional one, which is read."""

from __future__ import annotations

import zipfile
from io import BytesIO

MARK = b"http://purl.oclc.org/ooxml/"
OFFICE, SCHEMAS = (
    b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/officeDocument/2006/",
)
# Longest first: what follows the common part differs.
NAMESPACES = (
    (OFFICE + b"relationships/metadata/core-properties",
     b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"),
    (OFFICE + b"extendedProperties", SCHEMAS + b"extended-properties"),
    (OFFICE + b"relationships/extendedProperties", SCHEMAS + b"relationships/extended-properties"),
    (OFFICE + b"customProperties", SCHEMAS + b"custom-properties"),
    (OFFICE + b"relationships/customProperties", SCHEMAS + b"relationships/custom-properties"),
    (OFFICE, SCHEMAS),
    (MARK + b"presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
    (MARK + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (MARK + b"drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip


def transitional(content: bytes) -> bytes:
    """``content`` as it is, unless it is strict: then every part with the names of the transitional form."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "_rels/.rels" not in archive.namelist() or MARK not in archive.read("_rels/.rels"):
            return content
        written = BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
            for name in archive.namelist():
                target.writestr(name, _renamed(name, archive.read(name)))
    return written.getvalue()


def _renamed(name: str, part: bytes) -> bytes:
    if name.lower().endswith((".xml", ".rels")) and MARK in part:
        for strict, loose in NAMESPACES:
            part = part.replace(strict, loose)
    return part
