"""The pictures of a Word document: where their bytes are, and which part of them is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kejian.ingest.document_text import CHOICES, WP, W
from kejian.ingest.outline import Item, Table
from kejian.ingest.picture_flow import PicturesInText
from kejian.ingest.pictures import LINKED, View
from kejian.ingest.pptx_descriptions import is_decoration
from kejian.ingest.pptx_geometry import number
from kejian.ingest.pptx_pictures import SLIGHT, crop_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
VML = "{urn:schemas-microsoft-com:vml}"
Blob = Callable[[str | None], bytes | None]  # the bytes behind a relationship; None where there are none in the file


def blobs_of(main: Any) -> Blob:
    """The bytes of the parts that the main part of a document refers to."""

    def blob(id_: str | None) -> bytes | None:
        if not id_ or id_ not in main.rels or main.rels[id_].is_external:
            return None
        found: bytes = main.rels[id_].target_part.blob
        return found

    return blob


def pictures_in(element: Any, blob: Blob, pictures: PicturesInText) -> Iterator[Item | Table]:
    """What the pictures anchored in ``element`` say, those of its text boxes left to them."""
    for picture in element.iter(f"{PIC}pic", f"{VML}imagedata"):
        if _belongs_elsewhere(picture, element) or _is_slight(picture):
            continue
        blip = picture.find(f"{PIC}blipFill/{A}blip") if picture.tag == f"{PIC}pic" else picture
        content = blob(blip.get(f"{R}embed") or blip.get(f"{R}id")) if blip is not None else None
        if content is None:
            pictures.miss(LINKED)
        else:
            yield from pictures.parts(content, _view(picture))


def _view(picture: Any) -> View:
    turned = picture.find(f"{PIC}spPr/{A}xfrm")
    angle = number(turned.get("rot")) if turned is not None else 0
    return View(crop_of(picture.find(f"{PIC}blipFill/{A}srcRect")), (angle // 2_700_000 + 1) // 2 % 4 * 90)


def _belongs_elsewhere(picture: Any, element: Any) -> bool:
    """Whether a picture stands in a text box or is the old form of one that is there in a new form."""
    for above in picture.iterancestors():
        if above is element:
            return False
        if above.tag in (f"{W}txbxContent", f"{CHOICES}Fallback"):
            return True
    return False


def _is_slight(picture: Any) -> bool:
    """Whether a picture is an icon, a rule or marked as decoration."""
    drawing = next((above for above in picture.iterancestors(f"{WP}inline", f"{WP}anchor")), None)
    if drawing is None:
        return False
    size = drawing.find(f"{WP}extent")
    small = size is not None and min(number(size.get("cx")), number(size.get("cy"))) < SLIGHT
    return small or is_decoration(drawing.find(f"{WP}docPr"))
