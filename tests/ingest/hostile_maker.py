"""Makes files that mean harm, or look as if they did, with the verdict that each must get.

Large ones are made small: zeros compress a thousandfold, a directory of a zip can lie, one slide can be shown often.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from document_maker import document, raw
from openpyxl import Workbook
from pdf_maker import line, pdf
from slide_maker import TITLE_AND_BODY, make

Change = Callable[[str, bytes], bytes | None]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SLIDE = "ppt/slides/slide1.xml"
SLIDE_LINKS = "ppt/slides/_rels/slide1.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GROUP = b'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
SHAPE = (
    b'<p:sp><p:nvSpPr><p:cNvPr id="%d" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="%d" y="%d"/>'
    b'<a:ext cx="9000" cy="9000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>b%d</a:t></a:r></a:p>'
    b"</p:txBody></p:sp>"
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and its verdict: words of the refusal, or, of one that is read, what it says and what is warned of."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    says: str = ""
    never: str = ""
    warned: str = ""


@cache
def slides() -> bytes:
    """A presentation with nothing wrong about it."""
    return make(("年假制度", lambda slide: slide.text((20, 100, 300, 40), "年假十天") and None), layout=TITLE_AND_BODY)


@cache
def words() -> bytes:
    """A document with nothing wrong about it."""

    def write(made: Any) -> None:
        made.add_heading("年假制度", 1)
        made.add_paragraph("年假十天")

    return document(write)


@cache
def sheet() -> bytes:
    """A workbook with nothing wrong about it."""
    book, stream = Workbook(), io.BytesIO()
    for row in (["部门", "职责"], ["市场部", "推广"], ["财务部", "记账"]):
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def repacked(content: bytes, change: Change, extra: dict[str, bytes] | None = None) -> bytes:
    """A package with some of its parts changed, left out (None) or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            changed = change(name, source.read(name))
            if changed is not None:
                target.writestr(name, changed)
        for name, added in (extra or {}).items():
            target.writestr(name, added)
    return stream.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A package with one part replaced, or added."""
    there = name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    return repacked(content, lambda n, c: part if n == name else c, None if there else {name: part})


def in_slide(inserted: bytes, before: bytes = b"</p:spTree>") -> bytes:
    """The presentation with markup put into its slide."""
    return repacked(slides(), lambda n, c: c.replace(before, inserted + before) if n == SLIDE else c)


def in_front(inserted: bytes, body: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """The presentation with a document type in its slide."""

    def change(name: str, content: bytes) -> bytes:
        return inserted + content[content.index(b"<p:sld") :].replace(*body) if name == SLIDE else content

    return repacked(slides(), change)


def linked(content: bytes, part: str, *links: tuple[str, str]) -> bytes:
    """A package, one part of which has relationships to outside: (kind, target)."""
    tags = "".join(
        f'<Relationship Id="rIdX{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
        for n, (kind, target) in enumerate(links)
    ).encode()
    return repacked(
        content, lambda n, c: c.replace(b"</Relationships>", tags + b"</Relationships>") if n == part else c
    )


def zeros(name: str, megabytes: int, prefix: bytes = b"", suffix: bytes = b"") -> bytes:
    """The presentation with a part of zeros, written block by block."""
    stream = io.BytesIO(repacked(slides(), lambda n, c: None if n == name else c))
    target = zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with target, target.open(name, "w", force_zip64=True) as part:
        part.write(prefix)
        for _ in range(megabytes):
            part.write(bytes(1 << 20))
        part.write(suffix)
    return stream.getvalue()


def elements(count: int) -> bytes:
    """A slide of so many elements, which compress to nothing."""
    stream = io.BytesIO(repacked(slides(), lambda n, c: None if n == SLIDE else c))
    target = zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with target, target.open(SLIDE, "w", force_zip64=True) as part:
        part.write(b"<p>")
        for _ in range(count // 10_000):
            part.write(b"<a/>" * 10_000)
        part.write(b"</p>")
    return stream.getvalue()


def directory_says(content: bytes, size: int) -> bytes:
    """The same zip, its directory declaring every part to be of this size."""
    data, at = bytearray(content), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = size.to_bytes(4, "little")
        at += 4
    return bytes(data)


def encrypted_flag(content: bytes) -> bytes:
    """The same zip, every part marked as encrypted."""
    data = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = 0
        while (at := data.find(mark, at)) >= 0:
            data[at + offset] |= 1
            at += 4
    return bytes(data)


def renamed_twice(content: bytes) -> bytes:
    """The same zip with two parts of one name, which readers take differently."""
    return repacked(content, lambda n, c: c, {"ppt/slides/slide0.xml": b"<x/>"}).replace(b"slide0.xml", b"slide1.xml")


def overlapping(count: int, size: int = 10 << 20) -> bytes:
    """A zip all of whose entries share one run of compressed bytes (the better zip bomb)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = bytes(size)
    packed = packer.compress(plain) + packer.flush()
    facts = zlib.crc32(plain), len(packed), size
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *facts, 5, 0)
    body = local + b"a.xml" + packed
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *facts, 5, *[0] * 6) + b"%05d" % n
        for n in range(count)
    )
    return body + entries + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(body), 0)


