"""A small library made by hand: slides with and without geometry, and an answer of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kejian.assistant.answer import (
    NOT_MENTIONED,
    Answer,
    Cell,
    Citation,
    Matrix,
    Nearest,
    Refusal,
    Row,
    Sentence,
    Structure,
)
from kejian.corpus.errors import SetupError
from kejian.index.records import Place, Records
from kejian.ingest.model import Block, BlockKind, Deck, Shape, Slide

EMU = 12_700  # one point
WIDTH, HEIGHT = 960 * EMU, 540 * EMU


@dataclass
class SlideWriter:
    """Collects the texts of a slide with their offsets."""

    number: int
    title: str
    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)

    def say(self, text: str, kind: BlockKind, level: int = 0, place: tuple[int, int, int, int] | None = None) -> int:
        """Add one line; ``place`` is (left, top, width, height) in points. Returns the index of its shape."""
        start = sum(len(line) + 1 for line in self.lines) + 2 * level
        self.lines.append("  " * level + text)
        end = start + len(text)
        shape = None
        if place:
            shape = len(self.shapes)
            left, top, width, height = (value * EMU for value in place)
            drawn = "box" if kind in ("unit", "cell") else "text"
            self.shapes.append(Shape(drawn, left, top, width, height, start, end))
        self.blocks.append(Block(f"b{len(self.blocks)}", kind, text, start, end, level=level, shape=shape))
        return len(self.shapes) - 1

    def join(self, upper: int, lower: int) -> None:
        self.shapes.append(Shape("connector", 0, 0, 0, 0, begin_shape=upper, end_shape=lower))

    def slide(self, position: int) -> Slide:
        width, height = (WIDTH, HEIGHT) if self.shapes else (0, 0)
        return Slide(
            f"s{self.number}",
            self.number,
            position,
            self.title,
            "\n".join(self.lines),
            tuple(self.blocks),
            shapes=tuple(self.shapes),
            width=width,
            height=height,
        )


TYPES = {
    "前后端型": (
        ["营销职能集中,面向客户有规模优势", "各部门自行调度资源,部门内部的使用最优", "部门内决策快,少受其他部门牵制"],
        ["对市场需求的快速反应不利", "资源冲突时,部门可能只顾自己的利益来分配", "各管一摊,跨部门决策效率低"],
    ),
    "产品主导型": (
        ["贴近客户对产品的要求", "对市场和客户需求反应快,新产品尤其如此"],
        ["跨类别的产品缺少部门间的协作", "可能失去规模优势"],
    ),
    "客户主导型": (
        ["以客户需求为中心,能挖掘不同客户群的潜力", "对市场反应快,经济效益最好"],
        ["人员、系统和基础设施重复,资源利用率下降"],
    ),
}
UNITS = ["大客户部", "市场拓展部", "商业客户部(中小企业部)", "公众客户部(个人客户部)", "黄页号簿公司", "公话公司"]


def types_slide() -> Slide:
    page = SlideWriter(16, "本地网组织架构的三种模式")
    page.say(page.title, "title", place=(40, 24, 880, 50))
    for column, (name, (good, bad)) in enumerate(TYPES.items()):
        left = 40 + column * 300
        page.say(name, "heading", place=(left, 90, 280, 36))
        page.say("优点", "heading", place=(left, 130, 280, 36))
        for row, text in enumerate(good):
            page.say(text, "bullet", level=1, place=(left, 166 + row * 52, 280, 50))
        page.say("缺点", "heading", place=(left, 324, 280, 36))
        for row, text in enumerate(bad):
            page.say(text, "bullet", level=1, place=(left, 360 + row * 52, 280, 50))
    return page.slide(1)


def chart_slide() -> Slide:
    page = SlideWriter(17, "建议的本地网组织架构")
    page.say(page.title, "title", place=(40, 20, 880, 48))
    root = page.say("总经理", "unit", place=(400, 90, 160, 40))
    market = page.say("营销中心", "unit", level=1, place=(200, 180, 160, 40))
    for number, name in enumerate(UNITS):
        child = page.say(name, "unit", level=2, place=(30 + number * 100, 280, 88, 90))
        page.join(market, child)
    network = page.say("网络中心", "unit", level=1, place=(660, 180, 160, 40))
    for number, name in enumerate(["网络管理调度部", "资源调配建设部", "维护安装部"]):
        child = page.say(name, "unit", level=2, place=(640 + number * 100, 280, 88, 90))
        page.join(network, child)
    page.join(root, market)
    page.join(root, network)
    page.say("** 原则上不设置,各地视自己的情况决定", "footnote", place=(40, 490, 880, 30))
    page.say("讲课时先说明两个中心的分工", "note")
    return page.slide(2)


def plain_slide() -> Slide:
    page = SlideWriter(18, "营销中心组织结构与职责")
    page.say(page.title, "title")
    page.say("大客户部", "heading")
    page.say("负责大客户的全业务营销", "bullet")
    page.say("建立深层次的客户关系", "bullet")
    page.say("组织大客户的市场调查与分析", "bullet")
    page.say("呼叫中心", "heading")
    page.say("运营 1000 号呼叫中心,并开发其系统", "bullet")
    return page.slide(3)


HOSTILE = '<script>document.title="owned"</script><img src=http://evil.invalid/x onerror="document.title=1">'
HOSTILE_MARKDOWN = "![x](http://evil.invalid/y) **粗体** [点我](javascript:alert(1)) `${1+1}` {{constructor}} [1]"
HOSTILE_NAME = '"><svg onload=alert(1)>\u202e.xtpp'


def hostile_slide() -> Slide:
    page = SlideWriter(5, HOSTILE)
    page.say(HOSTILE, "title", place=(40, 24, 880, 50))
    page.say(HOSTILE_MARKDOWN, "paragraph", place=(40, 100, 880, 200))
    page.say(HOSTILE_NAME, "unit", place=(40, 320, 300, 80))
    return page.slide(1)


BPR = Deck("bpr000000001", "BPR 理念培训", "0" * 64, (types_slide(), chart_slide(), plain_slide()))
EVIL = Deck("evil00000001", HOSTILE_NAME, "1" * 64, (hostile_slide(),))


@dataclass
class Citations:
    """Numbers quotes found in the slides."""

    made: list[Citation] = field(default_factory=list)

    def of(self, deck: Deck, slide: Slide, quote: str) -> int:
        start = slide.source.index(quote)
        n = len(self.made) + 1
        place = (deck.id, deck.title, slide.number, slide.title)
        self.made.append(Citation(n, *place, quote, start, start + len(quote), True))
        return n


def listing(question: str = "前后端型有哪些优点?", resolved: str = "") -> Answer:
    cites = Citations()
    slide = BPR.slides[0]
    good = TYPES["前后端型"][0]
    sentences = tuple(Sentence(text, (cites.of(BPR, slide, text),)) for text in good)
    said = "\n".join(f"- {s.text}[{s.citations[0]}]" for s in sentences)
    return Answer(
        question,
        resolved or question,
        "list",
        f"**前后端型的优点**\n\n{said}",
        sentences,
        tuple(cites.made),
        suggestions=("前后端型的缺点有哪些?", "前后端型与产品主导型比较"),
    )


def explaining(question: str) -> Answer:
    cites = Citations()
    slide = BPR.slides[2]
    texts = ["负责大客户的全业务营销", "建立深层次的客户关系", "组织大客户的市场调查与分析"]
    sentences = tuple(Sentence(f"大客户部{text}。", (cites.of(BPR, slide, text),)) for text in texts)
    said = "\n\n".join(f"{s.text}[{s.citations[0]}]" for s in sentences)
    return Answer(question, "大客户部的职责", "explain", said, sentences, tuple(cites.made))


def comparing(question: str) -> Answer:
    cites = Citations()
    slide = BPR.slides[0]

    def cell(points: Sequence[str]) -> Cell:
        return Cell("\n".join(points), tuple(cites.of(BPR, slide, point) for point in points))

    rows = [Row(name, tuple(cell(TYPES[t][i]) for t in TYPES)) for i, name in enumerate(("优点", "缺点"))]
    rows.append(Row("设计原理", tuple(Cell(NOT_MENTIONED) for _ in TYPES)))
    matrix = Matrix(tuple(TYPES), tuple(rows))
    title = f"**{'、'.join(TYPES)}的比较**"
    return Answer(question, question, "compare", title, (), tuple(cites.made), matrix=matrix)


def structuring(question: str) -> Answer:
    cites = Citations()
    slide = BPR.slides[1]

    def unit(name: str, children: tuple[Structure, ...] = ()) -> Structure:
        return Structure(name, (), children, (cites.of(BPR, slide, name),))

    market = unit("营销中心", tuple(unit(name) for name in UNITS))
    network = unit("网络中心", tuple(unit(n) for n in ("网络管理调度部", "资源调配建设部", "维护安装部")))
    tree = unit("总经理", (market, network))
    first = Sentence("总经理下设 2 个单位:营销中心、网络中心。", (market.citations[0], network.citations[0]))
    said = f"**建议的本地网组织架构**\n\n{first.text}[{first.citations[0]}][{first.citations[1]}]"
    return Answer(question, question, "structure", said, (first,), tuple(cites.made), structure=tree)


def refusing(question: str) -> Answer:
    text = "材料没有写前后端型的实施费用。关于前后端型,材料写到的有:优点(3 项)、缺点(3 项)。"
    near = (
        Nearest(BPR.id, 16, BPR.title, BPR.slides[0].title),
        Nearest(BPR.id, 17, BPR.title, BPR.slides[1].title),
    )
    refusal = Refusal("not_in_material", ("优点(3 项)", "缺点(3 项)"), "实施费用", near)
    return Answer(question, question, "refusal", text, (Sentence(text, ()),), (), refusal=refusal)


def asking_back(question: str) -> Answer:
    names = ("前后端型", "前后台型")
    text = f"“前后”可以指几个对象。您问的是{'，还是'.join(names)}？"
    refusal = Refusal("ambiguous", names, "前后", (Nearest(BPR.id, 16, BPR.title, BPR.slides[0].title),))
    asked = tuple(question.replace("前后", name) for name in names)
    return Answer(question, question, "refusal", text, (Sentence(text, ()),), (), refusal=refusal, suggestions=asked)


def hostile(question: str) -> Answer:
    cites = Citations()
    slide = EVIL.slides[0]
    quotes = (HOSTILE, HOSTILE_MARKDOWN, HOSTILE_NAME)
    sentences = tuple(Sentence(quote, (cites.of(EVIL, slide, quote),)) for quote in quotes)
    tree = Structure(HOSTILE_NAME, (), (Structure(HOSTILE, (), (), (1,)),), (3,))
    matrix = Matrix((HOSTILE, HOSTILE_NAME), (Row(HOSTILE_MARKDOWN, (Cell(HOSTILE, (1,)), Cell(NOT_MENTIONED))),))
    return Answer(
        question,
        f"{question} {HOSTILE_NAME}",
        "explain",
        "\n\n".join(f"{s.text}[{s.citations[0]}]" for s in sentences),
        sentences,
        tuple(cites.made),
        matrix=matrix,
        structure=tree,
        suggestions=(HOSTILE,),
    )


ANSWERS = {
    "比较": comparing,
    "结构": structuring,
    "费用": refusing,
    "职责": explaining,
    "恶意": hostile,
    "哪个前后": asking_back,
}


@dataclass(frozen=True)
class Listed:
    id: str
    title: str
    slides: int


@dataclass
class SampleLibrary:
    """Answers by a word in the question; remembers what it was asked with."""

    shelf: tuple[Deck, ...] = (BPR, EVIL)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    records: Records | None = None

    def ask(self, question: str, turns: Sequence[str], place: Place | None = None) -> Answer:
        self.asked.append((question, tuple(turns)))
        answer = self._answer(question, bool(turns))
        if place and self.records:
            self.records.keep(place, question, answer.to_json())
        return answer

    def _answer(self, question: str, follows: bool) -> Answer:
        if "故障" in question:
            raise SetupError("索引与模型不符,请运行 kejian doctor")
        if "崩溃" in question:
            raise ZeroDivisionError
        made = next((make for word, make in ANSWERS.items() if word in question), None)
        if made:
            return made(question)
        return listing(question, "前后端型有哪些优点" if "它" in question and follows else "")

    def examples(self, n: int) -> Sequence[str]:
        asked = ("前后端型有哪些优点?", "比较三种组织模式", "建议的本地网组织结构是怎样的?", "大客户部的职责是什么?")
        return asked[:n]

    def decks(self) -> Sequence[Listed]:
        return [Listed(deck.id, deck.title, len(deck.slides)) for deck in self.shelf]

    def slide(self, deck_id: str, number: int) -> tuple[Deck, Slide] | None:
        pages = ((deck, slide) for deck in self.shelf for slide in deck.slides)
        return next(((d, s) for d, s in pages if d.id == deck_id and s.number == number), None)
