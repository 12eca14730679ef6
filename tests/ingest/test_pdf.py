"""PDF: reading order, paragraphs, headings, lists, ruled tables, page numbers, and what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from pdf_maker import line, lines, pdf, printed
from reading import Read

from kejian.corpus.errors import RefusedFile
from kejian.ingest.model import Deck

LEFT = (
    "左栏说明培训的目的和意义,每一位新员工都要参加入职培训,培训时间为三天,"
    "内容包括公司制度、业务知识和安全常识,结束后参加考试,成绩合格者方可上岗。"
)
RIGHT = (
    "右栏说明考核办法,考核分为理论考试和实际操作两个部分,各占百分之五十,两"
    "项都达到六十分为合格,不合格者可以补考一次,补考仍不合格的调整到其他岗位。"
)
WRAPPED = (
    "员工应当按照公司规定的作息时间上下班,不得迟到、早退或者无故缺勤;因"
    "故不能到岗的,应当提前向直接主管请假并说明理由,由主管批准后方可离开。"
)
HTML = f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>员工手册</title><style>
@page {{ size: A4; margin: 20mm }} body {{ font: 11pt "Noto Sans CJK SC"; line-height: 1.6 }}
.columns {{ columns: 2; column-gap: 12mm }} 
table {{ border-collapse: collapse }} td, th {{ border: 1px solid #333; padding: 4px 8px }}
h2 {{ break-after: avoid }} .new {{ break-before: page }}
</style></head><body>
<h1>员工手册</h1><h2>一、考勤管理</h2><p>{WRAPPED}</p>
<h3>1.1 请假</h3><ul><li>病假:凭医院证明</li><li>事假:提前一天申请<ul><li>三天以内由部门经理批准</li></ul></li></ul>
<div class="columns"><p>{LEFT}</p><p>{RIGHT}</p></div>
<h2>二、薪酬</h2><table><tr><th>岗位</th><th>职责</th><th>工资</th></tr>
<tr><td>客服专员</td><td>接听客户来电并记录问题</td><td>5000</td></tr>
<tr><td>技术员</td><td colspan="2">负责设备维护</td></tr></table>
<ol><li>填写申请表</li><li>主管签字</li></ol>
<h2 class="new">三、培训</h2><p>新员工的培训由人事部组织。</p></body></html>"""


def assert_exact(deck: Deck) -> None:
    """Every offset quotes exactly what it should, and every shape lies on its page."""
    for slide in deck.slides:
        for part in (*slide.blocks, *slide.facts, *slide.passages):
            assert slide.source[part.start : part.end] == part.text
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= slide.width
            assert 0 <= shape.top <= shape.top + shape.height <= slide.height
        assert all(block.shape is not None and block.shape < len(slide.shapes) for block in slide.blocks)


@pytest.fixture(scope="module")
def handbook_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return printed(HTML, tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="module")
def handbook(handbook_pdf: bytes, read: Read) -> Deck:
    return read("handbook.pdf", handbook_pdf)


def test_text_of_a_printed_page_in_reading_order(handbook: Deck) -> None:
    assert_exact(handbook)
    assert handbook.title == "员工手册"
    assert handbook.warnings == ()
    assert [(slide.number, slide.title) for slide in handbook.slides] == [(1, "员工手册"), (2, "培训")]
    assert handbook.slides[0].source.splitlines() == [
        "员工手册",
        "一、考勤管理",
        WRAPPED,
        "1.1 请假",
        "病假:凭医院证明",
        "事假:提前一天申请",
        "  三天以内由部门经理批准",
        LEFT,
        RIGHT,
        "二、薪酬",
        "岗位 | 职责 | 工资",
        "客服专员 | 接听客户来电并记录问题 | 5000",
        "技术员 | 负责设备维护",
        "1. 填写申请表",
        "2. 主管签字",
    ]


def test_headings_lists_and_table_of_a_printed_page(handbook: Deck) -> None:
    slide = handbook.slides[0]
    kinds = {block.text: block.kind for block in slide.blocks}
    assert kinds["一、考勤管理"] == kinds["1.1 请假"] == kinds["二、薪酬"] == "heading"
    assert kinds["病假:凭医院证明"] == kinds["2. 主管签字"] == "bullet"
    cells = {block.text: (block.row, block.column) for block in slide.blocks if block.kind == "cell"}
    assert cells["接听客户来电并记录问题"] == ("客服专员", "职责")
    facts = {(fact.subject, fact.aspect): fact.text for fact in slide.facts}
    assert facts["客服专员", "职责"] == "接听客户来电并记录问题"
    assert slide.width == pytest.approx(595 * 12_700, rel=0.01)


