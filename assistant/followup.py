"""A follow-up question is made self-contained: 「那它的缺点呢」 becomes 「前后端型的缺点」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kejian.assistant.inquiry import Inquiry
from kejian.assistant.knowledge import Entity, Group, Knowledge
from kejian.assistant.reading import NUMBER, Lexicon, Mention, Reading
from kejian.corpus.normalize import searchable
from kejian.corpus.slide_words import SlideWords

# A pronoun inside one of these words is none.
NO_PRONOUN = re.compile(
    r"该(?=[找怎由去向如不问谁是交归])|其他|其它|其中|其实|其余|应该|这里|那里|那么|这么|吉他|本该|活该"
)
LIMITS = "以上|以下|以内|之内|以外"
AMOUNT_ALONE = re.compile(rf"\d+(?:\.\d+)?\s*(?P<unit>[^\W\d]{{1,2}}?)(?:{LIMITS})?的?")
ASKS_WHY = re.compile("为什么|为何|为啥|凭什么|怎么|如何")
# 「甲型这种架构」, 「以客户为主的那种架构」: it repeats what has just been said.
APPOSITION = re.compile(r"(?<=[\0的])[这那该](?:一)?[个种类家]?\w{0,2}")
# 「第四款产品」 names what it counts, so it need not stand beside the subject before.
NOUN_COUNTED = re.compile(r"第\s*\S{1,3}?\s*(?:种|个|类|款|大|家|套|份|级|档|项)(?![的呢是有怎如为在和跟比])\w")
NTH_TIME = re.compile(rf"第\s*{NUMBER}\s*(?P<measure>次|回|批|期|轮|遍|天|年|周)")
TYPE_END = re.compile(r"(?:那|这)?(?:种|类|边|块|个|家)?的?$")
PUNCTUATION = " ,，。.?？!！、;；:："


@dataclass(frozen=True, slots=True)
class Focus:
    """What the conversation is about after a turn: the question as resolved, how it read, whom its answer named."""

    question: str
    reading: Reading
    about: tuple[Entity, ...]
    listed: tuple[Entity, ...] = ()
    seen: tuple[Entity, ...] = ()  # whom the turns spoke of one at a time, latest last


@dataclass(frozen=True)
class FollowUps:
    """Resolves questions against the focus of the turn before."""

    lexicon: Lexicon

    @property
    def knowledge(self) -> Knowledge:
        return self.lexicon.knowledge

    def resolve(self, question: str, focus: Focus | None) -> str:
        """``question`` with what it leaves out said in full; itself where it leaves nothing out."""
        if focus is None or not focus.about:
            return question
        plain = self.lexicon.cues.unframed(question)
        resolved = self._resolve(plain, focus)
        return question if resolved == plain else resolved

    def _resolve(self, question: str, focus: Focus) -> str:
        bare, opened = self._bare(question)
        if self._is(bare, "more"):
            return focus.question
        pronoun = self._pronoun(bare)
        if pronoun:
            return self._with_pronoun(bare, pronoun, focus) if self._may_mean(str(pronoun.value), focus) else question
        if amount := AMOUNT_ALONE.fullmatch(bare):
            return self._with_amount(amount, focus) or question
        if nth := NTH_TIME.fullmatch(bare):
            before = re.search(rf"(?:第\s*{NUMBER}\s*|首){nth['measure']}", focus.question)
            return focus.question.replace(before[0], bare) if before else f"{bare}{focus.question}"
        if opened and (sibling := self._sibling_named(bare, focus)):
            return self._replace_subjects(focus, sibling.short, (sibling,))
        reading = self.lexicon.read(bare)
        for word in () if reading.subjects else reading.rest:
            named = self.knowledge.entity_named(f"{focus.about[0].short}{word}")  # 「部长是谁」 of the unit before
            if named is not None and len(focus.about) == 1:
                return bare.replace(word, named.short)
        if reading.ordinal is not None and not reading.subjects:
            return self._with_ordinal(bare, reading, focus) or question
        if opened and reading.rest and not (reading.aspects or reading.intents) and (whole := self._named_in(bare)):
            return self._replace_subjects(focus, whole)
        if reading.subjects:
            return self._with_new_subject(bare, reading, focus) if self._only_names(reading, opened) else question
        return self._with_old_subject(bare, reading, focus, opened) or question

    def _bare(self, question: str) -> tuple[str, bool]:
        """The question without opening and closing particles, and whether it had any."""
        text = searchable(question).strip(PUNCTUATION)
        cues = self.lexicon.cues
        opener = "" if self._is(text, "more") else cues.starts(text, "openers")
        text = text.removeprefix(opener).strip(PUNCTUATION)
        closer = cues.ends(text, "closers") if not self._is(text, "more") else ""
        bare = text.removesuffix(closer).strip(PUNCTUATION) or text
        return bare, bool(opener or closer)

    def _is(self, text: str, intent: str) -> bool:
        return text in self.lexicon.cues.intents[intent]

    def _pronoun(self, text: str) -> Mention | None:
        """The first pronoun, longest spelling first, that stands in for something said before."""
        hidden = NO_PRONOUN.sub(lambda found: "\0" * len(found.group()), text)
        for mention in self.lexicon.read(text).mentions:
            if mention.kind == "subject":
                hidden = hidden[: mention.start] + "\0" * (mention.end - mention.start) + hidden[mention.end :]
        hidden = APPOSITION.sub(lambda found: "\0" * len(found.group()), hidden)
        places = [(hidden.find(p), -len(p), p) for p in self.lexicon.cues.intents["pronouns"] if p in hidden]
        if not places:
            return None
        start, _, spelling = min(places)
        asking = self.lexicon.cues.asking  # 「为什么选它」: no library need say 为什么
        before = (word for word in self.lexicon.content_words(text[:start]) if word not in asking)
        if any(not self.knowledge.says(word) for word in before):
            return None  # it is about something the library does not know, whatever the pronoun means
        return Mention(start, start + len(spelling), "intent", spelling)

    def _may_mean(self, pronoun: str, focus: Focus) -> bool:
        """Whether what was spoken of can be called so: a post or a department is no 架构."""
        words, kind = SlideWords.bundled(), self.lexicon.cues.ends(pronoun, "general_kinds")
        name = focus.about[0].short
        return not kind or not (words.is_unit(name) or words.is_post(name))

    def _with_pronoun(self, text: str, pronoun: Mention, focus: Focus) -> str:
        names = self._meant(str(pronoun.value), focus)
        after = text[pronoun.end :]
        replaced = f"{text[: pronoun.start]}{names}{after}"
        if not text[: pronoun.start].strip(PUNCTUATION) and not after.strip(PUNCTUATION + "的"):
            return self._replace_subjects(focus, names)
        return replaced

    def _meant(self, pronoun: str, focus: Focus) -> str:
        about = focus.about
        if re.search("俩|两者|二者|它们|这两|前者|后者", pronoun) and len(about) == 1:
            about = focus.seen[-2:] or about
        if pronoun == "前者":
            about = about[:1]
        elif pronoun == "后者":
            about = about[-1:]
        elif not re.search("们|些|俩|两|二|三|几|上述|者", pronoun):
            about = about[:1]
        return "、".join(entity.short for entity in about)

    def _named_in(self, text: str) -> str:
        """What is said something of, where one name holds ``text``: 设立综合呼叫中心 for 综合呼叫中心; else ""."""
        plain = self.lexicon.cues.plain(text)
        holding = {self.knowledge.entities[number].short for number in self.knowledge.short_names.containing([plain])}
        return holding.pop() if len(holding) == 1 else ""

    def _sibling_named(self, text: str, focus: Focus) -> Entity | None:
        """「外包呢」 after 自营车队: the one that stands beside the subject before and has the word in its name."""
        word = TYPE_END.sub("", self.lexicon.cues.plain(text))
        if len(focus.about) != 1 or len(word) < 2 or searchable(focus.about[0].short) == word:
            return None
        groups = self.knowledge.groups_of.get(focus.about[0].id, ())
        asked = focus.reading.text
        for group in sorted(groups, key=lambda group: -max(_shared(name, asked) for name in group.aspects)):
            members = [self.knowledge.entities[member] for member in group.members]
            exact = any(word in map(searchable, member.spellings) for member in members)
            holding = [m for m in members if m != focus.about[0] and word in searchable(m.short)]
            if len(holding) == 1 and not exact and word not in searchable(focus.about[0].short):
                return holding[0]
        return None

    def _only_names(self, reading: Reading, opened: bool) -> bool:
        """A question that is nothing but names, or names put beside what was asked before (「和甲比呢」)."""
        says = set(reading.intents) - ({"all", "yesno", "explain"} if opened else {"all", "yesno"})
        if reading.aspects or reading.rest or ("yesno" in reading.intents and _names(reading) > 1):
            return False
        return not says or (says <= {"compare"} and len(reading.subjects) == 1 and opened)

    def _with_new_subject(self, text: str, reading: Reading, focus: Focus) -> str:
        new = "、".join(entity.short for entity in reading.subjects)
        beside = "compare" in reading.intents or re.match("[和跟与同]", text)
        if beside and len(reading.subjects) == 1:
            old = "、".join(entity.short for entity in focus.about if entity not in reading.subjects)
            aspects = "、".join(aspect.name for aspect in focus.reading.aspects)
            return f"{old}和{new}的{aspects}比较" if aspects else f"{old}和{new}的比较"
        if not (focus.reading.aspects or focus.reading.intents - {"explain"}):
            return text
        return self._replace_subjects(focus, new, reading.subjects)

    def _replace_subjects(self, focus: Focus, names: str, new: Sequence[Entity] = ()) -> str:
        """The previous question asked of other subjects; where it named several, of those that stand beside them."""
        text, mentions = focus.reading.text, [m for m in focus.reading.mentions if m.kind == "subject"]
        groups = {id(group) for entity in new for group in self.knowledge.groups_of.get(entity.id, ())}
        beside = [
            mention
            for mention in mentions
            if groups & {id(group) for group in self.knowledge.groups_of.get(int(str(mention.value)), ())}
        ]
        mentions = beside or mentions
        if not mentions:
            aspects = "、".join(aspect.name for aspect in focus.reading.aspects)
            return f"{names}的{aspects}" if aspects else names
        return f"{text[: mentions[0].start]}{names}{text[mentions[-1].end :]}".strip(PUNCTUATION)

    def _with_amount(self, amount: re.Match[str], focus: Focus) -> str | None:
        """「那15天呢」: the previous question with another amount of the same unit."""
        before = re.search(rf"\d+(?:\.\d+)?\s*{amount['unit']}(?:{LIMITS})?", focus.reading.text)
        return (
            f"{focus.reading.text[: before.start()]}{amount[0].removesuffix('的')}{focus.reading.text[before.end() :]}"
            if before
            else None
        )

    def _with_ordinal(self, text: str, reading: Reading, focus: Focus) -> str | None:
        """「第二种呢」: the second of those shown, else of those that stand beside the subject; 「第二条」 an item."""
        number = reading.ordinal or 0
        item = re.search(r"第\s*\S{1,3}\s*[条项点步]", text) or (
            len(focus.about) == 1 and focus.reading.aspects and re.search(r"第\s*\S{1,3}\s*个", text)
        )
        named = (m for m in reading.mentions if m.kind == "aspect")
        own = item and any(m.start > item.end() or m.end - m.start > 3 for m in named)  # 第八项新结构特点
        if item and len(focus.about) == 1 and focus.reading.aspects and not reading.rest and not own:
            return f"{focus.about[0].short}的{text}{focus.reading.aspects[0].name if not reading.aspects else ''}"
        if NOUN_COUNTED.search(text) and not self._counts_the_same(text, focus):
            return None
        members = focus.about if len(focus.about) > 1 else focus.listed or self._siblings(focus.about[0])
        if not 0 < number <= len(members):
            return None
        if not focus.listed and len(focus.about) == 1 and NOUN_COUNTED.search(text):
            return None
        name = members[number - 1].short
        rest = re.sub(r"第\s*\S{1,3}?\s*(?:种|个|类|款|大|家|套|份|级|档)", "", text, count=1).strip(PUNCTUATION)
        rest = rest.removeprefix("的")
        if "compare" in reading.intents and len(focus.about) == 1 and focus.about[0].short != name:
            return f"{focus.about[0].short}和{name}的比较"
        if reading.aspects or reading.rest or reading.intents - {"all"}:
            return f"{name}{rest}" if re.match("[是有负下属归]|怎|如何|为什么", rest) else f"{name}的{rest}"
        return name if focus.listed or len(focus.about) > 1 else self._replace_subjects(focus, name)

    def _counts_the_same(self, text: str, focus: Focus) -> bool:
        """Whether 「第四种组织模式」 can count what was spoken of: after 「分哪几个阶段」 it cannot."""
        cues, before = self.lexicon.cues, focus.reading.text
        kinds = [kind for kind in cues.said(text, "kinds") if len(kind) > 1]
        general = [kind for kind in cues.intents["general_kinds"] if len(kind) > 1]
        names = " ".join(searchable(entity.short) for entity in (*focus.about, *focus.listed))
        said = any(kind in before or kind in names for kind in kinds)
        alike = any(kind in general for kind in kinds) and any(kind in before for kind in general)
        return not kinds or said or alike or any(self.lexicon.cues.ends(name, "unit_endings") for name in names.split())

    def _siblings(self, entity: Entity) -> tuple[Entity, ...]:
        group = max(self.knowledge.groups_of.get(entity.id, ()), key=_weight, default=None)
        return self.knowledge.members(group) if group else ()

    def _with_old_subject(self, text: str, reading: Reading, focus: Focus, opened: bool) -> str | None:
        """「缺点呢」, 「上级是谁」: an aspect or a place in the structure asked of the subject before."""
        names = "、".join(entity.short for entity in focus.about)
        structural = reading.intents & {"children", "parent", "tree"}
        if reading.rest or reading.counted or ("who" in reading.intents and (reading.aspects or not structural)):
            return None
        if reading.aspects or structural:
            return f"{names}{text}" if ASKS_WHY.match(text) else f"{names}的{text}"
        if opened and "compare" in reading.intents and len(focus.about) > 1:
            return f"{names}的{text}"
        if opened and reading.intents & {"explain", "definition", "count", "quantity", "how", "page"}:
            return f"{names}{text}"
        return None


def _shared(name: str, text: str) -> int:
    """Length of the longest piece of ``name`` that stands in ``text``."""
    folded = searchable(name)
    pieces = (folded[i:j] for i in range(len(folded)) for j in range(i + 1, len(folded) + 1))
    return max((len(piece) for piece in pieces if piece in text), default=0)


def _names(reading: Reading) -> int:
    return sum(mention.kind == "subject" for mention in reading.mentions)


def stands_alone(inquiry: Inquiry) -> bool:
    """Whether a question that found no answer speaks of something of its own, and not of the subject before.

    It names a subject or a place, says a word the library does not know, or asks for an aspect of something
    (「某公司的组织架构」).
    """
    reading = inquiry.reading
    if reading.subjects or reading.ordinal or reading.counted:
        return True
    unknown = (
        w for w in inquiry.words if len(w) > 1 and not inquiry.weights.known(w) and not inquiry.weights.other_words(w)
    )
    owned = (m for m in reading.mentions if m.kind == "aspect" and reading.text[: m.start].endswith("的"))
    return any(unknown) or any(owned) or APPOSITION.search(reading.text) is not None


def _weight(group: Group) -> int:
    return len(group.aspects)
