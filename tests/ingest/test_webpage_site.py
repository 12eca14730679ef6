"""Web pages of content management systems and of Word: the article without the site, lists written as paragraphs."""

from __future__ import annotations

import pytest
from reading import Read

BODY = "<p>本办法适用于与公司签订劳动合同的全体员工,自二〇二六年一月一日起施行。</p>"
SITE = f"""<!doctype html><html><head><title>年休假管理办法 - 内网</title></head><body>
<header class="site-header"><h1>公司内网</h1><ul><li>首页</li></ul></header>
<div class="wrap"><aside><h3>相关制度</h3><ul><li>考勤办法</li></ul></aside>
<main><header><h1>年休假管理办法</h1></header><h2>范围</h2>{BODY}<div class="share-bar share">分享到微博</div>
<h2>天数</h2><table><caption>年休假天数表</caption><tr><th>工龄</th><th>天数</th></tr><tr><td>满1年</td><td>5天</td></tr>
<tr><td>满10年</td><td>10天</td></tr></table><details><summary>应休未休</summary>
<p>按日工资的三倍补偿。</p></details><p>本办法由人事部解释。</p></main></div>
<footer>版权所有</footer>尾注</body></html>"""
LIST = """<p class=MsoListParagraph style='mso-list:l{0} level{1} lfo1'><![if !supportLists]><span>
<span style='mso-list:Ignore'>{2}<span>&nbsp; </span></span></span><![endif]>{3}</p>"""
WORD = f"""<html><head><meta charset="utf-8"><title>手册</title></head><body><p class=MsoToc1>第一章 总则....1</p>
<h1>第一章 总则</h1><p class=MsoNormal>第一条 适用范围:本手册适用于
 全体员工。</p><p class=MsoNormal>第二条 试用期:三个月。</p><h1>第二章 考勤</h1>
{LIST.format(0, 1, "&Oslash;", "上班打卡")}{LIST.format(0, 2, "o", "夏季顺延")}{LIST.format(1, 1, "1.", "提交说明")}
{LIST.format(1, 1, "2.", "主管确认")}</body></html>"""


def test_only_the_article_of_a_site_is_read(read: Read) -> None:
    deck = read("site.html", SITE)
    assert deck.title == "年休假管理办法"
    assert [slide.title for slide in deck.slides] == ["范围", "天数"]
    text = "\n".join(slide.source for slide in deck.slides)
    assert not any(word in text for word in ("内网", "首页", "考勤办法", "分享到", "版权所有"))
    assert deck.warnings == (
        "网站的页眉、页脚、侧栏等 4 处没有收入:「公司内网」、「相关制度」、「分享到微博」、「版权所有」",
    )
    facts = {(fact.subject, fact.aspect, fact.text) for slide in deck.slides for fact in slide.facts}
    assert {("满10年", "天数", "10天"), ("应休未休", "", "按日工资的三倍补偿。")} <= facts
    paths = {block.text: block.path for slide in deck.slides for block in slide.blocks}
    assert paths["10天"] == ("天数", "年休假天数表")
    assert paths["本办法由人事部解释。"] == ("天数",)


@pytest.mark.parametrize(
    "page",
    [f"<header><h1>标题</h1></header>{BODY}", f"<aside>旁注</aside><article>一</article>{BODY}<footer>尾注</footer>"],
)
def test_without_a_main_part_all_is_read(page: str, read: Read) -> None:
    deck = read("plain.html", f"<html><body>{page}</body></html>")
    assert deck.warnings == ()
    assert any(word in deck.title + deck.slides[0].source for word in ("标题", "旁注"))


def test_lists_and_contents_of_word(read: Read) -> None:
    first, second = read("word.html", WORD).slides
    assert first.source.split("\n") == [
        "第一章 总则",
        "第一条 适用范围:本手册适用于全体员工。",
        "第二条 试用期:三个月。",
    ]
    assert second.source.split("\n") == ["第二章 考勤", "上班打卡", "  夏季顺延", "1. 提交说明", "2. 主管确认"]
    assert ("试用期", "", "三个月。") in {(fact.subject, fact.aspect, fact.text) for fact in first.facts}


def test_a_delimiter_that_is_declared(read: Read) -> None:
    slide = read("declared.csv", "sep=;\n岗位;工资\n客服;5,000\n技术;6,000\n").slides[0]
    assert {(fact.subject, fact.text) for fact in slide.facts} == {("客服", "5,000"), ("技术", "6,000")}
