from pathlib import Path

import pytest

from kejian.corpus.deck_source import Chart, Entry, Node, Paragraph, Points, Records, Row, Section, Table, read_source
from kejian.corpus.errors import UsageError

HEAD = "title: 甲\nslides:\n  - number: 3\n    title: 乙\n    body:\n"


def body_of(tmp_path: Path, body: str) -> tuple[object, ...]:
    path = tmp_path / "deck.yaml"
    path.write_text(HEAD + body, encoding="utf-8")
    return read_source(path).slides[0].body


def fault_of(tmp_path: Path, text: str) -> str:
    path = tmp_path / "deck.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_source(path)
    message = str(error.value)
    assert "deck.yaml" in message
    assert "\n" not in message
    return message


def test_every_kind_of_content_is_read(tmp_path: Path) -> None:
    body = """
      - text: 一段
      - bullets: [甲, 乙]
      - steps: [先, 后]
      - table: {columns: [名称, 优点], rows: [[丙, [一, 二]]]}
      - row:
          - heading: 丁的结构
            body:
              - chart: {丁: [戊, {己: [庚]}]}
    """
    assert body_of(tmp_path, body) == (
        Paragraph("一段"),
        Points(("甲", "乙")),
        Points(("先", "后"), numbered=True),
        Table(("名称", "优点"), ((("丙",), ("一", "二")),)),
        Row((Section("丁的结构", (Chart(Node("丁", (Node("戊"), Node("己", (Node("庚"),))))),)),)),
    )


def test_records_keep_aspects_parallel_and_sub_units_below_their_unit(tmp_path: Path) -> None:
    body = """
      - records:
          head: 部门
          entries:
            - 甲部: {职责: [管], 备注: 无, units: [{乙组: {职责: [做]}}]}
    """
    expected = Records(
        "部门", ("职责", "备注"), (Entry("甲部", (("管",), ("无",))), Entry("乙组", (("做",), ()), level=1))
    )
    assert body_of(tmp_path, body) == (expected,)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("      - picture: 甲.png", "第 3 页有不认识的内容 picture"),
        ("      - 甲", "“种类: 内容”"),
        ("      - table: {columns: [甲, 乙], rows: [[丙]]}", "「丙」一行有 1 格"),
        ("      - table: {columns: [甲]}", "缺少 rows"),
        ("      - records: {head: 甲, entries: [{乙: 丙}]}", "的「乙」要写成"),
        ("      - chart: {甲: [], 乙: []}", "一项一个名称"),
        ("      - bullets: 甲", "要写成列表"),
        ("      []", "第 3 页的 body 是空的"),
        ("      - {heading: 甲, body: [{text: 乙}]}\n      - text: 丙", "heading 后面不能再跟没有标题的内容"),
    ],
)
def test_a_faulty_body_is_refused_with_the_page(tmp_path: Path, body: str, said: str) -> None:
    assert said in fault_of(tmp_path, HEAD + body)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- 甲", "“键: 值”"),
        ("title: 甲\nslides: []\nauthor: 乙", "不认识的键 author"),
        ("title: 甲\nslides: []", "至少要有一张"),
        ("title: 甲\nslides:\n  - {number: 一, title: 乙, body: [text: 丙]}", "number 要写整数"),
        (
            "title: 甲\nslides:\n  - {number: 1, title: 乙, body: [text: 丙]}\n"
            "  - {number: 3, title: 丙, body: [text: 丁]}",
            "连续递增",
        ),
        ("title: [", "UTF-8 的 YAML"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in fault_of(tmp_path, text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="FileNotFoundError"):
        read_source(tmp_path / "none.yaml")


def test_the_shipped_sources_are_read(source: Path) -> None:
    deck = read_source(source)
    assert len(deck.slides) >= 5
    assert all(slide.body for slide in deck.slides)
