from pathlib import Path

import pytest

from kejian.corpus.errors import SetupError
from kejian.corpus.normalize import searchable
from kejian.corpus.terms import Term, TermBase


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("中小企业部", "商业客户部"),
        ("个人客户部", "公众客户部"),
        ("计费账务中心", "业务支持中心"),
        ("计费帐务中心", "业务支持中心"),
        ("公话公司", "公用电话部"),
        ("增值业务公司", "增值业务中心"),
        ("业务流程重组", "BPR"),
        ("流程再造", "BPR"),
        ("前後端型", "前后端型"),
        ("Call Centre", "呼叫中心"),
        ("key account department", "大客户部"),
    ],
)
def test_aliases_name_their_subject(terms: TermBase, said: str, name: str) -> None:
    subject = terms.subject(said)
    assert subject is not None
    assert subject.name == name


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("优势", "advantage"),
        ("有什么好", "advantage"),
        ("弊端", "drawback"),
        ("负责什么", "duty"),
        ("組織架構", "structure"),
        ("选择理由", "rationale"),
        ("潜在风险", "risk"),
        ("新结构特点", "feature"),
        ("drawbacks", "drawback"),
    ],
)
def test_aspects_are_known_as_people_say_them(terms: TermBase, said: str, role: str) -> None:
    aspect = terms.aspect(said)
    assert aspect is not None
    assert aspect.role == role


def test_no_spelling_stands_for_two_things(terms: TermBase) -> None:
    spellings = [searchable(text) for term in (*terms.subjects, *terms.aspects) for text in set(term.spellings)]
    # One subject may hold two spellings that fold to one (帐务, 账务); two subjects may not share one.
    owners: dict[str, set[str]] = {}
    for term in (*terms.subjects, *terms.aspects):
        for text in term.spellings:
            owners.setdefault(searchable(text), set()).add(term.name)
    assert {text: names for text, names in owners.items() if len(names) > 1} == {}
    assert min(map(len, spellings)) > 1


def test_every_subject_has_an_english_name_or_an_alias(terms: TermBase) -> None:
    assert not [subject.name for subject in terms.subjects if len(subject.spellings) < 2]


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("优点", ("", "优点")),
        ("前后端型的优点", ("前后端型", "优点")),
        ("营销中心组织结构与职责", ("营销中心", "职责")),
        ("前后端型的组织结构（编者推断）", ("前后端型", "组织结构")),
        ("设立市场拓展部", ("设立市场拓展部", "")),
        ("黄页号簿公司**", ("黄页号簿公司", "")),
    ],
)
def test_headings_are_split(terms: TermBase, heading: str, parts: tuple[str, str]) -> None:
    assert terms.split_heading(heading) == parts


@pytest.mark.parametrize("name", ["大客户关注", "网络中心说明", "营业厅", "电话中心", "工程建设", "资源管理"])
def test_names_are_not_misread_as_aspects(terms: TermBase, name: str) -> None:
    assert terms.split_heading(name) == (name, "")


def test_inference_marks_are_read_in_any_brackets(terms: TermBase) -> None:
    assert terms.is_inferred("职责（编者推断）")
    assert terms.is_inferred("职责〔推断〕")
    assert not terms.is_inferred("这是推断")
    assert terms.without_mark("职责（编者推断）**") == "职责"


def test_a_library_adds_to_the_bundled_terms(tmp_path: Path) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text("subjects:\n  - {name: 大客户部, aliases: [要客部]}\n", encoding="utf-8")
    from kejian.corpus.terms import BUNDLED_TERMS

    subject = TermBase.read(BUNDLED_TERMS, path).subject("要客部")
    assert subject is not None
    assert "大客户部门" in subject.aliases


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("topics: []", "不认识的内容:topics"),
        ("aspects:\n  - {name: 甲, role: magic}", "role 不对:magic"),
        ("subjects:\n  - {aliases: [甲]}", "没有 name"),
        ("subjects:\n  - {name: 甲, alias: [乙]}", "不认识的键:alias"),
        ("subjects: [", "UTF-8 的 YAML"),
    ],
)
def test_a_faulty_term_base_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=r"terms\.yaml") as error:
        TermBase.read(path)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("heading", "subject", "aspect"),
    [
        ("前後端型的優點", "前後端型", "優點"),
        ("大客戶部組織結構與職責", "大客戶部", "職責"),
        ("ＡＢ型 缺點", "ＡＢ型", "缺點"),
        ("優點", "", "優點"),
        ("會議室", "會議室", ""),
    ],
)
def test_headings_in_traditional_characters(terms: TermBase, heading: str, subject: str, aspect: str) -> None:
    assert terms.split_heading(heading) == (subject, aspect)


@pytest.mark.parametrize("base", [TermBase(), TermBase(aspects=(Term("", ("",)),))])
def test_a_term_base_without_aspects_splits_no_heading(base: TermBase) -> None:
    assert base.split_heading("前后端型的优点") == ("前后端型的优点", "")
    assert base.split_heading("") == ("", "")


def test_a_term_base_without_marks_knows_no_inference() -> None:
    assert not TermBase().is_inferred("（）")
    assert TermBase().without_mark("年假（推断）*") == "年假（推断）"
