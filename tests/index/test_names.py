from decks import make_deck, make_slide

from kejian.corpus.terms import Term, TermBase
from kejian.index.names import LibraryNames, terms_digest
from kejian.ingest.model import Fact, Relation, Slide
from kejian.ingest.read import read_deck

TERMS = TermBase(subjects=(Term("大客户部", ("重点客户部",)),), inferred_marks=("编者推断",))


def deck_of(*names):
    facts = tuple(Fact(name, name, "", "", 0, 0) for name in names)
    return make_deck("甲", Slide("s", 1, 1, "", "", facts=facts))


def test_aliases_are_those_that_the_decks_leave_no_doubt_about(tmp_path):
    path = tmp_path / "deck.md"
    path.write_text("# 说明\n\n## 职责\n\n- 客户关系管理（以下简称客管）由市场部负责\n", encoding="utf-8")
    deck = read_deck(path, TERMS)
    names = LibraryNames.of([deck], TERMS)
    assert names.aliases == (("客户关系管理", "客管"),)
    assert "客管" in names.words
    assert (names.terms == terms_digest(TERMS), names.terms == terms_digest(TermBase())) == (True, False)


def test_terms_and_subjects():
    names = LibraryNames.of([make_deck("甲", make_slide(1, "收款部:收款"))], TERMS).words
    assert names == ("大客户部", "收款部", "重点客户部")


def test_brackets_and_marks_are_taken_apart():
    names = LibraryNames.of([deck_of("中小企业部（商业客户部）*", "财务中心[编者推断]", "市/区公司")], TermBase()).words
    assert {"中小企业部", "商业客户部", "财务中心", "区公司"} <= set(names)


def test_sentences_and_single_characters_are_no_names():
    assert LibraryNames.of([deck_of("一", "这是一句很长很长的话而不是名字")], TermBase()).words == ()


def test_units_of_charts():
    relation = Relation("r", "总公司", "分公司", ("总公司",), 0, 0, 0, 0)
    deck = make_deck("甲", Slide("s", 1, 1, "", "", relations=(relation,)))
    assert LibraryNames.of([deck], TermBase()).words == ("分公司", "总公司")
