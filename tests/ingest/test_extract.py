"""Flattened extracts: what is recovered from one line of text, what is cut away, and what is said to be a guess."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path

import pytest
from extract_sample import BULLETS, HEAD, NAME, SLIDE_8, SLIDE_10, TAIL, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import Read

from kejian.corpus.extract_words import ExtractWords
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import TermBase
from kejian.ingest.extract import DRAFT_ADVICE, recognised
from kejian.ingest.extract_pages import sheets, tokens_of
from kejian.ingest.extract_site import cleaned
from kejian.ingest.model import Deck
from kejian.ingest.read import read_deck

WORDS = ExtractWords.bundled()
SITE_WORDS = ("本站", "阅读剩余", "版权", "注册用户", "知识产权", "编辑修改稿", "内容摘要", "仅供")
REAL = Path(__file__).parents[3] / "shared" / "source" / "bpr-training-extract.txt"
EXPECTED = Path(__file__).with_name("extract_expected.json")


@pytest.fixture(scope="module")
def deck(read: Read) -> Deck:
    return read("extract.txt", TEXT)


def texts(deck: Deck, number: int, *kinds: str) -> list[str]:
    return [b.text for slide in deck.slides if slide.number == number for b in slide.blocks if b.kind in kinds]


def test_slides_and_titles(deck: Deck) -> None:
    assert deck.title == NAME
    assert [(slide.number, slide.title) for slide in deck.slides] == [
        (7, ""),
        (8, ""),
        (9, "建议的工厂组织架构"),
        (10, "生产中心组织结构与职责"),
        (11, "生产中心新组织架构详细说明"),
        (12, "质量中心组织结构与职责"),
    ]


@pytest.mark.parametrize("number", BULLETS)
def test_bullets(deck: Deck, number: int) -> None:
    assert texts(deck, number, "bullet") == BULLETS[number]


def test_bullets_are_facts_of_their_slide(deck: Deck) -> None:
    slide = next(slide for slide in deck.slides if slide.number == 10)
    facts = [fact.text for fact in slide.facts if (fact.subject, fact.aspect) == ("生产中心", "职责")]
    assert facts == BULLETS[10]
    assert all(slide.source[fact.start : fact.end] == fact.text for fact in slide.facts)


def test_names_are_whole(deck: Deck) -> None:
    names = (
        "门店|门店|厂长|生产中心|质量中心|和面车间 (一号楼 )|烘烤车间|冷链车队 **|外卖站 **|采购科|食堂 /保洁 组 *|门店"
    )
    assert texts(deck, 9, "unit") == names.split("|")
    assert texts(deck, 10, "unit") == ["生产中心", "烘烤 车间", "和面车间 (一号楼)", "冷链车队 *", "试吃小组"]
    assert texts(deck, 11, "unit") == ["潜在问题", "设计原理", "特点"]


def test_without_a_title_bullets_are_said_of_the_deck(deck: Deck) -> None:
    slide = next(slide for slide in deck.slides if slide.number == 8)
    assert [(fact.subject, fact.aspect, fact.text) for fact in slide.facts] == [(NAME, "", text) for text in BULLETS[8]]


def test_footnotes_are_joined_to_their_marks(deck: Deck) -> None:
    remarks = {(fact.subject, fact.text) for slide in deck.slides for fact in slide.facts if fact.aspect == "备注"}
    assert remarks == {
        ("食堂 /保洁 组", "工会小组由员工自行推选,不画入本图"),
        ("冷链车队", "非必设部门,各厂可按规模自行决定"),
        ("质量中心", "仅列出常规工作"),
        ("质量中心", "微生物检验可视设备情况外送"),
    }


def test_no_chart_is_made_up(deck: Deck) -> None:
    assert not any(slide.relations for slide in deck.slides)


def test_nothing_of_the_site_is_left(deck: Deck) -> None:
    shown = "\n".join(slide.source for slide in deck.slides)
    assert not any(word in shown for word in SITE_WORDS)
    assert NAME not in shown


def test_everything_else_is_kept(deck: Deck) -> None:
    shown = "".join(slide.source for slide in deck.slides)
    written = TEXT.removeprefix(HEAD).removesuffix(TAIL)
    for number in BULLETS:
        written = written.replace(f" {number} ", " ", 1)
    left = [char for char in written if not char.isspace() and char not in "•。"]
    assert sorted(left) == sorted(char for char in (*shown, *"9") if not char.isspace())


def test_faults_are_mended_in_the_searchable_form_only(deck: Deck) -> None:
    (shown,) = [text for text in texts(deck, 10, "bullet") if "炉温" in text]
    assert shown == "设臵炉温曲线"
    assert searchable(shown) == "设置炉温曲线"


def test_guesses_are_said(deck: Deck) -> None:
    assert "第 10 页:条目与部门的对应关系无法从文本恢复" in deck.warnings
    assert "第 9 页:图中 12 个名称的上下级关系无法从文本恢复" in deck.warnings
    assert "第 8 页的页码之前还有内容,作为第 7 页收入" in deck.warnings
    assert DRAFT_ADVICE in deck.warnings


def test_without_slide_numbers(read: Read) -> None:
    deck = read("one.txt", SLIDE_10.removeprefix("10 "))
    assert len(deck.slides) == 1
    assert any("没有找到页码" in said for said in deck.warnings)
    assert texts(deck, 1, "bullet") == BULLETS[10]


def test_a_lost_slide_number_is_said(read: Read) -> None:
    deck = read("gap.txt", SLIDE_8 + SLIDE_10)
    assert [slide.number for slide in deck.slides] == [8, 10]
    assert "第 9–9 页的页码没有找到,那些内容可能并入了第 8 页" in deck.warnings


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3 车间概况 甲 乙 4 车间职责 丙 5 安全要求 丁", [3, 4, 5]),
        ("16 仓库概况 1 入库 2 验收 3 上架 17 仓库职责 •盘点 18 仓库制度 •交接", [16, 17, 18]),
        ("提前 3 天 通知 4 天 内", [None]),
        ("1 2 3 甲 乙", [None]),
        ("21 仓库概况 甲", [None]),
        ("前文 1 仓库概况 甲 2 仓库职责 乙", [1, 2]),
    ],
)
def test_slide_numbers(text: str, numbers: list[int | None]) -> None:
    assert [sheet.number for sheet in sheets(tokens_of(text), WORDS)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "一、仓库职责\n• 盘点\n• 交接\n• 清扫\n• 登记\n• 上锁\n",
        "仓库职责 • 盘点 • 交接 • 清扫 • 登记",
        "仓库每天盘点。" * 100,
        "资料下载页面的使用\n本站所有文件按部门存放\n",
    ],
)
def test_ordinary_texts_are_no_extracts(text: str) -> None:
    assert recognised(text) is None


def test_a_text_with_lines_inside_a_site(read: Read) -> None:
    deck = read("lines.txt", f"{HEAD}一、仓库职责\n• 盘点\n• 下载文件后归档\n二、门店职责\n• 收银\n{TAIL}")
    assert deck.title == NAME
    assert [slide.title for slide in deck.slides] == ["仓库职责", "门店职责"]
    assert [fact.text for slide in deck.slides for fact in slide.facts] == ["盘点", "下载文件后归档", "收银"]


def test_broken_lines_are_flattened_too(read: Read) -> None:
    text = (
        "消防培训材料(完整版)文档介绍:\n31 灭火器使用流程 • 提起灭火器 \n• 拔下保险销 • 对准火焰根部 • 压下手柄 "
        "32 疏散要求 • 弯腰前行\n • 不乘电梯 • 到集合点点名\n33 常见错误 • 返回取物 • 把杂物放在通道里 下载文档\n"
        "版权归作者所有\n"
    )
    deck = read("broken.txt", text)
    assert deck.title == "消防培训材料"
    assert [(slide.number, slide.title) for slide in deck.slides] == [
        (31, "灭火器使用流程"),
        (32, "疏散要求"),
        (33, "常见错误"),
    ]
    assert texts(deck, 31, "bullet") == ["提起灭火器", "拔下保险销", "对准火焰根部", "压下手柄"]
    assert texts(deck, 33, "bullet") == ["返回取物", "把杂物放在通道里"]


def test_bullets_about_sites_stay() -> None:
    text = "8 网站维护 • 版权声明放在页脚 • 本站内容每周更新 • 侵权投诉两日内处理 • 在线阅读排版"
    assert cleaned(text).text == text


@given(st.lists(st.sampled_from([*TEXT.split(), "•", "*", "(", ")", "。", "9", "臵"]), min_size=1, max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_order_of_pieces_is_kept_whole(read: Read, pieces: list[str]) -> None:
    text = SLIDE_8 + " ".join(pieces) + " " + SLIDE_10
    found = recognised(text)
    assert found is not None
    shown = "".join(slide.source for slide in read("any.txt", text).slides)
    kept = set(found.cleaned.text) - set("•。0123456789")
    assert {char for char in kept if not char.isspace()} <= set(shown)


def test_long_extracts_take_no_time(terms: TermBase, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(" ".join(f"{n} 第{n}号仓库职责 •盘点 {'货架 ' * 200} •交接" for n in range(1, 80)), "utf-8")
    start = time.process_time()
    assert len(read_deck(path, terms).slides) == 79
    assert time.process_time() - start < 6, "1.5 s where it was measured; each line is looked at a few times, not all"


@pytest.mark.skipif(not REAL.exists(), reason="the real extract is not in the repository")
def test_the_real_extract() -> None:
    expected = json.loads(EXPECTED.read_text("utf-8"))
    deck = read_deck(REAL, TermBase.bundled())
    found = {(s.number, digest(b.text)) for s in deck.slides for b in s.blocks if b.kind == "bullet"}
    right = [(int(number), prefix) in found for number, prefixes in expected.items() for prefix in prefixes]
    assert sum(right) / len(right) >= 0.95
    shown = "\n".join(slide.source for slide in deck.slides)
    assert not any(word in shown for word in SITE_WORDS)
    assert not WORDS.site.search(shown)
    assert not any(deck.title in slide.source for slide in deck.slides)


def digest(text: str) -> str:
    return hashlib.sha256(searchable(text).encode()).hexdigest()[:12]


def test_what_a_bullet_says_of_a_unit_is_inferred_where_units_are_lost(deck: Deck) -> None:
    inferred = {
        slide.number: {fact.inferred for fact in slide.facts if fact.aspect != "备注"}
        for slide in deck.slides
        if slide.number in BULLETS
    }
    assert inferred == {8: {True}, 10: {True}, 11: {True}, 12: {True}}


def test_bullets_of_a_page_without_other_names_are_certain(read: Read) -> None:
    deck = read("certain.txt", "8 仓库的职责 " + " ".join(f"• 第{n}次盘点" for n in range(30)) + " 9 门店的职责 • 收银")
    assert {fact.inferred for slide in deck.slides for fact in slide.facts} == {False}
