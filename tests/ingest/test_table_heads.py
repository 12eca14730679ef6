"""Heads of tables that are easily taken for something else: two rows of them, and words that weigh (得 | 失)."""

from __future__ import annotations

import pytest
from reading import Read
from slide_maker import make

from kejian.ingest.model import Deck

TWO_ROWS = (
    ("看什么", "房东自己来", "请人管", "两家合伙"),
    ("", "自营式", "托管式", "联营式"),
    ("定价", "随意", "统一", "商量着来"),
    ("入住率*", "61%", "78%", "70%"),
)
WEIGHING = (("角度", "得", "失"), ("成本", "不用买设备", "年年要付租金"), ("人手", "不用养技工", "坏了要等人来"))


def said(deck: Deck) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}


@pytest.mark.parametrize("merged", [[(0, 0, 1, 0)], []], ids=["merged corner", "blank corner"])
def test_of_two_rows_of_heads_one_names_the_columns(read: Read, merged: list[tuple[int, ...]]) -> None:
    draw = make(("民宿怎么管", lambda page: page.table((20, 120, 680, 300), TWO_ROWS, merged)))
    found = said(read("rows.pptx", draw))
    assert {("自营式", "定价", "随意"), ("托管式", "定价", "统一"), ("联营式", "入住率", "70%")} <= found
    assert ("自营式", "", "房东自己来") in found
    assert {subject for subject, _, _ in found} == {"自营式", "托管式", "联营式"}


def test_names_in_the_first_of_two_rows(read: Read) -> None:
    first = "".join(f"<td>{text}</td>" for text in TWO_ROWS[1][1:])
    rows = ["".join(f"<td>{text}</td>" for text in row) for row in (TWO_ROWS[0][1:], *TWO_ROWS[2:])]
    rows = "".join(f"<tr>{row}</tr>" for row in (f"<td rowspan=2>看什么</td>{first}", *rows))
    found = said(read("swapped.html", f"<h1>民宿怎么管</h1><table>{rows}</table>"))
    assert {("自营式", "定价", "随意"), ("联营式", "", "两家合伙")} <= found


def test_a_value_names_no_row(read: Read) -> None:
    table = "| 项目 | 一季度 | 二季度 |\n|---|---|---|\n| 水费 | 82 | 91 |\n| 电费 | 70% | 64% |\n|  | 60% | 55% |\n"
    assert not {"82", "70%", "60%"} & {subject for subject, _, _ in said(read("values.md", f"# 费用\n\n{table}"))}


@pytest.mark.parametrize("name", ["甲方案：整机租赁", "整机租赁"])
@pytest.mark.parametrize("title", ["{}的得与失", "{}的利弊", "{}：利与弊"])
def test_rows_between_good_and_bad_are_topics_of_what_is_above(read: Read, name: str, title: str) -> None:
    table = "\n".join(f"| {' | '.join(row)} |" for row in (WEIGHING[0], ("---",) * 3, *WEIGHING[1:]))
    deck = read("weighing.md", f"# {title.format(name)}\n\n{table}\n\n五年后可以续租。\n")
    assert said(deck) == {
        (name, "优点", "不用买设备"), (name, "缺点", "年年要付租金"), (name, "优点", "不用养技工"),
        (name, "缺点", "坏了要等人来"), (name, "", "五年后可以续租。"),
    }  # fmt: skip
    assert {fact.path[-1] for slide in deck.slides for fact in slide.facts if fact.aspect} == {"成本", "人手"}


