"""Slides of text: placeholders, boxes, columns, numbers, marks, formulas, and text that no one sees."""

from __future__ import annotations

import copy
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.util import Pt
from slide_maker import BLANK, TITLE_AND_BODY, SlideMaker
from truth import Truth

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
NAMES = (
    f'xmlns:a="{A}" xmlns:p="{P}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:m="{M}"'
    ' xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
    ' xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"'
)
TITLE_SLIDE, TWO_CONTENT, COMPARISON, CAPTIONED = 0, 3, 4, 7


def raw(slide: SlideMaker, xml: str) -> Any:
    """Append raw XML to the shape tree."""
    element = parse_xml(xml.replace(" NAMES", f" {NAMES}", 1))
    slide.slide.shapes._spTree.append(element)
    return element


def paragraph(shape: Any, number: int = 0) -> Any:
    return shape.text_frame.paragraphs[number]


def properties(shape: Any, number: int, xml: str) -> None:
    """Put paragraph properties of DrawingML on a paragraph."""
    paragraph(shape, number)._p.get_or_add_pPr().append(
        parse_xml(xml.replace("<a:", "<a:", 1).replace(" ", f' xmlns:a="{A}" ', 1))
    )


def opening(slide: SlideMaker) -> None:
    slide.slide.placeholders[1].text_frame.text = "新员工训练营\v第三期"


def levels(slide: SlideMaker) -> None:
    frame = slide.slide.placeholders[1].text_frame
    frame.text = "市场部"
    for text, level in (("策划宣传", 1), ("线上活动", 2), ("维护渠道", 1), ("客服部", 0), ("接听来电", 1)):
        added = frame.add_paragraph()
        added.text, added.level = text, level


def numbered(slide: SlideMaker) -> None:
    forms = ("arabicPeriod", "romanUcPeriod", "ea1JpnChsDbPeriod", "alphaLcParenR", "circleNumDbPlain")
    for n, form in enumerate(forms):
        shape = slide.text((40, 120 + 75 * n, 600, 60), "填写申请", "补充说明", "提交审批", "")
        for number in (0, 2):
            properties(shape, number, f'<a:buAutoNum type="{form}"/>')
        properties(shape, 1, f'<a:buAutoNum type="{form}"/>')
        paragraph(shape, 1).level = 1


def columns(slide: SlideMaker) -> None:
    """No line runs between the upper and the lower boxes of all three."""
    for left, top, height, text in (
        (480, 130, 200, "第三栏上。"), (20, 260, 190, "第一栏下。"), (250, 130, 150, "第二栏上。"),
        (480, 340, 110, "第三栏下。"), (20, 130, 120, "第一栏上。"), (250, 290, 160, "第二栏下。"),
    ):  # fmt: skip
        slide.text((left, top, 200, height), text)


def cards(slide: SlideMaker) -> None:
    """Boxes in line both ways are read row by row."""
    for left, top, text in ((360, 130, "二。"), (20, 130, "一。"), (360, 300, "四。"), (20, 300, "三。")):
        slide.text((left, top, 200, 150), text)


def two_contents(slide: SlideMaker) -> None:
    for number, lines in ((2, ("右一", "右二")), (1, ("左一", "左二"))):
        slide.slide.placeholders[number].text_frame.text = "\n".join(lines)


def comparison(slide: SlideMaker) -> None:
    texts = {3: "集中采购", 4: "价格低\n周期长", 1: "分散采购", 2: "价格高\n周期短"}
    for number, text in texts.items():
        slide.slide.placeholders[number].text_frame.text = text


def prompts(slide: SlideMaker) -> None:
    """The layout writes a line of its own; its prompts show on no slide."""
    layout = slide.slide.slide_layout
    maker = SlideMaker(slide.slide)
    box = maker.text((500, 500, 180, 24), "内部资料 请勿外传")
    if not any("内部资料" in "".join(shape.itertext()) for shape in layout._element.iter(f"{{{P}}}sp")):
        layout.shapes._spTree.append(copy.deepcopy(box._element))
    box._element.getparent().remove(box._element)
    slide.slide.placeholders[1].text_frame.text = "正文一"


def margins(slide: SlideMaker) -> None:
    for kind, index, left, text in (("ftr", 11, 240, "培训中心"), ("dt", 10, 30, "二〇二四年春")):
        raw(slide, placeholder(kind, index, left, f"<a:r><a:t>{text}</a:t></a:r>"))
    field = '<a:fld id="{1}" type="slidenum"><a:rPr/><a:t>99</a:t></a:fld>'
    raw(slide, placeholder("sldNum", 12, 600, field))
    raw(slide, text_shape(50, (300, 515, 100, 20), f"<a:r><a:t>第 </a:t></a:r>{field}<a:r><a:t> 页</a:t></a:r>"))
    slide.text((40, 130, 500, 40), "正文。")


