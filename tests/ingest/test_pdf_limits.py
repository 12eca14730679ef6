"""What the bytes of a PDF tell before it is opened: endless drawings, pages without measure; all else passes."""

from __future__ import annotations

import zlib

import pytest
from hostile_maker import pdf_loops, pdf_objects, pdf_page_bomb, stream
from pdf_maker import line, pdf

from kejian.ingest.pdf_limits import ENDLESS, TOO_LARGE, fault_of

CATALOG = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Resources 5 0 R /Contents 4 0 R >>"


def nested(*forms: bytes) -> bytes:
    """A page that draws /X0, with forms /X0, /X1, … that share one dictionary of all."""
    names = b" ".join(b"/X%d %d 0 R" % (n, 6 + n) for n in range(len(forms)))
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 400 600] /Resources 5 0 R"
    drawn = (stream(zlib.compress(form), head + b" /Filter /FlateDecode") for form in forms)
    return pdf_objects(*CATALOG, PAGE, stream(b"/X0 Do"), b"<< /XObject << %s >> >>" % names, *drawn)


def test_forms_that_share_what_they_may_draw_pass() -> None:
    assert fault_of(nested(b"/X1 Do /X2 Do", b"/X2 Do", b"0 0 m 9 9 l S")) == ""


@pytest.mark.parametrize(
    "forms", [(b"/X0 Do",), (b"/X1 Do", b"/X0 Do"), (*(b"/X%d Do " % (n + 1) * 20 for n in range(6)), b"S")]
)
def test_forms_that_draw_without_end(forms: tuple[bytes, ...]) -> None:
    assert fault_of(nested(*forms)) == ENDLESS


def test_hostile_files_are_told_and_plain_ones_pass() -> None:
    assert fault_of(pdf_loops()) == ENDLESS
    assert fault_of(pdf_page_bomb(200)) == TOO_LARGE
    assert fault_of(pdf_page_bomb(20)) == ""
    assert fault_of(pdf(line("page", 40, 500))) == ""


def test_what_is_packed_twice_is_unpacked_twice() -> None:
    inner = zlib.compress(bytes(150 << 20), 9)
    page = stream(zlib.compress(inner, 9), b"/Filter [/FlateDecode /FlateDecode]")
    assert fault_of(pdf_objects(*CATALOG, PAGE, page)) == TOO_LARGE


def test_broken_streams_are_left_to_the_reader() -> None:
    for broken in (
        b"",
        b"%PDF-1.7 stream\n",
        b"1 0 obj << /Subtype /Form >> stream\n" * 3,
        b"/FlateDecode stream\nendstream",
    ):
        assert fault_of(broken) == ""
