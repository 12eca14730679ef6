import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from ui_samples import BPR, SampleLibrary, comparing, listing, structuring

from kejian.assistant.answer import Answer
from kejian.ingest.model import Block, Deck, Slide
from kejian.ui.html import markup
from kejian.ui.render_paper import paper
from kejian.ui.render_source import View, by_slide, panel, sources
from kejian.ui.slide_frame import Mark
from kejian.ui.slide_marks import marked
from kejian.ui.texts import speaker

SAY = speaker("zh")
Find = Callable[[str, int], tuple[Deck, Slide] | None]


def views(answer: Answer, find: Find) -> list[View]:
    """Every slide the answer cites, as the page shows it."""
    return [View(place, of[0].deck_title, of[0].title, of, find(*place)) for place, of in by_slide(answer).items()]


SOURCE = st.text(st.sampled_from("部门<&>职责 \n"), max_size=40)


@given(SOURCE, st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=5))
def test_marking_changes_no_character(source: str, ranges: list[tuple[int, int]]) -> None:
    marks = [
        Mark(n, min(ends), min(max(ends), len(source))) for n, ends in enumerate(ranges) if min(ends) < len(source)
    ]
    html = markup(marked(source, marks))
    assert unescape(re.sub("<[^>]*>", "", html)) == source
    for mark in marks:
        quoted = re.findall(rf'<mark data-cites="(?:[^"]* )?{mark.n}(?: [^"]*)?">([^<]*)</mark>', html)
        assert unescape("".join(quoted)) == source[mark.start : mark.end]


def test_a_slide_is_shown_once_with_all_that_is_cited_of_it() -> None:
    (view,) = views(comparing("比较"), SampleLibrary().slide)
    assert len(view.citations) == len(view.marks) == 13
    assert view.key == f"{BPR.id}/16"


def test_a_slide_that_is_not_cited_is_shown_without_marks_and_with_its_neighbours() -> None:
    html = panel(View((BPR.id, 17), BPR.title, BPR.slides[1].title, (), (BPR, BPR.slides[1])), SAY)
    assert "data-cites" not in html
    assert re.findall(r'class="kj-(before|after)" data-slide="\w+/(\d+)"', html) == [("before", "16"), ("after", "18")]


def test_the_first_slide_has_none_before_it_and_a_number_is_turned_to_once() -> None:
    twice = replace(BPR, slides=(BPR.slides[0], BPR.slides[1], replace(BPR.slides[1], position=3), BPR.slides[2]))
    first, second = (panel(View((BPR.id, page.number), "", "", (), (twice, page)), SAY) for page in twice.slides[:2])
    assert re.findall(r'data-slide="\w+/(\d+)"', first) == ["16", "17"]
    assert re.findall(r'data-slide="\w+/(\d+)"', second) == ["17", "16", "18"]


def test_slides_without_geometry_become_a_card() -> None:
    (view,) = views(SampleLibrary().ask("大客户部的职责", ()), SampleLibrary().slide)
    html = panel(view, SAY)
    assert 'class="kj-paper"' in html
    assert '<div class="p-bullet p-level0"><mark data-cites="2">建立深层次的客户关系</mark></div>' in html


def test_a_slide_that_is_gone_leaves_its_quotation() -> None:
    (view,) = views(listing(), lambda deck, number: None)
    html = panel(view, SAY)
    assert "已不在资料库中" in html
    assert "部门内决策快" in html


def test_a_slide_that_changed_is_not_marked_in_the_wrong_place() -> None:
    slide = replace(BPR.slides[0], source="新的一行\n" + BPR.slides[0].source)
    (view,) = views(listing(), lambda deck, number: (BPR, slide))
    assert view.marks == []
    assert "改过" in panel(view, SAY)


def test_long_lists_of_sources_fold() -> None:
    html = sources(comparing("比较"), SAY) or ""
    assert "其余 9 处" in html
    assert "13 处原文，1 页课件" in re.sub("<[^>]*>", "", html)


def test_speaker_notes_stand_under_the_slide() -> None:
    (view,) = views(structuring("结构"), SampleLibrary().slide)
    assert '<aside class="kj-notes" aria-label="备注"><p>讲课时先说明两个中心的分工</p></aside>' in panel(view, SAY)


def test_what_was_recognised_in_a_picture_says_so() -> None:
    plain = listing()
    seen = replace(plain, citations=(replace(plain.citations[0], confidence=0.93), *plain.citations[1:]))
    (view,) = views(seen, SampleLibrary().slide)
    html = sources(seen, SAY) or ""
    assert html.count("识别自图片") == 1
    assert "置信度 0.93" in html
    assert "识别自图片" in panel(view, SAY)
    assert "识别自图片" not in (sources(plain, SAY) or "")


def test_a_table_without_geometry_is_a_table() -> None:
    source = "级别 | 一线\n经理 | 500 元\n凭票报销"
    places = (("级别", 0, 0, 1, 1), ("一线", 0, 1, 1, 2), ("经理", 1, 0, 1, 1), ("500 元", 1, 2, 1, 1))
    starts = {text: source.index(text) for text, *_ in places}
    blocks = [Block(t, "cell", t, starts[t], starts[t] + len(t), cell=tuple(place)) for t, *place in places]
    slide = Slide("s", 1, 1, "", source, (*blocks, Block("p", "paragraph", "凭票报销", 18, 22)))
    html = paper(slide, [Mark(4, starts["500 元"], starts["500 元"] + 5)])
    assert html == (
        '<div class="kj-paper"><table class="p-table"><tbody><tr><th>级别</th><th colspan="2">一线</th></tr>'
        '<tr><td>经理</td><td></td><td><mark data-cites="4">500 元</mark></td></tr></tbody></table>'
        '<div class="p-paragraph p-level0">凭票报销</div></div>'
    )


def test_two_tables_one_below_the_other_stay_two() -> None:
    source = "甲 | 乙\n丙 | 丁"
    places = ((0, 0), (0, 1), (0, 0), (0, 1))
    starts = (0, 4, 6, 10)
    blocks = tuple(
        Block(str(n), "cell", source[n], n, n + 1, cell=(*p, 1, 1)) for n, p in zip(starts, places, strict=True)
    )
    html = paper(Slide("s", 1, 1, "", source, blocks), [])
    assert html.count("<table") == 2


def test_a_hidden_slide_says_so() -> None:
    (view,) = views(listing(), lambda deck, number: (BPR, replace(BPR.slides[0], hidden=True)))
    assert "隐藏页" in panel(view, SAY)
    assert "隐藏页" not in panel(views(listing(), SampleLibrary().slide)[0], SAY)
