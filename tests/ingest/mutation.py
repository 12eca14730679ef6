"""Changes a good file a little, at every depth: its bytes, the parts of its package, the elements inside a part."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

MARKS = (
    "\n", "\n\n", "\t", "|", "| --- |", "#", "## ", "- ", "    ", "> ", "1. ", "*", "**", "`", "~~~", "\\", '"', ",",
    "<!--", "-->", "---\n", "：", "第3页", "\f", "\r", "[^1]", "&nbsp;", "{", "}",
)  # fmt: skip
PACKAGES = (".pptx", ".docx", ".xlsx")
NASTY = (
    "", "0", "-1", "1", "2", "99999999999999999999", "-9223372036854775808", "1e400", "NaN", "0x10", "true", "rId1",
    "rId999", "r", "ctr", "A1", "XFD1048576", "B2:A1", "甲", " ", "\u202e", "\U0001d49c", "\u200b", "xx" * 500, "../..",
    "1,2", "50%", "none", "auto", "title", "body", "pic", "tbl", "①", "1.", "²", "٣", "- ", "：", "（", "*", "|",
)  # fmt: skip


TEXTS = (".md", ".txt", ".html", ".csv", ".jsonl")


def mutated(content: bytes, suffix: str, random: Random) -> bytes:
    """``content`` with one to a few changes."""
    if suffix in PACKAGES and random.random() < 0.9:
        return _package(content, random)
    if suffix == ".html" and random.random() < 0.5:
        return _page(content, random)
    in_text = suffix in TEXTS and random.random() < 0.8
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        content = _text(content, random) if in_text else _bytes(content, random)
    return content


def _text(content: bytes, random: Random) -> bytes:
    """Characters of a text taken out, doubled, moved, or something nasty put in."""
    text = content.decode("utf-8")
    at, other = (random.randrange(len(text) + 1) for _ in range(2))
    length = random.choice((1, 2, 10, 100, 1000))
    match random.randrange(5):
        case 0:
            text = text[:at] + text[at + length :]
        case 1:
            text = text[:at] + text[other : other + length] + text[at:]
        case 2:
            text = text[:at] + text[at : at + length] * random.choice((2, 3, 50)) + text[at + length :]
        case 3:
            text = text[:at] + random.choice(MARKS) + text[at:]
        case _:
            text = text[:at] + random.choice(NASTY) + text[at:]
    return text.encode("utf-8") or b" "


def _page(content: bytes, random: Random) -> bytes:
    root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    _elements(root, random)
    return etree.tostring(root, encoding="utf-8", method="html")


def _bytes(content: bytes, random: Random) -> bytes:
    data, at = bytearray(content), random.randrange(len(content) + 1)
    length = random.choice((1, 2, 10, 100, 1000))
    match random.randrange(7):
        case 0:
            return bytes(data[:at])
        case 1:
            del data[at : at + length]
        case 2:
            data[at:at] = data[at : at + length]
        case 3:
            other = random.randrange(len(content) + 1)
            data[at:at] = data[other : other + length]
        case 4:
            data[at:at] = random.choice(NASTY).encode()
        case 5:
            data[at:at] = random.randbytes(length % 16)
        case _:
            if at < len(data):
                data[at] ^= 1 << random.randrange(8)
    return bytes(data) or b" "


def _package(content: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        _change(parts, random)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _change(parts: dict[str, bytes], random: Random) -> None:
    name = random.choice(_weighted(parts))
    match random.randrange(12):
        case 0:
            del parts[name]
        case 1:
            parts[name] = _bytes(parts[name], random)
        case 2:
            parts[name] = parts[random.choice(sorted(parts))]
        case _:
            parts[name] = _markup(parts[name], random)
    parts.setdefault("[Content_Types].xml", b"<Types/>")


def _weighted(parts: dict[str, bytes]) -> list[str]:
    """Names of parts; those that hold what is read come up more often than themes and layouts."""
    dull = ("theme", "slideLayout", "slideMaster", "printerSettings", "docProps", "fontTable", "webSettings")
    names = sorted(parts)
    return [name for name in names for _ in range(1 if any(word in name for word in dull) else 8)]


def _markup(part: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return _bytes(part, random)
    _elements(root, random)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _elements(root: Any, random: Random) -> None:
    for _ in range(random.choice((1, 2, 5, 15))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        _element(random.choice(elements), elements, random)


def _element(element: Any, elements: list[Any], random: Random) -> None:
    other, parent = random.choice(elements), element.getparent()
    match random.randrange(9):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None:
            parent.insert(random.randrange(len(parent) + 1), deepcopy(element))
        case 2 if parent is not None and other not in element.iterdescendants() and other is not element:
            other.append(element)
        case 3:
            element.tag = other.tag
        case 4:
            element.text = random.choice(NASTY)
        case 5:
            element.text, other.text = other.text, element.text
        case 6:
            for name in list(element.attrib):
                if random.random() < 0.5:
                    del element.attrib[name]
        case _:
            names = list(element.attrib) or list(other.attrib) or ["val"]
            values = [
                value for found in random.sample(elements, min(9, len(elements))) for value in found.attrib.values()
            ]
            element.set(random.choice(names), random.choice([*NASTY, *values]))
