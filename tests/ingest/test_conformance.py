"""One content in every format says the same: the facts and relations of each page, written down once."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from content_maker import WRITERS, Bullet, Content, Grid, Heading, Merge, Step, Text

from kejian.corpus.terms import TermBase
from kejian.ingest.model import Deck, Fact
from kejian.ingest.read import read_deck


def grid(*rows: str, merged: tuple[Merge, ...] = ()) -> Grid:
    """A table of words: ``_`` is an empty cell, ``/`` a new paragraph."""
    cells = (tuple("" if cell == "_" else cell.replace("/", "\n") for cell in row.split()) for row in rows)
    return Grid(tuple(cells), merged)


def said(*facts: str) -> frozenset[tuple[str, str, str]]:
    """Facts written ``subject | aspect | text``."""
    parts = (fact.split("|") for fact in facts)
    return frozenset((subject.strip(), aspect.strip(), text.strip()) for subject, aspect, text in parts)


COMPARED = said("甲型|优点|快", "甲型|缺点|乱", "甲型|费用|10", "乙型|优点|稳", "乙型|缺点|慢", "乙型|费用|20")
CONTENTS = (
    Content(
        "两种方案",
        (
            Heading("甲方案"),
            Heading("优点", 2),
            Bullet("反应快"),
            Bullet("决策链条短"),
            Heading("缺点", 2),
            Bullet("规模小"),
            Heading("乙方案"),
            Heading("优点", 2),
            Bullet("规模大"),
        ),
        said("甲方案|优点|反应快", "甲方案|优点|决策链条短", "甲方案|缺点|规模小", "乙方案|优点|规模大"),
    ),
    Content("型号对比", (grid("方面 甲型 乙型", "优点 快 稳", "缺点 乱 慢", "费用 10 20"),), COMPARED),
    Content("型号对照", (grid("型号 优点 缺点 费用", "甲型 快 乱 10", "乙型 稳 慢 20"),), COMPARED),
    Content(
        "部门分工",
        (
            grid(
                "中心 部门 职责",
                "前台中心 市场部 策划",
                "_ 销售部 签约",
                "后台中心 维护部 检修",
                merged=((1, 0, 2, 0),),
            ),
        ),
        said("市场部|职责|策划", "销售部|职责|签约", "维护部|职责|检修"),
    ),
    Content(
        "产品收费",
        (
            grid(
                "产品 收费 _ 期限",
                "_ 开户 月租 _",
                "金卡 30元 5元 一年",
                "银卡 10元 2元 半年",
                merged=((0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)),
            ),
        ),
        said("金卡|收费 开户|30元", "金卡|收费 月租|5元", "金卡|期限|一年")
        | said("银卡|收费 开户|10元", "银卡|收费 月租|2元", "银卡|期限|半年"),
    ),
    Content(
        "各部门职责",
        (grid("部门 职责", "财务部 付款/记账", "客服部 接听来电"),),
        said("财务部|职责|付款", "财务部|职责|记账", "客服部|职责|接听来电"),
    ),
    Content(
        "部门职责",
        (Bullet("财务部：负责付款"), Bullet("客服部：负责接听来电")),
        said("财务部|部门职责|负责付款", "客服部|部门职责|负责接听来电"),
    ),
    Content(
        "常用术语",
        (Bullet("周转率：一年内库存更新的次数"), Bullet("毛利：收入减去成本")),
        said("周转率|定义|一年内库存更新的次数", "毛利|定义|收入减去成本"),
    ),
    Content(
        "丙方案",
        (Bullet("优点：成本低"), Bullet("缺点：见效慢；风险高")),
        said("丙方案|优点|成本低", "丙方案|缺点|见效慢", "丙方案|缺点|风险高"),
    ),
    Content(
        "跟岗安排",
        (
            Heading("电话组"),
            Bullet("练习脚本：两天"),
            Bullet("跟听：王师傅带，先记再问"),
            Heading("柜台组"),
            Bullet("练习脚本：三天"),
            Bullet("跟听：李师傅带"),
        ),
        said(
            "电话组|练习脚本|两天",
            "电话组|跟听|王师傅带，先记再问",
            "柜台组|练习脚本|三天",
            "柜台组|跟听|李师傅带",
        ),
    ),
    Content(
        "工厂组织结构",
        (Bullet("厂长"), Bullet("生产部", 1), Bullet("装配车间", 2), Bullet("质检部", 1)),
        relations=frozenset({("厂长", "生产部"), ("生产部", "装配车间"), ("厂长", "质检部")}),
    ),
    Content(
        "报销流程",
        (Step("填写申请", 1), Step("主管审批", 2), Step("财务付款", 3)),
        said("报销|流程|1. 填写申请", "报销|流程|2. 主管审批", "报销|流程|3. 财务付款"),
    ),
    Content(
        "丁方案（推断）",
        (Heading("优点"), Bullet("省电"), Bullet("省人")),
        said("丁方案|优点|省电", "丁方案|优点|省人"),
        inferred=frozenset({"省电", "省人"}),
    ),
    Content(
        "整改清单",
        (grid("事项 负责人 期限", "更换灭火器 王工 6月底", "疏通通道 李工 7月中"),),
        said("更换灭火器|负责人|王工", "更换灭火器|期限|6月底", "疏通通道|负责人|李工", "疏通通道|期限|7月中"),
    ),
    Content(
        "站点职责",
        (grid("站点 职责", "东站* 发车", "西站 检修"), Text("* 夜间停运。")),
        said("东站|职责|发车", "西站|职责|检修", "东站|备注|夜间停运。"),
    ),
    Content(
        "门禁系统",
        (Text("门禁系统是控制人员进出的设备。"), Text("门禁系统由读卡器、控制器和电锁组成。")),
        said(
            "门禁系统|定义|门禁系统是控制人员进出的设备。",
            "门禁系统|组织结构|门禁系统由读卡器、控制器和电锁组成。",
        ),
        frozenset({("门禁系统", "读卡器"), ("门禁系统", "控制器"), ("门禁系统", "电锁")}),
    ),
)


def _holds(suffix: str, content: Content) -> bool:
    if suffix in (".xlsx", ".csv"):
        return content.only_table and not (suffix == ".csv" and content.merges)
    return not (suffix in (".md", ".txt") and content.merges)


def _said(facts: Sequence[Fact]) -> set[tuple[str, str, str]]:
    """Without the bare names a list gives before it speaks of each: as headings they are no facts."""
    names = {fact.subject for fact in facts}
    return {(f.subject, f.aspect, f.text) for f in facts if f.aspect or f.text not in names}


def _assert_says(deck: Deck, content: Content) -> None:
    facts = [fact for slide in deck.slides for fact in slide.facts]
    relations = [relation for slide in deck.slides for relation in slide.relations]
    assert _said(facts) == content.facts
    assert {(relation.parent, relation.child) for relation in relations} == content.relations
    assert {fact.text for fact in facts if fact.inferred} == content.inferred


CASES = [(suffix, content) for suffix in WRITERS for content in CONTENTS if _holds(suffix, content)]


@pytest.mark.parametrize(("suffix", "content"), CASES, ids=lambda value: getattr(value, "title", value))
def test_every_format_says_the_same(tmp_path: Path, suffix: str, content: Content) -> None:
    path = tmp_path / f"演示{suffix}"
    path.write_bytes(WRITERS[suffix]([content]))
    _assert_says(read_deck(path, TermBase.bundled()), content)


@pytest.mark.parametrize("suffix", [".md", ".txt", ".pptx", ".docx", ".html", ".xlsx"])
def test_pages_in_one_file_say_the_same(tmp_path: Path, suffix: str) -> None:
    contents = [content for content in CONTENTS if _holds(suffix, content)]
    path = tmp_path / f"演示{suffix}"
    path.write_bytes(WRITERS[suffix](contents))
    deck = read_deck(path, TermBase.bundled())
    facts = [fact for slide in deck.slides for fact in slide.facts]
    relations = {(r.parent, r.child) for slide in deck.slides for r in slide.relations}
    assert _said(facts) == {fact for content in contents for fact in content.facts}
    assert relations == {relation for content in contents for relation in content.relations}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_printed_slides_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "演示.pptx"
    path.write_bytes(WRITERS[".pptx"](CONTENTS))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, timeout=120, capture_output=True)
    printed = read_deck(path.with_suffix(".pdf"), TermBase.bundled())
    facts = _said([fact for slide in printed.slides for fact in slide.facts])
    expected = {fact for content in CONTENTS for fact in content.facts}
    missing = expected - facts
    assert len(missing) <= len(expected) // 10, missing
