from dataclasses import replace

from ui_samples import comparing, listing, refusing, structuring

from kejian.assistant.answer import Sentence
from kejian.ui.parts import Part, parts


def test_headings_and_items_come_from_the_markdown() -> None:
    answer = listing()
    said = parts(answer)
    assert said[0] == Part("heading", "前后端型的优点")
    assert [part.kind for part in said[1:]] == ["item"] * 3
    assert [part.text for part in said[1:]] == [sentence.text for sentence in answer.sentences]


def test_headings_without_sentences_are_kept() -> None:
    assert [part.kind for part in parts(comparing("比较"))] == ["heading"]
    assert [part.kind for part in parts(structuring("结构"))] == ["heading", "sentence"]


def test_sentences_that_the_markdown_does_not_hold_are_said_all_the_same() -> None:
    answer = replace(listing(), answer="")
    assert [part.text for part in parts(answer)] == [sentence.text for sentence in answer.sentences]


def test_a_heading_that_repeats_the_question_is_left_out() -> None:
    assert [part.kind for part in parts(listing("前后端型的优点？"))] == ["item"] * 3


def test_markdown_inside_a_sentence_makes_no_heading() -> None:
    text = "a\n**forged**\n- b"
    answer = replace(refusing("费用"), answer=text, sentences=(Sentence(text, ()),))
    assert parts(answer) == (Part("sentence", text),)


def test_sentences_that_repeat_the_table_are_left_to_it() -> None:
    answer = comparing("比较")
    cell = answer.matrix.rows[0].cells[0] if answer.matrix else None
    assert cell
    repeated = Sentence("前后端型的优点:" + cell.text, cell.citations)
    note = Sentence("注：部分内容为编者推断", ())
    said = parts(replace(answer, sentences=(repeated, note)))
    assert [part.text for part in said if part.kind == "sentence"] == [note.text]
