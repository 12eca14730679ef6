"""What is good and bad about a subject where no heading says 优点: question headings, 好处 | 麻烦, plain prose."""

from __future__ import annotations

from reading import Read

from kejian.corpus.terms import TermBase
from kejian.ingest.read import read_deck


def roles(deck, terms: TermBase) -> set[tuple[str, str, str]]:
    found = set()
    for slide in deck.slides:
        for fact in slide.facts:
            term = terms.aspect(fact.aspect)
            found.add((fact.subject, term.role if term else fact.aspect, fact.text))
    return found


def bundled(tmp_path, name: str, text: str) -> set[tuple[str, str, str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    terms = TermBase.bundled()
    return roles(read_deck(path, terms), terms)


def test_headings_that_ask_are_aspects_of_the_title(tmp_path) -> None:
    lists = {"长啥样": "同一工种在一个部门", "占便宜的地方": "新人有人带", "怕什么": "部门墙厚"}
    body = "".join(f"## {heading}\n\n- {text}\n\n" for heading, text in lists.items())
    said = bundled(tmp_path, "types.md", f"# 职能制：专业扎堆\n\n{body}# 人员安排\n\n- 先定编制\n")
    assert ("职能制：专业扎堆", "长啥样", "同一工种在一个部门") in said
    assert ("职能制：专业扎堆", "advantage", "新人有人带") in said
    assert ("职能制：专业扎堆", "drawback", "部门墙厚") in said


def test_two_short_heads_over_one_row_of_content(tmp_path) -> None:
    content = "<tr><td>独立性强，不看车间脸色</td><td>离现场远，知道得晚</td></tr>"
    table = f"<table><tr><td>好处</td><td>麻烦</td></tr>{content}</table>"
    said = bundled(tmp_path, "weighed.html", f"<h1>质量人员的摆法</h1><h2>集中式</h2>{table}")
    assert ("集中式", "advantage", "独立性强，不看车间脸色") in said
    assert ("集中式", "drawback", "离现场远，知道得晚") in said


def test_prose_that_weighs_its_subject(tmp_path) -> None:
    prose = "每片设一个点。这种办法的好处是到场快。二是队员熟悉阀门。坏处也有：设备要配几套。适合管网分散的公司。"
    said = bundled(tmp_path, "prose.md", f"# 值守模式\n\n## 分区值守\n\n{prose}\n")
    assert ("分区值守", "advantage", "这种办法的好处是到场快。") in said
    assert ("分区值守", "advantage", "二是队员熟悉阀门。") in said
    assert ("分区值守", "drawback", "坏处也有：设备要配几套。") in said
    assert ("分区值守", "", "适合管网分散的公司。") in said
    assert ("分区值守", "", "每片设一个点。") in said


def test_a_value_head_is_no_subject(read: Read) -> None:
    table = "| 项目 | 内容 |\n| --- | --- |\n| 做法 | 与施工单位签合同 |\n| 优点 | 省人 |\n| 缺点 | 不熟悉管网 |\n"
    deck = read("outside.md", f"# 三种值守\n\n## 委外值守\n\n{table}")
    said = {(fact.subject, fact.aspect) for slide in deck.slides for fact in slide.facts}
    assert {("委外值守", "做法"), ("委外值守", "优点"), ("委外值守", "缺点")} <= said
