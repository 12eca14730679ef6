"""Web pages: what they say in order, with structure; nothing of what they only carry."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import Read
from test_read_properties import LINE, RELAXED, attempt, check

from kejian.corpus.errors import RefusedFile
from kejian.ingest.spans import Span, spread

PAGE = """<!DOCTYPE html><html><head><title>网站 - 手册</title><style>.x{}</style></head><body>
<nav><a href="/">首页</a></nav><script>alert("坏")</script><div style="display: none">隐藏</div>
<h1>员工手册</h1>
<h2>甲型</h2>
<h3>优点</h3><ul><li>反应快<li>成本低<ol start="3"><li>很低<p>再低</p></ol></li></ul>
<p><b>缺点</b></p><ul><li>贵</li></ul>
<p>第一行<br>第二行,<em>强</em>调&nbsp;完</p>
<h2>部门</h2>
<table><caption>分工</caption><thead><tr><th>部门<th>职责<th>人数</thead>
<tbody><tr><td rowspan="2">市场部<td>策划<br>推广<td>3<tr><td>调研<td>4</tbody></table>
<dl><dt>销售部</dt><dd>签合同</dd><dd>收款</dd></dl>
<img src="http://example.com/x.png" alt="流程示意"><footer>版权所有</footer>
</body></html>"""


def test_structure(read: Read) -> None:
    deck = read("page.html", PAGE)
    assert deck.title == "员工手册"
    assert [slide.title for slide in deck.slides] == ["甲型", "部门"]
    first, second = (slide.source.split("\n") for slide in deck.slides)
    assert first == [
        "甲型",
        "优点",
        "反应快",
        "成本低",
        "  3. 很低",
        "  再低",
        "缺点",
        "贵",
        "第一行",
        "第二行,强调 完",
    ]
    assert second == [
        "部门", "分工", "部门 | 职责 | 人数", "市场部 | 策划；推广 | 3", "调研 | 4", "销售部", "签合同", "收款",
        "流程示意", "版权所有",
    ]  # fmt: skip
    facts = {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}
    assert {("甲型", "优点", "反应快"), ("甲型", "缺点", "贵")} <= facts
    assert {("市场部", "职责", "推广"), ("市场部", "职责", "调研"), ("市场部", "人数", "4")} <= facts
    assert {("销售部", "", "签合同"), ("销售部", "", "收款")} <= facts


@pytest.mark.parametrize("declared", ["gb2312", "big5", "utf-8", "nonsense"])
def test_encodings(read: Read, declared: str) -> None:
    encoding = {"gb2312": "gb18030", "nonsense": "utf-8"}.get(declared, declared)
    text = f'<meta charset="{declared}"><h1>中文</h1><p>正文</p>'
    assert read("page.htm", text.encode(encoding)).slides[0].source == "中文\n正文"


def test_layout_tables_and_spans(read: Read) -> None:
    deck = read("layout.html", "<table><tr><td><h2>甲</h2><p>说明文字。</p></td><td>旁边</td></tr></table>")
    assert deck.slides[0].source == "甲\n说明文字。\n旁边"
    grid = spread([[Span(("a",), 1, 900), Span(("b",), 5)], [Span(("c",))]])
    assert [[cell.text for cell in row] for row in grid][1][0] == "c"
    assert len(grid) == 2


def test_nothing_is_fetched_or_expanded(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    deck = read("entity.html", bomb + '<link rel="stylesheet" href="http://127.0.0.1/x"><p>正文&a;&b;')
    assert "aaaa" not in deck.slides[0].source
    assert "正文" in deck.slides[0].source


def test_absurd_pages_are_refused_or_read(read: Read) -> None:
    with pytest.raises(RefusedFile, match="RecursionError"):
        read("deep.html", "<div>" * 20_000 + "底")
    attempt(read, "spans.html", '<table><tr><td rowspan="9999" colspan="9999">甲<td>乙<tr><td>丙</table>')
    wide = "<table><tr>" + "<td>一" * 1000 + "<tr><td>二" * 1000
    with pytest.raises(RefusedFile, match="无法按网页读取"):
        read("wide.html", wide)
    with pytest.raises(RefusedFile, match="没有可读的文字"):
        read("empty.html", "<script>1</script>")


NAMES = "p h1 h2 h3 li ul ol dl dt dd table tr td th b div br pre span script section"
TAGS = NAMES.split()
PIECES = st.one_of(
    LINE,
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(['<td rowspan="2" colspan="3">', "<!-- -->", "&amp;", "<img alt='图'>", "<![CDATA[", "<"]),
)


@RELAXED
@given(pieces=st.lists(PIECES, max_size=30))
def test_random_pages(read: Read, pieces: list[str]) -> None:
    content = "".join(pieces).encode("utf-8", "ignore")
    if deck := attempt(read, "random.html", content):
        check(deck)
        assert read("random.html", content) == deck