def placeholder(kind: str, index: int, left: int, runs: str) -> str:
    return (
        f'<p:sp NAMES><p:nvSpPr><p:cNvPr id="{900 + index}" name="{kind}"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"'
        f' idx="{index}" sz="quarter"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{Pt(left)}" y="{Pt(505)}"/>'
        f'<a:ext cx="{Pt(120)}" cy="{Pt(20)}"/></a:xfrm></p:spPr>'
        f"<p:txBody><a:bodyPr/><a:p>{runs}</a:p></p:txBody></p:sp>"
    )


def text_shape(id_: int, place: tuple[float, ...], runs: str, more: str = "", attributes: str = "") -> str:
    left, top, width, height = map(Pt, place)
    return (
        f'<p:sp NAMES><p:nvSpPr><p:cNvPr id="{id_}" name="文本" {attributes}/><p:cNvSpPr txBox="1"/>'
        "<p:nvPr/></p:nvSpPr>"
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{more}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:p>{runs}</a:p></p:txBody></p:sp>"
    )


def run(text: str, attributes: str = "", inside: str = "") -> str:
    return f"<a:r><a:rPr {attributes}>{inside}</a:rPr><a:t>{text}</a:t></a:r>"


def plain(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def marks(slide: SlideMaker) -> None:
    raw(slide, text_shape(20, (40, 130, 600, 30), run("面积为 25 m") + run("2", 'baseline="30000"') + run("。")))
    raw(slide, text_shape(21, (40, 180, 600, 30), run("饮用水是 H") + run("2", 'baseline="-25000"') + run("O。")))
    raw(
        slide,
        text_shape(
            22,
            (40, 230, 600, 30),
            run("请看") + run("办事指南", 'u="sng"') + run("<b>第一条</b>".replace("<", "&lt;").replace(">", "&gt;")),
        ),
    )
    raw(
        slide,
        text_shape(
            23, (40, 280, 600, 30), "<a:r><a:t>公用</a:t></a:r><a:br/><a:r><a:t>电话部是新设的部门。</a:t></a:r>"
        ),
    )
    box = slide.text((40, 330, 600, 30), "这一行从右往左排。")
    paragraph(box)._p.get_or_add_pPr().set("rtl", "1")
    tall = slide.text((650, 130, 40, 200), "竖排的话。")
    tall.text_frame._txBody.bodyPr.set("vert", "eaVert")
    art = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, (40, 380, 300, 50)))
    art.text_frame.text = "艺术字标语!"
    art.text_frame._txBody.bodyPr.append(
        parse_xml(f'<a:prstTxWarp xmlns:a="{A}" prst="textArchUp"><a:avLst/></a:prstTxWarp>')
    )


def footnoted(slide: SlideMaker) -> None:
    raw(slide, text_shape(20, (40, 130, 300, 30), run("呼叫中心") + run("1", 'baseline="30000"')))
    slide.text((40, 170, 600, 60), "- 接听客户来电", "- 受理投诉")
    raw(slide, text_shape(21, (40, 480, 600, 24), run("1", 'baseline="30000"') + run(" 原名话务班")))


