"""Whether an answer says a key point (要点): right, partly or wrong, and why; the same on every run and machine.

A point is a list of accepted variants; one that begins with ``!`` says the opposite. An answer is read sentence by
sentence. A variant is held clause by clause against a sentence: how much of its words stand there (literally, as a
synonym, or by their characters), whether its amounts do, whether the clause is turned the same way (negations and
words of smallness), whether names are the same, and whether the sentence is about the subject asked for.
How far this agrees with people is measured in ``agreement``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from kejian.assistant.evaluation import wording
from kejian.assistant.evaluation.matching import says
from kejian.assistant.evaluation.subjects import Subjects
from kejian.assistant.evaluation.wording import Amount, ScoringWords, plain
from kejian.corpus.cues import Cues
from kejian.corpus.synonyms import Synonyms
from kejian.index.segment import Segmenter

Grade = Literal["right", "partly", "wrong"]
CREDIT = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
OPPOSITE = "!"
# Shares of a variant that a sentence bears out; calibrated on the part of the labelled sample that is for tuning.
RIGHT_FROM = 0.76
PARTLY_FROM = 0.4
BORNE_OUT_FROM = 0.7  # of a sentence by what it cites: in other words than the material's, too
LITERAL_FROM = 0.9  # a clause taken over so closely must be turned the same way
SPEAKS_FROM = 0.5  # of every clause of a variant, for the whole of it to be right
AS_SYNONYM, AS_CHARACTERS = 0.95, 0.75  # what a word counts for that is said otherwise, or by its characters only
TURNED_CHARACTERS = 2  # behind a negation: they say what is denied
CLAUSE_ENOUGH = 0.1  # a clause that bears out so little less than its sentence speaks for it
LIGHT = 0.5  # weight of a word that says little by itself
NAME_FROM = 3  # characters; shorter names are too often plain words

Meaning = Callable[[str, str], float]  # how near two texts are in meaning, 0 to 1


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """``point`` by its first variant; ``said`` is the sentence that comes nearest to it."""

    point: str
    grade: Grade
    contradiction: str = ""  # in which way the nearest sentence speaks against the point, "" where it does not
    said: str = ""

    @property
    def credit(self) -> float:
        return CREDIT[self.grade]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an answer in plain form, and whom it is about ("" where it does not say)."""

    text: str
    about: str
    shown: str


