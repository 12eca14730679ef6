"""Steps that no heading calls a course, and what stands among steps and is none."""

from __future__ import annotations

import pytest
from reading import Read
from slide_maker import make

from kejian.ingest.model import Deck

ACTIONS = ("停机：按下红色按钮", "断电：拉下总闸", "挂牌：写明谁在里面", "进仓清料")


def procedure(deck: Deck) -> list[tuple[str, str]]:
    return [(f.subject, f.text) for slide in deck.slides for f in slide.facts if f.aspect == "流程"]


@pytest.mark.parametrize("number", ["第{}步 ", "第 {} 步：", "步骤{}：", "Step {} ", "step{}: "])
def test_lines_counted_as_steps_are_steps(read: Read, number: str) -> None:
    lines = [number.format(n) + action for n, action in enumerate(ACTIONS, 1)]
    text = "# 料仓堵了\n\n" + "\n\n".join(lines) + "\n\n料仓旁边不准抽烟。\n"
    deck = read("steps.md", text)
    assert procedure(deck) == [("料仓堵了", line) for line in lines]
    assert ("料仓堵了", "", "料仓旁边不准抽烟。") in {
        (f.subject, f.aspect, f.text) for s in deck.slides for f in s.facts
    }
    assert procedure(read("steps.pptx", make(("料仓堵了", lambda page: page.text((20, 120, 600, 300), *lines))))) == [
        ("料仓堵了", line) for line in lines
    ]


@pytest.mark.parametrize("title", ["料仓堵了，第一步干什么？", "料仓堵了，先做啥"])
def test_a_title_that_asks_for_the_first_step(read: Read, title: str) -> None:
    lines = [f"{n}. {action}" for n, action in enumerate(ACTIONS, 1)]
    assert procedure(read("first.md", f"# {title}\n\n" + "\n".join(lines) + "\n")) == [("料仓堵了", x) for x in lines]


@pytest.mark.parametrize("heading", ["顺序别搞反", "先后顺序", "次序如下："])
def test_a_heading_that_says_order(read: Read, heading: str) -> None:
    lines = [f"{mark} {action}" for mark, action in zip("①②③④", ACTIONS, strict=True)]
    deck = read("order.md", f"# 料仓堵了怎么办\n\n不会的不要动手。\n\n## {heading}\n\n" + "\n\n".join(lines) + "\n")
    assert procedure(deck) == [("料仓堵", line) for line in lines]
    assert ("料仓堵", "") in {
        (f.subject, f.aspect) for s in deck.slides for f in s.facts if f.text == "不会的不要动手。"
    }


def test_the_count_of_steps_is_no_part_of_the_name(read: Read) -> None:
    text = "# 从停机到开机，四步\n\n" + "".join(
        f"## {n} {word}\n\n照规程来。\n\n" for n, word in enumerate(("停机", "查线", "换件", "试车"), 1)
    )
    text += "# 其他\n\n- 无\n"
    assert [subject for subject, said in procedure(read("count.md", text)) if said[0].isdigit()] == ["从停机到开机"] * 4


def test_a_question_among_steps_is_answered_and_no_step(read: Read) -> None:
    steps = "\n\n".join(f"{n}. {action}" for n, action in enumerate(ACTIONS, 1))
    deck = read("asked.md", f"# 料仓堵了怎么办\n\n{steps}\n\n钥匙不在手上怎么办？找值班长拿备用的，用完当班还。\n")
    assert len(procedure(deck)) == 4
    found = {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}
    assert ("钥匙不在手上怎么办？", "", "找值班长拿备用的，用完当班还。") in found


def test_a_question_and_its_answer_in_one_line(read: Read) -> None:
    asked = "问：料仓能不能站人？答：不能，系了安全带也不行。"
    listed = "堵了找谁？找当班的班长。"
    deck = read(
        "lines.md", f"# 常问\n\n{asked}\n\n- {listed}\n- 备用钥匙在值班室\n\n## 缺点\n\n- 谁来修？没人说得清。\n"
    )
    found = {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}
    assert ("料仓能不能站人？", "", "不能，系了安全带也不行。") in found
    assert ("堵了找谁？", "", "找当班的班长。") in found
    assert ("常问", "缺点", "谁来修？没人说得清。") in found


def test_numbers_without_order_count_nothing(read: Read) -> None:
    text = "# 料仓要点\n\n" + "\n\n".join(f"{mark} {x}" for mark, x in zip("①②③④", ACTIONS, strict=True)) + "\n"
    assert procedure(read("points.md", text)) == []