def nested(depth: int) -> bytes:
    """Zips in zips, of zeros."""
    content = bytes(1 << 20)
    for level in range(depth):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for n in range(10):
                target.writestr(f"{level}-{n}.zip", content)
        content = stream.getvalue()
    return content


def holding_itself() -> bytes:
    """A presentation that holds itself, which holds itself, …: what a quine of a zip is to who unpacks on and on."""
    content = slides()
    for _ in range(20):
        content = repacked(slides(), lambda n, c: c, {"ppt/embeddings/self.pptx": content})
    return content


def shown_often(times: int) -> bytes:
    """A presentation whose list of slides shows one slide so often."""

    def change(name: str, content: bytes) -> bytes:
        if name != "ppt/presentation.xml":
            return content
        at = content.index(b"<p:sldId ")
        tag = content[at : content.index(b"/>", at) + 2]
        start, rest = tag.split(b'id="', 1)
        many = b"".join(b'%sid="%d"%s' % (start, 300 + n, rest[rest.index(b'"') + 1 :]) for n in range(times))
        return content.replace(tag, many)

    return repacked(slides(), change)


def many_slides(count: int) -> bytes:
    """A presentation with so many parts that are slides."""
    return repacked(slides(), lambda n, c: c, {f"ppt/slides/slide{n}.xml": b"<a/>" for n in range(2, count)})


def shapes(count: int) -> bytes:
    """A slide of so many boxes."""
    return in_slide(b"".join(SHAPE % (n + 100, n % 250 * 30000, n // 250 * 30000, n) for n in range(count)))


def cyclic() -> bytes:
    """A slide whose relationships lead back to itself, to its layout and to the presentation."""
    tags = b"".join(
        b'<Relationship Id="rIdC%d" Type="%s/%s" Target="%s"/>' % (n, OFFICE.encode(), kind, target)
        for n, (kind, target) in enumerate(
            [(b"slide", b"slide1.xml"), (b"slide", b"../presentation.xml"), (b"notesSlide", b"slide1.xml")]
        )
    )
    return repacked(
        slides(), lambda n, c: c.replace(b"</Relationships>", tags + b"</Relationships>") if n == SLIDE_LINKS else c
    )


def png(width: int, height: int) -> bytes:
    """A picture that declares a size and holds next to nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def with_picture(content: bytes, suffix: str, kind: str) -> bytes:
    """The presentation with a picture on its slide."""
    picture = (
        b'<p:pic><p:nvPicPr><p:cNvPr id="77" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip '
        b'xmlns:r="%s" r:embed="rIdP"/></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/>'
        b'<a:ext cx="5000000" cy="5000000"/></a:xfrm></p:spPr></p:pic>' % OFFICE.encode()
    )
    relation = (
        f'<Relationship Id="rIdP" Type="{OFFICE}/image" Target="../media/image9.{suffix}"/></Relationships>'.encode()
    )
    default = f'<Default Extension="{suffix}" ContentType="{kind}"/></Types>'.encode()

    def change(name: str, part: bytes) -> bytes:
        if name == SLIDE:
            return part.replace(b"</p:spTree>", picture + b"</p:spTree>")
        if name == "[Content_Types].xml":
            return part.replace(b"</Types>", default)
        return part.replace(b"</Relationships>", relation) if name == SLIDE_LINKS else part

    return repacked(slides(), change, {f"ppt/media/image9.{suffix}": content})


def laughs(levels: int = 9) -> bytes:
    """A document type whose last entity expands tenfold, ``levels`` times over."""
    lines = [b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(levels)]
    return b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(lines) + b"]>"


def pdf_objects(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf_page_bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of spaces."""
    packer = zlib.compressobj(9)
    first = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes - 1) + packer.flush()
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R >>"
    return pdf_objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
                       stream(packed, b"/Filter /FlateDecode"))  # fmt: skip


def pdf_loops() -> bytes:
    """A form that draws itself, in a tree of pages that holds itself."""
    resources = b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] %s /Contents 4 0 R >>" % resources
    form = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 400 600] %s" % resources)
    return pdf_objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>", page,
                       stream(b"BT /F1 12 Tf 40 500 Td (loop) Tj ET /X Do"), FONT, form)  # fmt: skip