@dataclass(frozen=True, slots=True)
class _Held:
    """A variant held against one sentence."""

    share: float
    contradiction: str
    shown: str

    @property
    def grade(self) -> Grade:
        if self.contradiction or self.share < PARTLY_FROM:
            return "wrong"
        return "right" if self.share >= RIGHT_FROM else "partly"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clause of a variant with the share of it that is borne out, and the clause of the answer nearest to it."""

    text: str
    share: float
    clause: str
    lacks_amount: bool
    words: float | None = None  # the share without amounts; None where there is nothing else


@dataclass(frozen=True)
class PointScorer:
    """Scores points; ``subjects`` are the names of the library. ``meaning`` may lift what is said in other words."""

    subjects: Subjects = field(default_factory=Subjects)
    meaning: Meaning | None = None

    def verdict(self, question: str, answer: str, point: Sequence[str], reference: str = "") -> PointVerdict:
        """``reference`` is the text the point was taken from: it tells how a short variant is turned there."""
        asked = tuple(self.subjects.named_in(plain(question)))
        said = self.said_in(answer)
        opposite = next((v for v in point if v.startswith(OPPOSITE) and says(answer, [v.removeprefix(OPPOSITE)])), "")
        held = [
            self._held(variant, sentence, asked, (*point, reference))
            for variant in point
            if not variant.startswith(OPPOSITE)
            for sentence in said
        ]
        best = max(held, key=lambda h: (CREDIT[h.grade], h.share), default=_Held(0.0, "", ""))
        if opposite and best.grade != "right":
            return PointVerdict(point[0], "wrong", f"说成了“{opposite.removeprefix(OPPOSITE)}”", best.shown)
        near = best.share >= PARTLY_FROM or best.contradiction
        return PointVerdict(point[0], best.grade, best.contradiction, best.shown if near else "")

    def is_borne_out(self, sentence: str, premise: str) -> bool:
        """Whether ``premise`` says all that ``sentence`` does; how many things it counts is not looked at."""
        text = plain(premise)
        pieces = [self._borne_out(piece, text) for piece in wording.clauses(plain(sentence))]
        if not pieces or any(piece.lacks_amount or piece.share < SPEAKS_FROM for piece in pieces):
            return False
        close = (piece for piece in pieces if piece.share >= LITERAL_FROM)
        turned = (piece for piece in close if self._sign((piece.text,)) == -self._sign((piece.clause,)))
        against = any(_inverted((piece.text,), piece.clause) for piece in turned)
        return _weighted(pieces) >= BORNE_OUT_FROM and not against

    def _borne_out(self, piece: str, premise: str) -> _Piece:
        if literal := next((clause for clause in wording.clauses(premise) if piece in clause), ""):
            return _Piece(piece, 1.0, literal, False)
        share, clause = max(((self._share(piece, c), c) for c in wording.clauses(premise)), default=(0.0, ""))
        counted = {amount for amount in _amounts(piece) if amount[1] in ScoringWords.bundled().counting}
        lacks = bool(_amounts(piece) - counted - _amounts(premise))
        bare = wording.without_amounts(piece) if counted else piece
        return _Piece(piece, max(share, self._share(bare, premise)), clause, lacks)

    def said_in(self, answer: str) -> list[Said]:
        """The sentences of ``answer``, each with the subject it is about: its own first word, or the heading's."""
        said: list[Said] = []
        heading = ""
        for line in wording.lines(answer):
            about = ""
            for sentence in wording.sentences(line):
                text = plain(sentence)
                about = self.subjects.leading(text) or about or heading
                said.append(Said(text, about, sentence))
            if _is_heading(line):
                heading = self.subjects.leading(plain(line)) or next(iter(self.subjects.named_in(plain(line))), "")
        return said

    def _held(self, variant: str, said: Said, asked: tuple[str, ...], sources: tuple[str, ...]) -> _Held:
        pieces = [self._piece(piece, said.text) for piece in wording.clauses(plain(variant)) or (plain(variant),)]
        share = _weighted(pieces)
        if says(said.shown, [variant]) and _amounts(plain(variant)) <= _amounts(said.text):
            share = 1.0
        elif self.meaning and share >= PARTLY_FROM and not any(piece.lacks_amount for piece in pieces):
            share = max(share, self.meaning(variant, said.shown))
        elif any(piece.share < SPEAKS_FROM or piece.lacks_amount for piece in pieces):
            whole_clause = any(max(piece.share, piece.words or 0.0) >= RIGHT_FROM for piece in pieces)
            share = min(max(share, PARTLY_FROM if whole_clause else 0.0), RIGHT_FROM - 0.01)
        against = self._against(pieces, said, sources) or self._wrong_subject(plain(variant), said, pieces, asked)
        return _Held(share, against, said.shown)

    def _piece(self, piece: str, sentence: str) -> _Piece:
        """One clause of a variant held against the clauses of a sentence, and against the whole of it."""
        share, clause = max(
            ((self._share(piece, clause), clause) for clause in wording.clauses(sentence)), default=(0, "")
        )
        whole = self._share(piece, sentence)
        lacks = bool(_amounts(piece) - _amounts(sentence))
        nearest = clause if share >= whole - CLAUSE_ENOUGH else sentence
        bare = wording.without_amounts(piece).strip()
        words = self._share(bare, sentence) if self._units_of(bare) else None
        return _Piece(piece, max(share, whole), nearest, lacks, words)

    def _against(self, pieces: Sequence[_Piece], said: Said, sources: tuple[str, ...]) -> str:
        """What in a sentence speaks against the clauses of a variant that it speaks of."""
        contexts = [self._contexts(piece.text, sources) for piece in pieces]
        signs = [self._sign(context) for context in contexts]
        theirs = [wording.sign(self.subjects.without(piece.clause)) for piece in pieces]
        both = list(zip(pieces, signs, theirs, contexts, strict=True))
        kept = {piece.clause for piece, mine, its, _ in both if mine == its and piece.share >= PARTLY_FROM}
        for piece, mine, its, context in both:
            if (piece.words is None or piece.words >= SPEAKS_FROM) and (
                other := _other_amount(piece.text, piece.clause)
            ):
                return f"数量不同:{other}"
            if piece.share < PARTLY_FROM:
                continue
            if _opposed(piece.text, piece.clause):
                return "意思相反"
            if name := self._other_name(piece.text, said.text):
                return f"说的是{name}"
            if mine == -its and piece.clause not in kept and _inverted(context, piece.clause):
                return "意思相反"
        return ""

    def _other_name(self, piece: str, sentence: str) -> str:
        names = [name for name in self.subjects.named_in(piece) if len(name) >= NAME_FROM]
        there = [name for name in self.subjects.named_in(sentence) if len(name) >= NAME_FROM]
        same = any(name in other or other in name for name in names for other in there)
        return there[0] if names and there and not same else ""

    def _contexts(self, piece: str, sources: Sequence[str]) -> tuple[str, ...]:
        """The clauses of ``sources`` in which ``piece`` stands, itself where it stands in none."""
        found = (clause for source in sources for clause in wording.clauses(plain(source)) if piece in clause)
        return tuple(dict.fromkeys(clause for clause in found if clause != piece)) or (piece,)

    def _sign(self, contexts: Sequence[str]) -> int:
        """How a clause is turned where it stands; 0 where it stands both ways."""
        signs = {wording.sign(self.subjects.without(context)) for context in contexts}
        return signs.pop() if len(signs) == 1 else 0

    def _wrong_subject(self, variant: str, said: Said, pieces: Sequence[_Piece], asked: tuple[str, ...]) -> str:
        """A point said of a rival of whom was asked about, and not of itself."""
        about = next(filter(None, (self.subjects.leading(piece.clause) for piece in pieces)), "") or said.about
        if not asked or not about or about in asked or about in self.subjects.named_in(variant):
            return ""
        if not self.subjects.without(variant).strip():
            return ""
        return f"说的是{about}" if all(self.subjects.are_rivals(about, name) for name in asked) else ""

    def _share(self, piece: str, text: str) -> float:
        """Share of the words of ``piece`` that ``text`` bears out, by their length in characters."""
        units = self._units_of(piece)
        total = sum(weight for _, weight in units)
        if not total:
            return float(piece in text)
        return sum(weight * self._said(unit, text) for unit, weight in units) / total

    def _units_of(self, piece: str) -> tuple[tuple[str | Amount, float], ...]:
        if piece not in self._seen:
            self._seen[piece] = tuple(self._units(piece))
        return self._seen[piece]

    @cached_property
    def _seen(self) -> dict[str, tuple[tuple[str | Amount, float], ...]]:
        return {}

    def _units(self, piece: str) -> Iterator[tuple[str | Amount, float]]:
        """Amounts, names and content words of a clause, each with its weight."""
        for number, unit in sorted(_amounts(piece)):
            yield (number, unit), len(number) + len(unit)
        rest = wording.without_amounts(piece)
        for name in self.subjects.named_in(rest):
            if len(name) >= NAME_FROM:
                yield f"={name}", len(name)
                rest = self.subjects.without(rest)
        for word in _words(rest):
            yield word, _weight(word)

    def _said(self, unit: str | Amount, text: str) -> float:
        if isinstance(unit, tuple):
            return float(unit in _amounts(text))
        if unit.startswith("="):
            return float(unit[1:] in self.subjects.named_in(text))
        if unit in text:
            return 1.0
        if not any(character in text for character in unit) and unit not in Synonyms.bundled().words:
            return 0.0
        if any(other in text for other in Synonyms.bundled().of(unit)):
            return AS_SYNONYM
        return AS_CHARACTERS * sum(character in text for character in unit) / len(unit)


