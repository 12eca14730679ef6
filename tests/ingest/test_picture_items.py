"""Recognised lines and rules → items: order, boxes, charts, tables, and that no line is lost, without a recogniser."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kejian.corpus.terms import TermBase
from kejian.ingest.drawing import Frame
from kejian.ingest.lexicon import Lexicon
from kejian.ingest.outline import Item, Table
from kejian.ingest.pdf_frame import Box
from kejian.ingest.picture_items import Shown, moved, shown
from kejian.ingest.picture_rules import boxes_and_strokes
from kejian.ingest.pictures import FLOOR, Edges, Seen, SeenLine

FRAME = Frame(0, 0, 9_144_000, 5_143_500)  # 720 by 405 points: half a point to the pixel
LEXICON = Lexicon(TermBase.read(Path(__file__).with_name("terms.yaml")))


def line(text: str, left: float, top: float, height: float = 40, confidence: float = 0.98) -> SeenLine:
    return SeenLine(text, confidence, left, top, left + height * 0.8 * len(text), top + height)


def read(*lines: SeenLine, rules: tuple[Edges, ...] = (), structured: bool = False) -> Shown:
    return shown(Seen(1440, 810, lines, rules), FRAME, LEXICON, structured)


def texts(found: Shown) -> list[str]:
    return [part.text if isinstance(part, Item) else " ".join(c.text for c in part.cells()) for part in found.parts]


def frame_of(left: float, top: float, right: float, bottom: float, corner: float = 0) -> tuple[Edges, ...]:
    """The rules of a box whose corners are round by ``corner``."""
    a, b, c, d = left + corner, top + corner, right - corner, bottom - corner
    return ((a, top, c, top), (a, bottom, c, bottom), (left, b, left, d), (right, b, right, d))


def test_columns_are_read_one_after_the_other() -> None:
    found = read(
        line("优势明显", 60, 60, 60), line("不足之处", 800, 62, 60),
        line("• 成本低", 60, 160), line("• 覆盖面有限", 800, 158),
        line("• 见效快", 60, 230), line("• 依赖人工", 800, 233),
    )  # fmt: skip
    assert texts(found) == ["优势明显", "成本低", "见效快", "不足之处", "覆盖面有限", "依赖人工"]
    assert {part.kind for part in found.parts if isinstance(part, Item)} == {"picture"}


def test_a_page_that_is_a_picture_keeps_its_headings_and_lists() -> None:
    found = read(line("盘点流程", 60, 40, 70), line("• 停止出入库", 60, 200), line("• 清点", 60, 280), structured=True)
    assert [part.kind for part in found.parts if isinstance(part, Item)] == ["title", "bullet", "bullet"]


def test_boxes_with_round_corners_and_a_branching_line_are_a_chart() -> None:
    rules = (
        *frame_of(600, 40, 840, 110, 14), *frame_of(200, 300, 440, 370, 14), *frame_of(1000, 300, 1240, 370, 14),
        (720, 110, 720, 200), (320, 200, 1120, 200), (320, 200, 320, 300), (1120, 200, 1120, 300),
    )  # fmt: skip
    names = (line("总经理", 660, 55), line("生产部", 260, 315), line("质量部", 1060, 315))
    found = read(*names, rules=rules)
    units = [(part.text, part.level) for part in found.parts if isinstance(part, Item) and part.kind == "unit"]
    assert units == [("总经理", 0), ("生产部", 1), ("质量部", 1)]


def test_shaded_rows_are_no_boxes_of_text() -> None:
    found = read(line("产品", 60, 45), line("资费", 500, 43), line("说明", 900, 47), rules=frame_of(20, 20, 1400, 110))
    assert texts(found) == ["产品", "资费", "说明"]


def test_doubtful_lines_are_left_out() -> None:
    assert texts(read(line("清楚", 60, 60), line("模糊", 60, 300, confidence=FLOOR - 0.01))) == ["清楚"]
    assert read().parts == ()


def test_a_trunk_that_runs_on_is_cut_where_a_branch_meets_it() -> None:
    boxes, strokes = boxes_and_strokes([Box(300, 50, 300, 200), Box(100, 120, 500, 120)])
    assert boxes == []
    assert sorted(stroke.points for stroke in strokes) == [
        ((100, 120), (300, 120)),
        ((300, 50), (300, 120)),
        ((300, 120), (300, 200)),
        ((300, 120), (500, 120)),
    ]


def test_shapes_are_counted_behind_those_of_the_page() -> None:
    found = moved(read(line("甲部门", 60, 60), line("乙部门", 60, 400)), 7)
    assert [part.shape for part in found.parts] == [7, 8]


EDGE = st.integers(0, 1400)
WORD = st.text(st.sampled_from("部门职责流程A1•.。:"), min_size=1, max_size=12)
LINE = st.builds(line, WORD, EDGE, EDGE, st.integers(8, 90), st.floats(0, 1))
RULE = st.tuples(EDGE, EDGE, EDGE, EDGE).map(
    lambda e: (
        (min(e[0], e[2]), e[1], max(e[0], e[2]), e[1]) if e[3] % 2 else (e[0], min(e[1], e[3]), e[0], max(e[1:4:2]))
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=14), st.lists(RULE, max_size=12), st.booleans())
def test_no_legible_character_is_lost(lines: list[SeenLine], rules: list[Edges], structured: bool) -> None:
    found = read(*lines, rules=tuple(rules), structured=structured)
    said = Counter("".join(texts(found)).replace(" ", ""))
    wanted = Counter("".join(li.text for li in Seen(1, 1, tuple(lines)).legible))
    assert {char: n for char, n in (wanted - said).items() if char not in "•A1.。:"} == {}
    for part in found.parts:
        assert part.shape is not None
        assert part.shape < len(found.shapes)
        assert isinstance(part, Table) or part.confidence is not None
