from hypothesis import given
from hypothesis import strategies as st

from kejian.ingest.model import Block
from kejian.ui.slide_frame import Frame
from kejian.ui.slide_table import lay_out
from kejian.ui.table_cells import cells_of

SOURCE = "部门 | 职责\n大客户部 | 统管全业务营销；建立深层次的关系\n呼叫中心 | 运营 1000 | 号"


def block(text: str) -> Block:
    start = SOURCE.index(text)
    return Block("b", "cell", text, start, start + len(text))


BLOCKS = [block(text) for text in ("大客户部", "统管全业务营销", "建立深层次的关系", "运营 1000 | 号")]
FRAME = Frame(10, 20, 300, 120, 0, len(SOURCE), "table")


def test_cells_are_found_and_a_separator_inside_a_block_is_text() -> None:
    texts = [SOURCE[cell.start : cell.end] for cell in cells_of(SOURCE, 0, len(SOURCE), BLOCKS)]
    assert texts == ["部门", "职责", "大客户部", "统管全业务营销；建立深层次的关系", "呼叫中心", "运营 1000 | 号"]


MERGED = "直线制 | 矩阵制\n优点 | 权责清楚"


def placed(text: str, *cell: int) -> Block:
    start = MERGED.index(text)
    return Block("b", "cell", text, start, start + len(text), cell=cell)


def test_cells_stand_at_their_places_beside_empty_and_merged_ones() -> None:
    blocks = [placed("直线制", 0, 1, 1, 1), placed("矩阵制", 0, 2, 1, 1)]
    blocks += [placed("优点", 1, 0, 1, 1), placed("权责清楚", 1, 1, 1, 2)]
    table = lay_out(Frame(10, 20, 300, 120, 0, len(MERGED), "table"), MERGED, blocks)
    corner, first, second, side, wide = table.cells
    assert [MERGED[cell.start : cell.end] for cell in table.cells] == ["", "直线制", "矩阵制", "优点", "权责清楚"]
    assert (corner.x, corner.y, corner.width) == (side.x, 20, side.width)
    assert (wide.x, wide.y) == (first.x, side.y)
    assert abs(wide.x + wide.width - second.x - second.width) < 0.01
    assert abs(second.x + second.width - 310) < 0.01


def test_cells_fill_the_frame_and_hold_their_text() -> None:
    table = lay_out(FRAME, SOURCE, BLOCKS)
    assert max(cell.x + cell.width for cell in table.cells) <= 310.01
    assert abs(max(cell.y + cell.height for cell in table.cells) - 140) < 0.01
    for row in table.rows:
        (cell,) = [c for c in table.cells if c.start <= row.line.start and row.line.end <= c.end]
        assert cell.x <= row.x
        assert cell.y <= row.y < cell.y + cell.height


def test_each_block_of_a_cell_begins_a_line() -> None:
    starts = {row.line.start for row in lay_out(FRAME, SOURCE, BLOCKS).rows}
    assert {b.start for b in BLOCKS} <= starts


@given(
    st.lists(
        st.lists(st.sampled_from(["", "部", "部门职责" * 9, "a b"]), min_size=1, max_size=4), min_size=1, max_size=5
    )
)
def test_any_table_is_laid_out(cells: list[list[str]]) -> None:
    source = "\n".join(" | ".join(row) for row in cells)
    table = lay_out(Frame(0, 0, 400, 200, 0, len(source), "table"), source, [])
    said = "".join(source[row.line.start : row.line.end] for row in table.rows)
    assert said == "".join(map("".join, cells))
