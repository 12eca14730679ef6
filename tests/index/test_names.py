from decks import make_deck, make_slide

from kejian.corpus.terms import Term, TermBase
from kejian.index.names import library_names
from kejian.ingest.model import Fact, Relation, Slide

TERMS = TermBase(subjects=(Term("大客户部", ("重点客户部",)),), inferred_marks=("编者推断",))


def deck_of(*names):
    facts = tuple(Fact(name, name, "", "", 0, 0) for name in names)
    return make_deck("甲", Slide("s", 1, 1, "", "", facts=facts))


def test_terms_and_subjects():
    assert library_names([make_deck("甲", make_slide(1, "收款部:收款"))], TERMS) == ("大客户部", "收款部", "重点客户部")


def test_brackets_and_marks_are_taken_apart():
    names = library_names([deck_of("中小企业部（商业客户部）*", "财务中心[编者推断]", "市/区公司")], TermBase())
    assert {"中小企业部", "商业客户部", "财务中心", "区公司"} <= set(names)


def test_sentences_and_single_characters_are_no_names():
    assert library_names([deck_of("一", "这是一句很长很长的话而不是名字")], TermBase()) == ()


def test_units_of_charts():
    relation = Relation("r", "总公司", "分公司", ("总公司",), 0, 0, 0, 0)
    deck = make_deck("甲", Slide("s", 1, 1, "", "", relations=(relation,)))
    assert library_names([deck], TermBase()) == ("分公司", "总公司")
