"""Tables in text form, and collections with one text a line."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Read
from test_read_properties import LINE, NAME, RELAXED, attempt, check

from kejian.corpus.errors import RefusedFile

TABLE = '部门,职责,人数\n市场部,"策划,推广\n调研",3\n\n销售部,签约,4\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(read: Read, encoding: str, sign: str) -> None:
    content = "部门,职责,人数\n市场部,策划,3\n销售部,签约,4\n".replace(",", sign).encode(encoding)
    deck = read("table.csv", content)
    assert deck.slides[0].source == "部门 | 职责 | 人数\n市场部 | 策划 | 3\n销售部 | 签约 | 4"
    facts = {(fact.subject, fact.aspect, fact.text) for fact in deck.slides[0].facts}
    assert facts == {
        ("市场部", "职责", "策划"),
        ("市场部", "人数", "3"),
        ("销售部", "职责", "签约"),
        ("销售部", "人数", "4"),
    }


def test_quoted_cells_keep_their_lines(read: Read) -> None:
    deck = read("quoted.csv", TABLE)
    assert deck.slides[0].source.split("\n") == [
        "部门 | 职责 | 人数",
        "市场部 | 策划,推广；调研 | 3",
        "销售部 | 签约 | 4",
    ]
    assert deck.slides[0].blocks[-1].column == "人数"


def test_titles_and_remarks_around_a_table(read: Read) -> None:
    deck = read("around.csv", "分工表,,\n部门,职责,人数\n市场部*,策划,3\n销售部,签约,4\n注：* 试点\n")
    kinds = [(block.kind, block.text) for block in deck.slides[0].blocks]
    assert kinds[0] == ("title", "分工表")
    assert kinds[-1] == ("footnote", "注：* 试点")
    assert read("cross.csv", ",甲型\n优点,快\n缺点,贵\n").slides[0].facts[0].subject == "甲型"


def test_a_cell_beyond_the_limit_and_too_many_cells(read: Read) -> None:
    with pytest.raises(RefusedFile, match=r"\.csv"):
        read("quote.csv", 'a,"' + "长" * 200_000)
    with pytest.raises(RefusedFile, match="拆分"):
        read("many.csv", "1,2,3\n" * 40_000)


CELL = NAME | LINE | st.just("")


@RELAXED
@given(rows=st.lists(st.lists(CELL, max_size=5), max_size=8), sign=st.sampled_from(",;\t|"))
def test_random_tables(read: Read, rows: list[list[str]], sign: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign).writerows(rows)
    content = stream.getvalue().encode("utf-8", "ignore")
    if deck := attempt(read, "random.csv", content):
        check(deck)
        assert read("random.csv", content) == deck


def test_every_line_is_a_slide(read: Read) -> None:
    records = [{"_id": "a", "title": "甲型", "text": "反应快。\n成本低。"}, {"_id": "b", "title": "", "text": "无题。"}]
    deck = read("corpus.jsonl", "\n\n".join(json.dumps(record) for record in records) + "\n")
    assert [slide.source for slide in deck.slides] == ["甲型\n反应快。\n成本低。", "无题。"]
    assert [slide.title for slide in deck.slides] == ["甲型", ""]
    check(deck)


@pytest.mark.parametrize(
    "line", ["{", "[]", "1", '{"text": "无编号"}', '{"_id": "a"}', '{"_id": "a", "text": 3}', "[" * 100_000]
)
def test_a_bad_line_is_named(read: Read, line: str) -> None:
    with pytest.raises(RefusedFile, match="第 3 行"):
        read("bad.jsonl", '{"_id": "a", "text": "好"}\n\n' + line)


@RELAXED
@given(texts=st.lists(st.tuples(LINE, LINE), min_size=1, max_size=5))
def test_random_collections(read: Read, texts: list[tuple[str, str]]) -> None:
    lines = [json.dumps({"_id": str(n), "title": title, "text": text}) for n, (title, text) in enumerate(texts)]
    if deck := attempt(read, "random.jsonl", "\n".join(lines)):
        check(deck)
