"""Words of slides (页面用语): what heads of tables and lists give away by their wording, read from YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from kejian.corpus.normalize import searchable

BUNDLED_WORDS = Path(__file__).with_name("slide_words.yaml")
LONGEST_LABEL = 8
ACTING = re.compile(r"\s*[（(](?:代|兼|代理|兼任|暂)[)）]$")
NUMERALS = "0-9一二三四五六七八九十上下本前后第"


@dataclass(frozen=True)
class SlideWords:
    """Each kind of word as a pattern over the searchable form of a text; short labels by the aspect they stand for."""

    aspect_corners: re.Pattern[str]
    respects: re.Pattern[str]
    subject_corners: re.Pattern[str]
    key_heads: re.Pattern[str]
    value_heads: re.Pattern[str]
    index_heads: re.Pattern[str]
    code_heads: re.Pattern[str]
    attributes: re.Pattern[str]
    attribute_openings: re.Pattern[str]
    aspect_headings: re.Pattern[str]
    periods: re.Pattern[str]
    units: re.Pattern[str]
    glossaries: re.Pattern[str]
    posts: re.Pattern[str]
    questions: re.Pattern[str]
    surnames: re.Pattern[str]
    both_sides: re.Pattern[str]
    short_labels: Mapping[str, str]

    @classmethod
    @cache
    def bundled(cls) -> SlideWords:
        """The words that ship with the product."""
        content = yaml.safe_load(BUNDLED_WORDS.read_text(encoding="utf-8"))
        before = dict.fromkeys(("aspect_corners", "respects", "key_heads", "value_heads", "index_heads"), "")
        before |= {
            "both_sides": r"(?P<of>.*?)的?",
            "glossaries": ".{0,2}",
            "periods": f"[{NUMERALS}]*",
            "attribute_openings": "",
            "aspect_headings": ".{0,2}",
            "surnames": "",
        }
        behind = {"attribute_openings": ".{1,4}", "questions": ".*", "surnames": "[\u4e00-\u9fff]{1,2}"}
        short = {searchable(label): aspect for label, aspect in content.pop("short_labels").items()}
        patterns = {
            name: before.get(name, ".*") + _any_of(words) + behind.get(name, "") for name, words in content.items()
        }
        return cls(**{name: re.compile(pattern) for name, pattern in patterns.items()}, short_labels=short)

    def heads_aspects(self, corner: str) -> bool:
        """Whether a table with ``corner`` at its top left has aspects as its rows.

        >>> SlideWords.bundled().heads_aspects("对比项目"), SlideWords.bundled().heads_aspects("检查项目")
        (True, False)
        """
        return bool(self.aspect_corners.fullmatch(searchable(corner)))

    def heads_respects(self, corner: str) -> bool:
        """Whether the rows below ``corner`` can only be respects in which something is judged: 方面, 角度."""
        return bool(self.respects.fullmatch(searchable(corner)))

    def heads_subjects(self, corner: str) -> bool:
        """Whether a table with ``corner`` at its top left has subjects as its rows (or as its columns)."""
        return bool(self.subject_corners.fullmatch(searchable(corner)))

    def heads_keys(self, head: str) -> bool:
        """Whether ``head`` over the first of two columns says no more than 项目."""
        return bool(self.key_heads.fullmatch(searchable(head)))

    def heads_values(self, head: str) -> bool:
        """Whether ``head`` over the second of two columns says no more than 内容."""
        return bool(self.value_heads.fullmatch(searchable(head)))

    def heads_numbers(self, head: str) -> bool:
        """Whether running numbers stand under ``head``."""
        return bool(self.index_heads.fullmatch(searchable(head)))

    def heads_codes(self, head: str) -> bool:
        """Whether codes stand under ``head`` that tell apart what the next column names: 工号 before 姓名."""
        return bool(self.code_heads.fullmatch(searchable(head)))

    def is_attribute(self, text: str) -> bool:
        """Whether ``text`` is worded like an aspect: 判定标准, 跨行转账费."""
        return bool(self.attributes.fullmatch(searchable(text)))

    def labels_aspect(self, text: str) -> bool:
        """Whether ``text`` before a colon is worded like an aspect: 查询权限, 适用客户."""
        plain = searchable(text)
        return len(plain) <= LONGEST_LABEL and bool(
            self.attributes.fullmatch(plain) or self.attribute_openings.fullmatch(plain)
        )

    def heads_aspect(self, text: str) -> bool:
        """Whether a heading below another is worded like an aspect of what that names.

        >>> SlideWords.bundled().heads_aspect("防范措施"), SlideWords.bundled().heads_aspect("市场部")
        (True, False)
        """
        return bool(self.aspect_headings.fullmatch(searchable(text)))

    def is_period(self, text: str) -> bool:
        """Whether ``text`` is a time such as 2021年 or 一季度, or a bare number."""
        plain = searchable(text)
        return plain.isdigit() or bool(self.periods.fullmatch(plain))

    def is_unit(self, text: str) -> bool:
        """Whether ``text`` ends like the name of a part of an organisation, or of a post."""
        return bool(self.units.fullmatch(searchable(text)))

    def is_post(self, text: str) -> bool:
        """Whether ``text`` ends like the name of a post that one person holds: 运营副总裁."""
        return bool(self.posts.fullmatch(searchable(text)))

    def is_person(self, text: str) -> bool:
        """Whether ``text`` reads like the name of a person; 「（代）」 behind it says that the post is vacant.

        >>> SlideWords.bundled().is_person("李晓云（代）"), SlideWords.bundled().is_person("财务部")
        (True, False)
        """
        return bool(self.surnames.fullmatch(searchable(ACTING.sub("", text))))

    def asks(self, text: str) -> bool:
        """Whether a head is worded as a question, as aspects are and names are not: 谁批, 怎么算."""
        return bool(self.questions.fullmatch(searchable(text)))

    def heads_terms(self, text: str) -> bool:
        """Whether ``text`` heads explanations of terms."""
        return bool(self.glossaries.fullmatch(searchable(text)))


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(searchable(word)) for word in words) + ")"
