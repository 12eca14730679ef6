"""WordprocessingML paragraphs: their lines, what is bold, text boxes, page breaks, what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kejian.ingest.document_notes import NoteKind, Notes
from kejian.ingest.wording import one_line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DESCRIBED = re.compile(
    r"^(?!.*\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?)$)(?!(?:图片|picture|image)\s*\d*$).*[^\W\d_]{2}", re.I
)
# Deleted text, notes' own numbers and everything that stands outside of the line.
APART = {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr", "rPr", "instrText", "rt", "tbl")} | {
    f"{CHOICES}Fallback"
}
WRITTEN = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
REFERENCES: dict[str, NoteKind] = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


def lines_of(paragraph: Any, notes: Notes) -> list[str]:
    """The lines of a paragraph that hold text; a line break divides them, a footnote leaves its mark."""
    text = "".join(_pieces(paragraph, notes))
    return [line for line in map(one_line, text.split("\n")) if line]


def _pieces(element: Any, notes: Notes) -> Iterator[str]:
    for child in element:
        if child.tag in APART or (child.tag == f"{W}r" and _is_hidden(child)):
            continue
        if child.tag in (f"{W}t", MATH):
            yield (child.text or "").replace("\n", " ")
        elif child.tag in WRITTEN:
            yield WRITTEN[child.tag]
        elif child.tag in REFERENCES:
            yield notes.mark(REFERENCES[child.tag], child.get(f"{W}id") or "")
        elif isinstance(child.tag, str):
            yield from _pieces(child, notes)


def _is_hidden(run: Any) -> bool:
    return is_on(run.find(f"{W}rPr/{W}vanish")) is True


def is_on(element: Any) -> bool | None:
    """The value of an on/off property; None where it is not given."""
    return None if element is None else element.get(f"{W}val", "true") not in ("0", "false", "off", "none")


def is_bold(paragraph: Any, inherited: bool) -> bool:
    """Whether every run with text is bold; ``inherited`` where the paragraph's style is."""
    runs = [run for run in paragraph.iter(f"{W}r") if (run.findtext(f"{W}t") or "").strip()]
    given = [is_on(run.find(f"{W}rPr/{W}b")) for run in runs]
    return bool(runs) and all(inherited if value is None else value for value in given)


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes anchored in ``paragraph``, each once; those inside others are theirs."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = list(_up_to(box, paragraph))
        if not any(tag in (f"{CHOICES}Fallback", f"{W}txbxContent") for tag in above):
            yield box


def _up_to(element: Any, top: Any) -> Iterator[str]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above.tag


def references(element: Any, notes: Notes) -> Iterator[tuple[str, str]]:
    """(mark, text) of every footnote that ``element`` refers to, those of its text boxes left to them."""
    for reference in element.iter(*REFERENCES):
        kind, id_ = REFERENCES[reference.tag], reference.get(f"{W}id") or ""
        if f"{W}txbxContent" not in _up_to(reference, element) and notes.text(kind, id_):
            yield notes.mark(kind, id_), notes.text(kind, id_)


def ends_page(paragraph: Any, before: bool) -> bool:
    """Whether a page or section ends right ``before`` the paragraph's text, or right after it."""
    broken = [b for b in paragraph.iter(f"{W}br") if b.get(f"{W}type") == "page"]
    if before:
        forced = is_on(paragraph.find(f"{W}pPr/{W}pageBreakBefore")) is True
        return forced or bool(broken and not _text_before(paragraph, broken[0]))
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    kind = section.find(f"{W}type") if section is not None else None
    continuous = kind is not None and kind.get(f"{W}val") == "continuous"
    return bool(broken and _text_before(paragraph, broken[0])) or (section is not None and not continuous)


def _text_before(paragraph: Any, mark: Any) -> bool:
    for element in paragraph.iter(f"{W}t", f"{W}br"):
        if element is mark:
            return False
        if element.tag == f"{W}t" and (element.text or "").strip():
            return True
    return False
