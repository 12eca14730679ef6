"""Whatever is read: every range gives exactly the text it stands for, and ids depend on nothing but content."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import Read
from slide_maker import TITLE_AND_BODY, SlideMaker, make

from kejian.corpus.errors import RefusedFile
from kejian.ingest.model import Deck, Slide

TROUBLE = """
前后端型 优点 缺点： 职责 组织结构 市场部* 销售部** （编者推断） 负责销售 下设甲部、乙部和丙部 是一种 一、 1.2 第三步：
| ** > #
反应快，成本低。 ；尤其 * ** ※ [^1] \\* `x` <br> & 𠮷 \u200b 注： 备注： 1. - + ~~~ --- https://a.b/c PAS 1000 臵
"""
WORDS = st.sampled_from(TROUBLE.split())
LINE = st.lists(WORDS | st.text(st.characters(exclude_characters="\x00"), max_size=8), max_size=8).map("".join)
NAME = st.text(alphabet="甲乙丙丁部型中心优缺点（）*：", min_size=1, max_size=10)
MARKUP = st.sampled_from(
    [
        "# ",
        "## ",
        "### ",
        "- ",
        "  - ",
        "    - ",
        "1. ",
        "> ",
        "| a | b |\n|---|---|\n| ",
        "",
        "",
        "    ",
        "<!-- slide: 7 -->\n",
        "---\n",
        "\\* ",
    ]
)
MARKDOWN = st.lists(st.tuples(MARKUP, LINE, st.sampled_from(["\n", "\n\n"])).map("".join), max_size=25).map("".join)
TEXT = st.lists(
    st.tuples(st.sampled_from(["", "• ", "- ", "一、", "1. ", "第2页", "\f", "  "]), LINE).map("".join), max_size=25
).map("\n".join)
RELAXED = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(deck: Deck) -> None:
    """Every promise about ranges and ids."""
    for slide in deck.slides:
        _check_ranges(slide)
        _check_heads(slide)
    for things in ("blocks", "facts", "relations", "passages"):
        ids = [thing.id for slide in deck.slides for thing in getattr(slide, things)]
        assert len(ids) == len(set(ids)), things
    ids = [slide.id for slide in deck.slides]
    assert len(ids) == len(set(ids))


def _check_ranges(slide: Slide) -> None:
    for thing in (*slide.blocks, *slide.facts, *slide.passages):
        assert slide.source[thing.start : thing.end] == thing.text
        assert thing.text.strip() == thing.text != ""
    for relation in slide.relations:
        assert slide.source[relation.start : relation.end] == relation.child != ""
        assert slide.source[relation.parent_start : relation.parent_end] == relation.parent == relation.chain[-1] != ""
    for shape in slide.shapes:
        assert 0 <= shape.start <= shape.end <= len(slide.source)


def _check_heads(slide: Slide) -> None:
    said = [(block.start, block.end) for block in slide.blocks]
    assert said == sorted(said), "blocks stand in the order of the source"
    for block in slide.blocks:
        if block.kind not in ("title", "heading"):
            assert any(passage.start < block.end and block.start < passage.end for passage in slide.passages)
    assert all(len(passage.text) <= 300 for passage in slide.passages)
    assert all(fact.subject for fact in slide.facts)


def attempt(read: Read, name: str, content: str | bytes) -> Deck | None:
    """The deck; None where there is nothing to read."""
    try:
        return read(name, content)
    except RefusedFile as error:
        if any(reason in str(error) for reason in ("没有可读的文字", "空文件")):
            return None
        raise


@RELAXED
@given(text=MARKDOWN)
def test_markdown(read: Read, text: str) -> None:
    deck = attempt(read, "random.md", text.encode("utf-8", "ignore"))
    if deck:
        check(deck)
        assert read("random.md", text.encode("utf-8", "ignore")) == deck


@RELAXED
@given(text=TEXT)
def test_plain_text(read: Read, text: str) -> None:
    if deck := attempt(read, "random.txt", text.encode("utf-8", "ignore")):
        check(deck)


PLACES = st.tuples(*[st.integers(-50, 700)] * 2, *[st.integers(0, 400)] * 2)
SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
LINES = st.lists(st.tuples(st.sampled_from(["", "- ", "  - "]), NAME | SAFE).map("".join), min_size=1, max_size=4)
BOXES = st.lists(st.tuples(PLACES, LINES, st.sampled_from(["text", "box", "group"])), max_size=8)
GRIDS = st.lists(st.lists(NAME | SAFE, min_size=3, max_size=3), min_size=1, max_size=4)
SPECS = st.fixed_dictionaries(
    {
        "title": NAME | SAFE,
        "boxes": BOXES,
        "lines": st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()), max_size=8),
        "table": st.none() | GRIDS,
        "merge": st.booleans(),
        "notes": SAFE,
    }
)


def draw(slide: SlideMaker, spec: dict[str, Any]) -> None:
    """Draw what ``spec`` describes."""
    drawn, group = [], slide.group()
    for place, lines, kind in spec["boxes"]:
        target = group if kind == "group" else slide
        drawn.append(target.box(place, *lines) if kind != "text" else target.text(place, *lines))
    for begin, end, arrow in spec["lines"]:
        if begin < len(drawn) and end < len(drawn):
            slide.line(drawn[begin], drawn[end], arrow)
    if spec["table"]:
        merged = [(0, 0, len(spec["table"]) - 1, 1)] if spec["merge"] else []
        slide.table((20, 300, 600, 100), spec["table"], merged)
    slide.notes(spec["notes"])


def presentation(specs: list[dict[str, Any]]) -> bytes:
    return make(*((spec["title"], lambda s, spec=spec: draw(s, spec)) for spec in specs), layout=TITLE_AND_BODY)  # type: ignore[misc]


@settings(RELAXED, max_examples=20)
@given(specs=st.lists(SPECS, min_size=1, max_size=3))
def test_presentations(read: Read, specs: list[dict[str, Any]]) -> None:
    content = presentation(specs)
    if deck := attempt(read, "random.pptx", content):
        check(deck)
        assert read("random.pptx", content) == deck


@settings(RELAXED, max_examples=30)
@given(slides=st.lists(LINE, min_size=2, max_size=6), changed=st.integers(0, 5), line=LINE)
def test_a_changed_slide_changes_only_its_own_ids(read: Read, slides: list[str], changed: int, line: str) -> None:
    def written(texts: list[str]) -> bytes:
        parts = (
            f"<!-- slide: {n} -->\n\n## 标题{n}\n\n- {text.replace('<!--', '')}\n\n" for n, text in enumerate(texts, 1)
        )
        return ("---\ntitle: 讲义\n---\n" + "".join(parts)).encode("utf-8", "ignore")

    changed %= len(slides)
    before = read("changing.md", written(slides))
    after = read("changing.md", written([*slides[:changed], line, *slides[changed + 1 :]]))
    for old, new in zip(before.slides, after.slides, strict=False):
        if old.number != changed + 1:
            assert old == replace(new, position=old.position)