def formula(slide: SlideMaker) -> None:
    def word(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:f><m:num>{word('产出')}</m:num><m:den>{word('投入')}</m:den></m:f>"
    square = f"<m:sSup><m:e>{word('x')}</m:e><m:sup>{word('2')}</m:sup></m:sSup>"
    root = f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{word("2x")}</m:e></m:rad>'
    plus = word("+")
    whole = f"<m:oMath>{word('效率=')}{fraction}{plus}{square}{plus}{root}</m:oMath>"
    math = f"<a14:m><m:oMathPara>{whole}</m:oMathPara></a14:m>"
    shape = text_shape(20, (40, 130, 600, 60), math).replace(" NAMES", "")
    drawn = text_shape(20, (40, 130, 600, 60), run("公式的旧样子")).replace(" NAMES", "")
    raw(
        slide,
        f'<mc:AlternateContent NAMES><mc:Choice Requires="a14">{shape}</mc:Choice>'
        f"<mc:Fallback>{drawn}</mc:Fallback></mc:AlternateContent>",
    )


def unseen(slide: SlideMaker) -> None:
    slide.text((40, 130, 500, 30), "看得见的话。")
    raw(slide, text_shape(20, (40, 180, 500, 30), run("藏起来的话。"), attributes='hidden="1"'))
    group = slide.group()
    group.text((40, 180, 500, 30), "藏在组里的话。")
    group.shapes._grpSp.nvGrpSpPr.cNvPr.set("hidden", "1")
    slide.text((800, 130, 300, 30), "放在页外的话。")
    moving = slide.text((800, 90, 300, 30), "从页外移进来的话。")
    target = f'<p:cBhvr><p:tgtEl><p:spTgt spid="{moving.shape_id}"/></p:tgtEl></p:cBhvr>'
    motion = f'<p:animMotion path="M 0 0 L -1.05 0.75 E">{target}</p:animMotion>'
    slide.slide._element.append(parse_xml(f"<p:timing {NAMES}><p:tnLst>{motion}</p:tnLst></p:timing>"))
    raw(slide, text_shape(21, (40, 230, 500, 30), run("白底白字。", "", plain("FFFFFF"))))
    raw(slide, text_shape(22, (40, 230, 500, 30), run("蓝底蓝字。", "", plain("0000FF")), plain("0000FE")))
    raw(slide, text_shape(23, (40, 280, 500, 30), run("极小的字。", 'sz="100"')))
    outlined = '<a:ln><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>' + plain("FFFFFF")
    raw(slide, text_shape(26, (40, 300, 500, 20), run("描了边的白字。", "", outlined)))
    dark = slide.box((40, 330, 500, 60))
    dark.fill.solid()
    dark.fill.fore_color.rgb = RGBColor(0, 0, 128)
    raw(slide, text_shape(24, (50, 340, 400, 40), run("深底白字看得见。", "", plain("FFFFFF"))))
    raw(slide, text_shape(25, (40, 420, 500, 30), run("旧规定作废。", 'strike="sngStrike"') + run("新规定生效。")))


def tabs(slide: SlideMaker) -> None:
    slide.text((40, 130, 600, 120), "部门\t职责\t编制", "市场部\t宣传\t5", "销售部\t签约\t\t8")


def objects(slide: SlideMaker) -> None:
    from io import BytesIO

    from PIL import Image

    def picture(left: float) -> Any:
        stream = BytesIO()
        Image.new("RGB", (8, 8), "white").save(stream, "PNG")
        return slide.shapes.add_picture(stream, *map(Pt, (left, 130, 90, 60)))

    picture(40)._element.nvPicPr.cNvPr.set("descr", "机房的照片,左边是配电柜")
    for left, kind in ((150, "video"), (260, "audio")):
        media = picture(left)._element.nvPicPr
        media.nvPr.append(parse_xml(f'<a:{kind}File xmlns:a="{A}" xmlns:r="{R}" r:link="rId99"/>'))
    ink = '<p:contentPart r:id="rId98"/>'
    raw(slide, f'<mc:AlternateContent NAMES><mc:Choice Requires="p14">{ink}</mc:Choice></mc:AlternateContent>')
    ole = '<p:oleObj name="工作表" r:id="rId97" progId="Excel.Sheet.12"><p:embed/></p:oleObj>'
    raw(
        slide,
        f'<p:graphicFrame NAMES><p:nvGraphicFramePr><p:cNvPr id="60" name="对象"/><p:cNvGraphicFramePr/><p:nvPr/>'
        f'</p:nvGraphicFramePr><p:xfrm><a:off x="{Pt(400)}" y="{Pt(130)}"/>'
        f'<a:ext cx="{Pt(90)}" cy="{Pt(60)}"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{P[:-5]}/ole"><mc:AlternateContent><mc:Choice Requires="v">{ole}</mc:Choice>'
        f"<mc:Fallback>{ole}</mc:Fallback></mc:AlternateContent></a:graphicData></a:graphic></p:graphicFrame>",
    )
    slide.text((40, 300, 500, 30), "机房须知。")


def remarks(slide: SlideMaker) -> None:
    slide.text((40, 130, 500, 30), "正文在此。")
    slide.notes("先讲缘由。\n再讲做法。")
    comments(
        slide, "comment1", f'<p:cmLst xmlns:p="{P}"><p:cm authorId="0" idx="1"><p:text>改一改</p:text></p:cm></p:cmLst>'
    )
    modern = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
    said = "<p188:txBody><a:bodyPr/><a:p><a:r><a:t>同意</a:t></a:r></a:p></p188:txBody>"
    comments(
        slide,
        "modernComment_1",
        f'<p188:cmLst xmlns:p188="{modern}" xmlns:a="{A}"><p188:cm id="1">'
        f'<p188:replyLst><p188:reply id="2">{said}</p188:reply>'
        f"</p188:replyLst>{said}</p188:cm></p188:cmLst>",
    )


def comments(slide: SlideMaker, name: str, xml: str) -> None:
    kind = "http://schemas.microsoft.com/office/2018/10" if "modern" in name else R
    part = Part(PackURI(f"/ppt/comments/{name}.xml"), "application/xml", slide.slide.part.package, xml.encode())
    slide.slide.part.relate_to(
        part, f"{kind}/relationships/comments".replace("relationships/relationships", "relationships")
    )


def hidden(slide: SlideMaker) -> None:
    slide.text((40, 130, 500, 30), "备用的一页。")
    slide.slide._element.set("show", "0")


def untitled(slide: SlideMaker) -> None:
    slide.text((40, 200, 600, 60), "没有占位符的正文。", size=18)
    slide.text((40, 30, 600, 60), "没有占位符的标题", size=32)
    slide.text((40, 260, 600, 60), "- 要点一", "  - 要点一之一", "- 要点二", size=18)


FORMS = (("1.", "2.", "1."), ("I.", "II.", "I."), ("一、", "二、", "一、"), ("a)", "b)", "a)"), ("①", "②", "①"))
TEXTS = (
    Truth("课件对象大全", opening, "新员工训练营第三期", layout=TITLE_SLIDE),
    Truth("各部门职责", levels, "市场部\n  策划宣传\n    线上活动\n  维护渠道\n客服部\n  接听来电",
          facts=(("市场部", "部门职责", "维护渠道"), ("客服部", "部门职责", "接听来电")), layout=TITLE_AND_BODY),
    Truth("办理步骤", numbered,
          "\n".join(f"{a} 填写申请\n  {c} 补充说明\n{b} 提交审批" for a, b, c in FORMS)),
    Truth("三栏", columns, "第一栏上。\n第一栏下。\n第二栏上。\n第二栏下。\n第三栏上。\n第三栏下。"),
    Truth("四宫格", cards, "一。\n二。\n三。\n四。"),
    Truth("左右两栏", two_contents, "左一\n左二\n右一\n右二", layout=TWO_CONTENT),
    Truth("采购方式", comparison, "分散采购\n价格高\n周期短\n集中采购\n价格低\n周期长", layout=COMPARISON),
    Truth("版式上的字", prompts, "正文一\n内部资料 请勿外传", layout=CAPTIONED),
    Truth("又是这个版式", prompts, "正文一", layout=CAPTIONED),
    Truth("页眉页脚", margins, "正文。\n二〇二四年春\n培训中心"),
    Truth("页眉页脚之二", margins, "正文。"),
    Truth("字的样子", marks, "面积为 25 m²。\n饮用水是 H₂O。\n请看办事指南<b>第一条</b>\n公用电话部是新设的部门。\n"
          "这一行从右往左排。\n艺术字标语!\n竖排的话。"),
    Truth("部门职责", footnoted, "呼叫中心¹\n接听客户来电\n受理投诉\n¹ 原名话务班",
          facts=(("呼叫中心", "部门职责", "接听客户来电"), ("呼叫中心", "备注", "原名话务班"))),
    Truth("公式", formula, "效率=产出/投入+x²+√(2x)"),
    Truth("看不见的字", unseen,
          "看得见的话。\n描了边的白字。\n深底白字看得见。\n旧规定作废。新规定生效。\n从页外移进来的话。",
          warnings=("有 2 处隐藏的文字,放映时看不见,没有收入", "有 1 处放在页面之外的文字,放映时看不见,没有收入",
                    "有 3 处与底色相同、透明或极小的文字,放映时看不见,没有收入",
                    "有 1 处带删除线的文字,已照常收入,请确认是否作废")),
    Truth("用制表符排的表", tabs, "部门 | 职责 | 编制\n市场部 | 宣传 | 5\n销售部 | 签约 | 8",
          cells={"宣传": ("市场部", "职责"), "8": ("销售部", "编制")}),
    Truth("机房", objects, "图片说明：机房的照片,左边是配电柜\n机房须知。",
          warnings=("有 1 处视频没有读取,其中的文字不会被检索到", "有 1 处音频没有读取,其中的文字不会被检索到",
                    "有 1 处墨迹没有读取,其中的文字不会被检索到", "有 1 处嵌入对象没有读取,其中的文字不会被检索到")),
    Truth("备注与批注", remarks, "正文在此。\n先讲缘由。\n再讲做法。",
          warnings=("有 3 条批注,批注不是讲义内容,没有收入",)),
    Truth("隐藏的一页", hidden, "备用的一页。", warnings=("是隐藏页,放映时不显示,内容已照常收入",)),
    Truth("", untitled, "没有占位符的标题\n没有占位符的正文。\n要点一\n  要点一之一\n要点二", layout=BLANK),
)  # fmt: skip