def pdf_shared(count: int) -> bytes:
    """So many pages that are one and the same object."""
    fonts = b"/Resources << /Font << /F1 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] %s /Contents 4 0 R >>" % fonts
    kids = b"3 0 R " * count
    return pdf_objects(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
                       page, stream(b"BT /F1 12 Tf 40 500 Td (page) Tj ET"), FONT)  # fmt: skip


def far_cell() -> bytes:
    """A workbook with one cell in the last row and column, and a merged area over everything."""

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
        return content.replace(
            b"</sheetData>", far + b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        )

    return repacked(sheet(), change)


def beyond_the_last_row() -> bytes:
    """A workbook with a row whose number no sheet has, up to which a reader would make rows up."""
    row = b'<row r="99999999999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    name = "xl/worksheets/sheet1.xml"
    return repacked(sheet(), lambda n, c: c.replace(b"</sheetData>", row) if n == name else c)


def with_macros(content: bytes, folder: str) -> bytes:
    """A package with a macro project that its relationships know."""
    relation = b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    relation += b'Target="vbaProject.bin"/></Relationships>'
    links = {"ppt": "ppt/_rels/presentation.xml.rels", "word": "word/_rels/document.xml.rels"}[folder]
    kind = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'

    def change(name: str, part: bytes) -> bytes:
        if name == "[Content_Types].xml":
            return part.replace(b"</Types>", kind)
        return part.replace(b"</Relationships>", relation) if name == links else part

    return repacked(content, change, {f"{folder}/vbaProject.bin": OLE + bytes(2000)})


def part_of_itself() -> bytes:
    """A document that takes in another file, which a program that opens it would run through."""

    def write(made: Any) -> None:
        made.add_paragraph("年假十天")
        raw(made, "<w:altChunk></w:altChunk>")

    return with_part(document(write), "word/chunk.html", b"<script>alert(1)</script><p>secret</p>")


def jsonl(count: int) -> bytes:
    """A line of nested lists so deep."""
    return b'{"_id": "1", "text": ' + b"[" * count + b"]" * count + b"}\n"


def as_xml(text: str) -> bytes:
    return text.encode("utf-16-le")


def cases() -> Iterator[Hostile]:
    """All of them, the large ones last."""
    yield from packages()
    yield from documents()
    yield from pages()
    yield from texts()
    yield from named()
    yield from large()


