from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kejian.ui.html import Html, element, markup, shown

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TEXTS, TEXTS)
def test_text_stays_text(text: str, attribute: str) -> None:
    seen = Seen()
    seen.feed(element("p", text, title=attribute))
    seen.close()
    assert seen.tags == ["p"]
    assert seen.text == shown(text)
    assert seen.attributes == {"title": shown(attribute)}


@given(TEXTS)
def test_shown_text_keeps_every_offset(text: str) -> None:
    assert len(shown(text)) == len(text)


def test_own_markup_is_not_escaped_twice() -> None:
    assert markup([element("b", "&"), "<", None]) == "<b>&amp;</b>&lt;"
    assert unescape(markup(["x", ["y", Html("<i/>")]])) == "xy<i/>"


def test_direction_and_control_characters_are_visible() -> None:
    assert shown("a\u202excod\u200b\x00\n") == "a▯xcod▯▯\n"


def test_attributes() -> None:
    made = element("svg", hidden=True, tabindex=0, lang=None, aria_label="一", draggable=False, x=1.25)
    assert made == '<svg hidden tabindex="0" aria-label="一" x="1.25"></svg>'
