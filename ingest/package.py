"""Office packages (.docx, .xlsx): checked before a library opens them, their parts parsed without entities."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from kejian.corpus.errors import RefusedFile
from kejian.ingest.files import XML_SUFFIXES, check_zip

# ECMA-376 part 2, 8.1.4: parts hold no document type declaration.
DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
FAULTS = (
    etree.LxmlError, zipfile.BadZipFile, LookupError, ValueError, AttributeError, TypeError, AssertionError,
    NotImplementedError, RecursionError, OSError, OverflowError, SyntaxError, zlib.error, struct.error,
)  # fmt: skip


def check_package(content: bytes, path: Path) -> None:
    """Refuse a package that is dangerous, damaged or declares entities, before anything parses it.

    Raises:
        RefusedFile: as ``check_zip``, and for a document type declaration in any part.
    """
    check_zip(content, path)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.lower().endswith(XML_SUFFIXES):
                part = archive.read(name)
                if any(declaration in part for declaration in DECLARATIONS):
                    raise RefusedFile(f"{path} 的部件 {name} 声明了实体(DOCTYPE),已拒绝;请重新导出")


def parse_part(content: bytes) -> Any:
    """The root element of an XML part; nothing is fetched or expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def damaged(path: Path, error: BaseException) -> RefusedFile:
    """The refusal of a file that the library for its format cannot read."""
    return RefusedFile(f"{path} 已损坏,无法按 {path.suffix.lower()} 读取({error.__class__.__name__}),请重新导出")