def packages() -> Iterator[Hostile]:
    """Presentations."""
    secret = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
    image, template = ("image", "http://192.0.2.1/spy.png"), ("attachedTemplate", "http://192.0.2.1/t.dotm")
    link = ("hyperlink", "http://192.0.2.1/page")
    yield Hostile("xxe.pptx", lambda: in_front(secret, (b"</a:t>", b"&s;</a:t>")), says="年假十天", never="root:")
    yield Hostile("laughs.pptx", lambda: in_front(laughs(), (b"</a:t>", b"&j;</a:t>")), "损坏")
    yield Hostile("slip.pptx", lambda: repacked(slides(), lambda n, c: c, {"../../evil.xml": b"<a/>"}), "包外")
    yield Hostile("absolute.pptx", lambda: repacked(slides(), lambda n, c: c, {"/etc/evil.xml": b"<a/>"}), "包外")
    yield Hostile("truncated.pptx", lambda: slides()[:-400], "损坏")
    yield Hostile("half.pptx", lambda: slides()[: len(slides()) // 2], "损坏")
    yield Hostile("old.pptx", lambda: OLE + bytes(1000), "旧版")
    yield Hostile("password.pptx", lambda: OLE + bytes(500) + as_xml("EncryptedPackage") + bytes(500), "密码")
    yield Hostile("encrypted.pptx", lambda: encrypted_flag(slides()), "密码")
    yield Hostile("lying.pptx", lambda: directory_says(slides(), 64), "损坏")
    yield Hostile("twice.pptx", lambda: renamed_twice(slides()), "重名")
    yield Hostile("overlapping.pptx", lambda: overlapping(1000), "大得不正常")
    yield Hostile("overlapping-few.pptx", lambda: overlapping(3, 1 << 19), "重叠")
    yield Hostile("nested.pptx", lambda: nested(2), "损坏")
    yield Hostile("holds-zips.pptx", lambda: repacked(slides(), lambda n, c: c, {"ppt/embeddings/z.zip": nested(2)}),
                  says="年假十天", warned="嵌入")  # fmt: skip
    yield Hostile("quine.pptx", holding_itself, says="年假十天", warned="嵌入")
    yield Hostile("parts.pptx", lambda: many_slides(10_000), "超过 10000 个")
    yield Hostile("shown.pptx", lambda: shown_often(100_000), "100000 页")
    yield Hostile("cyclic.pptx", cyclic, "损坏")
    yield Hostile("linked.pptx", lambda: linked(slides(), SLIDE_LINKS, image, template), says="年假十天", warned="外部")
    yield Hostile("hyperlinks.pptx", lambda: linked(slides(), SLIDE_LINKS, link), says="年假十天")
    yield Hostile("macros.pptx", lambda: with_macros(slides(), "ppt"), says="年假十天", warned="宏")
    yield Hostile("picture.pptx", lambda: with_picture(png(65_000, 65_000), "png", "image/png"), says="年假十天",
                  warned="图片")  # fmt: skip
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="http://192.0.2.1/"/></svg>'
    )
    yield Hostile("svg.pptx", lambda: with_picture(drawing, "svg", "image/svg+xml"), says="年假十天", never="alert")
    yield Hostile("bad-utf8.pptx", lambda: in_slide(b"<p:x>\xff\xfe\x80</p:x>"), "损坏")
    yield Hostile("no-slide.pptx", lambda: repacked(slides(), lambda n, c: None if n == SLIDE else c), "损坏")


def documents() -> Iterator[Hostile]:
    """Word documents and workbooks."""
    template = ("attachedTemplate", "http://192.0.2.1/t.dotm")
    xxe = b'<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><w:document/>'
    strings = b'<?xml version="1.0"?>' + laughs() + b"<sst><si><t>&j;</t></si></sst>"
    yield Hostile("chunk.docx", part_of_itself, says="年假十天", never="secret", warned="嵌入的其他文档")
    yield Hostile("template.docx", lambda: linked(words(), "word/_rels/document.xml.rels", template), says="年假十天")
    yield Hostile("xxe.docx", lambda: with_part(words(), "word/document.xml", xxe), "DOCTYPE")
    yield Hostile("macros.docx", lambda: with_macros(words(), "word"), says="年假十天", warned="宏")
    yield Hostile("laughs.xlsx", lambda: with_part(sheet(), "xl/sharedStrings.xml", strings), "DOCTYPE")
    yield Hostile("far.xlsx", far_cell, says="记账")
    yield Hostile("beyond.xlsx", beyond_the_last_row, says="记账")
    yield Hostile("is-a-deck.docx", slides, "损坏")
    yield Hostile("is-a-page.docx", lambda: b"<html><p>text</p></html>", "后缀与内容不符")


def pages() -> Iterator[Hostile]:
    """PDFs."""
    script = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://192.0.2.1/'\\)) >>"
    text = line("Annual leave", 40, 500)
    yield Hostile("script.pdf", lambda: pdf(text, catalog=script), says="Annual leave", never="launchURL")
    yield Hostile("loops.pdf", pdf_loops, "反复画自己")
    yield Hostile("huge.pdf", lambda: pdf(text).replace(b"[0 0 400 600]", b"[-9e9 -9e9 9e9 9e9]"), says="Annual leave")
    yield Hostile("pages.pdf", lambda: pdf_shared(2_001), "超过 2000 页")
    yield Hostile("is-a-deck.pdf", slides, "损坏或不是 PDF")
    yield Hostile("cut.pdf", lambda: pdf(text)[:150], "PDF")


def texts() -> Iterator[Hostile]:
    """Text formats."""
    yield Hostile("bad.md", lambda: "年假十天".encode() + b"\xff\xfe\xff", "编码")
    yield Hostile("deep.md", lambda: b"> " * 50_000 + "年假".encode(), "没有可读的文字")
    yield Hostile("brackets.md", lambda: b"[" * 20_000, says="[")
    yield Hostile("deep.html", lambda: b"<div>" * 200_000 + "年假十天".encode(), "RecursionError")
    yield Hostile("wide.html", lambda: b'<table><tr><td rowspan="65000" colspan="65000">x</td></tr></table>', says="x")
    fetching = '<img src="http://192.0.2.1/a"><iframe src="http://192.0.2.1/"></iframe><script>fetch("/")</script>'
    yield Hostile("fetch.html", lambda: f"{fetching}<p>年假十天</p>".encode(), says="年假十天", never="fetch")
    yield Hostile("deep.jsonl", lambda: jsonl(100_000), "JSON")
    yield Hostile("field.csv", lambda: b'a,b\n"' + b"x" * 2_000_000, ".csv")
    yield Hostile(
        "formula.csv", lambda: '部门,职责\n市场部,=HYPERLINK("http://192.0.2.1/")\n'.encode(), says="HYPERLINK"
    )
    yield Hostile("nul.txt", lambda: "年假\x00十天".encode(), "不是文本文件")


def named() -> Iterator[Hostile]:
    """Good content under names that try something."""
    text = "## 年假\n\n- 年假十天\n".encode()
    for name in ("..%2f..%2fetc.md", "CON.md", "-rf.md", "$(touch x).md", "'; drop table decks;--.md", "‮dm.exe.md",
                 "两\n行.md", "‹\x1b[31m›.md", "<script>alert(1)</script>".replace("/", "∕") + ".md",
                 "长" * 84 + ".md", "结尾 . .md"):  # fmt: skip
        yield Hostile(name, lambda: text, says="年假十天")
    yield Hostile("没有后缀", lambda: text, "格式不支持")
    yield Hostile("画.svg", lambda: b"<svg/>", "格式不支持")
    yield Hostile("两行\n.exe", lambda: b"MZ", "格式不支持")


def large() -> Iterator[Hostile]:
    """Files that unpack to much, or hold very much of one thing."""
    yield Hostile("text-node.pptx", lambda: zeros(SLIDE, 60, b"<a>", b"</a>"), "大得不正常")
    yield Hostile("elements.pptx", lambda: elements(5_000_000), "大得不正常")
    yield Hostile("media.pptx", lambda: zeros("ppt/media/image9.bin", 210), "大得不正常")
    yield Hostile("lying-bomb.pptx", lambda: directory_says(zeros(SLIDE, 60), 64), "损坏")
    yield Hostile("shapes.pptx", lambda: shapes(50_000), "个形状")
    yield Hostile("groups.pptx", lambda: in_slide(GROUP * 10_000 + b"</p:grpSp>" * 10_000), "大得不正常")
    yield Hostile("few-groups.pptx", lambda: in_slide(GROUP * 5_000 + b"</p:grpSp>" * 5_000), "损坏")
    yield Hostile("bomb.pdf", lambda: pdf_page_bomb(2_000), "大得不正常")
    yield Hostile("long-line.txt", lambda: "年假十天,".encode() * 20_000, says="年假十天")
    yield Hostile(
        "lines.jsonl", lambda: b"".join(b'{"_id": "%d", "text": "x"}\n' % n for n in range(60_000)), "50000 页"
    )


def huge() -> Iterator[Hostile]:
    """Files that unpack to what once filled the memory."""
    yield Hostile("text-node.pptx", lambda: zeros(SLIDE, 900, b"<a>", b"</a>"), "大得不正常")
    yield Hostile("elements.pptx", lambda: elements(20_000_000), "大得不正常")
    yield Hostile("media.pptx", lambda: zeros("ppt/media/image9.bin", 1500), "大得不正常")
    yield Hostile("lying-bomb.pptx", lambda: directory_says(zeros(SLIDE, 900), 64), "损坏")
