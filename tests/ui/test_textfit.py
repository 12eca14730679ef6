from hypothesis import given
from hypothesis import strategies as st

from kejian.ui.textfit import HANGING, LINE_HEIGHT, fitting_size, width, wrap

TEXTS = st.text(st.sampled_from("部门职责,。(a W1 .\n"), max_size=60)


@given(TEXTS, st.floats(1, 20), st.integers(0, 50))
def test_wrapping_loses_nothing(text: str, limit: float, start: int) -> None:
    lines = wrap(text, limit, start)
    joined = "".join(text[line.start - start : line.end - start] for line in lines)
    assert joined == text.replace("\n", "")
    assert [line.start for line in lines] == sorted(line.start for line in lines)


@given(TEXTS, st.floats(2, 20))
def test_lines_keep_to_the_limit_but_for_hanging_punctuation(text: str, limit: float) -> None:
    for line in wrap(text, limit):
        said = text[line.start : line.end].rstrip(",。. ")
        assert width(said) <= limit + 0.001


def test_words_stay_whole() -> None:
    text = "运营 Intelligent Network"
    assert [text[line.start : line.end].strip() for line in wrap(text, 6.5)] == ["运营", "Intelligent", "Network"]


def test_type_gets_smaller_until_it_fits() -> None:
    text = "负责大客户的全业务营销" * 4
    size = fitting_size(text, (200, 60), 18, 6)
    lines = wrap(text, 200 / size)
    assert 6 < size < 18
    assert len(lines) * size * LINE_HEIGHT <= 60
    assert max(line.width for line in lines) * size <= 200 + HANGING * size
    assert fitting_size(text, (20, 10), 18, 6) == 6
