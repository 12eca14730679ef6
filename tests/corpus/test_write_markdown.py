from kejian.corpus.deck_source import (
    Chart,
    DeckSource,
    Element,
    Entry,
    Node,
    Points,
    Records,
    Section,
    SlideSource,
    Table,
)
from kejian.corpus.write_markdown import markdown


def written(*body: Element) -> str:
    """What stands below the slide's title."""
    text = markdown(DeckSource("课", (SlideSource(7, "页", body),)))
    return text.split("## 页\n\n", 1)[1]


def test_a_deck_opens_with_title_and_printed_number() -> None:
    text = markdown(DeckSource("课*", (SlideSource(7, "页", (), ("* 注一",), ("说给讲师听",)),)))
    assert text == ("---\ntitle: 课*\n---\n\n# 课\\*\n\n<!-- slide: 7 -->\n\n## 页\n\n\\* 注一\n\n> 备注:说给讲师听\n")


def test_records_become_headings_with_bullets() -> None:
    records = Records("部门", ("职责", "备注"), (Entry("甲", (("管", "做"), ())), Entry("乙", ((), ("无",)), 1)))
    assert written(records) == "### 甲\n\n#### 职责\n\n- 管\n- 做\n\n#### 乙\n\n##### 备注\n\n- 无\n"


def test_a_chart_becomes_a_nested_list_under_its_heading() -> None:
    chart = Chart(Node("甲", (Node("乙", (Node("丙"),)), Node("丁**"))))
    assert written(Section("结构", (chart,))) == "### 结构\n\n- 甲\n  - 乙\n    - 丙\n  - 丁\\*\\*\n"


def test_paragraphs_of_a_cell_are_separated_by_breaks() -> None:
    table = Table(("名", "优点"), ((("甲|乙",), ("一", "二")),))
    assert written(table) == "| 名 | 优点 |\n| --- | --- |\n| 甲\\|乙 | 一<br>二 |\n"


def test_steps_are_numbered() -> None:
    assert written(Points(("先", "后"), numbered=True)) == "1. 先\n2. 后\n"
