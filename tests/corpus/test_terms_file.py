"""Terms written into a user's own file: what stands there stays as it is."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kejian.corpus.errors import SetupError
from kejian.corpus.terms import Term, TermBase
from kejian.corpus.terms_file import Additions, add_terms, with_terms

ADDED = Additions((Term("客户关系管理", ("CRM",)), Term("大客户部", ("要客部",))), (Term("隐患", role="risk"),))


def test_comments_and_layout_stay() -> None:
    before = "# 我的\nsubjects:\n- name: 大客户部   # 注\n  aliases: [大客]\n- 网点\naspects:\n- {name: 叫号}\n"
    after = with_terms(before, ADDED)
    assert all(line in after for line in ("# 我的\n", "- name: 大客户部   # 注\n", "- 网点\n", "- {name: 叫号}\n"))
    assert "  aliases: [大客, 要客部]\n" in after
    assert "- name: 客户关系管理\n  aliases: [CRM]\n" in after


@pytest.mark.parametrize(
    "before", ["", "# 只有注释\n", "subjects:\n", "marks: {inferred: [推断]}\n", "subjects: [大客户部]"]
)
def test_any_file_takes_them(tmp_path: Path, before: str) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(before, encoding="utf-8")
    add_terms(path, ADDED)
    terms = TermBase.read(path)
    assert [terms.subject(text).name for text in ("CRM", "要客部")] == ["客户关系管理", "大客户部"]  # type: ignore[union-attr]
    assert [(aspect.name, aspect.role) for aspect in terms.aspects] == [("隐患", "risk")]
    assert path.read_text(encoding="utf-8").startswith(before[:6] if before.startswith("#") else "")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("before", ["subjects: [", "topics: []\n", "subjects:\n- 甲\nsubjects:\n- 乙\n"])
def test_a_faulty_file_is_left_alone(tmp_path: Path, before: str) -> None:
    path = tmp_path / "terms.yaml"
    path.write_text(before, encoding="utf-8")
    with pytest.raises(SetupError):
        add_terms(path, ADDED)
    assert path.read_text(encoding="utf-8") == before


@given(st.lists(st.text("甲乙: #'\"[]{}-&*!|>%@\\", min_size=1, max_size=6).filter(str.strip), max_size=4))
def test_any_name_survives(names: list[str]) -> None:
    names = [name for name in dict.fromkeys(names) if name.strip() == name]
    text = with_terms("", Additions(tuple(Term(name) for name in names)))
    content = yaml.safe_load(text) or {}
    assert [entry["name"] for entry in content.get("subjects", [])] == names
