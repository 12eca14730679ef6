"""Word documents made by script: what python-docx offers, and raw XML for what it does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import parse_xml

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def document(write: Callable[[Any], None]) -> bytes:
    """The bytes of a document that ``write`` fills."""
    made = Document()
    write(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def raw(made: Any, markup: str) -> Any:
    """Append an element of the body written as XML."""
    element = parse_xml(markup.replace(">", f" {NAMESPACES}>", 1))
    made.element.body.insert(len(made.element.body) - 1, element)
    return element


def with_footnotes(content: bytes, *texts: str) -> bytes:
    """``content`` with a footnotes part; the notes have the ids 1, 2, …"""
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{t}</w:t></w:r></w:p></w:footnote>'
        for n, t in enumerate(texts, 1)
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    part = f"<w:footnotes {NAMESPACES}>{separator}{notes}</w:footnotes>"
    target = "word/_rels/document.xml.rels"
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            text = source.read(name)
            if name == "[Content_Types].xml":
                override = f'<Override PartName="/word/footnotes.xml" ContentType="{FOOTNOTES}"/></Types>'
                text = text.replace(b"</Types>", override.encode())
            if name == target:
                relation = f'<Relationship Id="rId99" Type="{RELATION}" Target="footnotes.xml"/></Relationships>'
                text = text.replace(b"</Relationships>", relation.encode())
            out.writestr(name, text)
        out.writestr("word/footnotes.xml", part)
    return stream.getvalue()


def repacked(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """``content`` with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.namelist():
            out.writestr(entry, change(source.read(entry)) if entry == name else source.read(entry))
    return stream.getvalue()
