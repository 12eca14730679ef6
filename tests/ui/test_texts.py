"""Every text of the interface has its English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from kejian.index.records import REASONS
from kejian.ui import texts
from kejian.ui.commands.ingest import STAGES
from kejian.ui.page import TABS
from kejian.ui.render_body import ALIGNED, REFUSAL_TITLES
from kejian.ui.render_frame import SCRIPT_WORDS
from kejian.ui.render_inspector import PARTS
from kejian.ui.tabs.chat import LOST
from kejian.ui.texts import english, speaker

UI = Path(texts.__file__).parent
NAMES = re.compile(r"\{(\w+)")


def said() -> Iterator[str]:
    """The literal texts that the code passes to ``say``."""
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "frame.say"):
                yield from (text.value for text in node.args[:1] if isinstance(text, ast.Constant))


def test_every_text_has_its_english() -> None:
    named = {*(tab.label for tab in TABS), *REASONS, *REFUSAL_TITLES.values(), *SCRIPT_WORDS.values(), ALIGNED, LOST}
    named |= {*STAGES.values(), *PARTS.values()}
    assert {*said(), *named} - set(english()) == set()


def test_english_fills_in_the_same_values() -> None:
    for chinese, text in english().items():
        assert set(NAMES.findall(chinese)) == set(NAMES.findall(text)), chinese


def test_chinese_is_said_as_written() -> None:
    assert speaker("zh")("第{n}页", n=3) == "第3页"
    assert speaker("en")("第{n}页", n=3) == "p. 3"
