"""Extracts of many kinds, made from our decks by damaging them: how much comes back, and that nothing else is cut."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from extract_damage import MODELS, sources
from extract_score import Score, score

from kejian.corpus.normalize import mended
from kejian.corpus.terms import TermBase
from kejian.ingest.extract import recognised
from kejian.ingest.extract_counters import counted_pages, without_running_heads
from kejian.ingest.extract_glyphs import with_bullets
from kejian.ingest.extract_site import cleaned
from kejian.ingest.extract_wrapping import unwrapped, wrap_width
from kejian.ingest.read import read_deck

ROOT = Path(__file__).parents[2]
DECKS = [ROOT / "corpus/decks/bpr.md", ROOT / "tests/decks/handbook.md", ROOT / "tests/decks/products.md"]
BENCH = ROOT.parent / "shared" / "bench"
SEEDS = (0, 1)
# What every damaged deck reaches, rounded down: (statements on the right slide, statements whole, titles).
FLOORS = {
    "preview": (0.9, 0.95, 0.8),
    "counters_inline": (0.98, 0.93, 0.8),
    "library": (0.98, 0.98, 0.98),
    "watermarked": (0.98, 0.98, 0.98),
    "pdf_text": (0.98, 0.96, 0.98),
    "office_text": (0.98, 0.96, 0.98),
    "numbers_behind": (0.98, 0.93, 0.8),
    "numbers_lost": (0.2, 0.93, 0.5),
    "joined_bullets": (0.98, 0.96, 0.8),
}


def recovered(model: str, path: Path, seed: int, folder: Path, terms: TermBase) -> Score:
    title, slides = sources(path, terms)
    damaged = MODELS[model](title, slides, random.Random(f"{seed}{path.stem}"))
    file = folder / "extract.txt"
    file.write_text(damaged.text, encoding="utf-8")
    return score(read_deck(file, terms), slides, damaged)


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("model", MODELS)
def test_what_comes_back(model: str, path: Path, tmp_path: Path, terms: TermBase) -> None:
    for seed in SEEDS:
        reached = recovered(model, path, seed, tmp_path, terms)
        shares = (reached.placed, reached.whole, reached.titled)
        assert all(share >= floor for share, floor in zip(shares, FLOORS[model], strict=True)), (seed, reached)
        assert (reached.kept, reached.left) == (1.0, 0), (seed, reached)


def test_every_model_has_its_floor() -> None:
    assert FLOORS.keys() == MODELS.keys()


@pytest.mark.parametrize("path", [*DECKS, *ROOT.glob("docs/*.md"), ROOT / "README.md"], ids=lambda path: path.name)
def test_clean_texts_are_no_extracts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert recognised(text) is None
    assert with_bullets(text) == text


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.name)
def test_clean_text_is_not_mended(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert mended(text) == text


@pytest.mark.skipif(not BENCH.exists(), reason="the public retrieval sets are not in the repository")
def test_passages_of_encyclopedias_are_no_extracts() -> None:
    for name in ("cmrc2018", "drcd"):
        lines = (BENCH / name / "corpus.jsonl").read_text(encoding="utf-8").split("\n")
        texts = [json.loads(line)["text"] for line in lines if line]
        assert not [text for text in texts if recognised(text) or mended(text) != text]


@pytest.mark.parametrize(
    "text",
    [
        "保羅•埃德里安•莫里斯•狄拉克是英國物理學家。" + "他曾經主持盧卡斯數學教授席位，" * 10,
        "音律上有 1/4 的音和 3/4 的音，" * 3 + "调式分为三种。" * 20,
        "2024-01-03 08:00:01 启动\n2024-01-03 08:00:02 就绪\n2024-01-03 08:00:05 退出\n",
        "1\n盘点\n5\n交接\n2\n上锁\n",
        "盘点 3/5 完成\n交接 4/5 完成\n",
        "收藏本文档的办法:按部门归档。\n",
        "n 次测量取平均值\nn 为样本数\n",
    ],
)
def test_other_texts_are_no_extracts(text: str) -> None:
    assert recognised(text) is None
    assert with_bullets(text) == text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第 3 页 共 9 页\n盘点\n第 4 页 共 9 页\n交接", [3, 4]),
        ("盘点\n第3页/共9页\n交接\n第4页/共9页\n", [3, 4]),
        ("盘点\n- 1 -\n交接\n- 2 -\n上锁\n- 3 -", [1, 2, 3]),
        ("7/9\n盘点\n8/9\n交接\n", [7, 8]),
        ("盘点\n6\n\f交接\n7\n\f上锁\n8\n", [6, 7, 8]),
        ("盘点\n\f交接\n", [None, None]),
        ("开头\nPage 5 of 9\n盘点\nPage 6 of 9\n交接", [4, 5, 6]),
        ("货架一\n• 甲\n• 乙\n\n\n货架二\n• 丙\n\n\n货架三\n• 丁", [None, None, None]),
        ("盘点 3\n交接 4\n", []),
    ],
)
def test_pages(text: str, numbers: list[int | None]) -> None:
    assert [page.number for page in counted_pages(text)] == numbers


def test_running_heads() -> None:
    pages = counted_pages("".join(f"内部资料\n第{n}课\n• 甲{n}\n{n}\n\f" for n in range(1, 5)))
    kept, heads = without_running_heads(pages)
    assert heads == ("内部资料",)
    assert [page.text.split("\n")[0] for page in kept] == ["第1课", "第2课", "第3课", "第4课"]


def test_broken_lines() -> None:
    text = (
        "• 每天盘点冷柜里的原料并登\n记差异\n• 交接时核对批号和保质期限\n再签字\n• 上锁\n"
        "• 每周清扫货架和地面并留下\n记录\n货架"
    )
    whole = ["• 每天盘点冷柜里的原料并登记差异", "• 交接时核对批号和保质期限再签字", "• 上锁"]
    whole += ["• 每周清扫货架和地面并留下记录", "货架"]
    assert unwrapped(text, wrap_width(text)).split("\n") == whole


def test_sentences_of_one_length_stay_apart() -> None:
    text = "".join(f"{number}号仓库的第一名值班员负责盘点。\n" for number in "甲乙丙丁戊己")
    assert wrap_width(text) == 0


def test_stamps_of_sites_go_and_bullets_about_them_stay() -> None:
    text = "某厂讲义 - 百度文库\n仓库\n• 下载文档到电脑,每月归档\n• 收藏文档\n2人阅读 1次下载\n您可能也喜欢\n总结.doc"
    found = cleaned(text)
    assert found.title == "某厂讲义"
    assert [line for line in found.text.split("\n") if line] == ["仓库", "• 下载文档到电脑,每月归档", "• 收藏文档"]


def test_a_deck_about_members_is_no_extract() -> None:
    text = "会员管理\n会员专享权益说明\n• 生日礼\n开通会员的步骤\n• 填表\n用户上传的照片\n• 审核"
    assert recognised(text) is None