@lru_cache(maxsize=8192)
def _amounts(text: str) -> frozenset[Amount]:
    return wording.amounts(text)


def _other_amount(piece: str, clause: str) -> str:
    """An amount of ``clause`` in place of one of ``piece``: of the same dimension, and none of them the same."""
    words = ScoringWords.bundled()
    wanted, there = _amounts(piece), _amounts(clause)
    for number, unit in sorted(wanted - there):
        dimension = words.dimension(unit)
        rivals = [a for a in sorted(there - wanted) if words.dimension(a[1]) == dimension]
        if rivals:
            return f"{''.join(rivals[0])},应为 {number}{unit}"
    return ""


@lru_cache(maxsize=1)
def _segmenter() -> Segmenter:
    return Segmenter()


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    """Content words of ``text``, each once and none inside another; negations and single fillers left out."""
    fillers = Cues.bundled().words_of("fillers")
    found = dict.fromkeys(_segmenter().search_words(wording.without_turns(text)))
    words = [word for word in found if len(word) > 1 or word not in fillers]
    return tuple(word for word in words if not any(word != other and word in other for other in words))


@lru_cache(maxsize=8192)
def _weight(word: str) -> float:
    """A word counts by its length; one that says little by itself counts half."""
    light = len(word) == 1 or word in Cues.bundled().words_of("fillers", "connecting")
    return LIGHT * len(word) if light else float(len(word))


def _without_light_front(text: str) -> str:
    """``text`` from its first word on that says something: 「负责培训」 is 培训."""
    light = Cues.bundled().words_of("fillers", "connecting")
    front = next((word for word in sorted(light, key=len, reverse=True) if text.startswith(word)), "")
    return _without_light_front(text[len(front) :]) if front and len(text) > len(front) else text


def _weighted(pieces: Sequence[_Piece]) -> float:
    total = sum(len(piece.text) for piece in pieces)
    return sum(len(piece.text) * piece.share for piece in pieces) / total if total else 0.0


def _opposed(mine: str, its: str) -> bool:
    """Whether the two differ in a word and its opposite, and share what stands around it."""
    for word, opposite in ScoringWords.bundled().opposites:
        if word in mine and opposite in its and opposite not in mine and word not in its:
            rest = _words(mine.replace(word, " "))
            if rest and sum(other in its for other in rest) >= RIGHT_FROM * len(rest):
                return True
    return False


def _inverted(mine: Sequence[str], its: str) -> bool:
    """Whether what is turned on one side stands on the other: it may have been left out there, too."""
    cues = Cues.bundled()
    for turned, others in ((mine, (its,)), ((its,), mine)):
        for about in (about for text in turned for about in wording.turned(text)):
            front, words = _without_light_front(about)[:TURNED_CHARACTERS], _words(about)
            if any(other in about or front in other for other in others):
                return True
            if words and any(all(word in other for word in words) for other in others):
                return True
            if about in cues.intents["low"] and any(word in other for other in others for word in cues.intents["high"]):
                return True
    return False


def _is_heading(line: str) -> bool:
    bare = line.strip("* ")
    return line.startswith("**") or bare.endswith((":", "：", "项）", "项)"))
