"""A file becomes a Deck: the suffix picks the reader, everything behind it is the same for all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kejian.corpus.errors import RefusedFile
from kejian.corpus.terms import TermBase
from kejian.ingest.files import decode, read_bytes
from kejian.ingest.model import Deck, content_id
from kejian.ingest.outline import Outline
from kejian.ingest.pictures import Pictures
from kejian.ingest.slides import build_slides
from kejian.ingest.wording import one_line


def read_deck(path: Path, terms: TermBase, pictures: Pictures | None = None, converted: Path | None = None) -> Deck:
    """Read ``path`` whole; ``pictures`` holds what is known of its pictures, and learns which are to be recognised.

    ``converted`` is what was made of it, where it is of a format that is not read.

    Raises:
        RefusedFile: the file cannot be taken in; the message says why and what to do.
    """
    source = converted or path
    reader = READERS.get(source.suffix.lower())
    if reader is None and path.exists() and not path.is_dir():
        raise RefusedFile(f"{path} 的格式不支持;支持 {'、'.join(SUPPORTED)}{_advice(path)}")
    content = read_bytes(source)
    if reader is None:
        raise RefusedFile(f"{path} 的格式不支持;支持 {'、'.join(SUPPORTED)}{_advice(path)}")
    pictures = pictures if pictures is not None else Pictures()
    outline = reader(content, path, terms, pictures)
    if not any(page.items for page in outline.pages):
        told = f",里面的图片{pictures.reason}" if pictures.missed else ""
        raise RefusedFile("。".join([f"{path} 里没有可读的文字{told},没有收入", *pictures.advice]))
    if len(outline.pages) > MOST_PAGES:
        raise RefusedFile(f"{path} 有 {len(outline.pages)} 页(条),超过 {MOST_PAGES} 页的上限,请拆分后再收入")
    digest = hashlib.sha256(read_bytes(path) if converted else content).hexdigest()
    title = one_line(outline.title) or one_line(path.stem) or path.name
    slides = build_slides(outline, title, terms)
    warnings = (*outline.warnings, *_unread(content, source, outline.warnings), *pictures.advice)
    if converted:
        warnings = (f"由 LibreOffice 从 {path.suffix.lower()} 转换后读取,版式可能略有出入,请核对", *warnings)
    return Deck(content_id(digest, length=12), title, digest, slides, warnings, outline.corrects)


def _unread(content: bytes, path: Path, said: tuple[str, ...]) -> Iterator[str]:
    if path.suffix.lower() in PACKAGES:
        from kejian.ingest.unread_parts import unread_parts

        yield from unread_parts(content, said)


def _advice(path: Path) -> str:
    modern = MODERN.get(path.suffix.lower())
    return f"。请在 Office 或 WPS 中另存为 {modern},或安装 LibreOffice(会自动转换)后再收入" if modern else ""


def _markdown(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.markdown import read_markdown

    text, warnings = decode(content, path)
    return _warned(read_markdown(text), warnings)


def _text(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.text import read_text

    text, warnings = decode(content, path)
    return _warned(read_text(text, terms), warnings)


def _pptx(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.pptx import read_pptx

    return read_pptx(content, path, terms, pictures)


def _document(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.document import read_document

    return read_document(content, path, terms, pictures)


def _workbook(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.workbook import read_workbook

    return read_workbook(content, path)


def _delimited(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.delimited import read_delimited

    return read_delimited(content, path)


def _beir_lines(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.beir_lines import read_beir_lines

    return read_beir_lines(content, path)


def _webpage(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.webpage import read_webpage

    return read_webpage(content, path, terms, pictures)


def _pdf(content: bytes, path: Path, terms: TermBase, pictures: Pictures) -> Outline:
    from kejian.ingest.pdf import read_pdf

    return read_pdf(content, path, terms, pictures)


def _warned(outline: Outline, warnings: tuple[str, ...]) -> Outline:
    return replace(outline, warnings=(*warnings, *outline.warnings))


MOST_PAGES = 50_000  # 200,000 of a few letters each took 0.5 GB
PACKAGES = (".pptx", ".docx", ".xlsx")
MODERN = {  # what programs save the formats as that are not read
    ".ppt": ".pptx", ".pps": ".pptx", ".dps": ".pptx", ".pptm": "不含宏的 .pptx", ".ppsx": ".pptx",
    ".doc": ".docx", ".wps": ".docx", ".rtf": ".docx", ".odt": ".docx", ".docm": "不含宏的 .docx",
    ".xls": ".xlsx", ".et": ".xlsx", ".ods": ".xlsx", ".xlsb": ".xlsx", ".xlsm": "不含宏的 .xlsx",
}  # fmt: skip
READERS: dict[str, Callable[[bytes, Path, TermBase, Pictures], Outline]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _text,
    ".pptx": _pptx,
    ".pdf": _pdf,
    ".docx": _document,
    ".html": _webpage,
    ".htm": _webpage,
    ".xlsx": _workbook,
    ".csv": _delimited,
    ".jsonl": _beir_lines,
}
SUPPORTED = tuple(READERS)
