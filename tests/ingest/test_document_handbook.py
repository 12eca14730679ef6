"""Word documents as companies write them: articles, covers, comments, drawn charts, SmartArt, native charts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from diagram_maker import DATA, DGM, Diagram
from document_maker import NAMESPACES, document, raw
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE
from reading import Read

from kejian.ingest.model import Deck, Slide

LEVEL = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/>{3}<w:lvlText w:val="{2}"/></w:lvl>'
ARTICLES = (
    (0, "chineseCounting", "第%1章", ""),
    (1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    (2, "chineseCounting", "（%3）", ""),
    (3, "decimal", "%1.%4", "<w:isLgl/>"),
)
DRAWING = (
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("wpc", "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"),
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ("dgm", DGM),
)
MORE = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in DRAWING)
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
CHART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
Box = tuple[int, str, int, int]


def element(markup: str) -> Any:
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {NAMESPACES} {MORE}", markup, count=1))


def append(made: Any, markup: str) -> None:
    made.element.body.insert(len(made.element.body) - 1, element(markup))


def numbered(made: Any, text: str, level: int, outline: bool = False) -> None:
    """A paragraph in the list of articles."""
    numbering = made.part.numbering_part.element
    if not any(found.get(f"{{{numbering.nsmap['w']}}}numId") == "77" for found in numbering):
        levels = "".join(LEVEL.format(*level) for level in ARTICLES)
        numbering.insert(0, element(f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum>'))
        numbering.append(element('<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    own = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    head = '<w:outlineLvl w:val="0"/>' if outline else ""
    raw(made, f"<w:p><w:pPr>{own}{head}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")


def rules(made: Any) -> None:
    made.core_properties.title = "Word 文档"
    for text, size in (("青禾公司", 22), ("员工手册", 36)):
        run = made.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size)
    made.add_paragraph("版本:V3")
    numbered(made, "总则", 0, outline=True)
    numbered(made, "适用范围:全体员工。", 1)
    numbered(made, "员工应当遵守下列准则:", 1)
    numbered(made, "诚实守信;", 2)
    numbered(made, "爱护财产。", 2)
    numbered(made, "考勤", 0, outline=True)
    numbered(made, "试用期:三个月。", 1)
    made.add_paragraph("新员工由导师带领", style="List Bullet")
    numbered(made, "旷工:视为违纪。", 1)
    numbered(made, "细目", 3)
    made.add_paragraph("补贴标准(单位:元/月)")
    table = made.add_table(2, 2)
    for place, text in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("职级", "餐补", "主管级", "300"), strict=True):
        table.cell(*place).text = text


def facts(slide: Slide) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.aspect, fact.text) for fact in slide.facts}


def test_articles_are_counted_on_and_hold_their_lists(read: Read) -> None:
    deck = read("rules.docx", document(rules))
    assert deck.title == "员工手册"
    assert [slide.title for slide in deck.slides] == ["青禾公司", "总则", "考勤"]
    assert deck.slides[1].source.split("\n") == [
        "第一章 总则", "第一条 适用范围:全体员工。", "第二条 员工应当遵守下列准则:",
        "  （一） 诚实守信;", "  （二） 爱护财产。",
    ]  # fmt: skip
    assert deck.slides[2].source.split("\n")[:5] == [
        "第二章 考勤", "第三条 试用期:三个月。", "  新员工由导师带领", "第四条 旷工:视为违纪。", "  2.1 细目",
    ]  # fmt: skip
    said = facts(deck.slides[2])
    assert {("试用期", "", "三个月。"), ("旷工", "", "视为违纪。"), ("主管级", "餐补", "300")} <= said
    cell = next(block for block in deck.slides[2].blocks if block.text == "300")
    assert cell.path == ("考勤", "补贴标准(单位:元/月)")


def test_typed_articles_hold_their_lists(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_heading("休假", 1)
        for line in ("第一百零八条 年假:", "(一)五天;", "1.当年有效;", "(二)十天。", "第一百零九条 病假:凭证明。"):
            made.add_paragraph(line)

    slide = read("typed.docx", document(write)).slides[0]
    assert [block.level for block in slide.blocks[1:]] == [0, 1, 2, 1, 0]
    assert ("病假", "", "凭证明。") in facts(slide)


@pytest.mark.parametrize(("number", "text"), [(10, "十"), (21, "二十一"), (108, "一百零八"), (110, "一百一十")])
def test_chinese_numbers(number: int, text: str) -> None:
    from kejian.ingest.document_numbering import in_form

    assert in_form(number, "chineseCountingThousand") == text


def test_comments_are_notes_and_what_is_not_final_is_warned_of(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_heading("发布", 1)
        raw(made, '<w:p><w:r><w:t>年内发布。</w:t></w:r><w:r><w:commentReference w:id="3"/></w:r></w:p>')
        raw(
            made,
            "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新文</w:t></w:r></w:ins></w:p>",
        )
        raw(made, "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>末段。</w:t></w:r></w:p>")
        said = '<w:comment w:id="3" w:author="王"><w:p><w:r><w:t>日期待定</w:t></w:r></w:p></w:comment>'
        part = Part(PackURI("/word/comments9.xml"), "application/xml", b"", made.part.package)
        part._blob = f"<w:comments {NAMESPACES}>{said}</w:comments>".encode()
        made.part.relate_to(part, COMMENTS)

    deck = read("comments.docx", document(write))
    assert deck.slides[0].source.split("\n")[1:] == ["年内发布。", "新文", "末段。", "批注(王):日期待定"]
    assert deck.slides[0].blocks[-1].kind == "note"
    assert deck.warnings == (
        "有 2 处修订还没有接受或拒绝,已按全部接受收入",
        "有 1 处隐藏的文字没有读取,其中的文字不会被检索到",
    )


def box(number: int, text: str, left: int, top: int) -> str:
    place = f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="1000000" cy="300000"/></a:xfrm>'
    said = f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    return f'<wps:wsp><wps:cNvPr id="{number}" name=""/><wps:spPr>{place}</wps:spPr>{said}</wps:wsp>'


def wire(begin: int, end: int) -> str:
    ends = f'<a:stCxn id="{begin}" idx="2"/><a:endCxn id="{end}" idx="0"/>'
    place = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></a:xfrm><a:prstGeom prst="bentConnector3"/>'
    return f"<wps:wsp><wps:cNvCnPr>{ends}</wps:cNvCnPr><wps:spPr>{place}</wps:spPr></wps:wsp>"


def graphic(inner: str, uri: str = "") -> str:
    data = f'<a:graphic><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic>'
    return f"<w:p><w:r><w:drawing><wp:inline>{data}</wp:inline></w:drawing></w:r></w:p>"


def edges(deck: Deck) -> set[str]:
    return {" → ".join((*found.chain, found.child)) for slide in deck.slides for found in slide.relations}


def test_boxes_on_a_canvas_are_a_chart(read: Read) -> None:
    boxes: list[Box] = [(1, "总经理", 2_000_000, 0), (2, "市场部", 0, 900_000), (3, "财务部", 3_000_000, 900_000)]

    def write(made: Any) -> None:
        made.add_heading("公司组织结构", 1)
        drawn = "".join(box(*one) for one in boxes) + wire(1, 2) + wire(1, 3) + box(9, "图例说明文字", 0, 2_000_000)
        append(made, graphic(f"<wpc:wpc>{drawn}</wpc:wpc>"))
        made.add_paragraph("如上图。")

    deck = read("canvas.docx", document(write))
    assert deck.slides[0].source.split("\n") == [
        "公司组织结构", "总经理", "  市场部", "  财务部", "图例说明文字", "如上图。",
    ]  # fmt: skip
    assert edges(deck) == {"总经理 → 市场部", "总经理 → 财务部"}


def test_boxes_without_lines_are_text_boxes(read: Read) -> None:
    def write(made: Any) -> None:
        made.add_heading("说明", 1)
        append(made, graphic(f"<wpc:wpc>{box(1, '左框', 0, 0)}{box(2, '右框', 2_000_000, 0)}</wpc:wpc>"))

    deck = read("boxes.docx", document(write))
    assert deck.slides[0].source.split("\n") == ["说明", "左框", "右框"]
    assert edges(deck) == set()


def related(made: Any, kind: str, name: str, content: str | bytes) -> str:
    blob = content.encode() if isinstance(content, str) else content
    part = Part(PackURI(f"/word/{name}.xml"), "application/xml", blob, made.part.package)
    relationship: str = made.part.relate_to(part, kind)
    return relationship


def test_smartart(read: Read) -> None:
    diagram = Diagram("orgChart1", "hierarchy")
    root = diagram.add("厂长")
    diagram.add("生产科", root)
    diagram.add("质检科", root)

    def write(made: Any) -> None:
        made.add_heading("组织", 1)
        data = related(made, DATA, "data1", diagram.model())
        append(made, graphic(f'<dgm:relIds r:dm="{data}"/>', DGM))
        append(made, graphic('<dgm:relIds r:dm="rId999"/>', DGM))

    deck = read("smartart.docx", document(write))
    assert edges(deck) == {"厂长 → 生产科", "厂长 → 质检科"}
    assert deck.warnings == ("有 1 处SmartArt 图示没有读取,其中的文字不会被检索到",)


def test_native_charts(read: Read) -> None:
    numbers = CategoryChartData()
    numbers.categories = ["一季度", "二季度"]
    numbers.add_series("销售额(万元)", (120, 150))

    def write(made: Any) -> None:
        made.add_heading("经营", 1)
        made.add_paragraph("见下图。")
        markup = ChartXmlWriter(XL_CHART_TYPE.COLUMN_CLUSTERED, numbers).xml
        append(made, graphic(f'<c:chart r:id="{related(made, CHART, "chart1", markup)}"/>'))

    deck = read("chart.docx", document(write))
    assert deck.warnings == ()
    assert {fact[2] for fact in facts(deck.slides[0])} >= {"120万元", "150万元"}
