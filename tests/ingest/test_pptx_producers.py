"""Files of other programs than PowerPoint: the strict form, and what WPS, Google Slides and Keynote write."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from every_object import deck
from every_text import NAMES
from pptx.oxml import parse_xml
from pptx.util import Pt
from reading import Read
from slide_maker import BLANK, SlideMaker, make

from kejian.ingest.model import Deck, Slide
from kejian.ingest.pptx_strict import NAMESPACES

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"


def strict(content: bytes) -> bytes:
    """The same presentation in the strict form."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                for new, old in NAMESPACES:
                    part = part.replace(old, new)
            target.writestr(name, part)
    return stream.getvalue()


def said(slide: Slide) -> tuple[object, ...]:
    facts = [(fact.subject, fact.aspect, fact.text) for fact in slide.facts]
    edges = [(edge.chain, edge.child) for edge in slide.relations]
    return slide.number, slide.source, facts, edges, slide.shapes


def test_strict_form(read: Read) -> None:
    loose = deck()
    assert b"purl.oclc.org" in zipfile.ZipFile(BytesIO(strict(loose))).read("ppt/slides/slide1.xml")
    expected, found = read("loose.pptx", loose), read("strict.pptx", strict(loose))
    assert [said(slide) for slide in found.slides] == [said(slide) for slide in expected.slides]
    assert found.warnings == expected.warnings


def only(found: Deck) -> Slide:
    assert len(found.slides) == 1
    assert not found.warnings
    return found.slides[0]


def add(slide: SlideMaker, xml: str) -> None:
    slide.slide.shapes._spTree.append(parse_xml(xml.replace(" NAMES", f" {NAMES}", 1)))


def shape(id_: int, name: str, place: tuple[float, ...], body: str, extra: str = "", attributes: str = "") -> str:
    left, top, width, height = map(Pt, place)
    return (
        f'<p:sp NAMES><p:nvSpPr><p:cNvPr id="{id_}" name="{name}"/><p:cNvSpPr{attributes}/><p:nvPr>{extra}</p:nvPr>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>{body}</p:txBody></p:sp>'
    )


def paragraphs(*lines: str, properties: str = "") -> str:
    return "".join(f"<a:p><a:pPr>{properties}</a:pPr><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)


def wps(slide: SlideMaker) -> None:
    """Tags on shapes, comments in the XML, extensions of its own, one id for two shapes in copies."""
    tags = '<p:custDataLst><p:tags r:id="rId77"/></p:custDataLst>'
    own = f'<p:extLst><p:ext uri="{{KSO}}"><kso:x xmlns:kso="{WPS}">KSO_WM_UNIT</kso:x></p:ext></p:extLst>'
    dash = '<a:buFont typeface="Wingdings"/><a:buChar char="&#xf0d8;"/>'
    add(slide, shape(4, "文本框 3", (40, 130, 300, 30), paragraphs("市场部"), tags + own, ' txBox="1"'))
    add(slide, shape(4, "文本框 3", (40, 170, 300, 60), paragraphs("策划宣传", "维护渠道", properties=dash), tags))
    slide.slide.shapes._spTree.append(parse_xml(f'<p:custDataLst {NAMES}><p:tags r:id="rId78"/></p:custDataLst>'))


def google(slide: SlideMaker) -> None:
    """Bullets of its own in every paragraph, tables without a style, a vertical tab in names."""
    dot = '<a:buSzPts val="1400"/><a:buChar char="●"/>'
    add(slide, shape(55, "Google Shape;55;p13", (40, 130, 300, 30), paragraphs("市场部", properties="<a:buNone/>")))
    add(slide, shape(56, "Google Shape;56;p13", (40, 170, 300, 60), paragraphs("策划宣传", "维护渠道", properties=dot)))


def keynote(slide: SlideMaker) -> None:
    """Groups around everything, boxes that are no text boxes, no placeholders."""
    outer = slide.group()
    for top, lines in ((170, ("• 策划宣传", "• 维护渠道")), (130, ("市场部",))):
        inner = outer.group().group()
        inner.box((40, top, 300, 40), *lines)
    slide.box((40, 30, 600, 50), "部门职责")


@pytest.mark.parametrize("draw", [wps, google, keynote])
def test_traits_of_other_programs(read: Read, draw: Callable[[SlideMaker], None]) -> None:
    layout = {"layout": BLANK} if draw is keynote else {}
    slide = only(read("other.pptx", make(("部门职责", draw), **layout)))
    assert slide.source.splitlines() == ["部门职责", "市场部", "策划宣传", "维护渠道"]
    assert {(fact.subject, fact.aspect, fact.text) for fact in slide.facts} == {
        ("市场部", "部门职责", "策划宣传"),
        ("市场部", "部门职责", "维护渠道"),
    }


def test_table_of_a_program_that_knows_no_header_rows(read: Read) -> None:
    def draw(slide: SlideMaker) -> None:
        frame = slide.table((40, 130, 500, 100), (("部门", "职责"), ("市场部", "宣传"), ("销售部", "签约")))
        properties = frame.table._tbl.tblPr
        for key in list(properties.attrib):
            del properties.attrib[key]

    slide = only(read("table.pptx", make(("各部门", draw))))
    assert [(fact.subject, fact.aspect, fact.text) for fact in slide.facts] == [
        ("市场部", "职责", "宣传"),
        ("销售部", "职责", "签约"),
    ]


def test_lines_that_are_no_connectors(read: Read) -> None:
    """Keynote draws lines as shapes, without any glue."""

    def draw(slide: SlideMaker) -> None:
        for name, left, top in (("总经理", 300, 130), ("销售部", 100, 250), ("客服部", 500, 250)):
            slide.box((left, top, 100, 30), name)
        for x, flip in ((150, ' flipH="1"'), (350, "")):
            line = shape(90 + x, "线条", (x, 160, 200, 90), "<a:p/>").replace('prst="rect"', 'prst="line"')
            add(slide, line.replace("<a:xfrm>", f"<a:xfrm{flip}>"))

    slide = only(read("lines.pptx", make(("公司组织结构", draw))))
    assert {(edge.parent, edge.child) for edge in slide.relations} == {("总经理", "销售部"), ("总经理", "客服部")}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
@pytest.mark.parametrize("between", ["odp", "ppt"])
def test_what_libreoffice_has_saved_says_the_same(read: Read, tmp_path: Path, between: str) -> None:
    bundled = Path(__file__).parents[2] / "corpus/decks/bpr.pptx"
    saved = converted(converted(bundled, between, tmp_path / "first"), "pptx", tmp_path / "second")
    expected, found = read("bpr.pptx", bundled.read_bytes()), read("saved.pptx", saved.read_bytes())
    assert [said(slide)[1:4] for slide in found.slides] == [said(slide)[1:4] for slide in expected.slides]


def converted(path: Path, suffix: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{suffix}"
