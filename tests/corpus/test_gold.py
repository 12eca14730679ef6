import json
from pathlib import Path

import pytest

from kejian.corpus.errors import UsageError
from kejian.corpus.gold_questions import GoldQuestion, bundled_gold, read_gold

GOOD = {"id": "a", "slice": "优点", "question": "甲的优点", "expect": "answer", "points": [["一", "1"]]}


def written(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_a_question_is_read_with_all_its_fields(tmp_path: Path) -> None:
    full = GOOD | {"turns": ["先问"], "kinds": ["list"], "forbid": ["二"], "slides": [16], "deck": "课"}
    assert read_gold(written(tmp_path, "", full, "  ")) == [
        GoldQuestion(
            id="a",
            slice="优点",
            question="甲的优点",
            expect="answer",
            turns=("先问",),
            kinds=("list",),
            points=(("一", "1"),),
            forbid=("二",),
            slides=(16,),
            deck="课",
        )
    ]


def test_a_refusal_is_read(tmp_path: Path) -> None:
    refusal = {"id": "b", "slice": "不可答", "question": "乙", "expect": "refusal", "reasons": ["not_in_material"]}
    question = read_gold(written(tmp_path, refusal | {"mention": [["丙", "丁"]]}))[0]
    assert (question.reasons, question.mention) == (("not_in_material",), (("丙", "丁"),))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "不是 JSON"),
        ("[1]", "JSON 对象"),
        (GOOD | {"answer": "x"}, "不认识的键 answer;可用的是 id、slice"),
        ({"id": "b"}, "缺少 slice,请补上"),
        (GOOD | {"question": " "}, "缺少 question"),
        (GOOD | {"expect": "maybe"}, "expect 只能是 answer 或 refusal"),
        (GOOD | {"points": []}, "要有 points"),
        (GOOD | {"points": ["一"]}, "points 的每一项要写成说法的列表"),
        (GOOD | {"points": [["一", ""]]}, "points 要写成文字的列表"),
        (GOOD | {"slides": ["16"], "deck": "课"}, "slides 要写成页码的列表"),
        (GOOD | {"slides": [True], "deck": "课"}, "slides 要写成页码的列表"),
        (GOOD | {"slides": [16]}, "就要写 deck"),
        (GOOD | {"kinds": ["table"]}, "kinds 里有不认识的 table"),
        (GOOD | {"reasons": ["unknown"]}, "reasons 里有不认识的 unknown;可用的是 not_in_material"),
        (GOOD | {"turns": "先问"}, "turns 要写成文字的列表"),
        (GOOD | {"deck": 3}, "deck 要写成文字"),
        (GOOD | {"expect": "refusal"}, "写在 mention 里"),
    ],
)
def test_a_wrong_line_is_named_with_its_remedy(tmp_path: Path, line: object, said: str) -> None:
    path = written(tmp_path, GOOD | {"id": "first"}, line)
    with pytest.raises(UsageError) as error:
        read_gold(path)
    assert f"{path} 第 2 行:" in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="第 3 行:id「a」与第 1 行重复"):
        read_gold(written(tmp_path, GOOD, "", GOOD))


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个文件"):
        read_gold(tmp_path / "none.jsonl")
    (tmp_path / "gbk.jsonl").write_bytes("{甲}".encode("gbk"))
    with pytest.raises(UsageError, match="UTF-8"):
        read_gold(tmp_path / "gbk.jsonl")


def test_the_bundled_questions_are_all_read() -> None:
    assert len(bundled_gold()) >= 150