def test_without_a_unicode_map_it_is_refused(handbook_pdf: bytes, read: Read) -> None:
    with pytest.raises(RefusedFile, match="第 1–2 页没有可用的文字层"):
        read("nomap.pdf", handbook_pdf.replace(b"/ToUnicode", b"/ToUnicodX"))


TEXT = lines(["A line of text that says something about the matter."])
IMAGE = "q 10 0 0 10 0 0 cm 0 0 10 10 re f Q"
REFUSED = {
    "empty.pdf": (b"", "空文件"),
    "text.pdf": (b"hello", "不是 PDF"),
    "header.pdf": (b"%PDF-1.7", "损坏"),
    "cut.pdf": (pdf(TEXT)[:300], "损坏"),
    "locked.pdf": (
        pdf(TEXT, trailer="/Encrypt << /Filter /Standard /V 9 /R 9 /O (a) /U (b) /P 0 >> /ID [(a)(b)]"),
        "密码",
    ),
    "scan.pdf": (pdf(IMAGE, IMAGE), "第 1–2 页没有可用的文字层"),
    "blank.pdf": (pdf(""), "第 1 页没有可用的文字层"),
    "garbage.pdf": (
        pdf(
            TEXT,
            encoding="/Encoding << /Type /Encoding /Differences [32 "
            + " ".join(f"/uniE{code:03X}" for code in range(32, 127))
            + "] >>",
        ),
        "第 1 页没有可用的文字层",
    ),
    "none.pdf": (pdf(), ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_line(name: str, read: Read) -> None:
    content, reason = REFUSED[name]
    with pytest.raises(RefusedFile) as caught:
        read(name, content)
    message = str(caught.value)
    assert name in message
    assert reason in message
    assert "\n" not in message


def test_too_many_pages(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kejian.ingest.pdf.MOST_PAGES", 2)
    with pytest.raises(RefusedFile, match="有 3 页,超过 2 页"):
        read("long.pdf", pdf(TEXT, TEXT, TEXT))


def test_a_page_without_text_is_warned_of(read: Read) -> None:
    deck = read("mixed.pdf", pdf(TEXT, IMAGE, TEXT))
    assert [slide.number for slide in deck.slides] == [1, 2, 3]
    assert deck.warnings == (
        "第 2 页没有可用的文字层(扫描件或缺少字符映射),需要先做文字识别",
        "图片中的文字没有识别,要识别请运行 pip install 'kejian[ocr]',然后重新收入",
    )


def test_running_heads_are_left_out_and_page_numbers_used(read: Read) -> None:
    pages = [
        line("Company Handbook 2024", 150, 570) + "\n" + TEXT + "\n" + line(f"- {number} -", 190, 30)
        for number in range(16, 21)
    ]
    deck = read("numbered.pdf", pdf(*pages))
    assert [slide.number for slide in deck.slides] == [16, 17, 18, 19, 20]
    assert {slide.source for slide in deck.slides} == {"A line of text that says something about the matter."}
    assert deck.warnings == ("每页重复的页眉页脚没有收入:「Company Handbook 2024」",)


def test_page_labels_number_the_pages(read: Read) -> None:
    labels = "/PageLabels << /Nums [0 << /S /D /St 7 >>] >>"
    assert [slide.number for slide in read("labels.pdf", pdf(TEXT, TEXT, catalog=labels)).slides] == [7, 8]


def test_scripts_are_ignored(read: Read) -> None:
    script = "/OpenAction << /S /JavaScript /JS (app.alert\\('x'\\)) >>"
    assert read("script.pdf", pdf(TEXT, catalog=script)).slides[0].source.startswith("A line")


def test_bold_headings_and_what_the_file_writes_last(read: Read) -> None:
    """The heading comes last in the content stream; its place puts it first."""
    body = lines([f"Some words of the body, line number {word}, and so on." for word in ("one", "two", "three")])
    deck = read("late.pdf", pdf(body + "\n" + line("Duties of the desk", 40, 540, 10, "F2")))
    assert deck.slides[0].title == "Duties of the desk"


def test_a_section_goes_on_over_the_page(read: Read) -> None:
    first = line("Leave", 40, 540, 16) + "\n" + TEXT
    second = lines(["Applications are made a day before.", "They are signed by the head of the office."])
    slides = read("section.pdf", pdf(first, second)).slides
    assert {block.path for block in slides[1].blocks} == {("Leave",)}


def test_turned_text_is_warned_of(read: Read) -> None:
    watermark = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (SECRET) Tj ET"
    deck = read("watermark.pdf", pdf(TEXT + "\n" + watermark))
    assert "SECRET" not in deck.slides[0].source
    assert deck.warnings == ("第 1 页有斜排或竖排的文字(如水印)没有读取",)


def test_boxes_that_draw_no_table_are_none(read: Read) -> None:
    boxes = "40 400 100 40 re S 240 400 100 40 re S 140 420 m 240 420 l S"
    texts = line("Left box", 60, 415) + "\n" + line("Right box", 260, 415)
    deck = read("boxes.pdf", pdf(boxes + "\n" + texts))
    assert deck.slides[0].source.splitlines() == ["Left box", "Right box"]
    assert [shape.kind for shape in deck.slides[0].shapes] == ["box", "box"]


SVG = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><style>@page{size:A4 landscape;margin:15mm}
body{font:12pt "Noto Sans CJK SC"} svg text{font:14px "Noto Sans CJK SC"}</style></head><body><h1>公司组织结构</h1>
<svg width="900" height="320"><g fill="#eef" stroke="#336"><rect x="380" y="10" width="140" height="44" rx="8"/>
<rect x="100" y="140" width="140" height="44"/><rect x="243" y="140" width="140" height="44"/>
<rect x="660" y="140" width="140" height="44"/><rect x="40" y="260" width="120" height="44"/>
<rect x="190" y="260" width="120" height="44"/></g><g fill="none" stroke="#333"><path d="M450 54 V97 H170 V140"/>
<path d="M450 54 V97 H313 V140"/><path d="M450 54 V97 H730 V140"/><path d="M170 184 V220"/><path d="M100 220 H250"/>
<path d="M100 220 V260"/><path d="M250 220 V260"/></g><g text-anchor="middle"><text x="450" y="38">总经理</text>
<text x="170" y="168">市场部华东和华南区</text><text x="313" y="168">财务部会计和出纳组</text>
<text x="730" y="160">人力</text><text x="730" y="178">资源部</text><text x="100" y="288">品牌组</text>
<text x="250" y="288">渠道组</text></g></svg><p>各部门负责人向总经理汇报。</p></body></html>"""


def test_a_chart_drawn_on_a_slide(read: Read, tmp_path: Path) -> None:
    """Rounded boxes, elbows, a stem that divides, boxes side by side, a name on two lines."""
    deck = read("slide.pdf", printed(SVG, tmp_path))
    assert_exact(deck)
    slide = deck.slides[0]
    assert slide.title == "公司组织结构"
    assert {(relation.parent, relation.child) for relation in slide.relations} == {
        ("总经理", "市场部华东和华南区"), ("总经理", "财务部会计和出纳组"), ("总经理", "人力资源部"),
        ("市场部华东和华南区", "品牌组"), ("市场部华东和华南区", "渠道组"),
    }  # fmt: skip
    assert slide.source.splitlines()[-1] == "各部门负责人向总经理汇报。"


def test_a_page_of_too_many_characters_is_warned_of(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kejian.ingest.pdf_page.MOST_GLYPHS", 20)
    assert read("cut.pdf", pdf(TEXT)).warnings == ("第 1 页的文字超过 100000 字,只读取了前 100000 字",)


def test_many_threads_read_at_once(read: Read) -> None:
    content = pdf(*[TEXT] * 5)
    with ThreadPoolExecutor(4) as pool:
        decks = list(pool.map(lambda number: read(f"thread{number}.pdf", content), range(12)))
    texts = [[slide.source for slide in deck.slides] for deck in decks]
    assert all(one == two for one, two in pairwise(texts))


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_are_refused_or_read(seed: int, read: Read) -> None:
    random = Random(seed)
    content = bytearray(pdf(TEXT, IMAGE, lines(["One", "Two"])))
    for _ in range(random.randint(1, 20)):
        content[random.randrange(len(content))] = random.randrange(256)
    with suppress(RefusedFile):
        assert_exact(read("damaged.pdf", bytes(content)))
