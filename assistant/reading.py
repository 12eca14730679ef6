"""A question is read: which subjects, aspects and cues stand in it, which number, and which words remain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal, TypeVar
from unicodedata import normalize

from kejian.assistant.group_signs import shared_beginning, shared_ending
from kejian.assistant.knowledge import Aspect, Entity, Knowledge, Point
from kejian.assistant.ranges import Range, ranges
from kejian.assistant.slips import Slip, Slips, whole_word
from kejian.corpus.cues import Cues
from kejian.corpus.normalize import searchable
from kejian.corpus.synonyms import Synonyms
from kejian.corpus.terms import Role

NUMERALS = {"一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
MEASURE = r"(?:种|个|类|项|条|款|点|步|级|大|家|套|份|档|张|页)"
ORDINAL = re.compile(rf"第\s*({NUMBER})\s*({MEASURE})")
COUNTED = re.compile(rf"(?<!第)(?<![\d一二三四五六七八九十])({NUMBER})\s*({MEASURE})(?!月|工作日|小时)")
NO_INTENTS = frozenset(
    {
        "fillers", "openers", "closers", "pronouns", "kinds", "general_kinds", "several", "more",
        "unit_endings", "owners", "negations", "no_negations", "low", "high", "must", "owned", "placed",
        "free", "exclusive",
        "at_most", "at_least", "beyond", "connecting", "alike", "unlike", "frames_before", "frames_after",
    }
)  # fmt: skip
AND = re.compile(r"\s*(?:[和与跟及同或、,/]|还有|以及|and|vs\.?)?\s*")
HAS_NUMBER = re.compile(r"[\d一二两兩俩三四五六七八九十百千万萬亿億半零〇]")
AMOUNT = re.compile(r"几(?!乎|何|[个种项条类点步款级大])\w|(?:几|多少)个?(?:工作日|小时|钟头|星期|礼拜|月)")
# 「底下都有啥组」, 「下面有几支队伍」: what stands under a unit.
CHILDREN = re.compile(
    r"(?:下面|底下|手下|手底下|下边|旗下)(?:都|一共|总共|现在|还)*(?:有|分|设|带|管|包括|分成)(?:着|了)?(?:哪|几|什么|多少)(?:些|个|支|种)?"
)
STEPS = re.compile(
    rf"(?:[是有]?哪|分)?{NUMBER}(?:步|个步骤|个环节)(?:分别|都|各)?(?:[是有](?:哪|什么|啥)|怎么走)\S{{0,3}}|哪{NUMBER}步"
)
BESIDE_ENDING = "下里内中外上长"  # 「某某部下设」: 部 ends a name all the same
OPEN_ENDS = ("什么", "哪些")  # of 「带来什么」: what is asked for may follow
MOST_SLIPS = 3  # misspelt names in one question

T = TypeVar("T")
MentionKind = Literal["subject", "aspect", "role", "intent", "ordinal", "counted"]


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` of the searchable question names something."""

    start: int
    end: int
    kind: MentionKind
    value: object
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a question. ``rest`` are the content words no mention explains."""

    text: str
    mentions: tuple[Mention, ...]
    subjects: tuple[Entity, ...]
    aspects: tuple[Aspect, ...]
    intents: frozenset[str]
    rest: tuple[str, ...]
    ordinal: int | None = None
    counted: int | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(dict.fromkeys(aspect.role for aspect in self.aspects))

    @property
    def exact(self) -> bool:
        """Whether every subject was written as the deck or the term base writes it."""
        return all(mention.exact for mention in self.mentions if mention.kind == "subject")


class Lexicon:
    """All spellings a question is scanned for; the longest match wins, subjects before aspects before cues."""

    def __init__(self, knowledge: Knowledge, cues: Cues, synonyms: Synonyms, words: Callable[[str], list[str]]) -> None:
        self.knowledge = knowledge
        self.cues = cues
        self._synonyms = synonyms
        self._words = words
        self._entries = _entries(knowledge, cues)
        self._longest = _longest_by_first(self._entries)
        self._fillers = frozenset(cues.intents["fillers"])
        self._slips = Slips.of(knowledge, self._fillers | self._entries.keys())

    @property
    def tables(self) -> tuple[object, ...]:
        """What names with a slip are found with, and itself."""
        return self, self._slips, self._slips.sounds

    def read(self, question: str) -> Reading:
        """Read one self-contained question; names with a slip are read, and stand in ``text``, as they should be."""
        reading = self._read(self.cues.plain(searchable(self.cues.unframed(question))))
        meant: set[str] = set()
        for _ in range(MOST_SLIPS):
            slip = self._slip(reading)
            if slip is None:
                break
            meant.add(slip.name)
            reading = self._read(slip.mended(reading.text))
        return _marked(reading, meant) if meant else reading

    def _read(self, text: str) -> Reading:
        mentions = _without_openers(text, self._scan(text))
        mentions = [m for m in mentions if not (_is_structure(m) and self._is_noun(text, m, mentions))]
        return self._without_weak(self._reading(text, mentions))

    def _slip(self, reading: Reading) -> Slip | None:
        """A misspelt name, if any; it takes the place of a shorter name inside it (反洗钱专圆: not 洗钱)."""
        named = {m.start: (m.end, int(str(m.value))) for m in reading.mentions if m.kind == "subject"}
        others = (m for m in reading.mentions if m.kind != "subject")
        taken = {place for mention in others for place in range(mention.start, mention.end)}
        return self._slips.find(reading.text, taken, named)

    def _is_noun(self, text: str, structure: Mention, mentions: Sequence[Mention]) -> bool:
        """「三种架构」, 「新架构的风险」: the word names things, not the aspect asked for."""
        if text[: structure.start].endswith(("种", "类", "这个", "那个", "该", "新", "旧", "老", "原", "现")):
            return True
        before = next((m for m in mentions if m.end == structure.start), None)
        if before is not None and (before.kind in ("counted", "ordinal") or _hints(before, "which", "all")):
            return True
        others = [m for m in mentions if m.kind in ("aspect", "role") and not _is_structure(m)]
        return any(m.start > structure.start and text[structure.end] not in "和与及、,/" for m in others)

    def _without_weak(self, reading: Reading) -> Reading:
        """A short box name nothing is said of (市场, 数据) is a subject only where nothing else is asked."""
        if reading.intents & {"parent", "children", "tree", "naming", "person"}:
            return reading
        subjects = [m for m in reading.mentions if m.kind == "subject"]
        weak = [m for m in subjects if m.end - m.start < 4 and not self._says_something(m)]
        if "yesno" in reading.intents and len(subjects) > 1:  # 「甲组是乙部的吗」
            weak = [m for m in weak if int(str(m.value)) not in self.knowledge.above]
        if not weak or (len(weak) == len(subjects) and not reading.rest and not _seeks_unit(reading)):
            return reading
        return self._reading(reading.text, [m for m in reading.mentions if m not in weak])

    def _says_something(self, subject: Mention) -> bool:
        number, knowledge = int(str(subject.value)), self.knowledge
        return number in knowledge.points_of or number in knowledge.charts_of

    def _reading(self, text: str, mentions: Sequence[Mention]) -> Reading:
        numbers = {m.kind: m.value for m in mentions if m.kind in ("ordinal", "counted")}
        return Reading(
            text,
            tuple(mentions),
            self._subjects(text, mentions),
            self._aspects(mentions),
            frozenset(intent for m in mentions if m.kind == "intent" for intent in _texts(m.value)),
            self._rest(text, mentions),
            _as_int(numbers.get("ordinal")),
            _as_int(numbers.get("counted")),
        )

    def _subjects(self, text: str, mentions: Iterable[Mention]) -> tuple[Entity, ...]:
        """Entities in the order named; in 「公司的工作时间」 the second is asked about, the first only says where."""
        named = [m for m in mentions if m.kind == "subject"]
        if len(named) == 2 and text[named[0].end : named[1].start] == "的" and self._says_something(named[1]):
            del named[0]
        return _distinct(self.knowledge.entities[int(str(m.value))] for m in named)

    def _aspects(self, mentions: Iterable[Mention]) -> tuple[Aspect, ...]:
        found: list[Aspect] = []
        for mention in mentions:
            if mention.kind == "aspect" and isinstance(mention.value, Aspect):
                found.append(mention.value)
            elif mention.kind == "role":
                found += [self.aspect_of_role(role) for role in _texts(mention.value)]
        return _distinct(found)

    def aspect_of_role(self, role: str) -> Aspect:
        """The term base's aspect for ``role``."""
        return next(Aspect(term.name, term.role) for term in self.knowledge.terms.aspects if term.role == role)

    def _scan(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        position = 0
        numbers = {m.start: m for m in _numbers(text)}
        words = sorted((text.find(word), word) for word in self._words(text))
        while position < len(text):
            mention = self._at(text, position, words)
            if position in numbers and (mention is None or mention.end < numbers[position].end):
                mention = numbers[position]
            if mention is not None:
                found.append(mention)
            position = mention.end if mention else position + 1
        return found

    def _at(self, text: str, position: int, words: Sequence[tuple[int, str]]) -> Mention | None:
        """The longest spelling at ``position``; ``words`` are those of ``text`` and where they begin."""
        for length in self._longest.get(text[position], ()):
            piece = text[position : position + length]
            if piece in self._entries and whole_word(text, position, position + length):
                kind, value = self._entries[piece]
                if kind == "subject" and self._goes_on(text, position, position + length, words):
                    continue
                whole = kind != "aspect" or not _begins_inside(words, position)
                if ("who" in _texts(value) or not whole) and _cuts(words, position, position + length):
                    continue  # 「哪个人工最省」 asks for no person, 「外借期刊」 for no 借期
                return Mention(position, position + length, kind, value)
        return None

    def _goes_on(self, text: str, start: int, end: int, words: Sequence[tuple[int, str]]) -> bool:
        """Whether the name is only the front of a longer unit's name that the library does not have."""
        ending = self.cues.starts(text[end:], "unit_endings")
        longer = (word for at, word in words if at == end and len(word) > len(ending))
        if any(word[len(ending)] not in BESIDE_ENDING for word in longer):  # 「偏差处理」 is no office
            return False
        return bool(ending) and not text[start:end].endswith(self.cues.intents["unit_endings"])

    def _rest(self, text: str, mentions: Iterable[Mention]) -> tuple[str, ...]:
        pieces, position = [], 0
        for mention in mentions:
            pieces.append(text[position : mention.start])
            position = mention.end
        pieces.append(text[position:])
        words = [word for piece in pieces for word in self.content_words(piece)]
        return tuple(dict.fromkeys(self._joined_units(text, words)))

    def _joined_units(self, text: str, words: Sequence[str]) -> list[str]:
        """Words with a unit's ending put back to the name it was cut from: 矩阵, 型 is 矩阵型."""
        joined: list[str] = []
        for word in words:
            if joined and word in self.cues.intents["unit_endings"] and joined[-1] + word in text:
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    @cached_property
    def range_rows(self) -> tuple[tuple[Point, tuple[Range, ...]], ...]:
        """Facts whose subject is a range of amounts, with the ranges."""
        read = lru_cache(maxsize=256)(lambda subject: tuple(ranges(searchable(subject), self.cues)))
        numbered = (p for p in self.knowledge.points if HAS_NUMBER.search(normalize("NFKC", p.fact.subject)))
        return tuple((point, found) for point in numbered if (found := read(point.fact.subject)))

    def parts_of(self, word: str) -> list[str]:
        """The dictionary words inside ``word``, without fillers."""
        return [part for part in self._words(word) if part != word and part not in self._fillers]

    def is_filler(self, word: str) -> bool:
        """Whether ``word`` carries no content of its own."""
        return word in self._fillers

    def content_words(self, text: str) -> list[str]:
        """The words of a stretch that carry content: no fillers, no punctuation."""
        folded, position = searchable(text), 0
        words: list[str] = []
        for start, end in (*self._synonyms.phrases_in(folded), (len(folded), len(folded))):
            words += [word for word in self._words(folded[position:start]) if re.search(r"\w", word)]
            words.append(folded[start:end])
            position = end
        whole = [word for word in words if not any(word != other and word in other for other in words)]
        kept = [word for word in whole if word and word not in self._fillers]
        return sorted(kept, key=folded.find)


def _entries(knowledge: Knowledge, cues: Cues) -> dict[str, tuple[MentionKind, object]]:
    entries: dict[str, tuple[MentionKind, object]] = {
        short: ("subject", entity) for short, entity in short_names(knowledge).items()
    }
    for spelling, intents in cues.intents_of.items():
        if asked := tuple(intent for intent in intents if intent not in NO_INTENTS):
            entries[spelling] = ("intent", asked)
    for spelling, roles in cues.roles.items():
        entries[spelling] = ("role", roles)
    for term in knowledge.terms.aspects:
        for spelling in term.spellings:
            entries[searchable(spelling)] = ("aspect", Aspect(term.name, term.role))
    for aspect in knowledge.aspects:
        if len(aspect.name) > 1:
            entries.setdefault(searchable(aspect.name), ("aspect", aspect))
    asking = cues.words_of("who", "how", "explain", "yesno", "all")
    for entity, folded in knowledge.names.items():
        if len(folded) > 1 and folded not in asking:  # a slide may be headed 「找谁」
            entries[folded] = ("subject", entity)
    return entries


def short_names(knowledge: Knowledge) -> dict[str, int]:
    """Names people shorten: without what all of a group begin or end with (轻量版), first and last of three (年假)."""
    found: dict[str, list[int]] = {}
    for group in knowledge.groups:
        names = [searchable(knowledge.entities[member].short) for member in group.members]
        head, tail = len(shared_beginning(names)), len(shared_ending(names))
        for member, name in zip(group.members, names, strict=True):
            starts = {name[cut:] for cut in range(1, head + 1)}
            for short in starts | {name[: len(name) - cut] for cut in range(1, tail + 1)}:
                found.setdefault(short, []).append(member)
    for number in knowledge.points_of:
        name = searchable(knowledge.entities[number].short)
        if len(name) == 3 and not name.isascii():
            found.setdefault(name[0] + name[2], []).append(number)
    return {short: numbers[0] for short, numbers in found.items() if len(short) > 1 and len(set(numbers)) == 1}


def _longest_by_first(entries: Mapping[str, object]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for spelling in entries:
        lengths.setdefault(spelling[0], set()).add(len(spelling))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def coordinated(reading: Reading) -> bool:
    """Whether the subjects are named in one breath: 「甲和乙」, 「甲、乙与丙」."""
    named = [mention for mention in reading.mentions if mention.kind == "subject"]
    between = (reading.text[first.end : second.start] for first, second in pairwise(named))
    return all(AND.fullmatch(text) for text in between)


def _without_openers(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """「带来哪些问题」 asks for 问题: 带来哪些 asks for gains only where no other aspect stands right behind it."""
    named = {mention.start for mention in mentions if mention.kind in ("aspect", "role")}
    return [
        mention
        for mention in mentions
        if mention.end not in named
        or _texts(mention.value) != ("advantage",)
        or not text[mention.start : mention.end].endswith(OPEN_ENDS)
    ]


def _is_structure(mention: Mention) -> bool:
    return isinstance(mention.value, Aspect) and mention.value.role == "structure"


def _hints(mention: Mention, *intents: str) -> bool:
    return mention.kind == "intent" and any(intent in _texts(mention.value) for intent in intents)


def _cuts(words: Sequence[tuple[int, str]], start: int, end: int) -> bool:
    """Whether ``end`` falls inside a word that begins behind ``start``."""
    return any(start < at < end < at + len(word) for at, word in words)


def _begins_inside(words: Sequence[tuple[int, str]], start: int) -> bool:
    """Whether ``start`` falls inside a word."""
    return any(at < start < at + len(word) for at, word in words)


def _seeks_unit(reading: Reading) -> bool:
    return bool(reading.intents & {"who", "which", "superlative"})


def _numbers(text: str) -> list[Mention]:
    ordinals = [Mention(m.start(), m.end(), "ordinal", as_number(m.group(1))) for m in ORDINAL.finditer(text)]
    counted = [Mention(m.start(), m.end(), "counted", as_number(m.group(1))) for m in COUNTED.finditer(text)]
    amounts = [Mention(m.start(), m.end(), "intent", ("quantity",)) for m in AMOUNT.finditer(text)]
    below = [Mention(m.start(), m.end(), "intent", ("children",)) for m in CHILDREN.finditer(text)]
    steps = [Mention(m.start(), m.end(), "role", ("procedure",)) for m in STEPS.finditer(text)]
    return [*amounts, *ordinals, *counted, *below, *steps]


def as_number(text: str) -> int:
    """The value of a short Chinese or Arabic numeral.

    >>> as_number("十二"), as_number("三"), as_number("20"), as_number("二十")
    (12, 3, 20, 20)
    """
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (NUMERALS.get(tens, 1) if tens else 1) * 10 + (NUMERALS.get(ones, 0) if ones else 0)
    return NUMERALS.get(text[0], 0)


def _marked(reading: Reading, meant: Set[str]) -> Reading:
    """The reading with the names in ``meant`` marked as not written like that."""
    mentions = (
        replace(m, exact=False) if m.kind == "subject" and reading.text[m.start : m.end] in meant else m
        for m in reading.mentions
    )
    return replace(reading, mentions=tuple(mentions))


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(text) for text in value) if isinstance(value, tuple) else ()


def _as_int(value: object) -> int | None:
    return value if isinstance(value, int) else None