def test_names_between_good_and_bad_stay_names(read: Read) -> None:
    units = "| 方面 | 优点 | 缺点 |\n|---|---|---|\n| 客服部 | 应答快 | 流动大 |\n| 工程部 | 手艺好 | 不会说话 |\n"
    assert ("客服部", "优点", "应答快") in said(read("units.md", f"# 各部门的优缺点\n\n{units}"))
    named = "| 对比 | 优点 | 缺点 |\n|---|---|---|\n| 整机租赁 | 不用买 | 年年付 |\n| 分时租赁 | 灵活 | 旺季抢不到 |\n"
    assert ("分时租赁", "优点", "灵活") in said(read("named.md", f"# 两种租法\n\n{named}"))
    ways = "| 方式 | 得 | 失 |\n|---|---|---|\n| 送水车 | 快 | 排队 |\n| 瓶装水 | 干净 | 贵 |\n"
    assert {("送水车", "优点", "快"), ("瓶装水", "缺点", "贵")} <= said(read("ways.md", f"# 停水以后\n\n{ways}"))


def test_a_blank_corner_below_a_heading_that_weighs(read: Read) -> None:
    table = "\n".join(f"| {' | '.join(row)} |" for row in (("", "得", "失"), ("---",) * 3, *WEIGHING[1:]))
    found = said(read("blank.md", f"# 整机租赁的得失\n\n{table}\n\n# 其他\n\n- 无\n"))
    assert {("整机租赁", "优点", "不用买设备"), ("整机租赁", "缺点", "坏了要等人来")} <= found
    costs = "| 项目 | 一年 | 两年 |\n|---|---|---|\n| 租金 | 3万 | 5万 |\n"
    assert "租金" in {aspect for _, aspect, _ in said(read("costs.md", f"# 整机租赁的得失\n\n{costs}"))}


APPROVED = (
    ("借阅类别", "册数", "谁签字", "", "期限"),
    ("", "", "组长", "馆长", ""),
    ("普通", "20", "√", "—", "30天"),
    ("古籍", "2", "√", "√", "当天"),
)


def test_ticks_under_a_wide_head_say_which_of_its_columns(read: Read) -> None:
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)]
    deck = read("approved.pptx", make(("借阅", lambda page: page.table((20, 120, 680, 300), APPROVED, merged))))
    assert said(deck) == {
        ("普通", "册数", "20"), ("普通", "谁签字", "组长"), ("普通", "期限", "30天"),
        ("古籍", "册数", "2"), ("古籍", "谁签字", "组长"), ("古籍", "谁签字", "馆长"), ("古籍", "期限", "当天"),
    }  # fmt: skip
    assert all(s.source[fact.start : fact.end] == fact.text for s in deck.slides for fact in s.facts)


def test_ticks_and_crosses_among_other_columns_are_kept(read: Read) -> None:
    body = "| 教师 | 20 | √ | ✓ |\n| 学生 | 8 | √ | × |\n| 访客 | 2 | — |  |\n"
    table = f"| 读者 | 册数 | 光盘 | 古籍 |\n|---|---|---|---|\n{body}"
    assert said(read("ticks.md", f"# 借阅\n\n{table}")) == {
        ("教师", "册数", "20"), ("教师", "光盘", "√"), ("教师", "古籍", "✓"),
        ("学生", "册数", "8"), ("学生", "光盘", "√"), ("学生", "古籍", "×"), ("访客", "册数", "2"),
    }  # fmt: skip


def test_letters_of_a_responsibility_matrix_are_kept(read: Read) -> None:
    table = "| 任务 | 采编员 | 馆长 |\n|---|---|---|\n| 选书 | R | A |\n| 编目 | R/A | — |\n"
    found = said(read("raci.md", f"# 上架\n\n{table}\nR负责，A批准。\n"))
    assert {("选书", "采编员", "R"), ("选书", "馆长", "A"), ("编目", "采编员", "R/A")} <= found
    assert not any(text == "—" for _, _, text in found)


def test_a_cell_with_nothing_but_a_dot_is_empty(read: Read) -> None:
    rows = (("读者", "册数", "光盘"), ("教师", "20", "3"), ("访客", "2", "·"))
    (slide,) = read("dot.pptx", make(("借阅", lambda page: page.table((20, 120, 600, 200), rows)))).slides
    assert all(block.text for block in slide.blocks)
    assert ("访客", "光盘") not in {(fact.subject, fact.aspect) for fact in slide.facts}
